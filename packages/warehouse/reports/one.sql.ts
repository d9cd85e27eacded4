import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { Asked } from './ask.ts';
import { campaigns, mailboxes, warmups, type Daily } from './daily.ts';
import { spanColumns, spanList, spanSql, sumsSql } from './fragment.sql.ts';

/** One entity over a range. */
export type OneAsk = {
  readonly tenantId: string;
  readonly entity: readonly string[];
  readonly range: Asked;
};

/**
 * One entity twice: over its whole life, then over the range. What is known of it is of its whole life.
 * Its life is read by the index (tenant, entity, day) from every partition there is: 730 days of a campaign in 28 of them
 * take 816 buffers and 1.4 ms (Postgres 18, 2026-11).
 * Always two rows; `first_day` of the life is null when the tenant has no such entity.
 */
const oneOf = <const Sums extends Columns, const About extends Columns>(
  title: string,
  { table, ids, sums, about, aboutSql }: Daily<Columns, Sums, About>,
) => {
  const idNames = Object.keys(ids);
  const described = Object.entries<string>(aboutSql)
    .map(([name, expression]) => `${expression} as ${name}`)
    .join(', ');
  const list = sql.raw(`${sumsSql(sums)}, ${described}`);
  return statement<OneAsk, typeof spanColumns & { readonly period: 'text' } & Sums & About>({
    title,
    on: 'warehouse',
    columns: { ...spanColumns, period: 'text', ...sums, ...about },
    example: {
      tenantId: 'nobody',
      entity: idNames.map(() => 'none'),
      range: { from: null, to: null },
    },
    sql: ({ tenantId, entity, range }) => {
      const mine = sql.join(
        idNames.map((name, at) => sql`f.${sql.raw(name)} = ${entity[at] ?? ''}`),
        sql` and `,
      );
      return sql`
with ${spanSql(tenantId, range)}, answer as (
  select 'life' as period, ${list}
  from olap.${sql.raw(table)} f where f.tenant_id = ${tenantId} and ${mine}
  union all
  select 'range', ${list}
  from olap.${sql.raw(table)} f where f.tenant_id = ${tenantId} and ${mine}
    and f.day >= (select range_from from span) and f.day < (select range_to from span)
)
select ${spanList}, answer.* from answer, span order by period`;
    },
  });
};

/** One campaign. */
export const oneCampaign = oneOf('one campaign', campaigns);

/** One sending mailbox. */
export const oneMailbox = oneOf('one mailbox', mailboxes);

/** One warming mailbox. */
export const oneWarmup = oneOf('one warm-up', warmups);
