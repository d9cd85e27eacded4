import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { localDay } from '../scenarios/recount.ts';

// An independent recount: nothing here is imported from the product, and nothing is counted by SQL.

/** A line of a CSV file as it stands there; what is left out is the empty text. */
export type Line = Readonly<Record<string, string>>;

/** The lines of a file that has no quotes, packed or not. */
export const linesOf = (path: string): Line[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, n) => [name, fields[n] ?? '']));
  });
};

/** The same lines as a file again. */
export const csvOf = (lines: readonly Line[]): string => {
  const names = Object.keys(lines[0] ?? {});
  return [names, ...lines.map((line) => names.map((name) => line[name] ?? ''))]
    .map((fields) => `${fields.join(',')}\n`)
    .join('');
};

/** An e-mail with the day of the tenant it was sent on. */
export type Sent = Line & { readonly day: string };

/** The e-mails of a tenant, each with its day. */
export const sentOf = (lines: readonly Line[], tenantId: string, timeZone: string): Sent[] =>
  lines
    .filter((line) => line['tenant_id'] === tenantId)
    .map((line) => ({ ...line, day: localDay(line['sent_at'] ?? '', timeZone) }));

const rate = (numerator: number, denominator: number, n: number) => ({
  value: denominator === 0 ? null : Math.round((numerator / denominator) * 1e4) / 1e4,
  numerator,
  denominator,
  n,
});

/** Counters and rates of e-mails; those of people are left out: these files do not tell them from machines. */
export const figuresOf = (rows: readonly Line[]) => {
  const with_ = (...names: string[]): number =>
    rows.filter((row) => names.some((name) => row[name] !== '')).length;
  const sent = rows.length;
  const delivered = with_('delivered_at', 'opened', 'clicked', 'replied');
  const opened = with_('opened');
  const clicked = with_('clicked');
  const replied = with_('replied');
  const bounced = with_('bounce_type');
  const hard = rows.filter((row) => row['bounce_type'] === 'hard').length;
  const unsubscribed = with_('unsubscribed');
  const complaints = with_('complaint');
  return {
    sent,
    delivered,
    opened_tracked: opened,
    clicked_tracked: clicked,
    replied,
    bounced,
    hard_bounced: hard,
    unsubscribed,
    spam_complaints: complaints,
    rates: {
      delivery_rate: rate(delivered, sent, sent),
      bounce_rate: rate(bounced, sent, sent),
      hard_bounce_rate: rate(hard, sent, sent),
      open_rate_raw: rate(opened, delivered, sent),
      click_rate: rate(clicked, delivered, sent),
      click_to_open_rate: rate(clicked, opened, sent),
      reply_rate: rate(replied, delivered, sent),
      unsubscribe_rate: rate(unsubscribed, delivered, sent),
      complaint_rate: rate(complaints, delivered, sent),
    },
  };
};

/** The rows of each value of a key, sorted by it as bytes. */
export const groupsOf = <T extends Line>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): [string, T[]][] => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};

/** How many different values there are. */
export const distinct = (rows: readonly Line[], keyOf: (row: Line) => string): number =>
  new Set(rows.map(keyOf)).size;

const dayMs = 86_400_000;
const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

// What two days of one bucket have in common.
const bucketOf = {
  day: (day: string) => day,
  // 1970-01-05 was a Monday.
  week: (day: string) => String(Math.floor((Date.parse(day) - 4 * dayMs) / (7 * dayMs))),
  month: (day: string) => day.slice(0, 7),
};

/** The buckets of a range, empty ones too, cut at its ends. */
export const bucketsOf = (
  { from, to }: { readonly from: string; readonly to: string },
  interval: keyof typeof bucketOf,
  rows: readonly Sent[],
) => {
  const byDay = new Map(groupsOf(rows, ({ day }) => day));
  const buckets: { name: string; from: string; to: string; rows: Sent[] }[] = [];
  for (let day = from; day < to; day = dayAfter(day)) {
    const name = bucketOf[interval](day);
    const last = buckets.at(-1);
    const own = byDay.get(day) ?? [];
    if (last?.name !== name) buckets.push({ name, from: day, to: dayAfter(day), rows: [...own] });
    else {
      last.to = dayAfter(day);
      last.rows.push(...own);
    }
  }
  return buckets.map((each) => ({ from: each.from, to: each.to, ...figuresOf(each.rows) }));
};
