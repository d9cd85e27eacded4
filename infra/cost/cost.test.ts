import { expect, test } from 'vitest';
import type { Blueprint } from './blueprint.ts';
import { costOf, plainly, type Bill } from './cost.ts';
import { fixtureOf, kinds, usual, type DeployedKind, type Usage } from './stages.ts';

const used = (kind: DeployedKind, more: Partial<Usage> = {}): Usage => ({
  kind,
  ...usual[kind],
  ...more,
});
const idle = { tenants: 0, emails: 0, requests: 0, events: 0 };
const empty: Blueprint = {
  functions: { migrate: { memoryMb: 512, uses: ['migrate:warehouse'] } },
  queues: {},
  schedules: {},
  routes: [],
  deployment: { function: 'migrate' },
};
const never = { production: 'off', staging: 'off', preview: 'off', local: 'off' } as const;
const queue = {
  visibilitySeconds: 360,
  maxReceiveCount: 5,
  batchSize: 10,
  maxConcurrency: 2,
  retentionDays: 14,
};

const line = ({ items }: Bill, service: string, what: string) => {
  const found = items.find((item) => item.service === service && item.what === what);
  if (found === undefined) throw new Error(`no line ${service}: ${what}`);
  return found;
};
const only = (more: Partial<Blueprint>, usage: Partial<Usage> = idle): Bill =>
  costOf(used('production', usage), plainly, { ...empty, ...more });

test('an idle queue is asked 657,000 times a month, which is 26 cents', () => {
  const bill = only({ queues: { lonely: { ...queue, function: 'migrate' } } });

  // 5 pollers × 3 polls a minute × 60 × 730.
  expect(line(bill, 'SQS', 'idle polls')).toMatchObject({ count: 657_000 });
  expect(line(bill, 'SQS', 'idle polls').usd).toBeCloseTo(0.2628, 9);
  expect(line(bill, 'SQS', 'messages').usd).toBe(0);
});

test('an hourly job of 512 MB is 730 starts and 370.5 GB-seconds', () => {
  const hourly = {
    function: 'job',
    cadence: { ...never, production: { everyMinutes: 60 } },
  } as const;
  const bill = only({
    functions: { ...empty.functions, job: { memoryMb: 512, database: 'ops', uses: [] } },
    schedules: { hourly },
  });

  expect(line(bill, 'Lambda', 'requests by schedules').usd).toBeCloseTo((730 * 0.2) / 1e6, 12);
  // 730 × 0.5 GB × (1 s + 5 % of 0.3 s).
  expect(line(bill, 'Lambda', 'time of schedules').count).toBeCloseTo(370.475, 6);
  expect(line(bill, 'Lambda', 'time of schedules').usd).toBeCloseTo(0.004_939_67, 7);
  expect(line(bill, 'EventBridge', 'firings').usd).toBeCloseTo(0.000_73, 9);
  // Six minutes of each hour, and of each of 20 deployments, at 1 CU.
  expect(line(bill, 'Neon', 'compute awake').count).toBeCloseTo(73 + 2, 9);
});

test('the firings of production are those counted by hand from its cadences', () => {
  const hand = 5 * 8_760 + 2 * 43_800 + 2 * 730 + 6 * (730 / 24);

  expect(line(costOf(used('production')), 'EventBridge', 'firings').count).toBeCloseTo(hand, 6);
});

test('what an idle stage without anything costs is its fixtures, an empty database and its deployments', () => {
  const bill = only({});

  const alarms = fixtureOf('production').watchedMetrics * 0.1;
  // A dashboard, two keys, and no job whose lag would be a metric.
  expect(line(bill, 'CloudWatch', 'alarms').usd).toBeCloseTo(alarms, 9);
  expect(line(bill, 'CloudWatch', 'metrics').usd).toBe(0);
  expect(line(bill, 'CloudWatch', 'dashboards').usd).toBe(3);
  expect(line(bill, 'KMS', 'keys').usd).toBe(2);
  expect(line(bill, 'Neon', 'storage').usd).toBeCloseTo(0.109_724_175 * 0.35, 9);
  // 20 × 0.5 GB × (10 s + 15 ms).
  expect(line(bill, 'Lambda', 'time of deployments').count).toBeCloseTo(100.15, 6);
  expect(bill.usd).toBeCloseTo(alarms + 3 + 2 + 0.0384 + 0.0055 + 2 * 0.106 + 0.0014, 2);
});

const storage = (usage: Partial<Usage>): number =>
  line(only({}, { ...idle, ...usage }), 'Neon', 'storage').count - 0.109_724_175;

test('a tenant stores 32.5 fact rows a day, an e-mail 0.29 leads, for the twelve months that are kept', () => {
  expect(storage({ tenants: 1 })).toBeCloseTo((32.5 * 365 * 405) / 1e9, 9);
  expect(storage({ tenants: 1, emails: 1_000 }) - storage({ tenants: 1 })).toBeCloseTo(
    (1_000 * 0.29 * 639 * 12) / 1e9,
    9,
  );
});

