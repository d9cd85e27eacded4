import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** E-mails that one mailbox sends at once: how many, and how many of them bounce. */
export type Burst = {
  readonly tenantId: string;
  readonly mailboxId: string;
  /** Names the burst: under an equal name it is sent once. */
  readonly name: string;
  readonly at: Date;
  readonly count: number;
  readonly bounced: number;
};

/**
 * Sends a burst from a mailbox of the demo to leads it wrote to before; `sent` is how many went out, 0 the second time and
 * for a mailbox that never sent.
 */
export const sendBurst = statement({
  title: 'demo: a burst of e-mails from one mailbox',
  on: 'source',
  columns: { sent: 'int8' },
  example: {
    tenantId: 'nobody',
    mailboxId: 'none',
    name: 'example',
    at: new Date('2025-03-31T12:00:00Z'),
    count: 2,
    bounced: 1,
  },
  sql: ({ tenantId, mailboxId, name, at, count, bounced }: Burst) => sql`
with leads as (
  select *, row_number() over (order by email_id) as place, count(*) over () as many
  from source.emails
  where tenant_id = ${tenantId} and mailbox_id = ${mailboxId} and sent_at < ${at}::timestamptz
    and email_id not like 'burst-%'
), written as (
  insert into source.emails (
    email_id, tenant_id, company_id, campaign_id, step_id, mailbox_id, lead_id, status, sent_at, delivered_at, bounce_type,
    updated_at
  )
  select 'burst-' || md5(${tenantId} || '/' || ${mailboxId} || '/' || ${name} || '/' || i), l.tenant_id, l.company_id,
    l.campaign_id, l.step_id, l.mailbox_id, l.lead_id, case when i <= ${bounced} then 'bounced' else 'delivered' end,
    ${at}::timestamptz, case when i > ${bounced} then ${at}::timestamptz + interval '2 seconds' end,
    case when i <= ${bounced} then 'hard' end, greatest(${at}::timestamptz, now())
  from generate_series(1, ${count}::integer) i
  join leads l on l.place = 1 + (i - 1) % l.many
  order by 1
  on conflict do nothing
  returning 1
)
select count(*) as sent from written`,
});
