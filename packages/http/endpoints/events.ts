import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedInstant, instant, whole } from '../fields.ts';
import { freshOfMonitoring, oneOf, since } from './monitoring-window.ts';

const count = z.int().min(0);
const name = { type: 'string', minLength: 1, maxLength: 200 } as const;

// Each is judged by itself against the tracking plan, after the request was taken: what is wrong in one is no fault of the
// others, and the plan is not known here.
const sent = z.unknown().meta({
  description: 'An event of the tracking plan.',
  override: {
    type: 'object',
    required: ['event', 'properties'],
    additionalProperties: false,
    properties: {
      event: { ...name, description: 'Its name in the tracking plan, such as `email_opened`.' },
      id: {
        ...name,
        description:
          'Your own id of the event: sent twice under the same name and id, it is one event. Left out, it follows from what the event holds, its place and the `Idempotency-Key` of the request.',
      },
      time: {
        type: 'string',
        format: 'date-time',
        description:
          'When it happened, with a zone: up to 28 days ago, of `infra_` events up to 5, and 9 minutes ahead. Left out, it is when the request came, which changes when the request is repeated.',
      },
      actor: {
        type: ['string', 'null'],
        maxLength: 200,
        description: 'Who did it, as an opaque id. Null or left out: nobody did.',
      },
      version: {
        type: 'integer',
        description: 'Version of the event in the tracking plan. Left out: the current one.',
      },
      tenant_id: { ...name, description: 'The tenant of the token; another one is refused.' },
      properties: {
        type: 'object',
        description:
          'What the tracking plan says of this event, with names in snake_case; nothing else.',
      },
    },
  },
});

const code = z.string().meta({
  description:
    'Why, as a word that stays: `event-malformed`, `event-too-large`, `event-unknown`, `version-unknown`, `tenant-invalid`, `tenant-foreign`, `tenant-missing`, `id-invalid`, `id-repeated`, `actor-invalid`, `time-invalid`, `time-out-of-range` or `properties-invalid`.',
});

const verdict = z
  .object({
    index: count.meta({ description: 'Place of the event in the request, from 0.' }),
    id: z.string().nullable().meta({ description: 'The `id` that was sent with it, if any.' }),
    verdict: z.enum(['accepted', 'sampled', 'rejected']).meta({
      description:
        '`sampled`: in order, and left out because the tracking plan keeps a share of these only.',
    }),
    code: code.optional(),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why it was rejected: what to change before it is sent again.' }),
  })
  .meta({ id: 'EventVerdict' });

/** The door by which events of the product come in over HTTP. */
export const eventEndpoints = {
  sendEvents: {
    method: 'POST',
    path: '/v1/events',
    tag: 'Events',
    summary: 'Send events of the product',
    description:
      'Takes up to 500 events, each judged by itself against the tracking plan (docs/events.md). Those that are accepted are in the queues of the sinks that the plan names for them when the answer says so; a rejected one comes back with its reason, changes nothing for the others, is counted, and is kept so that it can be replayed when the plan was wrong. The answer is 202 also when all are rejected.\n\nAn event counts once in the tenant by its name and `id`. Repeat a request that got no answer under the same `Idempotency-Key`, and nothing is counted twice; send `time` with each event, so that every sink knows it again. A second event of a request with the same name and `id` is rejected and not kept.',
    roles: ['tenant-admin', 'operator'],
    apiKey: 'events',
    params: z.strictObject({}),
    query: z.strictObject({}),
    body: z
      .strictObject({
        events: z
          .array(sent)
          .min(1)
          .max(500)
          .meta({ description: 'Events; each is judged by itself.' }),
      })
      .meta({ id: 'EventsRequest' }),
    response: z
      .object({
        accepted: count.meta({ description: 'Events that were queued for their sinks.' }),
        sampled: count.meta({ description: 'Events that were left out of the sample.' }),
        rejected: count.meta({ description: 'Events that were not taken.' }),
        events: z.array(verdict).meta({ description: 'The verdict on each, in their order.' }),
      })
      .meta({ id: 'EventsReceipt' }),
    status: 202,
    cache: 'none',
    rate: 'ingest',
    examples: [
      {
        title: 'An e-mail was opened',
        body: {
          events: [
            {
              event: 'email_opened',
              id: 'open-71',
              actor: 'u-17',
              properties: { email_id: 'eml_7f3a', campaign_id: 'cmp_12', mailbox_id: 'mbx_3' },
            },
          ],
        },
      },
    ],
  },
} as const satisfies Endpoints;

const rejection = z
  .object({
    code,
    event: z
      .string()
      .nullable()
      .meta({ description: 'Its name as it was sent. Null: it had none.' }),
    door: oneOf(['http', 'bus']),
    rejections: z.int().min(1).meta({ description: 'Events, each counted once.' }),
    first_rejected_at: instant,
    last_rejected_at: instant,
    reason: z.string().meta({ description: 'What was wrong with the newest, in words.' }),
  })
  .meta({ id: 'RejectedEvents' });

/** What of the events of a tenant was rejected, by either door. */
export const eventRejectionEndpoints = {
  listRejectedEvents: {
    method: 'GET',
    path: '/v1/events/rejections',
    tag: 'Events',
    summary: 'Rejected events by reason, the most frequent first',
    description:
      'Events that the tracking plan refused, whether they came over HTTP or over the bus, each counted once however often it came. They are kept for 30 days.',
    roles: ['tenant-admin', 'operator'],
    params: z.strictObject({}),
    query: z.strictObject({
      since: askedInstant.optional().meta({
        description: 'Only those rejected from this instant on; 7 days ago when left out.',
      }),
      limit: whole(1, 500, 100).meta({
        description: 'Rows at most; there is no page after them.',
      }),
    }),
    response: z
      .object({ data: z.array(rejection), since, ...freshOfMonitoring })
      .meta({ id: 'RejectedEventList' }),
    rows: rejection,
    cache: 'none',
    rate: 'read',
    examples: [{ title: 'What was rejected in the last week' }],
  },
} as const satisfies Endpoints;
