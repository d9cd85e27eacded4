import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importCsv } from '@rookery/source/import';
import { firstDayOfPeriod } from '../scenarios/recount.ts';
import { depth } from '../world/depth.ts';
import {
  bucketsOf,
  csvOf,
  distinct,
  figuresOf,
  groupsOf,
  linesOf,
  sentOf,
  type Line,
  type Sent,
} from './csv-truth.ts';
import { openApi, type Api } from './stack.ts';

const data = join(import.meta.dirname, '../../../shared/data');
const files = { emails: join(data, 'emails.csv.gz'), tenants: join(data, 'tenants.csv') };
const isHere = existsSync(files.emails);
const where = isHere ? '' : ' (skipped: ../shared/data is not here)';

// Zones whose clocks change by an hour and by half of one, never, and by a quarter hour off the others; all in the deep run.
const chosen = new Set(depth(['t01', 't03', 't04', 't07'], []));
// The same e-mails again, moved in time so that the last was sent just now: for the billing period that runs.
const moved = { from: 't11', tenant_id: 'now', name: 'Now', timezone: 'Australia/Sydney' };
const stamps = ['sent_at', 'delivered_at', 'opened', 'clicked', 'replied', 'updated_at'];

const ranges = [
  { from: '2025-01-01', to: '2025-09-01' },
  // From the middle of a week and of a month, over changes of clocks, to the like.
  { from: '2025-03-06', to: '2025-05-22' },
];

type Row = Readonly<Record<string, unknown>>;
type Body = {
  readonly data: Row[];
  readonly totals: Row;
  readonly next_cursor: string | null;
};

const movedLines = (lines: readonly Line[]): Line[] => {
  const own = lines.filter((line) => line['tenant_id'] === moved.from);
  const latest = Math.max(...own.map((line) => Date.parse(line['sent_at'] ?? '')));
  const shift = Math.floor((Date.now() - latest) / 1_000) * 1_000 - 1_000;
  const later = (text: string): string =>
    text === '' ? '' : new Date(Date.parse(text) + shift).toISOString();
  return own.map((line) => ({
    ...line,
    ...Object.fromEntries(stamps.map((name) => [name, later(line[name] ?? '')])),
    tenant_id: moved.tenant_id,
    email_id: `now-${line['email_id']}`,
  }));
};

// The counters of rows added up.
const counters = Object.keys(figuresOf([])).filter((name) => name !== 'rates');
const sumOf = (rows: readonly Row[], names = counters): Row =>
  Object.fromEntries(
    names.map((name) => [name, rows.reduce((sum, row) => sum + Number(row[name]), 0)]),
  );

// What a billing period counts; these files hold no warm-ups.
const usage = (rows: readonly Sent[]) => ({
  emails_sent: rows.length,
  campaigns_used: distinct(rows, (row) => row['campaign_id'] ?? ''),
  mailboxes_used: distinct(rows, (row) => row['mailbox_id'] ?? ''),
  leads_used: distinct(rows, (row) => row['lead_id'] ?? ''),
  warmups_active: 0,
});
const known = isHere ? linesOf(files.tenants) : [];
const zones: Line[] = [
  ...known.filter(({ tenant_id = '' }) => chosen.size === 0 || chosen.has(tenant_id)),
  { tenant_id: moved.tenant_id, name: moved.name, timezone: moved.timezone },
];

