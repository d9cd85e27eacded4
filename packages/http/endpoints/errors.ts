import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, id, instant, nextCursor, page } from '../fields.ts';
import { severities } from '../words.ts';
import { text } from '../streams/texts.ts';
import { freshOfMonitoring, oneOf, someOf } from './monitoring-window.ts';

// The order of this list cannot be chosen.
const { limit, cursor } = page(['latest']);

const statuses = ['new', 'acknowledged', 'in-progress', 'resolved', 'ignored'] as const;
const count = z.int().min(0);
const errorId = askedId.meta({ description: 'Identifier of the group.' });

const summary = {
  id,
  message: z.string().meta({ description: 'Of its last occurrence, redacted.' }),
  error_type: z.string(),
  severity: oneOf(severities).meta({ description: 'The worst seen.' }),
  environment: z.string(),
  status: oneOf(statuses),
  assigned_to: z.string().nullable().meta({ description: 'User who works on it.' }),
  occurrence_count: count.meta({ description: 'Exact, whatever share of them is kept.' }),
  affected_users: count.meta({
    description: 'Distinct users it met; occurrences without a user add none.',
  }),
  first_seen: instant,
  last_seen: instant,
  resolved_at: instant.nullable().meta({ description: 'When it was last resolved.' }),
  regressions: count.meta({ description: 'How often it came back after it was resolved.' }),
  revision: count.meta({ description: 'What a change has to name.' }),
};

const group = z.object(summary).meta({ id: 'ErrorGroup' });

const line = z.string().nullable();
const json = z.unknown().meta({ description: 'JSON, or null.' });

const instance = z
  .object({
    occurred_at: instant,
    user_id: line.meta({ description: 'A pseudonym once anonymised.' }),
    session_id: line,
    request_id: line,
    context: json,
    stack_trace: line,
    breadcrumbs: json,
  })
  .meta({ id: 'ErrorInstance' });

const detail = z
  .object({
    ...summary,
    error_hash: z.string().meta({ description: 'What makes occurrences equal: SHA-256 in hex.' }),
    stack_trace: line,
    file_path: line,
    line_number: z.int().nullable(),
    function_name: line,
    user_id: line.meta({ description: 'Whom it met last; a pseudonym once anonymised.' }),
    session_id: line,
    request_id: line,
    endpoint: line,
    method: line,
    status_code: z.int().nullable(),
    user_agent: line,
    ip_address: line,
    context: json,
    breadcrumbs: json,
    resolution_note: line,
    regressed_at: instant.nullable().meta({ description: 'Occurrence with which it came back.' }),
    instances: z.array(instance).meta({
      description: 'The last 20 of the occurrences that were kept, the latest first.',
    }),
  })
  .meta({ id: 'ErrorGroupDetail' });

const body = z
  .strictObject({
    revision: count
      .max(2_147_483_647)
      .meta({ description: 'The `revision` of the group as you saw it.' }),
    status: z.enum(statuses).optional(),
    assigned_to: text(50).nullable().optional().meta({
      description: 'User who works on it from now on; null for nobody.',
    }),
    note: text(4_000).optional().meta({
      description: 'Why, or how it was resolved; replaces the note. To ignore needs one.',
    }),
  })
  .meta({ id: 'ErrorChange' });

/** Groups of equal errors: a list, and one with its last occurrences. */
export const errorEndpoints = {
  listErrors: {
    method: 'GET',
    path: '/v1/errors',
    tag: 'Errors',
    summary: 'Groups of equal errors, those that came last first',
    description:
      'Every group that is kept. One that comes again while you page moves to the top, and may be met twice.',
    roles: analysts,
    params: z.strictObject({}),
    query: z.strictObject({
      limit,
      cursor,
      status: someOf(statuses)
        .optional()
        .meta({ description: `Only these, separated by commas: ${statuses.join(', ')}.` }),
      severity: someOf(severities)
        .optional()
        .meta({ description: `Only these, separated by commas: ${severities.join(', ')}.` }),
      environment: askedId.optional().meta({ description: 'Only of this environment.' }),
      error_type: askedId.optional().meta({ description: 'Only of this type.' }),
    }),
    response: z
      .object({ data: z.array(group), next_cursor: nextCursor, ...freshOfMonitoring })
      .meta({ id: 'ErrorGroupList' }),
    rows: group,
    cache: 'none',
    rate: 'read',
    examples: [
      { title: 'What is new in production', query: { status: 'new', environment: 'production' } },
    ],
  },
  getError: {
    method: 'GET',
    path: '/v1/errors/{error_id}',
    tag: 'Errors',
    summary: 'One group, with its last occurrences',
    description:
      'A group of equal errors with the details of its last occurrence, and the last 20 occurrences that were kept: of a group and day the first ten, then a sample.',
    roles: analysts,
    params: z.strictObject({ error_id: errorId }),
    query: z.strictObject({}),
    response: z.object({ data: detail, ...freshOfMonitoring }).meta({ id: 'ErrorGroupAnswer' }),
    cache: 'none',
    rate: 'read',
    examples: [{ title: 'One group', params: { error_id: 'err_example' } }],
  },
} as const satisfies Endpoints;

/** What people change of groups of errors. */
export const errorChangeEndpoints = {
  changeError: {
    method: 'PATCH',
    path: '/v1/errors/{error_id}',
    tag: 'Errors',
    summary: 'Changes status, assignment or note of a group',
    description:
      'From new, acknowledged and in-progress a group may go to any other status; from resolved and ignored back to those three. `revision` is the one you saw: when somebody else, or the error that came back, changed the group since, the answer is 409 and nothing is changed. Each change is an audit event of the resource type `error`.',
    roles: ['tenant-admin', 'operator'],
    params: z.strictObject({ error_id: errorId }),
    query: z.strictObject({}),
    body,
    response: z.object({ data: detail }).meta({ id: 'ErrorGroupChanged' }),
    cache: 'none',
    rate: 'change',
    examples: [
      {
        title: 'Take it on',
        params: { error_id: 'err_example' },
        body: { revision: 0, status: 'in-progress', assigned_to: 'u_42' },
      },
    ],
  },
} as const satisfies Endpoints;
