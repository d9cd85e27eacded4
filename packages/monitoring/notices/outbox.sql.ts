import { sql } from 'kysely';
import { statement, type Columns, type RowOf } from '@rookery/db/statement';

/** One attempt at one notice: the message of the queue `notify`. */
export type Attempt = {
  readonly tenantId: string;
  readonly id: string;
  readonly attempt: number;
};

type Sent = Attempt & {
  readonly now: Date;
  readonly providerId: string | null;
  readonly remark: string | null;
};

const anAttempt: Attempt = { tenantId: 'nobody', id: 'none', attempt: 1 };
const aMoment = new Date('2026-01-01T00:00:00Z');

// Of 1,000,000 notices 10,000 are due: 5,000 of them take 47 ms, a row of notice_order for each; 10,000 that all wait for one
// of their group 0.5 s (2026-11).

/**
 * The notices whose next attempt is due, or whose sender has not come back in time, oldest first. One waits while an earlier
 * notice of its group to the same recipient is under way, so that nobody is told of the end before the beginning.
 */
export const readDue = statement({
  title: 'read the notices that are due',
  on: 'warehouse',
  planned: 'each-time',
  columns: { tenant_id: 'text', id: 'text', attempt: 'int4' },
  example: { now: aMoment, most: 1 },
  sql: ({ now, most }: { now: Date; most: number }) => sql`
select n.tenant_id, n.id, n.attempts + 1 as attempt
from monitoring.notice n
where n.state in ('pending', 'sending') and n.next_attempt_at <= ${now}::timestamptz
  and (n.state = 'pending' or n.lease_until <= ${now}::timestamptz)
  and not exists (
    select from monitoring.notice o
    where o.tenant_id = n.tenant_id and o.group_id = n.group_id and o.channel = n.channel and o.recipient = n.recipient
      and o.state in ('pending', 'sending') and (o.created_at, o.id) < (n.created_at, n.id))
order by n.next_attempt_at limit ${most}::integer`,
});

/** Gives up notices that were taken so often and never came back: whatever sends them ends without a word. */
export const giveUpLost = statement({
  title: 'give up notices whose senders never come back',
  on: 'warehouse',
  planned: 'each-time',
  columns: { id: 'text' },
  example: { now: aMoment, most: 1, problem: 'lost' },
  sql: ({ now, most, problem }: { now: Date; most: number; problem: string }) => sql`
update monitoring.notice n set state = 'failed', lease_until = null, problem = ${problem}
where n.state = 'sending' and n.next_attempt_at <= ${now}::timestamptz and n.lease_until <= ${now}::timestamptz
  and n.attempts >= ${most}::integer
returning n.id`,
});

const taken = {
  channel: 'text',
  recipient: 'text',
  content: 'jsonb',
  alert_ids: '_text',
  created_at: 'timestamptz',
  target: 'varchar?',
  address: 'text?',
  is_active: 'bool?',
  secret: 'text?',
  previous_secret: 'text?',
} as const satisfies Columns;

/** A notice that was taken, with its target. */
export type Taken = RowOf<typeof taken>;

/**
 * Takes a notice for one attempt, with the target that it is for; the secrets are sealed, in base64. No row when the attempt
 * was taken before, or somebody else is at it: of two takers one gets it.
 */
export const takeNotice = statement({
  title: 'take a notice to send it',
  on: 'warehouse',
  columns: taken,
  example: { ...anAttempt, now: aMoment, leaseSeconds: 60 },
  sql: ({
    tenantId,
    id,
    attempt,
    now,
    leaseSeconds,
  }: Attempt & { now: Date; leaseSeconds: number }) => sql`
with taken as (
  update monitoring.notice n set state = 'sending', attempts = n.attempts + 1,
    lease_until = ${now}::timestamptz + ${leaseSeconds}::integer * interval '1 second'
  where n.tenant_id = ${tenantId} and n.id = ${id} and n.attempts = ${attempt}::integer - 1
    and (n.state = 'pending' or (n.state = 'sending' and n.lease_until <= ${now}::timestamptz))
  returning n.tenant_id, n.channel, n.recipient, n.content, n.alert_ids, n.created_at
)
select n.channel::text as channel, n.recipient, n.content, n.alert_ids, n.created_at, t.id as target, t.address, t.is_active,
  encode(t.secret, 'base64') as secret,
  case when t.previous_until > ${now}::timestamptz then encode(t.previous_secret, 'base64') end as previous_secret
from taken n
left join monitoring.notification_target t
  on t.tenant_id = n.tenant_id and t.id = n.recipient and t.channel = n.channel and t.deleted_at is null`,
});

/** Notes that a channel took a notice: true whatever became of the lease meanwhile. No row when that was noted before. */
export const noteSent = statement<Sent, { id: 'text' }>({
  title: 'note that a notice was sent',
  on: 'warehouse',
  columns: { id: 'text' },
  example: { ...anAttempt, now: aMoment, providerId: null, remark: null },
  sql: ({ tenantId, id, now, providerId, remark }) => sql`
update monitoring.notice set state = 'sent', sent_at = ${now}::timestamptz, lease_until = null,
  provider_id = ${providerId}, problem = ${remark}
where tenant_id = ${tenantId} and id = ${id} and state <> 'sent'
returning id`,
});

/** Puts a notice off until its next attempt. Only who has the lease may; for others nothing happens. */
export const putOff = statement({
  title: 'put a notice off until its next attempt',
  on: 'warehouse',
  columns: { id: 'text' },
  example: { ...anAttempt, next: aMoment, problem: 'busy' },
  sql: ({ tenantId, id, attempt, next, problem }: Attempt & { next: Date; problem: string }) => sql`
update monitoring.notice set state = 'pending', next_attempt_at = ${next}::timestamptz, lease_until = null,
  problem = ${problem}
where tenant_id = ${tenantId} and id = ${id} and state = 'sending' and attempts = ${attempt}::integer
returning id`,
});

/** Gives a notice up. Only who has the lease may; for others nothing happens. */
export const noteFailed = statement({
  title: 'note that a notice failed for good',
  on: 'warehouse',
  columns: { id: 'text' },
  example: { ...anAttempt, problem: 'gone' },
  sql: ({ tenantId, id, attempt, problem }: Attempt & { problem: string }) => sql`
update monitoring.notice set state = 'failed', lease_until = null, problem = ${problem}
where tenant_id = ${tenantId} and id = ${id} and state = 'sending' and attempts = ${attempt}::integer
returning id`,
});

/** What people find in the product. */
export type InAppRow = {
  readonly recipient: string;
  readonly title: string;
  readonly body: string;
  readonly severity: string;
  readonly alertIds: readonly string[];
};

/** Puts a notice into the inbox in the product; one that is there stays as it is. */
export const writeInApp = statement<Attempt & { now: Date; row: InAppRow }, { id: 'text' }>({
  title: 'put a notice into the inbox in the product',
  on: 'warehouse',
  columns: { id: 'text' },
  example: {
    ...anAttempt,
    now: aMoment,
    row: { recipient: '*', title: 't', body: 'b', severity: 'info', alertIds: [] },
  },
  sql: ({ tenantId, id, now, row }) => sql`
insert into monitoring.in_app_notice (tenant_id, id, recipient, title, body, severity, alert_ids, created_at)
values (${tenantId}, ${id}, ${row.recipient}, ${row.title}, ${row.body},
  ${row.severity}::text::monitoring.severity_level, ${row.alertIds}::text[], ${now}::timestamptz)
on conflict do nothing
returning id`,
});
