import { legalHoldChangeEndpoints } from '@rookery/http/endpoints/legal-holds';
import { wayOf } from '@rookery/lambda/editor';
import { writeFunction } from '@rookery/lambda/write';
import { holdShown, place, release } from '@rookery/monitoring/retention/hold';

/** POST /v1/legal-holds and …/{hold_id}/release: places holds and releases them, and records who did. */
export const handler = writeFunction(legalHoldChangeEndpoints, {
  placeLegalHold: async ({ body, ...ask }) => {
    const { run, ...way } = wayOf(ask);
    const { table_name: table, held_from, held_until, reason } = body;
    const until = typeof held_until === 'string' ? new Date(held_until) : null;
    const wish = { table, from: new Date(held_from), until, reason };
    return { body: { data: holdShown(await run((tx) => place(tx, way, wish))) } };
  },
  releaseLegalHold: async ({ params, body, ...ask }) => {
    const { run, ...way } = wayOf(ask);
    const wish = { id: params.hold_id, reason: body.reason };
    return { body: { data: holdShown(await run((tx) => release(tx, way, wish))) } };
  },
});