describe.skipIf(!isHere)(`the API over real e-mails equals a recount of the file${where}`, () => {
  let api: Api;
  let folder: string;
  const sent = new Map<string, Sent[]>();

  beforeAll(async () => {
    api = await openApi();
    folder = await mkdtemp(join(tmpdir(), 'rookery-real-'));
    const all = linesOf(files.emails);
    const ids = new Set(zones.map(({ tenant_id }) => tenant_id));
    const lines = [...all.filter(({ tenant_id }) => ids.has(tenant_id)), ...movedLines(all)];
    for (const { tenant_id = '', timezone = '' } of zones)
      sent.set(tenant_id, sentOf(lines, tenant_id, timezone));
    const paths = { emails: join(folder, 'e.csv'), tenants: join(folder, 't.csv') };
    await writeFile(paths.emails, csvOf(lines));
    await writeFile(paths.tenants, csvOf(zones));
    await importCsv(api.world.admin, paths);
    await api.desk.settle();
  }, 300_000);
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = async <T = Body>(
    tenantId: string,
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<T> => {
    const search = new URLSearchParams(query).toString();
    const answer = await api.ask(
      { tenantId, role: 'tenant-admin' },
      { target: search === '' ? path : `${path}?${search}` },
    );
    expect([path, answer.status]).toEqual([path, 200]);
    return JSON.parse(answer.text) as T;
  };

  // Every row of a list, page by page, and the totals, which must be the same on each.
  const listed = async (
    tenantId: string,
    path: string,
    query: Readonly<Record<string, string>>,
  ) => {
    const rows: Row[] = [];
    let cursor: string | null = '';
    let totals: Row | undefined;
    while (cursor !== null) {
      const body: Body = await get(tenantId, path, {
        ...query,
        limit: '500',
        ...(cursor === '' ? {} : { cursor }),
      });
      rows.push(...body.data);
      if (totals !== undefined) expect(body.totals).toEqual(totals);
      ({ totals, next_cursor: cursor } = body);
    }
    return { rows, totals };
  };

  const within = (tenantId: string, { from, to }: { from: string; to: string }): Sent[] =>
    (sent.get(tenantId) ?? []).filter(({ day }) => day >= from && day < to);

  const everyRange = zones.flatMap(({ tenant_id = '' }) =>
    (tenant_id === moved.tenant_id ? [] : ranges).map(
      (range) => [tenant_id, range.from, range.to, range] as const,
    ),
  );

  test.each(everyRange)(
    'of %s from %s to %s: lists, series and overview',
    async (id, _, __, range) => {
      const own = within(id, range);
      const whole = figuresOf(own);
      expect(own.length).toBeGreaterThan(2_000);

      const { data: overview } = await get<{ data: Row }>(id, '/v1/overview', range);
      expect(overview).toMatchObject({
        emails: whole,
        warmups: { sent: 0 },
        active: {
          campaigns: distinct(own, (row) => row['campaign_id'] ?? ''),
          mailboxes: distinct(own, (row) => row['mailbox_id'] ?? ''),
          leads: distinct(own, (row) => row['lead_id'] ?? ''),
        },
      });

      for (const [path, name] of [
        ['/v1/campaigns', 'campaign_id'],
        ['/v1/mailboxes', 'mailbox_id'],
      ] as const) {
        const groups = groupsOf(own, (row) => row[name] ?? '');
        const { rows, totals } = await listed(id, path, range);
        expect(rows.map((row) => row[name])).toEqual(groups.map(([key]) => key));
        expect(rows).toMatchObject(
          groups.map(([, group]) => {
            const days = group.map(({ day }) => day).sort();
            return { ...figuresOf(group), first_day: days[0], last_day: days.at(-1) };
          }),
        );
        expect(totals).toMatchObject({ ...whole, matching: groups.length });
        expect(totals).toMatchObject(sumOf(rows));
      }

      for (const interval of ['day', 'week', 'month'] as const) {
        const series = await get(id, '/v1/overview/series', { ...range, interval });
        expect(series.data).toMatchObject(bucketsOf(range, interval, own));
        expect(series.data).toHaveLength(bucketsOf(range, interval, []).length);
        expect(series.totals).toMatchObject(whole);
        expect(series.totals).toMatchObject(sumOf(series.data));
      }

      const busiest = groupsOf(own, (row) => row['campaign_id'] ?? '').toSorted(
        ([, a], [, b]) => b.length - a.length,
      )[0]!;
      const series = await get(id, `/v1/campaigns/${busiest[0]}/series`, range);
      expect(series.data).toMatchObject(bucketsOf(range, 'day', busiest[1]));
    },
  );

  const everyTenant = zones.map(({ tenant_id = '', timezone = '' }) => [tenant_id, timezone]);

  test.each(everyTenant)('of %s in %s: leads and billing', async (id = '') => {
    const own = sent.get(id) ?? [];

    const leads = await listed(id, '/v1/leads', { totals: 'true' });
    const pairs = groupsOf(own, (row) => `${row['campaign_id']}|${row['lead_id']}`);
    expect(leads.totals).toMatchObject({
      ...figuresOf(own),
      matching: pairs.length,
      leads: distinct(own, (row) => row['lead_id'] ?? ''),
    });
    expect(leads.rows).toHaveLength(pairs.length);
    expect(leads.totals).toMatchObject(sumOf(leads.rows));
    const byPair = new Map(
      leads.rows.map((row) => [[row['campaign_id'], row['lead_id']].join('|'), row]),
    );
    for (const [pair, group] of pairs)
      expect([pair, byPair.get(pair)]).toMatchObject([pair, figuresOf(group)]);

    const periods = await get(id, '/v1/billing/periods', { limit: '500' });
    const used = groupsOf(own, ({ day }) => firstDayOfPeriod(day, 1)).toReversed();
    expect(periods.data.map((row) => row['first_day'])).toEqual(used.map(([day]) => day));
    expect(periods.data).toMatchObject(used.map(([, rows]) => usage(rows)));
    expect(sumOf(periods.data, ['emails_sent'])).toEqual({ emails_sent: own.length });

    if (id !== moved.tenant_id) return;
    const current = await get<{ data: Row }>(id, '/v1/billing/current');
    const { first_day: first } = current.data;
    expect(first).toBe(firstDayOfPeriod(String(current.data['today']), 1));
    expect(current.data).toMatchObject(usage(own.filter(({ day }) => day >= String(first))));
  });

  test('what people did is unknown where the file does not tell people from machines', async () => {
    const { data: overview } = await get<{ data: Row }>('t03', '/v1/overview', ranges[0]);
    expect(overview).toMatchObject({
      emails: { replied_human: null, rates: { human_reply_rate: { value: null } } },
    });
  });
});
