/** A moment as tests write it. */
export type Moment = Date | string;

/** A row of source.emails; builders fill what a test does not name. */
export type EmailRow = {
  readonly email_id: string;
  readonly tenant_id: string;
  readonly company_id: string;
  readonly campaign_id: string;
  readonly step_id: string;
  readonly mailbox_id: string;
  readonly lead_id: string;
  readonly status: string;
  readonly sent_at: Moment | null;
  readonly delivered_at: Moment | null;
  readonly opened: Moment | null;
  readonly clicked: Moment | null;
  readonly replied: Moment | null;
  readonly bounce_type: 'hard' | 'soft' | null;
  readonly unsubscribed: Moment | null;
  readonly complaint: Moment | null;
  readonly open_kind: 'human' | 'machine' | null;
  readonly reply_kind: 'human' | 'automatic' | null;
  /** Null: the database's now(). */
  readonly updated_at: Moment | null;
};

/** A row of source.tenants. */
export type TenantRow = {
  readonly tenant_id: string;
  readonly name: string;
  readonly timezone: string;
  readonly billing_anchor: number;
};

/** A row of source.warmup_messages. */
export type WarmupMessageRow = {
  readonly message_id: string;
  readonly tenant_id: string;
  readonly company_id: string;
  readonly mailbox_id: string;
  readonly sent_at: Moment | null;
  readonly delivered_at: Moment | null;
  readonly opened: Moment | null;
  readonly clicked: Moment | null;
  readonly replied: Moment | null;
  readonly bounce_type: 'hard' | 'soft' | null;
  readonly unsubscribed: Moment | null;
  readonly found_in_spam: Moment | null;
  readonly updated_at: Moment | null;
};

/** A row of source.warmups. */
export type WarmupRow = {
  readonly tenant_id: string;
  readonly mailbox_id: string;
  readonly company_id: string;
  readonly status: string;
  readonly started_at: Moment;
  readonly ramp_days: number;
  readonly start_volume: number;
  readonly target_volume: number;
  readonly updated_at: Moment | null;
};

/** A row of any other table of the source contract: name the columns that matter, the database fills the rest. */
export type SourceTable =
  | 'campaigns'
  | 'sequence_steps'
  | 'domains'
  | 'mailboxes'
  | 'leads'
  | 'subscriptions';
