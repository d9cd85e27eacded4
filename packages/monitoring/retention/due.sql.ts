import { sql, type RawBuilder } from 'kysely';
import type { Action, Shelf } from './shelf.sql.ts';

const limitOf = (action: Action): string =>
  action === 'anonymise' ? 'anonymise_after_days' : 'keep_days';

const daysOf = ({ category }: Shelf, action: Action): string => {
  const policy = `coalesce(o.${limitOf(action)}, p.${limitOf(action)})`;
  if (category === null || action === 'anonymise') return policy;
  return category === 'shortens'
    ? `least(${policy}, c.keep_days)`
    : `coalesce(c.keep_days, ${policy})`;
};

// A tenant may keep a category for longer than the platform does, and not for less.
const categoryOf = ({ category }: Shelf): string =>
  category === null
    ? ''
    : `cross join lateral (
  select bool_or(k.keep_days is null) as for_ever, max(k.keep_days) as keep_days, bool_and(k.anonymise) as anonymise
  from monitoring.retention_category k
  where k.tenant_id in ('platform', r.tenant_id) and k.category = r.metadata->>'retention_category') c`;

// The same for all rows, so that younger partitions are not read at all.
const leastDays = ({ table, category }: Shelf, action: Action): string => {
  const least = `(select min(e.${limitOf(action)}) from monitoring.retention_policy e where e.table_name = '${table}')`;
  return category === null || action === 'anonymise'
    ? least
    : `least(${least}, (select min(k.keep_days) from monitoring.retention_category k))`;
};

const archived = ({ table, same }: NonNullable<Shelf['archive']>): string =>
  `exists (select from monitoring.${table} a where a.tenant_id = r.tenant_id and ${same})`;

const todo = (shelf: Shelf, action: Action): string => {
  if (action === 'anonymise') return shelf.personal ?? 'false';
  const { archive, deletable } = shelf;
  if (action === 'delete') return deletable;
  return archive === null
    ? 'false'
    : `(${deletable}) and coalesce(o.archive, p.archive) and not ${archived(archive)}`;
};

// Reads a clock's least mark for each tenant once, not for each row.
const marks = (tables: readonly string[]): string =>
  tables.length === 0
    ? `select null::text as tenant_id, null::timestamptz as first_bucket where false`
    : `select tenant_id, min(bucket) as first_bucket from (${tables
        .map((name) => `select tenant_id, bucket from monitoring.${name}`)
        .join(' union all ')}) every_mark group by tenant_id`;

const why = ({ archive, personal, clock, table, origin }: Shelf, action: Action): string => `case
  when exists (select from monitoring.legal_hold h
    where h.tenant_id = r.tenant_id and h.table_name in ('${table}', '${origin ?? table}') and h.released_at is null
      and ${clock} >= h.held_from and ${clock} < coalesce(h.held_until, 'infinity')) then 'a legal hold keeps them'
  when ${clock} >= m.first_bucket then 'their rollups are not done yet'
  ${action === 'archive' && personal !== null ? `when p.anonymise_after_days is not null and (${personal}) then 'they are not anonymised yet'` : ''}
  ${action === 'delete' && archive !== null ? `when coalesce(o.archive, p.archive) and not ${archived(archive)} then 'they are not archived yet'` : ''}
end`;

/**
 * The rows `r` an action is due on at an instant, as `from … where …`; `late.why` says what holds a row back, and is null
 * when nothing does. A row is due when it is older than its tenant's policy allows, not when it is just as old. Days are 24
 * hours, whatever the zone of the session.
 */
export const due = (shelf: Shelf, action: Action, now: Date): RawBuilder<unknown> => sql`
from monitoring.${sql.raw(shelf.table)} r
join monitoring.retention_policy p on p.tenant_id = 'platform' and p.table_name = '${sql.raw(shelf.table)}'
left join monitoring.retention_policy o
  on o.tenant_id = r.tenant_id and o.tenant_id <> 'platform' and o.table_name = '${sql.raw(shelf.table)}'
left join (${sql.raw(marks(shelf.marks))}) m on m.tenant_id = r.tenant_id
${sql.raw(categoryOf(shelf))}
cross join lateral (select ${sql.raw(why(shelf, action))} as why) late
where ${sql.raw(shelf.clock)} < ${now}::timestamptz - ${sql.raw(daysOf(shelf, action))} * interval '24 hours'
  and ${sql.raw(shelf.clock)} < ${now}::timestamptz - ${sql.raw(leastDays(shelf, action))} * interval '24 hours'
  and ${sql.raw(todo(shelf, action))}`;
