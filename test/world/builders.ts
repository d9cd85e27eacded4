import { sql } from 'kysely';
import type { Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import type {
  EmailRow,
  Moment,
  SourceTable,
  TenantRow,
  WarmupMessageRow,
  WarmupRow,
} from './rows.ts';

/** What a builder takes when the test says nothing about the day. */
export const usualMoment = '2025-03-10T12:00:00Z';

const identifier = /^[a-z_]+$/;

// One statement per call however many rows: the rows travel as one JSON array.
const insert = async (
  db: Db,
  table: string,
  rows: readonly Record<string, unknown>[],
  conflict: 'fail' | 'keep' | 'replace',
): Promise<void> => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return;
  if (![table, ...columns].every((name) => identifier.test(name)))
    throw new Error(`not an identifier among ${[table, ...columns].join(', ')}`);
  const values = columns.map((c) => (c === 'updated_at' ? 'coalesce(updated_at, now())' : c));
  const end = {
    fail: '',
    keep: 'on conflict do nothing',
    replace: `on conflict (${columns[0]}) do update set ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
  }[conflict];
  const put = statement({
    title: `fill source.${table}`,
    on: 'source',
    columns: {},
    example: '[]',
    sql: (json: string) =>
      sql`${sql.raw(`insert into source.${table} (${columns.join(', ')}) select ${values.join(', ')}`)}
        from jsonb_populate_recordset(null::source.${sql.raw(table)}, ${json}::jsonb) ${sql.raw(end)}`,
  });
  await db.query(put, JSON.stringify(rows));
};

let made = 0;
const next = (prefix: string): string => `${prefix}-${String((made += 1)).padStart(6, '0')}`;

const later = (moment: Moment, seconds: number): string =>
  new Date(new Date(moment).getTime() + seconds * 1000).toISOString();

const statusOf = (row: Partial<EmailRow>): string => {
  if (row.sent_at === null) return 'queued';
  if (row.bounce_type) return 'bounced';
  if (row.replied) return 'replied';
  if (row.clicked) return 'clicked';
  if (row.opened) return 'opened';
  return row.delivered_at === null ? 'sent' : 'delivered';
};

// Delivered two seconds after it was sent, unless the test or a bounce says otherwise.
const deliveredAt = (row: Partial<EmailRow & WarmupMessageRow>, sentAt: Moment | null) => {
  if (row.delivered_at !== undefined) return row.delivered_at;
  return sentAt === null || row.bounce_type ? null : later(sentAt, 2);
};

/** A whole e-mail of which the test named only what matters to it: sent and delivered on the usual day, then quiet. */
export const email = (row: Partial<EmailRow> = {}): EmailRow => {
  const tenantId = row.tenant_id ?? 'acme';
  const campaignId = row.campaign_id ?? `${tenantId}-campaign-1`;
  const sentAt = row.sent_at === undefined ? usualMoment : row.sent_at;
  return {
    email_id: next('email'),
    company_id: `${tenantId}-company`,
    step_id: `${campaignId}-step-1`,
    mailbox_id: `${tenantId}-mailbox-1`,
    lead_id: next(`${tenantId}-lead`),
    opened: null,
    clicked: null,
    replied: null,
    bounce_type: null,
    unsubscribed: null,
    complaint: null,
    open_kind: row.opened ? 'human' : null,
    reply_kind: row.replied ? 'human' : null,
    updated_at: null,
    status: statusOf(row),
    ...row,
    tenant_id: tenantId,
    campaign_id: campaignId,
    sent_at: sentAt,
    delivered_at: deliveredAt(row, sentAt),
  };
};

/** Puts tenants in; one that exists gets the new zone and anchor. Returns the whole row. */
export const tenant = async (db: Db, row: Partial<TenantRow> = {}): Promise<TenantRow> => {
  const tenantId = row.tenant_id ?? 'acme';
  const whole = { tenant_id: tenantId, name: tenantId, timezone: 'UTC', billing_anchor: 1, ...row };
  await insert(db, 'tenants', [whole], 'replace');
  return whole;
};

const distinct = <T>(rows: readonly T[], shape: (row: T) => Record<string, unknown>) => [
  ...new Map(rows.map((row) => [JSON.stringify(shape(row)), shape(row)])).values(),
];

const tenantsOf = (rows: readonly { readonly tenant_id: string }[]) =>
  distinct(rows, ({ tenant_id }) => ({ tenant_id, name: tenant_id }));

/**
 * Puts e-mails in, with the tenant (UTC), campaign, step, mailbox, domain and lead of each unless they exist.
 * Returns the whole rows. Rows are independent of each other: name the same lead_id to write twice to one lead.
 */
export const emails = async (db: Db, rows: readonly Partial<EmailRow>[]): Promise<EmailRow[]> => {
  const whole = rows.map(email);
  await insert(db, 'tenants', tenantsOf(whole), 'keep');
  await insert(
    db,
    'campaigns',
    distinct(whole, ({ tenant_id, campaign_id, company_id }) => ({
      tenant_id,
      campaign_id,
      company_id,
      status: 'active',
      updated_at: null,
    })),
    'keep',
  );
  await insert(
    db,
    'sequence_steps',
    distinct(whole, ({ tenant_id, campaign_id, step_id }) => ({
      tenant_id,
      campaign_id,
      step_id,
      position: 1,
      updated_at: null,
    })),
    'keep',
  );
  await insert(
    db,
    'domains',
    distinct(whole, ({ tenant_id }) => ({
      tenant_id,
      domain_id: `${tenant_id}-domain`,
      name: `${tenant_id}.example`,
      spf: true,
      dkim: true,
      dmarc: true,
      updated_at: null,
    })),
    'keep',
  );
  await insert(
    db,
    'mailboxes',
    distinct(whole, ({ tenant_id, mailbox_id, company_id }) => ({
      tenant_id,
      mailbox_id,
      company_id,
      domain_id: `${tenant_id}-domain`,
      updated_at: null,
    })),
    'keep',
  );
  await insert(
    db,
    'leads',
    distinct(whole, ({ tenant_id, campaign_id, lead_id }) => ({
      tenant_id,
      campaign_id,
      lead_id,
      status: 'contacted',
      updated_at: null,
    })),
    'keep',
  );
  await insert(db, 'emails', whole, 'fail');
  return whole;
};

/** Puts warm-up messages in, with their tenant; a message is delivered to the inbox unless the test says otherwise. */
export const warmupMessages = async (
  db: Db,
  rows: readonly Partial<WarmupMessageRow>[],
): Promise<WarmupMessageRow[]> => {
  const whole = rows.map((row): WarmupMessageRow => {
    const tenantId = row.tenant_id ?? 'acme';
    const sentAt = row.sent_at === undefined ? usualMoment : row.sent_at;
    return {
      message_id: next('warmup-message'),
      company_id: `${tenantId}-company`,
      mailbox_id: `${tenantId}-mailbox-1`,
      opened: null,
      clicked: null,
      replied: null,
      bounce_type: null,
      unsubscribed: null,
      found_in_spam: null,
      updated_at: null,
      ...row,
      tenant_id: tenantId,
      sent_at: sentAt,
      delivered_at: deliveredAt(row, sentAt),
    };
  });
  await insert(db, 'tenants', tenantsOf(whole), 'keep');
  await insert(db, 'warmup_messages', whole, 'fail');
  return whole;
};

/** Puts one warm-up plan in, with its tenant: 21 days from 5 to 40 messages, started nine days before the usual day. */
export const warmup = async (db: Db, row: Partial<WarmupRow> = {}): Promise<WarmupRow> => {
  const tenantId = row.tenant_id ?? 'acme';
  const whole: WarmupRow = {
    mailbox_id: `${tenantId}-mailbox-1`,
    company_id: `${tenantId}-company`,
    status: 'active',
    started_at: '2025-03-01T00:00:00Z',
    ramp_days: 21,
    start_volume: 5,
    target_volume: 40,
    updated_at: null,
    ...row,
    tenant_id: tenantId,
  };
  await insert(db, 'tenants', tenantsOf([whole]), 'keep');
  await insert(db, 'warmups', [whole], 'fail');
  return whole;
};

/** Puts rows of another table of the contract in as they are; an existing key is an error. */
export const rowsOf = (
  db: Db,
  table: SourceTable,
  rows: readonly Record<string, unknown>[],
): Promise<void> => insert(db, table, rows, 'fail');
