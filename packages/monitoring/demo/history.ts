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

const timeOf = (item: object): number => {
  const { time, occurred_at } = item as { readonly time?: string; readonly occurred_at?: string };
  return Date.parse(time ?? occurred_at ?? '');
};

// All but traffic that happened in [from, to): of the hours it lies in, and the one before, whose visits last into it.
const eventsOf = (teller: Teller, from: Date, to: Date): Sent[] => {
  const first = floor(from, msPerHour).getTime() - msPerHour;
  const count = Math.ceil((to.getTime() - first) / msPerHour);
  return Array.from({ length: count }, (_, i) => new Date(first + i * msPerHour)).flatMap((hour) =>
    hourOf(teller, hour).map(({ stream, items }) => ({
      stream,
      items: items.filter(
        ({ item }) => timeOf(item) >= from.getTime() && timeOf(item) < to.getTime(),
      ),
    })),
  );
};

const told = (sent: readonly Sent[]): Sent[] => sent.filter(({ items }) => items.length > 0);

/** What the minute before this moment brought. */
export const minuteOf = (teller: Teller, now: Date): Sent[] => {
  const end = floor(now, msPerMinute);
  const minute = new Date(end.getTime() - msPerMinute);
  const traffic = trafficOf(randomFrom(seedAt(teller, minute)), minute);
  return told([keyed('performance-metrics', minute, traffic), ...eventsOf(teller, minute, end)]);
};

// Every minute of the last three hours, and every tenth of the five days before: enough for each level of the rollups.
const trafficHistory = (teller: Teller, now: Date): Sent[] => {
  const end = floor(now, msPerMinute).getTime();
  const fine = Array.from({ length: 180 }, (_, i) => end - (i + 1) * msPerMinute);
  const coarse = Array.from({ length: 5.5 * 24 * 6 }, (_, i) => end - (i + 19) * 10 * msPerMinute);
  return [...coarse.toReversed(), ...fine.toReversed()].map((ms) => {
    const at = new Date(ms);
    return keyed('performance-metrics', at, trafficOf(randomFrom(seedAt(teller, at)), at));
  });
};

/** Four weeks of a tenant up to the minute, oldest first: traffic of the last days, and what people, faults and services did. */
export const historyOf = (teller: Teller, now: Date): Sent[] => {
  const end = floor(now, msPerMinute);
  const start = new Date(end.getTime() - days * 24 * msPerHour);
  return told([...eventsOf(teller, start, end), ...trafficHistory(teller, now)]);
};
