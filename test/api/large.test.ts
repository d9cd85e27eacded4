import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import { leadEndpoints } from '@rookery/http/endpoints/leads';
import { csvRows, ndjsonRows } from './rows-check.ts';
import { expectProblem } from './problem-check.ts';
import { openApi, type Api, type Caller } from './stack.ts';
import type { Answer } from './wire.ts';

const auditor: Caller = { tenantId: 'large', role: 'auditor' };
const member: Caller = { tenantId: 'large', role: 'tenant-member' };
const kilobytes100 = 100_000;

let api: Api;

// Quotation marks are the worst: CSV doubles them, and Lambda's JSON writes a backslash before each.
const entries = (action: string, count: number, bytes: number): string => `
  insert into olap.admin_audit_log
    (tenant_id, creation_time, admin_user_id, action, resource_type, resource_id, old_values)
  select 'large', '2025-03-10T10:00:00Z'::timestamptz + i / 3 * interval '1 second', 'ann', '${action}', 'user', 'r' || i,
    to_jsonb(repeat('"', ${bytes / 2}))
  from generate_series(1, ${count}) i;`;

beforeAll(async () => {
  api = await openApi();
  await api.world.admin.script(`
    select olap.ensure_partitions('2025-03-01', '2025-04-01');
    ${entries('many', 80, kilobytes100)}
    ${entries('huge', 3, 4_000_000)}
    insert into olap.lead_analytics (tenant_id, campaign_id, lead_id, sent, delivered, sent_days, first_day, last_day,
      source_epoch, source_xmax, source_in_progress)
    select 'large', 'c' || i, 'ann', 1, 1, array[d], d, d, 0, '1', 0
    from generate_series(1, 6000) i, lateral (select date '2025-03-01' + i % 7 as d) each;`);
});
afterAll(() => api.close());

const cursorIn = ({ headers }: Answer): string | null => {
  const [, url] = /^<([^>]+)>; rel="next"$/.exec(String(headers['link'] ?? '')) ?? [];
  return url === undefined ? null : new URL(url).searchParams.get('cursor');
};

const walk = async (suffix: string, query: string, idsOf: (text: string) => unknown[]) => {
  const pages: unknown[][] = [];
  let cursor: string | null = null;
  do {
    const target: string = `/v1/audit-log${suffix}?${query}${cursor === null ? '' : `&cursor=${cursor}`}`;
    const answer = await api.ask(auditor, { target });
    expect([target, answer.status]).toEqual([target, 200]);
    pages.push(idsOf(answer.text));
    cursor = cursorIn(answer);
  } while (cursor !== null);
  return pages;
};

const jsonIds = (text: string): unknown[] =>
  auditLogEndpoints.listAuditLog.response
    .parse(JSON.parse(text))
    .data.map(({ resource_id }) => resource_id);
const csvIds = (text: string): unknown[] => {
  const [names = [], ...lines] = csvRows(text);
  return lines.map((line) => line[names.indexOf('resource_id')]);
};
const newestFirst = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `r${count - i}`);

test.each([
  ['', jsonIds],
  ['.ndjson', (text: string) => ndjsonRows(text).map((row) => row['resource_id'])],
  ['.csv', csvIds],
] as const)(
  'an audit log of large entries is read whole over pages that end early: %s',
  async (suffix, idsOf) => {
    const pages = await walk(suffix, 'action=many&limit=100', idsOf);

    const seen = pages.flat();
    expect(seen.toSorted()).toEqual(newestFirst(80).toSorted());
    expect(new Set(seen).size).toBe(80);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages.slice(0, -1)) expect(page.length).toBeGreaterThan(5);
  },
);

test('a page ends at its limit where that is reached first', async () => {
  const pages = await walk('', 'action=many&limit=7', jsonIds);

  expect(pages.map((page) => page.length)).toEqual([...Array.from({ length: 11 }, () => 7), 3]);
});

test('an entry that is too large for Lambda by itself is a problem, and comes packed', async () => {
  const target = '/v1/audit-log?action=huge&limit=3';
  const plain = await api.ask(auditor, { target });
  const packed = await api.ask(auditor, { target, headers: { 'accept-encoding': 'gzip' } });

  expectProblem(plain);
  expect([plain.status, JSON.parse(plain.text)]).toMatchObject([422, { code: 'answer-too-large' }]);
  expect(packed.status).toBe(200);
  expect(jsonIds(packed.text)).toHaveLength(1);
  expect(cursorIn(packed)).not.toBeNull();
  expect(api.faults).toEqual([]);
});

test.each(['%2B23:00', '-23:59', '%2B15:00'])(
  'an instant %s from UTC, which Postgres does not know, is refused',
  async (offset) => {
    const answer = await api.ask(auditor, {
      target: `/v1/audit-log?from=2025-03-01T00:00:00${offset}`,
    });

    expectProblem(answer);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      400,
      { errors: [{ path: 'query.from' }] },
    ]);
  },
);

test('a lead in 6,000 campaigns shows the latest 500 and totals over all; the list pages through them all', async () => {
  const answer = await api.ask(member, { target: '/v1/leads/ann' });
  const { data } = leadEndpoints.getLead.response.parse(JSON.parse(answer.text));

  expect(answer.status).toBe(200);
  expect([data.campaigns.length, data.campaign_count, data.totals.sent]).toEqual([
    500, 6_000, 6_000,
  ]);
  expect([data.first_day, data.last_day]).toEqual(['2025-03-01', '2025-03-07']);
  expect(new Set(data.campaigns.map((campaign) => campaign.last_day))).toEqual(
    new Set(['2025-03-07']),
  );

  const seen = new Set<unknown>();
  let cursor: string | null = null;
  do {
    const target: string = `/v1/leads?lead_id=ann&limit=500${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page = leadEndpoints.listLeads.response.parse(
      JSON.parse((await api.ask(member, { target })).text),
    );
    for (const row of page.data) seen.add(row.campaign_id);
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(seen.size).toBe(6_000);
});
