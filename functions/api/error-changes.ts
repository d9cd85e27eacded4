import { randomUUID } from 'node:crypto';
import { errorChangeEndpoints } from '@rookery/http/endpoints/errors';
import { writeFunction } from '@rookery/lambda/write';
import { changeError } from '@rookery/monitoring/errors/change';

/** PATCH /v1/errors/{error_id}: changes how work on a group of errors stands, and records who did. */
export const handler = writeFunction(errorChangeEndpoints, {
  changeError: async ({ tenantId, identity, now, params, body: wish, event, ...ask }) => {
    const { sourceIp, userAgent } = event.requestContext.http;
    const { requestId } = ask;
    const eventId = randomUUID();
    const editor = { ...identity, sourceIp, userAgent, requestId, eventId, now };
    const group = { tenantId, id: params.error_id };
    const data = await ask.transaction('api', (tx) => changeError(tx, group, { wish, editor }));
    return { body: { data } };
  },
});
