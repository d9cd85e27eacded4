import { glob } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '@rookery/db/pool';
import { isStatement, type Columns, type Statement } from '@rookery/db/statement';
import { ask } from '../scenarios/ask.ts';
import { marksIn } from './leak.ts';
import { callerOf, daysAgo, explore, reads, targetOf, type Known } from './questions.ts';
import { sharedEvent } from './seed-monitoring.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';

type Asked = { readonly tenantId: string } & Readonly<Record<string, unknown>>;
type Report = Statement<Asked, Columns>;

const [own, foreign] = tenants;

let api: Api;
let known: Known;
let reports: Report[];
let foreignIds: string[];

const isReport = (value: unknown): value is Report => {
  if (!isStatement(value) || value.on !== 'warehouse') return false;
  const { example } = value;
  return typeof example === 'object' && example !== null && 'tenantId' in example;
};

const files = [
  'packages/warehouse/{reports,audit}/*.sql.ts',
  'packages/monitoring/reports/*.sql.ts',
  'packages/monitoring/errors/read.sql.ts',
];

const readers = async (): Promise<Report[]> => {
  const found: Report[] = [];
  for await (const file of glob(files)) {
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    found.push(...Object.values(module).filter(isReport));
  }
  return found.filter(
    ({ sql, example }) => !/^\s*insert/i.test(JSON.stringify(sql(example).toOperationNode())),
  );
};

const oldest = '2024-01-01';
const latest = daysAgo(-2);
const names = /^(?:campaign|mailbox|lead|step|company|entity|period|resource|admin)/i;

// A filter on nothing.
const nothing = (filter: unknown): object =>
  Object.fromEntries(Object.keys(Object(filter)).map((name) => [name, null]));

// As the statement's own example, but of the other tenant, over all days, and without filters.
const askForeign = (value: unknown, key = ''): unknown => {
  if (key === 'tenantId') return foreign.tenant_id;
  if (/^from/i.test(key) && typeof value === 'string') return oldest;
  if (/^to$/i.test(key) && typeof value === 'string') return latest;
  if (key === 'eventId') return sharedEvent;
  if (key === 'filter') return nothing(value);
  if (key === 'after' || names.test(key)) return typeof value === 'string' ? foreignIds[0] : null;
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, askForeign(held, name)]),
  );
};

const wrongly = async (tx: Session, report: Report): Promise<string> => {
  const rows = await tx.query(report, askForeign(report.example) as Asked);
  return JSON.stringify(rows);
};

// Titles of the reports that, run for the other tenant in a transaction of the own one, show something of it.
const leaking = async (): Promise<string[]> => {
  const titles: string[] = [];
  for (const report of reports) {
    const text = await api.world.api
      .transaction((tx) => wrongly(tx, report), { tenantId: own.tenant_id, role: 'operator' })
      // An example that does not fit the foreign tenant is no leak.
      .catch(() => '');
    if (marksIn({ text, headers: {} }, [foreign.mark]).length > 0) titles.push(report.title);
  }
  return titles;
};

const rowSecurity = async (how: 'enable' | 'disable'): Promise<void> => {
  const tables = await ask<{ name: string }>(
    api.world.admin,
    `select format('%s.%I', c.relnamespace::regnamespace, c.relname) as name from pg_class c join pg_policy p on p.polrelid = c.oid
     where c.relnamespace in ('olap'::regnamespace, 'monitoring'::regnamespace) group by 1`,
  );
  expect(tables.length).toBeGreaterThan(10);
  await api.world.admin.script(
    tables.map(({ name }) => `alter table ${name} ${how} row level security`).join('; '),
  );
};

beforeAll(async () => {
  api = await openApi();
  for (const each of [own, foreign]) await seed(api.desk, each);
  known = await explore(api, own.tenant_id);
  reports = await readers();
  foreignIds = (await explore(api, foreign.tenant_id))
    .valuesOf('campaign_id')
    .filter((id) => id.includes(foreign.mark));
});
afterAll(() => api.close());

test('a report that is run for the wrong tenant shows nothing: the database keeps tenants apart by itself', async () => {
  expect(reports.length).toBeGreaterThan(50);
  expect(await leaking()).toEqual([]);
});

test('control: without row-level security the same reports show the other tenant', async () => {
  await rowSecurity('disable');
  try {
    expect((await leaking()).length).toBeGreaterThan(24);
  } finally {
    await rowSecurity('enable');
  }
  expect(await leaking()).toEqual([]);
});

test('without row-level security no endpoint shows another tenant: every statement names its own', async () => {
  await rowSecurity('disable');
  try {
    for (const { operation, endpoint } of reads)
      for (const params of known.paramsOf(endpoint).slice(0, 5)) {
        const answer = await api.ask(callerOf(endpoint, own.tenant_id), {
          target: targetOf(endpoint, params),
        });
        expect([operation, answer.status, marksIn(answer, [foreign.mark])]).toEqual([
          operation,
          200,
          [],
        ]);
      }
  } finally {
    await rowSecurity('enable');
  }
});
