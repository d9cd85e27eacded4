import { randomUUID } from 'node:crypto';
import { eventEndpoints } from '@rookery/http/endpoints/events';
import { sendEach } from '@rookery/lambda/event-queues';
import { writeFunction } from '@rookery/lambda/write';
import { judgeEvents } from '@rookery/telemetry/door';

/** POST /v1/events: holds events against the tracking plan; what the answer calls accepted is in the queues. */
export const handler = writeFunction(eventEndpoints, {
  sendEvents: async ({ tenantId, now: receivedAt, body, idempotencyKey }) => {
    const docket = { tenantId, receivedAt, keys: idempotencyKey ?? randomUUID() };
    const { verdicts, loads } = judgeEvents(body.events, docket);
    await sendEach(loads);
    const count = (word: string) => verdicts.filter(({ verdict }) => verdict === word).length;
    return {
      body: {
        accepted: count('accepted'),
        sampled: count('sampled'),
        rejected: count('rejected'),
        events: [...verdicts],
      },
    };
  },
});
