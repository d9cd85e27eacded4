import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '@rookery/kernel/random';
import type { ErrorItem } from '@rookery/monitoring/errors/item';
import { writers } from '@rookery/monitoring/ingest/writers';
import { minutesAgo, now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const words = ['alpha', 'bravo', 'delta', 'hotel'];
const severities = ['warning', 'error', 'fatal', 'critical'];

const error = (given: Partial<ErrorItem> = {}): ErrorItem => ({
  occurred_at: minutesAgo(1),
  message: 'it broke',
  error_type: 'Error',
  severity: 'error',
  environment: 'production',
  ...given,
});

// The n-th occurrence of the storm: four groups over two days, 37 users, every seventh nobody's.
const nth = (n: number): [string, ErrorItem] => [
  `k${n}`,
  error({
    message: `${words[n % 4]} broke at row ${n}`,
    severity: severities[n % 4 === 0 ? n % 3 : 1]!,
    occurred_at: minutesAgo(1 + ((n * 7) % 2_000)),
    ...(n % 7 === 0 ? {} : { user_id: `u${n % 37}` }),
  }),
];
const storm = Array.from({ length: 1_000 }, (_, n) => nth(n));

const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const { next } = randomFrom(seed);
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
};

// Every occurrence twice, shuffled, in 80 batches of 25 by 20 writers.
const batches = Array.from({ length: 80 }, (_, n) =>
  Object.fromEntries(shuffled([...storm, ...storm], 4).slice(n * 25, n * 25 + 25)),
);

const recount = words.map((word, place) => {
  const of = storm.map(([, item]) => item).filter(({ message }) => message.startsWith(word));
  const times = of.map(({ occurred_at }) => occurred_at).toSorted();
  return {
    word,
    occurrence_count: of.length,
    affected_users: new Set(of.flatMap(({ user_id }) => user_id ?? [])).size,
    severity: place === 0 ? 'fatal' : 'error',
    first_seen: times[0],
    last_seen: times.at(-1),
  };
});

const counted = async (tenant: string) => {
  const found = (await room.rows(
    `split_part(message, ' ', 1) as word, occurrence_count, affected_users, severity, first_seen, last_seen`,
    `tb_error_log where tenant_id = '${tenant}' order by 1`,
  )) as (typeof recount)[number][];
  return found.map((group) => ({
    ...group,
    first_seen: new Date(group.first_seen!).toISOString(),
    last_seen: new Date(group.last_seen!).toISOString(),
  }));
};

const deliverAll = async (tenant: string, deliver: (lot: Record<string, ErrorItem>) => unknown) => {
  const left = [...batches];
  const writer = async () => {
    for (let lot = left.pop(); lot !== undefined; lot = left.pop()) await deliver(lot);
  };
  await Promise.all(Array.from({ length: 20 }, writer));
  return counted(tenant);
};

test('a storm of 20 writers, shuffled and delivered twice, is what a recount of its items gives', async () => {
  const groups = await deliverAll('storm', (lot) => room.deliver(writers.errors, 'storm', lot));

  expect(groups).toEqual(recount);
  const days = await room.rows(
    'sum(occurrences) as occurrences, count(distinct error_id) as groups',
    `error_day where tenant_id = 'storm'`,
  );
  expect(days).toEqual([{ occurrences: 1_000, groups: 4 }]);
  const byDay = new Set(
    storm.flatMap(([, { message, user_id, occurred_at }]) =>
      user_id === undefined
        ? []
        : [`${message.split(' ')[0]} ${user_id} ${occurred_at.slice(0, 10)}`],
    ),
  );
  expect(await room.rows('count(*)', `error_user_day where tenant_id = 'storm'`)).toEqual([
    { count: byDay.size },
  ]);
});

test('control: without the claimed keys a second delivery counts again', async () => {
  const groups = await deliverAll('naive', (lot) =>
    room.ingest.transaction(
      (tx) =>
        writers.errors.write(tx, {
          tenantId: 'naive',
          receivedAt: now,
          items: Object.entries(lot).map(([key, item]) => ({ key, item })),
        }),
      { tenantId: 'naive' },
    ),
  );

  const all = groups.reduce((sum, { occurrence_count }) => sum + occurrence_count, 0);
  expect(all).toBeGreaterThan(1_900);
});

test('of 2,000 occurrences a sample is kept, and every count is exact', async () => {
  for (let from = 0; from < 2_000; from += 500)
    await room.deliver(
      writers.errors,
      'sample',
      Object.fromEntries(
        Array.from({ length: 500 }, (_, n) => [`k${from + n}`, error({ user_id: `u${n % 9}` })]),
      ),
    );

  expect(
    await room.rows('occurrence_count, affected_users', `tb_error_log where tenant_id = 'sample'`),
  ).toEqual([{ occurrence_count: 2_000, affected_users: 9 }]);
  expect(await room.rows('occurrences', `error_day where tenant_id = 'sample'`)).toEqual([
    { occurrences: 2_000 },
  ]);
  const [{ count }] = (await room.rows(
    'count(*)',
    `tb_error_instance where tenant_id = 'sample'`,
  )) as [{ count: number }];
  // 10, and about 9 of 90, 9 of 900 and 1 of 1,000.
  expect(count).toBeGreaterThanOrEqual(15);
  expect(count).toBeLessThan(60);
});

const resolve = (tenant: string, status: string, minutes: number) =>
  room.world.admin.script(`update monitoring.tb_error_log
    set status = '${status}', resolved_at = '${minutesAgo(minutes)}', resolution_note = 'done' where tenant_id = '${tenant}'`);
const state = (tenant: string) =>
  room.rows(
    'status, regressions, occurrence_count, resolution_note',
    `tb_error_log where tenant_id = '${tenant}'`,
  );

test.each([
  ['after it was resolved opens it again', 'resolved', 5, { status: 'new', regressions: 1 }],
  ['from before it was resolved does not', 'resolved', 15, { status: 'resolved', regressions: 0 }],
  ['of an ignored group leaves it ignored', 'ignored', 5, { status: 'ignored', regressions: 0 }],
])('an occurrence %s; its note stays', async (title, status, minutes, then) => {
  const tenant = title.split(' ').slice(0, 3).join('-');
  await room.deliver(writers.errors, tenant, { a: error({ occurred_at: minutesAgo(60) }) });
  await resolve(tenant, status, 10);

  const late = { b: error({ occurred_at: minutesAgo(minutes) }) };
  await room.deliver(writers.errors, tenant, late);
  await room.deliver(writers.errors, tenant, late);

  expect(await state(tenant)).toEqual([{ ...then, occurrence_count: 2, resolution_note: 'done' }]);
});

test('the same error of another environment or tenant is another group', async () => {
  await room.deliver(writers.errors, 'left', { a: error(), b: error({ environment: 'staging' }) });
  await room.deliver(writers.errors, 'right', { a: error() });

  expect(
    await room.rows(
      'tenant_id, environment, occurrence_count',
      `tb_error_log where tenant_id in ('left', 'right') order by 1, 2`,
    ),
  ).toEqual([
    { tenant_id: 'left', environment: 'production', occurrence_count: 1 },
    { tenant_id: 'left', environment: 'staging', occurrence_count: 1 },
    { tenant_id: 'right', environment: 'production', occurrence_count: 1 },
  ]);
});
