import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { everything, keysOf, orderOf, type ListAsk, type Page } from './ask.ts';
import { campaigns, mailboxes, steps, warmups, type Daily } from './daily.ts';
import { spanColumns, spanList, spanSql, sumsSql } from './fragment.sql.ts';

/** The columns of a list: the range, how many match (in the row of totals only), the sort key, the entity, its figures. */
type ListColumns<
  Ids extends Columns,
  Sums extends Columns,
  About extends Columns,
> = typeof spanColumns & { readonly matching: 'int8?'; readonly sort_key: 'float8?' } & Ids &
  Sums &
  About;

const usual = 'id';

const after = (
  { after: keys }: Page,
  ids: readonly string[],
  descending: boolean,
): RawBuilder<unknown> => {
  if (keys === null) return sql``;
  const { key, ids: last } = keysOf(keys, ids.length);
  const values = last.map((id) => sql`${id}::text`);
  const columns = sql.raw(['sort_key', ...ids].join(', '));
  const compared = sql.raw(descending ? '<' : '>');
  return sql`where (${columns}) ${compared} (${key}::float8, ${sql.join(values)})`;
};

const wanted = (column: string, values: readonly string[] | null): RawBuilder<unknown> =>
  values === null ? sql`` : sql`and ${sql.raw(column)} = any(${values}::text[])`;

/**
 * Lists the entities that have facts in a range, with their sums over it: first a row of totals over all that match
 * (its ids are empty), then one page by keyset. Every page sums the range again, so that its rows are of one snapshot.
 * So a page costs what its range does, whatever the order and wherever it starts: of the biggest of 200 tenants with 2,000
 * campaigns 3.5 ms and 94 buffers over 30 days, 200 ms and 4,235 over two years, which are 134,000 rows (Postgres 18,
 * 2026-11). 80 ms of these are the sort for the values of the last day; max() of day and value together gained 9 %.
 */
const listOf = <const Ids extends Columns, const Sums extends Columns, const About extends Columns>(
  title: string,
  { table, ids, sums, about, aboutSql, sortable }: Daily<Ids, Sums, About>,
) => {
  const idNames = Object.keys(ids);
  const idList = idNames.join(', ');
  const sumNames = Object.keys(sums).join(', ');
  const aboutNames = Object.keys(about);
  const described = Object.entries<string>(aboutSql)
    .map(([name, expression]) => `${expression} as ${name}`)
    .join(', ');
  const nothing = Object.entries(about)
    .map(([name, type]) => `null::${type.replace('?', '')} as ${name}`)
    .join(', ');
  const noIds = idNames.map((name) => `'' as ${name}`).join(', ');
  const columns: ListColumns<Ids, Sums, About> = {
    ...spanColumns,
    matching: 'int8?',
    sort_key: 'float8?',
    ...ids,
    ...sums,
    ...about,
  };
  return statement<ListAsk, ListColumns<Ids, Sums, About>>({
    title,
    on: 'warehouse',
    columns,
    example: everything('nobody', { from: null, to: null }),
    sql: ({ tenantId, range, page, only, companyIds, where }) => {
      const { by, descending } = orderOf(page.sort, { ...sortable, [usual]: '0::float8' }, usual);
      const direction = sql.raw(descending ? 'desc' : 'asc');
      const order = sql.join(
        ['sort_key', ...idNames].map((name) => sql`${sql.raw(name)} ${direction}`),
      );
      return sql`
with ${spanSql(tenantId, range)}, entity as (
  select ${sql.raw(idList)}, ${sql.raw(sumsSql(sums))}, ${sql.raw(described)}
  from olap.${sql.raw(table)} f
  where f.tenant_id = ${tenantId}
    and f.day >= (select range_from from span) and f.day < (select range_to from span)
    ${wanted(`f.${idNames[0]}`, only)} ${wanted('f.company_id', companyIds)}
  group by ${sql.raw(idList)}
), matched as (
  select ${sql.raw(by)} as sort_key, entity.* from entity
  where true ${sql.join(
    aboutNames.map((name) => wanted(name, where[name] ?? null)),
    sql` `,
  )}
), page as (
  select * from matched ${after(page, idNames, descending)} order by ${order} limit ${page.limit + 1}
), answer as (
  select count(*) as matching, null::float8 as sort_key, ${sql.raw(noIds)},
    ${sql.raw(sumsSql(sums, 'matched'))}, ${sql.raw(nothing)}
  from matched
  union all
  select null, sort_key, ${sql.raw([idList, sumNames, ...aboutNames].join(', '))} from page
)
select ${spanList}, answer.* from answer, span
order by matching nulls last, ${order}`;
    },
  });
};

/** Campaigns with e-mails in a range. */
export const listCampaigns = listOf('list campaigns', campaigns);

/** Mailboxes with e-mails in a range. */
export const listMailboxes = listOf('list mailboxes', mailboxes);

/** Mailboxes with warm-up messages in a range. */
export const listWarmups = listOf('list warm-ups', warmups);

/** Steps with e-mails in a range; `only` names campaigns. */
export const listSteps = listOf('list steps', steps);
