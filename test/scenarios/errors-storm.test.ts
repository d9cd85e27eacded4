import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErrorItem } from '@rookery/monitoring/errors/item';
import { writers } from '@rookery/monitoring/ingest/writers';
import type { Stream } from '@rookery/monitoring/ingest/take';
import { randomFrom } from '@rookery/kernel/random';
import { countOf, meeting, occurrence } from './errors-room.ts';
import { chance, inParallel, shuffled } from './chance.ts';
import { asked, minutesAgo, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const stream = writers.errors;
const severities = ['debug', 'info', 'warning', 'error', 'fatal', 'critical'];
const random = randomFrom(4_711);

// Twelve kinds in two environments, over three days; a third met nobody. The kind is told by the type alone.
const storm = Array.from({ length: 1_000 }, (_, n) => {
  const kind = Math.min(random.between(0, 11), random.between(0, 11));
  const item = occurrence({
    error_type: `Kind${kind}`,
    message: `lead ${n} of 'list ${random.between(0, 99)}' is gone`,
    environment: random.pick(['production', 'staging']),
    severity: random.pick(severities.slice(0, 1 + (kind % 6))),
    occurred_at: minutesAgo(random.between(1, 3 * 1_440)),
    ...(random.chance(0.67) ? { user_id: `u${random.between(0, 40)}` } : {}),
  });
  return [`k${n}`, item] as const;
});

const dayOf = ({ occurred_at }: ErrorItem): string => occurred_at.slice(0, 10);
const sorted = (lines: Iterable<string>): string[] => [...lines].toSorted();
const each = (key: (item: ErrorItem) => string): [string, ErrorItem[]][] =>
  Object.entries(Object.groupBy(storm, ([, item]) => key(item))).map(([name, found]) => [
    name,
    (found ?? []).map(([, item]) => item),
  ]);

const groupOf = ({ error_type, environment }: ErrorItem): string => `${error_type} ${environment}`;
const users = (items: readonly ErrorItem[]): number =>
  new Set(items.flatMap(({ user_id }) => user_id ?? [])).size;

// Recounted from the items, group by group.
const truth = {
  groups: sorted(
    each(groupOf).map(([group, items]) => {
      const times = items.map(({ occurred_at }) => Date.parse(occurred_at));
      const worst = Math.max(...items.map(({ severity }) => severities.indexOf(severity)));
      const span = `${Math.min(...times)} ${Math.max(...times)}`;
      return `${group} ${items.length} ${users(items)} ${span} ${severities[worst]} new`;
    }),
  ),
  days: sorted(
    each((item) => `${groupOf(item)} ${dayOf(item)}`).map(
      ([day, { length }]) => `${day} ${length}`,
    ),
  ),
  users: sorted(
    new Set(
      storm.flatMap(([, item]) =>
        item.user_id === undefined ? [] : [`${groupOf(item)} ${dayOf(item)} ${item.user_id}`],
      ),
    ),
  ),
};

const lines = async (text: string, rest: string): Promise<string[]> =>
  sorted((await room.rows(`${text} as line`, rest)).map((row) => (row as { line: string }).line));

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

const counted = async (tenant: string) => {
  const group = `concat_ws(' ', error_type, environment`;
  const of = (table: string) =>
    `${table} d join monitoring.tb_error_log g on (g.tenant_id, g.id) = (d.tenant_id, d.error_id)
     where d.tenant_id = '${tenant}'`;
  return {
    groups: await lines(
      `${group}, occurrence_count, affected_users, ${ms('first_seen')}, ${ms('last_seen')}, severity, status)`,
      `tb_error_log where tenant_id = '${tenant}'`,
    ),
    days: await lines(`${group}, d.day, d.occurrences)`, of('error_day')),
    users: await lines(`${group}, d.day, d.user_id)`, of('error_user_day')),
  };
};

// Each item in two batches, which are others each time; eight of the forty beside each other.
const strike = async (tenant: string, through: Stream<ErrorItem>) => {
  const order = chance(7);
  const cut = (items: typeof storm) =>
    Array.from({ length: 20 }, (_, n) => Object.fromEntries(items.slice(n * 50, n * 50 + 50)));
  const batches = shuffled([...cut(storm), ...cut(shuffled(storm, order))], order);
  let repeated = 0;
  await inParallel(8, batches, async (items) => {
    const taken = await room.deliver(through, tenant, items);
    expect(taken.rejected).toEqual([]);
    repeated += taken.repeated;
  });
  return repeated;
};

test('a storm in any order, each occurrence delivered twice, counts as its items recounted', async () => {
  expect(truth.groups.length).toBeGreaterThan(20);

  expect(await strike('storm', stream)).toBe(1_000);

  expect(await counted('storm')).toEqual(truth);
  const again = await room.deliver(stream, 'storm', Object.fromEntries(storm.slice(0, 500)));
  expect(again).toEqual({ rows: 0, repeated: 500, rejected: [] });
  expect(await counted('storm')).toEqual(truth);
});

test('control: a count that is read and then written loses what others counted meanwhile', async () => {
  await room.deliver(stream, 'lost', { first: occurrence() });
  const allHaveRead = meeting(8);
  const naive: Stream<ErrorItem> = {
    ...stream,
    write: async (tx, { tenantId, items }) => {
      const read = asked('occurrence_count as n', `tb_error_log where tenant_id = '${tenantId}'`);
      const [seen] = await tx.query(read, null);
      await allHaveRead();
      const next = (seen!.row as { n: number }).n + items.length;
      await tx.script(`update monitoring.tb_error_log set occurrence_count = ${next}`);
      return { rows: 0, rejected: [] };
    },
  };

  await inParallel(8, [1, 2, 3, 4, 5, 6, 7, 8], (n) =>
    room.deliver(naive, 'lost', { [`k${n}`]: occurrence() }),
  );

  expect(await countOf(room, 'lost')).toBe(2);
});
