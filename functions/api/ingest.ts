import { randomUUID } from 'node:crypto';
import { ingestEndpoints } from '@rookery/http/endpoints/ingest';
import { judged } from '@rookery/http/streams/judge';
import { readConfig } from '@rookery/lambda/config';
import { sendMessages } from '@rookery/lambda/outbox';
import { writeFunction } from '@rookery/lambda/write';
import { packItems } from '@rookery/monitoring/ingest/message';

/** POST /v1/ingest/{stream}: judges items and queues the good ones; what the answer calls accepted is in the queue. */
export const handler = writeFunction(ingestEndpoints, {
  ingestItems: async ({ tenantId, now: receivedAt, params: { stream }, body, idempotencyKey }) => {
    const { ingestQueueUrl } = readConfig(['ingestQueueUrl']);
    const keys = idempotencyKey ?? randomUUID();
    const { verdicts, accepted } = judged(body.items, { stream, receivedAt, keys });
    await sendMessages(ingestQueueUrl, packItems({ tenantId, stream, receivedAt }, accepted));
    const count = { accepted: accepted.length, rejected: verdicts.length - accepted.length };
    return { body: { stream, ...count, items: [...verdicts] } };
  },
});
