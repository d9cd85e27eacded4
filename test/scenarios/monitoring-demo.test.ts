import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { streamItems } from '@rookery/http/streams/streams';
import { historyOf, minuteOf, type Sent } from '@rookery/monitoring/demo/history';
import { setAlerts, setIntegrations, setServices } from '@rookery/monitoring/demo/stage.sql';
import { streams } from '@rookery/monitoring/ingest/stream';
import { writers } from '@rookery/monitoring/ingest/writers';
import { openWorld, type World } from '../world/world.ts';

const teller = { tenantId: 'heron', seed: 42 };
const msPerMinute = 60_000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const timeOf = (item: object): number => {
  const time: unknown =
    'time' in item ? item.time : 'occurred_at' in item ? item.occurred_at : undefined;
  return typeof time === 'string' ? Date.parse(time) : NaN;
};
const told = (sent: readonly Sent[]) =>
  sent.flatMap(({ stream, items }) => items.map(({ key, item }) => ({ stream, key, item })));
const faultsOf = (sent: readonly Sent[]): string[] =>
  told(sent).flatMap(({ stream, key, item }) => {
    const { error } = streamItems[stream].safeParse(item);
    return error === undefined ? [] : [`${stream} ${key}: ${error.message}`];
  });

describe.each([
  ['in the middle of a minute', '2026-03-10T09:30:15.250Z'],
  ['in the last millisecond of a year', '2026-12-31T23:59:59.999Z'],
  ['in the first of a month, and of an hour', '2026-07-01T00:00:00.000Z'],
])('%s', (_, text) => {
  const now = new Date(text);
  const history = historyOf(teller, now);

  test('every item is what its stream takes, and every stream that people and services fill has some', () => {
    expect(faultsOf(history)).toEqual([]);
    const filled = new Set(history.map(({ stream }) => stream));
    // Sessions of the demo begin with what people do.
    expect([...filled].toSorted()).toEqual(
      streams.filter((stream) => stream !== 'sessions').toSorted(),
    );
  });

  test('the worker takes every item, for half a day: none is older than its stream allows, and no two have one key', () => {
    for (const stream of streams) {
      const items = told(history.filter((sent) => sent.stream === stream));
      const oldest = Math.min(...items.map(({ item }) => timeOf(item)));
      const allowed = now.getTime() - (writers[stream].mostAgeDays - 0.3) * 1_440 * msPerMinute;
      expect([stream, oldest >= allowed]).toEqual([stream, true]);
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    }
  });

  test('nothing is told that has yet to happen', () => {
    const latest = told(history).reduce((most, { item }) => Math.max(most, timeOf(item)), 0);
    expect(latest).toBeLessThan(now.getTime());
    expect(latest).toBeGreaterThan(now.getTime() - 2 * msPerMinute);
  });

  test('twice: the same seed tells the same, another seed or tenant something else', () => {
    expect(historyOf(teller, now)).toEqual(history);
    expect(historyOf({ ...teller, seed: 43 }, now)).not.toEqual(history);
    expect(historyOf({ ...teller, tenantId: 'kite' }, now)).not.toEqual(history);
  });

  test('beside it: a minute has the items and keys that the history has of it, so that each counts once', () => {
    const known = new Map(told(history).map(({ stream, key, item }) => [`${stream} ${key}`, item]));
    for (const ago of [0, 1, 90]) {
      const minute = told(minuteOf(teller, new Date(now.getTime() - ago * msPerMinute)));
      expect(minute.length).toBeGreaterThan(0);
      for (const { stream, key, item } of minute)
        expect([key, known.get(`${stream} ${key}`)]).toEqual([key, item]);
    }
  });

  test('what comes minute by minute is let in as well', () => {
    const hour = Array.from({ length: 60 }, (__, n) =>
      minuteOf(teller, new Date(now.getTime() + n * msPerMinute)),
    ).flat();
    expect(faultsOf(hour)).toEqual([]);
  });
});

test('twice: the stage is set once, with a day of checks', async () => {
  const stage = { ...teller, now: new Date() };
  const set = async () => [
    await world.ops.query(setServices, stage),
    await world.ops.query(setIntegrations, stage),
    await world.ops.query(setAlerts, stage),
  ];

  expect((await set()).flat()).toEqual([
    { services: 5, checks: 5 * 288 },
    { integrations: 4 },
    { rules: 2, alerts: 20 },
  ]);
  expect((await set()).flat()).toEqual([
    { services: 0, checks: 0 },
    { integrations: 0 },
    { rules: 0, alerts: 0 },
  ]);
});
