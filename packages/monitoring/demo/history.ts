import { randomFrom, type Random } from '@rookery/kernel/random';
import type { Keyed, StreamName } from '../ingest/stream.ts';
import { deedOf, faultOf, visitOf } from './people.ts';
import { busyness, callsOf, trafficOf } from './traffic.ts';

/** Items of one stream, as its producers would send them. */
export type Sent = { readonly stream: StreamName; readonly items: readonly Keyed<object>[] };

/** Whose history, and how chance begins: the same seed gives the same items with the same keys. */
export type Teller = { readonly tenantId: string; readonly seed: number };

const msPerMinute = 60_000;
const msPerHour = 60 * msPerMinute;
const days = 28;
const people = 24;

const seedAt = ({ tenantId, seed }: Teller, at: Date): number =>
  Buffer.from(tenantId).reduce(
    (sum, byte) => (sum * 31 + byte) >>> 0,
    (seed + at.getTime() / msPerMinute) >>> 0,
  );

// A second telling of the same minute sends the same keys: the door's worker counts each once.
const keyed = (stream: StreamName, at: Date, items: readonly object[]): Sent => ({
  stream,
  items: items.map((item, i) => ({ key: `demo-${at.getTime() / msPerMinute}-${i}`, item })),
});

const floor = (at: Date, ms: number): Date => new Date(Math.floor(at.getTime() / ms) * ms);

const visitors = (random: Random, hour: Date): number[] =>
  Array.from({ length: people }, (_, user) => user).filter((user) =>
    random.chance((0.3 * busyness(hour)) / (user + 1.5)),
  );

// People, faults, deeds and calls of one hour.
const hourOf = (teller: Teller, hour: Date): Sent[] => {
  const random = randomFrom(seedAt(teller, hour));
  const within = (): Date => new Date(hour.getTime() + random.between(0, 30) * msPerMinute);
  const visits = visitors(random, hour).flatMap((user) => visitOf(random, user, within()));
  const failed = Array.from({ length: random.between(0, 3) }, () =>
    faultOf(random, random.chance(0.8) ? random.between(0, people - 1) : null, within()),
  );
  const deeds = Array.from({ length: random.chance(0.3) ? 1 : 0 }, () =>
    deedOf(random, teller.tenantId, within()),
  );
  return [
    keyed('user-activity', hour, visits),
    keyed('errors', hour, failed),
    keyed('audit-events', hour, deeds),
    keyed('integration-events', hour, callsOf(random, hour)),
  ];
};

/** What the last minute brought: the traffic of every minute, and with the last of an hour all that its people did. */
export const minuteOf = (teller: Teller, now: Date): Sent[] => {
  const minute = floor(new Date(now.getTime() - msPerMinute), msPerMinute);
  const traffic = keyed(
    'performance-metrics',
    minute,
    trafficOf(randomFrom(seedAt(teller, minute)), minute),
  );
  const hour = floor(minute, msPerHour);
  const over = minute.getTime() - hour.getTime() === 59 * msPerMinute;
  return [traffic, ...(over ? hourOf(teller, hour) : [])].filter(({ items }) => items.length > 0);
};

// Every minute of the last three hours, and every tenth of the week before: enough for each level of the rollups.
const trafficHistory = (teller: Teller, now: Date): Sent[] => {
  const end = floor(now, msPerMinute).getTime();
  const fine = Array.from({ length: 180 }, (_, i) => end - (i + 1) * msPerMinute);
  const coarse = Array.from({ length: 6.5 * 24 * 6 }, (_, i) => end - (i + 19) * 10 * msPerMinute);
  return [...coarse.toReversed(), ...fine.toReversed()].map((ms) => {
    const at = new Date(ms);
    return keyed('performance-metrics', at, trafficOf(randomFrom(seedAt(teller, at)), at));
  });
};

/** Four weeks of a tenant up to now, oldest first: traffic of the last week, and what people, faults and services did. */
export const historyOf = (teller: Teller, now: Date): Sent[] => {
  const end = floor(now, msPerHour).getTime();
  const hours = Array.from({ length: days * 24 }, (_, i) => new Date(end - (i + 1) * msPerHour));
  const told = [
    ...hours.toReversed().flatMap((hour) => hourOf(teller, hour)),
    ...trafficHistory(teller, now),
  ];
  return told.filter(({ items }) => items.length > 0);
};
