import { emailCounters, warmupCounters, type Counter } from './engagement.ts';

/** A column of a fact beside its counters. `snapshot` columns keep what was known when a recompute no longer knows it. */
export type Attribute = {
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'integer';
  readonly from: string;
  readonly snapshot?: true;
  /** The attribute without which this one is unknown: while the source says that one, a null here is its word. */
  readonly with?: string;
};

/** A daily fact: its table, its grain beside (tenant_id, day), and where each column comes from in the source. */
export type Fact = {
  readonly name: 'campaign' | 'step' | 'mailbox' | 'warmup';
  readonly table: string;
  /** The rows it groups: campaign e-mails share one scan, warm-up messages have their own. */
  readonly scan: 'emails' | 'warmups';
  readonly grain: readonly string[];
  readonly counters: readonly Counter[];
  readonly attributes: readonly Attribute[];
  /** What the attributes are read from, joined to the rows `x` by their keys: no join may multiply a row. */
  readonly joins?: string;
};

/** campaign_analytics: one row a campaign and day (seed 000 §1.2). */
export const campaign: Fact = {
  name: 'campaign',
  table: 'campaign_analytics',
  scan: 'emails',
  grain: ['campaign_id'],
  counters: emailCounters,
  attributes: [
    {
      name: 'status',
      type: 'text',
      snapshot: true,
      // A status that changed after the day ended says nothing about that day.
      from: 'case when (k.status_changed_at < x.hi) is not false then k.status end',
    },
    {
      name: 'completed_leads',
      type: 'integer',
      from: `case when exists (select from source.leads l where l.tenant_id = x.tenant_id and l.campaign_id = x.campaign_id)
        then (select count(*) from source.leads l where l.tenant_id = x.tenant_id
          and l.campaign_id = x.campaign_id and l.completed_at < x.hi) end`,
    },
  ],
  joins:
    'left join source.campaigns k on k.tenant_id = x.tenant_id and k.campaign_id = x.campaign_id',
};

/** sequence_step_analytics: one row a campaign, step and day (seed 000 §1.6). */
export const step: Fact = {
  name: 'step',
  table: 'sequence_step_analytics',
  scan: 'emails',
  grain: ['campaign_id', 'step_id'],
  counters: emailCounters,
  // The place a step has now, also for days before it moved: a comparison of steps wants one sequence.
  attributes: [
    {
      name: 'step_position',
      type: 'integer',
      snapshot: true,
      from: 'case when q.position > 0 then q.position end',
    },
    {
      name: 'variant',
      type: 'text',
      snapshot: true,
      // A test that ended leaves a step without a letter; a step that the source lost keeps the letter it had.
      with: 'step_position',
      from: "nullif(q.variant, '')",
    },
  ],
  joins: `left join source.sequence_steps q on q.tenant_id = x.tenant_id and q.campaign_id = x.campaign_id
    and q.step_id = x.step_id`,
};

// A record that changed after the day ended says nothing about that day: the value is null, and what was stored stays.
const known = (alias: string, column: string): string =>
  `case when ${alias}.updated_at < x.hi then ${alias}.${column} end`;

const warmupOfMailbox =
  'left join source.warmups w on w.tenant_id = x.tenant_id and w.mailbox_id = x.mailbox_id';

/** mailbox_analytics: one row a mailbox and day (seed 000 §1.3); its score and volume are filled by health/. */
export const mailbox: Fact = {
  name: 'mailbox',
  table: 'mailbox_analytics',
  scan: 'emails',
  grain: ['mailbox_id'],
  counters: emailCounters,
  attributes: [
    { name: 'warmup_status', type: 'text', from: known('w', 'status'), snapshot: true },
    { name: 'campaign_status', type: 'text', from: known('m', 'campaign_status'), snapshot: true },
    { name: 'domain_id', type: 'text', from: 'm.domain_id', snapshot: true },
    { name: 'spf', type: 'boolean', from: known('d', 'spf'), snapshot: true },
    { name: 'dkim', type: 'boolean', from: known('d', 'dkim'), snapshot: true },
    { name: 'dmarc', type: 'boolean', from: known('d', 'dmarc'), snapshot: true },
  ],
  // Joined, not a subselect for each column: those took 98 ms instead of 14 for the 468 mailboxes of a day, 2026-11.
  joins: `left join source.mailboxes m on m.tenant_id = x.tenant_id and m.mailbox_id = x.mailbox_id
    left join source.domains d on d.tenant_id = x.tenant_id and d.domain_id = m.domain_id
    ${warmupOfMailbox}`,
};

/** warmup_analytics: one row a warming mailbox and day (seed 000 §1.5); its scores are filled by health/. */
export const warmup: Fact = {
  name: 'warmup',
  table: 'warmup_analytics',
  scan: 'warmups',
  grain: ['mailbox_id'],
  counters: warmupCounters,
  attributes: [
    {
      name: 'planned',
      type: 'integer',
      from: `greatest(0, round(w.start_volume + (w.target_volume - w.start_volume)
        * least(1, greatest(0, x.day - (w.started_at at time zone x.timezone)::date)::numeric / nullif(w.ramp_days, 0))))`,
    },
    { name: 'ramp_days', type: 'integer', from: 'nullif(greatest(w.ramp_days, 0), 0)' },
  ],
  joins: warmupOfMailbox,
};

/** The daily facts, in the order they are written. */
export const facts: readonly Fact[] = [campaign, mailbox, step, warmup];

/** A column as it travels from source to warehouse: one array literal as text. */
export type Travelling = { readonly name: string; readonly type: string };

/** The columns of a fact in travelling order: day, grain, company, counters, attributes. */
export const columnsOf = (fact: Fact): Travelling[] => [
  { name: 'day', type: 'date' },
  ...fact.grain.map((name) => ({ name, type: 'text' })),
  { name: 'company_id', type: 'text' },
  ...fact.counters.map(({ name }) => ({ name, type: 'integer' })),
  ...fact.attributes.map(({ name, type }) => ({ name, type })),
];

/** The name under which a fact's column travels: `campaign_sent`. */
export const travellingName = (fact: Fact, column: Travelling): string =>
  `${fact.name}__${column.name}`;
