import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { keysOf, orderOf, type Asked, type Page } from './ask.ts';
import { steps } from './daily.ts';
import { everything, type ListAsk } from './list.sql.ts';
import { spanColumns, spanList, spanSql, sumsOfSums, sumsSql } from './fragment.sql.ts';

const described = sql.raw(
  Object.entries(steps.aboutSql)
    .map(([name, expression]) => `${expression} as ${name}`)
    .join(', '),
);
const nothing = sql.raw(
  Object.entries<string>(steps.about)
    .map(([name, type]) => `null::${type.replace('?', '')} as ${name}`)
    .join(', '),
);
const sums = sql.raw(sumsSql(steps.sums));
const names = sql.raw([...Object.keys(steps.sums), ...Object.keys(steps.about)].join(', '));
const inSpan = sql`f.day >= (select range_from from span) and f.day < (select range_to from span)`;

const within = (column: string, values: readonly string[] | null): RawBuilder<unknown> =>
  values === null ? sql`` : sql`and ${sql.raw(column)} = any(${values}::text[])`;

// A step whose place is unknown sorts after every place.
const sortable = {
  ...steps.sortable,
  position: 'coalesce(step_position, 2147483647)::float8',
  id: '0::float8',
};

const after = ({ after: keys }: Page, descending: boolean): RawBuilder<unknown> => {
  if (keys === null) return sql``;
  const { key, ids } = keysOf(keys, 2);
  const compared = sql.raw(descending ? '<' : '>');
  return sql`where (sort_key, campaign_id, step_id) ${compared} (${key}::float8, ${sql.join(ids)})`;
};

const listColumns = {
  ...spanColumns,
  matching: 'int8?',
  sort_key: 'float8?',
  ...steps.ids,
  ...steps.sums,
  ...steps.about,
} as const satisfies Columns;

/** Steps with e-mails in a range, as every list of entities, filtered by variant and sortable by place as well. */
export const listSequenceSteps = statement<
  ListAsk & { readonly variants: readonly string[] | null },
  typeof listColumns
>({
  title: 'list sequence steps',
  on: 'warehouse',
  columns: listColumns,
  example: { ...everything('nobody', { from: null, to: null }), variants: null },
  sql: ({ tenantId, range, page, only, companyIds, variants }) => {
    const { by, descending } = orderOf(page.sort, sortable, 'id');
    const direction = sql.raw(descending ? 'desc' : 'asc');
    const order = sql`sort_key ${direction}, campaign_id ${direction}, step_id ${direction}`;
    return sql`
with ${spanSql(tenantId, range)}, entity as (
  select f.campaign_id, f.step_id, ${sums}, ${described}
  from olap.sequence_step_analytics f
  where f.tenant_id = ${tenantId} and ${inSpan}
    ${within('f.campaign_id', only)} ${within('f.company_id', companyIds)}
  group by f.campaign_id, f.step_id
), matched as (
  select ${sql.raw(by)} as sort_key, entity.* from entity where true ${within('variant', variants)}
), page as (
  select * from matched ${after(page, descending)} order by ${order} limit ${page.limit + 1}
), answer as (
  select count(*) as matching, null::float8 as sort_key, '' as campaign_id, '' as step_id,
    ${sql.raw(sumsOfSums(steps.sums, 'matched'))}, ${nothing}
  from matched
  union all
  select null, sort_key, campaign_id, step_id, ${names} from page
)
select ${spanList}, answer.* from answer, span
order by matching nulls last, ${order}`;
  },
});

const campaignColumns = {
  ...spanColumns,
  exists: 'bool',
  step_id: 'text?',
  ...steps.sums,
  ...steps.about,
} as const satisfies Columns;

/**
 * The steps of a campaign with e-mails in a range, in the order of the sequence, those of unknown place last, behind a row
 * of totals (its step is null). `exists`: the campaign has steps at all.
 */
export const campaignSteps = statement<
  { readonly tenantId: string; readonly campaignId: string; readonly range: Asked },
  typeof campaignColumns
>({
  title: 'steps of a campaign',
  on: 'warehouse',
  columns: campaignColumns,
  example: { tenantId: 'nobody', campaignId: 'none', range: { from: null, to: null } },
  sql: ({ tenantId, campaignId, range }) => {
    const mine = sql`f.tenant_id = ${tenantId} and f.campaign_id = ${campaignId}`;
    return sql`
with ${spanSql(tenantId, range)}, answer as (
  select f.step_id, ${sums}, ${described}
  from olap.sequence_step_analytics f
  where ${mine} and ${inSpan}
  group by grouping sets ((f.step_id), ())
)
select ${spanList}, exists (select from olap.sequence_step_analytics f where ${mine}) as exists, answer.*
from answer, span
order by answer.step_id is not null, answer.step_position nulls last, answer.variant nulls first, answer.step_id`;
  },
});
