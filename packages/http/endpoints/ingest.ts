import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { streamNames } from '../streams/names.ts';
import { ingestExamples } from '../streams/examples.ts';
import { sentItems } from '../streams/streams.ts';

const refs = Object.values(sentItems).map((schema) => ({
  $ref: `#/components/schemas/${schema.meta()?.id ?? ''}`,
}));

const verdict = z
  .object({
    index: z.int().min(0).meta({ description: 'Place of the item in the request, from 0.' }),
    id: z.string().nullable().meta({ description: 'The `id` that was sent with it, if any.' }),
    verdict: z.enum(['accepted', 'rejected']),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why it was rejected: what to change before it is sent again.' }),
  })
  .meta({ id: 'IngestVerdict' });

const count = z.int().min(0);

/** The door by which data of the monitoring tier comes in. */
export const ingestEndpoints = {
  ingestItems: {
    method: 'POST',
    path: '/v1/ingest/{stream}',
    tag: 'Ingestion',
    summary: 'Send items into a stream',
    description:
      'Takes up to 500 items of one stream, each judged by itself: those that are accepted are queued, and appear in the reads within seconds; a rejected one comes back with its reason, changes nothing for the others, and can be sent again corrected. The answer is 202 also when all are rejected. What an item holds depends on the stream: see the schemas of the body.\n\nAn item counts once in the tenant and stream: by its `id`, or without one by what it holds, its place and the `Idempotency-Key` of the request. Repeat a request that got no answer under the same `Idempotency-Key`, and nothing is counted twice. `time` may be up to 28 days ago, of `performance-metrics` up to 5, and 9 minutes ahead.',
    roles: ['tenant-admin', 'operator'],
    apiKey: '{stream}',
    params: z.strictObject({
      stream: z.enum(streamNames).meta({ description: 'The stream that the items are of.' }),
    }),
    query: z.strictObject({}),
    body: z
      .strictObject({
        items: z
          .array(
            // Each is judged by itself, after the request was taken: an item that is wrong is no fault of the others.
            z.unknown().meta({ description: 'An item of the stream.', override: { anyOf: refs } }),
          )
          .min(1)
          .max(500)
          .meta({ description: 'Items of the stream; each is judged by itself.' }),
      })
      .meta({ id: 'IngestRequest' }),
    response: z
      .object({
        stream: z.enum(streamNames),
        accepted: count.meta({ description: 'Items that were queued.' }),
        rejected: count.meta({ description: 'Items that were not.' }),
        items: z.array(verdict).meta({ description: 'The verdict on each, in their order.' }),
      })
      .meta({ id: 'IngestReceipt' }),
    status: 202,
    cache: 'none',
    rate: 'ingest',
    examples: ingestExamples,
  },
} as const satisfies Endpoints;
