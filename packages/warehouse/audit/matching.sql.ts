import { sql, type RawBuilder } from 'kysely';
import { startOfDay } from '../facts/local-day.sql.ts';
import type { Edge } from './log.sql.ts';

/** What an entry must match; null matches everything. */
export type EntryFilter = {
  readonly actions: readonly string[] | null;
  readonly adminUserId: string | null;
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly classification: string | null;
  readonly category: string | null;
  readonly ipAddress: string | null;
  /** A field that its values before or after name. */
  readonly changed: string | null;
  /** Each must stand somewhere in its texts, in any case of letters. */
  readonly words: readonly string[];
  readonly from: Edge | null;
  readonly to: Edge | null;
};

/** A filter that everything matches. */
export const anything: EntryFilter = {
  actions: null,
  adminUserId: null,
  resourceType: null,
  resourceId: null,
  classification: null,
  category: null,
  ipAddress: null,
  changed: null,
  words: [],
  from: null,
  to: null,
};

const none = sql``;

const equal = (column: string, value: string | null): RawBuilder<unknown> =>
  value === null ? none : sql`and l.${sql.raw(column)} = ${value}`;

const edge = (tenantId: string, compared: '>=' | '<', at: Edge | null): RawBuilder<unknown> => {
  if (at === null) return none;
  const zone = sql`coalesce((select timezone from olap.tenant where tenant_id = ${tenantId}), 'UTC')`;
  const moment =
    'instant' in at ? sql`${at.instant}::timestamptz` : startOfDay(sql`${at.day}::date`, zone);
  return sql`and l.creation_time ${sql.raw(compared)} ${moment}`;
};

/** The conditions on an entry `l` that an index answers: what one can walk through without reading what does not match. */
export const indexed = (tenantId: string, filter: EntryFilter): RawBuilder<unknown> => sql`
l.tenant_id = ${tenantId}
  ${filter.actions === null ? none : sql`and l.action = any (${filter.actions}::text[])`}
  ${equal('admin_user_id', filter.adminUserId)} ${equal('resource_id', filter.resourceId)}
  ${edge(tenantId, '>=', filter.from)} ${edge(tenantId, '<', filter.to)}`;

const pattern = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;

// In the text of JSON quotation marks and backslashes are written with a backslash before them.
const patterns = (word: string): string[] => [
  ...new Set([pattern(word), pattern(JSON.stringify(word).slice(1, -1))]),
];

const texts = sql.raw(
  `concat_ws(E'\\n', l.resource_id, l.notes, l.metadata::text, l.old_values::text, l.new_values::text)`,
);

/** All conditions on an entry `l`. */
export const matching = (tenantId: string, filter: EntryFilter): RawBuilder<unknown> => {
  const { words, changed } = filter;
  return sql`${indexed(tenantId, filter)}
  ${equal('resource_type', filter.resourceType)} ${equal('data_classification', filter.classification)}
  ${equal('retention_category', filter.category)} ${equal('ip_address', filter.ipAddress)}
  ${changed === null ? none : sql`and (l.old_values ? ${changed} or l.new_values ? ${changed})`}
  ${
    words.length === 0
      ? none
      : sql.join(
          words.map((word) => sql`and ${texts} ilike any (${patterns(word)}::text[])`),
          none,
        )
  }`;
};

/** Whether a filter has conditions for which entries must be read one by one. */
export const isSlow = (filter: EntryFilter): boolean =>
  filter.words.length > 0 ||
  [
    filter.resourceType,
    filter.classification,
    filter.category,
    filter.ipAddress,
    filter.changed,
  ].some((value) => value !== null);
