import type { EmailRow, WarmupMessageRow } from '../world/rows.ts';

// An independent recount: nothing here is imported from the product, and nothing is counted by SQL.

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local calendar day of an instant. */
export const localDay = (instant: string, timeZone: string): string => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
};

/** The first day of the billing month that holds a day: the anchor day, or the month's last day when it has fewer. */
export const firstDayOfPeriod = (day: string, anchor: number): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const anchorIn = (y: number, m: number) =>
    new Date(Date.UTC(y, m, Math.min(anchor, new Date(Date.UTC(y, m + 1, 0)).getUTCDate())));
  const here = anchorIn(year, month - 1);
  const first = here.getUTCDate() <= date ? here : anchorIn(year, month - 2);
  return first.toISOString().slice(0, 10);
};

type Message = Pick<
  EmailRow,
  | 'company_id'
  | 'sent_at'
  | 'delivered_at'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'bounce_type'
  | 'unsubscribed'
>;

const group = <T>(rows: readonly T[], keyOf: (row: T) => string): [string, T[]][] => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};

const eight = (rows: readonly (Message & { readonly spam: unknown })[]) => {
  const sum = (is: (row: Message & { readonly spam: unknown }) => unknown) =>
    rows.filter((row) => is(row)).length;
  return {
    sent: rows.length,
    delivered: sum((r) => r.delivered_at ?? r.opened ?? r.clicked ?? r.replied),
    opened_tracked: sum((r) => r.opened),
    clicked_tracked: sum((r) => r.clicked),
    replied: sum((r) => r.replied),
    bounced: sum((r) => r.bounce_type),
    unsubscribed: sum((r) => r.unsubscribed),
    spam_complaints: sum((r) => r.spam),
  };
};

const byPeople = (
  rows: readonly EmailRow[],
  event: 'opened' | 'replied',
  kind: 'open_kind' | 'reply_kind',
): number | null => {
  const known = rows.some((row) => row[kind]) || !rows.some((row) => row[event]);
  return known ? rows.filter((row) => row[kind] === 'human' && row[event]).length : null;
};

const eleven = (rows: readonly EmailRow[]) => ({
  ...eight(rows.map((row) => ({ ...row, spam: row.complaint }))),
  hard_bounced: rows.filter((row) => row.bounce_type === 'hard').length,
  opened_human: byPeople(rows, 'opened', 'open_kind'),
  replied_human: byPeople(rows, 'replied', 'reply_kind'),
});

const companyOf = (rows: readonly Message[]): string | undefined =>
  rows.map((row) => row.company_id).sort()[0];

/** The counters of campaign e-mails as the facts name them, for the queries that compare. */
export const emailCounters = [
  'sent',
  'delivered',
  'opened_tracked',
  'clicked_tracked',
  'replied',
  'bounced',
  'unsubscribed',
  'spam_complaints',
  'hard_bounced',
  'opened_human',
  'replied_human',
];

/** A row of source.sequence_steps, of one tenant. */
export type StepRow = {
  readonly campaign_id: string;
  readonly step_id: string;
  readonly position: number;
  readonly variant: string | null;
};

/** Every fact of one tenant, counted from its rows one by one; keys sorted. */
export const recount = (
  { timezone, anchor }: { readonly timezone: string; readonly anchor: number },
  allEmails: readonly EmailRow[],
  allWarmups: readonly WarmupMessageRow[],
  allSteps: readonly StepRow[] = [],
) => {
  const onDay = <T extends { readonly sent_at: EmailRow['sent_at'] }>(rows: readonly T[]) =>
    rows.flatMap((row) =>
      row.sent_at === null ? [] : [{ ...row, day: localDay(String(row.sent_at), timezone) }],
    );
  const emails = onDay(allEmails);
  const warmups = onDay(allWarmups);
  const daily = (keys: readonly ('campaign_id' | 'step_id' | 'mailbox_id')[]) =>
    group(emails, (row) => [row.day, ...keys.map((key) => row[key])].join('|')).map(
      ([key, rows]) => ({ key, company_id: companyOf(rows), ...eleven(rows) }),
    );
  const steps = daily(['campaign_id', 'step_id']).map((row) => {
    const step = allSteps.find((s) => row.key.endsWith(`|${s.campaign_id}|${s.step_id}`));
    return { ...row, step_position: step?.position ?? null, variant: step?.variant ?? null };
  });
  const leads = group(emails, (row) => `${row.campaign_id}|${row.lead_id}`).map(([key, rows]) => ({
    key,
    ...eleven(rows),
    sent_days: [...new Set(rows.map((row) => row.day))].sort(),
  }));
  const warm = group(warmups, (row) => `${row.day}|${row.mailbox_id}`).map(([key, rows]) => ({
    key,
    company_id: companyOf(rows),
    ...eight(rows.map((row) => ({ ...row, spam: row.found_in_spam }))),
  }));
  const periods = group([...emails, ...warmups], (row) => firstDayOfPeriod(row.day, anchor));
  const billing = periods.map(([first_day]) => {
    const sent = emails.filter((row) => firstDayOfPeriod(row.day, anchor) === first_day);
    const warming = warmups.filter((row) => firstDayOfPeriod(row.day, anchor) === first_day);
    const distinct = (of: (row: EmailRow) => string) => new Set(sent.map(of)).size;
    const peaks = group(warming, (row) => row.day).map(
      ([, rows]) => new Set(rows.map((row) => row.mailbox_id)).size,
    );
    return {
      first_day,
      emails_sent: sent.length,
      mailboxes_used: distinct((row) => row.mailbox_id),
      campaigns_used: distinct((row) => row.campaign_id),
      leads_used: distinct((row) => row.lead_id),
      warmups_active: Math.max(0, ...peaks),
    };
  });
  return {
    campaigns: daily(['campaign_id']),
    mailboxes: daily(['mailbox_id']),
    steps,
    leads,
    warmups: warm,
    billing,
  };
};
