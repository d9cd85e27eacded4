import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { Asked } from './ask.ts';
import { steps } from './daily.ts';
import { spanColumns, spanList, spanSql, sumsSql } from './fragment.sql.ts';

const described = sql.raw(
  Object.entries(steps.aboutSql)
    .map(([name, expression]) => `${expression} as ${name}`)
    .join(', '),
);
const sums = sql.raw(sumsSql(steps.sums));
const inSpan = sql`f.day >= (select range_from from span) and f.day < (select range_to from span)`;

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