test('where every look finds changes of every tenant, a look is a message for each', () => {
  const plan: Partial<Blueprint> = {
    functions: {
      ...empty.functions,
      look: { memoryMb: 512, uses: [] },
      count: { memoryMb: 1_024, uses: [] },
    },
    queues: { aggregate: { ...queue, function: 'count' } },
    schedules: {
      changes: { function: 'look', cadence: { ...never, production: { everyMinutes: 60 } } },
    },
  };
  const sent = (emails: number): Bill => only(plan, { ...idle, tenants: 10, emails });
  const [busy, even, quiet] = [sent(10_000_000), sent(2_920), sent(4)];

  expect(line(busy, 'EventBridge', 'events').count).toBeCloseTo(7_300, 0);
  // As many changes as chances: one look in e finds nothing, because two met in another.
  expect(line(even, 'EventBridge', 'events').count).toBeCloseTo(7_300 * (1 - 1 / Math.E), 6);
  // Ten changes among 7,300 chances: hardly two meet in one look.
  expect(line(quiet, 'EventBridge', 'events').count).toBeCloseTo(10, 1);
  // 7,300 messages, each three cells of 10 M / 10 / 30.4 e-mails: 150 ms + 98,630 × 0.08 ms, and 15 ms of cold starts.
  expect(line(busy, 'Lambda', 'time of queues').count).toBeCloseTo(58_805, -1);
});

test('two million requests through the gateway are 2.40 dollars, and 30 GB that leave AWS and Neon', () => {
  const bill = only(
    {
      functions: { ...empty.functions, read: { memoryMb: 512, database: 'api', uses: [] } },
      routes: [{ path: '/v1/read', function: 'read' }],
    },
    { ...idle, requests: 2_000_000 },
  );

  expect(line(bill, 'API Gateway', 'requests').usd).toBeCloseTo(2.4, 9);
  expect(line(bill, 'Data transfer', 'out to the internet').usd).toBeCloseTo(2.7, 9);
  expect(line(bill, 'Neon', 'transfer').usd).toBeCloseTo(3, 9);
  // 2 M × 0.5 GB × (80 ms + 15 ms).
  expect(line(bill, 'Lambda', 'time of routes').count).toBeCloseTo(95_000, 6);
});

test('a function that streams by a URL of its own is not asked through the gateway', () => {
  const functions = { ...empty.functions, read: { memoryMb: 512, uses: [] } };
  const routes = [{ path: '/v1/exports', function: 'read', streaming: true }] as const;
  const bill = only({ functions, routes }, { ...idle, requests: 1_000 });

  expect(line(bill, 'API Gateway', 'requests').count).toBe(0);
  expect(line(bill, 'Lambda', 'requests by routes').count).toBe(1_000);
});

test('the lag of a job is a metric in the hours in which it fires', () => {
  const cadence = {
    ...never,
    production: { everyMinutes: 5 },
    preview: { cron: '10 2 * * *' },
  } as const;
  const schedules = { job: { function: 'migrate', cadence } };
  const metrics = (kind: DeployedKind): number =>
    line(costOf(used(kind), plainly, { ...empty, schedules }), 'CloudWatch', 'metrics').count;

  expect([metrics('production'), metrics('staging')]).toEqual([1, 0]);
  expect(metrics('preview')).toBeCloseTo(1 / 24, 9);
});

test('what is free is taken off once for all lines of a price, and never below nothing', () => {
  const usage = used('preview');
  const [plain, free] = [costOf(usage), costOf(usage, { ...plainly, isFree: true })];
  const polls = line(plain, 'SQS', 'idle polls').count;
  const messages = line(plain, 'SQS', 'messages').count;

  expect(line(free, 'SQS', 'idle polls').billed + line(free, 'SQS', 'messages').billed).toBeCloseTo(
    polls + messages - 1e6,
    6,
  );
  expect(line(free, 'Lambda', 'time of queues').usd).toBe(0);
  expect(line(free, 'Neon', 'branch').usd).toBe(0);
  expect(free.usd).toBeLessThan(plain.usd);
});

test('the plan of Neon changes the price of its hours and of nothing else', () => {
  const usage = used('production');
  const [launch, scale] = [costOf(usage), costOf(usage, { ...plainly, neon: 'scale' })];
  const hours =
    line(launch, 'Neon', 'compute awake').count + line(launch, 'Neon', 'compute at work').count;

  expect(scale.usd - launch.usd).toBeCloseTo(hours * (0.222 - 0.106), 6);
});

test.each(kinds)(
  'lines of %s add up to services, services to all, and a million more to the difference',
  (kind) => {
    const bill = costOf(used(kind));
    const more = costOf(used(kind, { emails: usual[kind].emails + 1_000_000 }));

    expect(bill.items.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(bill.usd, 9);
    expect(bill.services.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(bill.usd, 9);
    expect(bill.millionEmailsUsd).toBeCloseTo(more.usd - bill.usd, 9);
  },
);

test('a database of a preview costs less than a tenth of what it would cost awake all month', () => {
  const preview = costOf(used('preview'));

  expect(line(preview, 'Neon', 'compute awake').usd).toBeLessThan(0.1 * 730 * 0.25 * 0.106);
  expect(fixtureOf('preview').leastCu).toBe(0.25);
});
