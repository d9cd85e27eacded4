import { errorChangeEndpoints } from '@rookery/http/endpoints/errors';
import { editorOf } from '@rookery/lambda/editor';
import { writeFunction } from '@rookery/lambda/write';
import { changeError } from '@rookery/monitoring/errors/change';

/** PATCH /v1/errors/{error_id}: changes how work on a group of errors stands, and records who did. */
export const handler = writeFunction(errorChangeEndpoints, {
  changeError: async ({ tenantId, params, body: wish, ...ask }) => {
    const editor = editorOf(ask);
    const group = { tenantId, id: params.error_id };
    const data = await ask.transaction('api', (tx) => changeError(tx, group, { wish, editor }));
    return { body: { data } };
  },
});
