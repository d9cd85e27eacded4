import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import { keysOf, orderOf, type Page } from './ask.ts';
import { mailboxes } from './daily.ts';
import { everything, type ListAsk } from './list.sql.ts';
import { spanColumns, spanList, spanSql, sumsOfSums, sumsSql } from './fragment.sql.ts';

const described = sql.raw(
  Object.entries(mailboxes.aboutSql)
    .map(([name, expression]) => `${expression} as ${name}`)
    .join(', '),
);
const nothing = sql.raw(
  Object.entries<string>(mailboxes.about)
    .map(([name, type]) => `null::${type.replace('?', '')} as ${name}`)
    .join(', '),
);
const names = sql.raw([...Object.keys(mailboxes.sums), ...Object.keys(mailboxes.about)].join(', '));

const within = (column: string, values: readonly string[] | null): RawBuilder<unknown> =>
  values === null ? sql`` : sql`and ${sql.raw(column)} = any(${values}::text[])`;

const after = ({ after: keys }: Page, descending: boolean): RawBuilder<unknown> => {
  if (keys === null) return sql``;
  const { key, ids } = keysOf(keys, 1);
  const compared = sql.raw(descending ? '<' : '>');
  return sql`where (sort_key, mailbox_id) ${compared} (${key}::float8, ${sql.join(ids)}::text)`;
};

const listColumns = {
  ...spanColumns,
  matching: 'int8?',
  sort_key: 'float8?',
  ...mailboxes.ids,
  ...mailboxes.sums,
  ...mailboxes.about,
} as const satisfies Columns;

/** Mailboxes with e-mails in a range, as every list of entities, filtered also by the domain they were last known in. */
export const listSendingMailboxes = statement<
  ListAsk & { readonly domainIds: readonly string[] | null },
  typeof listColumns
>({
  title: 'list sending mailboxes',
  on: 'warehouse',
  columns: listColumns,
  example: { ...everything('nobody', { from: null, to: null }), domainIds: null },
  sql: ({ tenantId, range, page, only, companyIds, statuses, domainIds }) => {
    const { by, descending } = orderOf(page.sort, { ...mailboxes.sortable, id: '0::float8' }, 'id');
    const direction = sql.raw(descending ? 'desc' : 'asc');
    const order = sql`sort_key ${direction}, mailbox_id ${direction}`;
    return sql`
with ${spanSql(tenantId, range)}, entity as (
  select f.mailbox_id, ${sql.raw(sumsSql(mailboxes.sums))}, ${described}
  from olap.mailbox_analytics f
  where f.tenant_id = ${tenantId}
    and f.day >= (select range_from from span) and f.day < (select range_to from span)
    ${within('f.mailbox_id', only)} ${within('f.company_id', companyIds)}
  group by f.mailbox_id
), matched as (
  select ${sql.raw(by)} as sort_key, entity.* from entity
  where true ${within(mailboxes.status, statuses)} ${within('domain_id', domainIds)}
), page as (
  select * from matched ${after(page, descending)} order by ${order} limit ${page.limit + 1}
), answer as (
  select count(*) as matching, null::float8 as sort_key, '' as mailbox_id,
    ${sql.raw(sumsOfSums(mailboxes.sums, 'matched'))}, ${nothing}
  from matched
  union all
  select null, sort_key, mailbox_id, ${names} from page
)
select ${spanList}, answer.* from answer, span
order by matching nulls last, ${order}`;
  },
});
