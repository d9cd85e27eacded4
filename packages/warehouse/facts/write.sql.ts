import { sql, type RawBuilder } from 'kysely';
import type { Day } from '@rookery/kernel/day';
import { statement, type Column } from '@rookery/db/statement';
import { columnsOf, facts, travellingName, type Fact } from './fact.ts';
import { spanOf } from './span.ts';

/** What `readFacts` returned for some facts: array literals under their travelling names. */
export type Travelled = { readonly [name: string]: unknown };

/** The cells to replace: `days` came through the gate, `values` came from the source. */
export type CellsToWrite = {
  readonly tenantId: string;
  readonly days: readonly Day[];
  readonly values: Travelled;
  readonly milliseconds: number;
};

const raw = (text: string) => sql.raw(text);

const join = (names: readonly string[], each: (name: string) => string, by = ', ') =>
  names.map(each).join(by);

// Hashed `not in` instead of `not exists`: the planner guesses 10 rows for an array parameter and would nest loops,
// 450,000 comparisons for the biggest tenant's day of 949 groups.
const replaced = (fact: Fact, { values, tenantId, days }: CellsToWrite): RawBuilder<unknown> => {
  const columns = columnsOf(fact);
  const names = columns.map((column) => column.name);
  const key = ['day', ...fact.grain];
  const rest = names.filter((name) => !key.includes(name));
  const kept = (name: string, row: string) => {
    const attribute = fact.attributes.find((a) => a.name === name);
    if (attribute?.snapshot !== true) return `${row}.${name}`;
    const stored = `coalesce(${row}.${name}, t.${name})`;
    if (attribute.with === undefined) return stored;
    return `case when ${row}.${attribute.with} is null then ${stored} else ${row}.${name} end`;
  };
  const { first, last } = spanOf(days);
  const arrays = sql.join(
    columns.map((c) => sql`${values[travellingName(fact, c)] ?? null}::text::${sql.raw(c.type)}[]`),
  );
  return sql`
${raw(fact.name)}_new as materialized (
  select s.* from unnest(${arrays}) as s(${raw(names.join(', '))}) where s.day = any(${days}::date[])
), ${raw(fact.name)}_gone as (
  delete from olap.${raw(fact.table)} t
  where t.tenant_id = ${tenantId} and t.day = any(${days}::date[])
    and t.day >= ${first}::date and t.day <= ${last}::date
    and (${raw(join(key, (k) => `t.${k}`))}) not in (select ${raw(key.join(', '))} from ${raw(fact.name)}_new)
  returning 1
), ${raw(fact.name)}_kept as (
  insert into olap.${raw(fact.table)} as t (tenant_id, ${raw(names.join(', '))}, billing_id)
  select ${tenantId}, ${raw(join(names, (n) => `s.${n}`))},
    (select p.id from periods p where s.day >= p.first_day and s.day < p.end_day)
  from ${raw(fact.name)}_new s
  order by ${raw(join(key, (k) => `s.${k}`))}
  on conflict (tenant_id, ${raw(key.join(', '))}) do update set
    ${raw(join(rest, (n) => `${n} = ${kept(n, 'excluded')}`))}, billing_id = excluded.billing_id, updated = now()
  where (${raw(join(rest, (n) => `t.${n}`))}, t.billing_id)
    is distinct from (${raw(join(rest, (n) => kept(n, 'excluded')))}, excluded.billing_id)
  returning 1
)`;
};

const total = (list: readonly Fact[], suffix: string): string =>
  list.map((fact) => `(select count(*) from ${fact.name}_${suffix})`).join(' + ');

// The ledger's own figures come from the campaign rows: each e-mail of a cell is in exactly one of them.
const ledger = (list: readonly Fact[], { tenantId, days, milliseconds }: CellsToWrite) => {
  const campaign = list.find((fact) => fact.name === 'campaign');
  const warmup = list.find((fact) => fact.name === 'warmup');
  const sums = campaign?.counters.slice(0, 8).map(({ name }) => `coalesce(sum(s.${name}), 0)`);
  const rows = list
    .map((f) => `(select count(*) from ${f.name}_new s where s.day = c.day)`)
    .join(' + ');
  return sql`, ledger as (
  update olap.cell c set
    milliseconds = ${milliseconds}::integer,
    fact_rows = ${sql.raw(rows)}
    ${sql.raw(
      sums === undefined
        ? ''
        : `, (source_emails, checksum) = (
      select coalesce(sum(s.sent), 0), md5(concat_ws('.', ${sums.join(', ')}))
      from campaign_new s where s.day = c.day)`,
    )}
    ${sql.raw(warmup === undefined ? '' : ', source_warmups = (select coalesce(sum(s.sent), 0) from warmup_new s where s.day = c.day)')}
  where c.tenant_id = ${tenantId} and c.day = any(${days}::date[])
)`;
};

/**
 * The statement that replaces the cells of a list of facts by what was read: vanished keys are deleted, unchanged rows
 * are not written, and rows are written in key order. Run it after `openCells`, in the same transaction.
 */
export const writeFacts = (list: readonly Fact[]) =>
  statement<CellsToWrite, { written: 'int8'; deleted: 'int8' }>({
    title: `replace cells: ${list.map((fact) => fact.name).join(', ')}`,
    on: 'warehouse',
    columns: { written: 'int8', deleted: 'int8' } satisfies Record<string, Column>,
    example: { tenantId: 'nobody', days: [], values: {}, milliseconds: 0 },
    sql: (cells) => sql`
with periods as materialized (
  select id, first_day, end_day from olap.billing_analytics where tenant_id = ${cells.tenantId}
),${sql.join(list.map((fact) => replaced(fact, cells)))}${ledger(list, cells)}
select ${sql.raw(total(list, 'kept'))} as written, ${sql.raw(total(list, 'gone'))} as deleted`,
  });

/** Replaces every daily fact of some cells. */
export const writeCells = writeFacts(facts);
