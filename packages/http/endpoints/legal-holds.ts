import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedId, askedInstant, instant, nextCursor, page } from '../fields.ts';
import { text } from '../streams/texts.ts';
import { freshOfMonitoring } from './monitoring-window.ts';

// The order of this list cannot be chosen.
const { limit, cursor } = page(['newest']);
const path = '/v1/legal-holds';
const tag = 'Audit';
const none = z.strictObject({});

const tableName = 'The compliance audit (`admin_audit_log`) or a table of monitoring.';

const hold = z
  .object({
    id: z.int().min(1),
    tenant_id: z.string(),
    table_name: z.string().meta({ description: tableName }),
    held_from: instant,
    held_until: instant.nullable().meta({ description: 'Null: also what is still to come.' }),
    reason: z.string(),
    placed_by: z.string(),
    placed_at: instant,
    released_at: instant.nullable().meta({ description: 'Null as long as it is in force.' }),
    released_by: z.string().nullable(),
    release_reason: z.string().nullable(),
  })
  .meta({ id: 'LegalHold' });

const answerOf = (component: string) => z.object({ data: hold }).meta({ id: component });

const holdId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not the number of a hold')
  .transform(Number)
  .meta({ description: 'Number of the hold.' });

/** Legal holds, to read. */
export const legalHoldEndpoints = {
  listLegalHolds: {
    method: 'GET',
    path,
    tag,
    summary: 'Legal holds, the newest first',
    description:
      'What of the tenant is kept whatever the policies of retention say, by whom and why; those that were released as well.',
    roles: ['auditor', 'operator'],
    params: none,
    query: z.strictObject({
      limit,
      cursor,
      table_name: askedId.optional().meta({ description: 'Only of this table.' }),
      state: z
        .enum(['in-force', 'released'])
        .optional()
        .meta({ description: 'Only those in force, or only those released.' }),
    }),
    response: z
      .object({ data: z.array(hold), next_cursor: nextCursor, ...freshOfMonitoring })
      .meta({ id: 'LegalHoldList' }),
    rows: hold,
    cache: 'none',
    rate: 'audit',
    examples: [{ title: 'What is held now', query: { state: 'in-force' } }],
  },
} as const satisfies Endpoints;

/** Legal holds, to place and release. */
export const legalHoldChangeEndpoints = {
  placeLegalHold: {
    method: 'POST',
    path,
    tag,
    summary: 'Places a legal hold',
    description:
      'From the answer on, rows of the table whose time is in the span are neither deleted nor anonymised, and entries of the compliance audit not erased. A hold of `tb_audit_event` does not hold what the compliance audit took from it: place one of each. Several may hold the same. Who placed it and why is recorded in the audit.',
    roles: ['operator'],
    params: none,
    query: none,
    body: z
      .strictObject({
        table_name: text(63).meta({ description: tableName }),
        held_from: askedInstant,
        held_until: askedInstant
          .nullable()
          .optional()
          .meta({ description: 'Half-open. By default without an end.' }),
        reason: text(2_000),
      })
      .meta({ id: 'LegalHoldNew' }),
    response: answerOf('LegalHoldPlaced'),
    status: 201,
    cache: 'none',
    rate: 'change',
    examples: [
      {
        title: 'A quarter of the compliance audit',
        body: {
          table_name: 'admin_audit_log',
          held_from: '2025-01-01T00:00:00Z',
          held_until: '2025-04-01T00:00:00Z',
          reason: 'Case 25-117',
        },
      },
    ],
  },
  releaseLegalHold: {
    method: 'POST',
    path: `${path}/{hold_id}/release`,
    tag,
    summary: 'Releases a legal hold',
    description:
      'What no other hold keeps ages from then on as if it had never been held. The hold stays in the list. 409 when it was released before.',
    roles: ['operator'],
    params: z.strictObject({ hold_id: holdId }),
    query: none,
    body: z.strictObject({ reason: text(2_000) }).meta({ id: 'LegalHoldRelease' }),
    response: answerOf('LegalHoldReleased'),
    cache: 'none',
    rate: 'change',
    examples: [
      { title: 'The case is over', params: { hold_id: '1' }, body: { reason: 'Settled' } },
    ],
  },
} as const satisfies Endpoints;
