import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure, isPassing } from '@rookery/kernel/failure';
import type { Envelope } from '../envelope.ts';
import { plan } from '../plan/plan.ts';
import type { Refused, Sink } from '../sink.ts';
import { posthogSink, type Capture } from './posthog.ts';

const envelope = (n: number): Envelope => ({
  id: `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`,
  event: 'email_clicked',
  version: 1,
  tenant_id: 'wren',
  actor: null,
  time: '2026-11-21T10:00:00.000Z',
  properties: plan.email_clicked.example,
});

const { signal } = new AbortController();

// A PostHog that refuses every request that holds a poison event, and is down from one request on.
const playing = (poison: ReadonlySet<string>, downFrom: number) => {
  const taken: string[] = [];
  let requests = 0;
  const send = async (captures: readonly Capture[]): Promise<void> => {
    requests += 1;
    await Promise.resolve();
    if (requests >= downFrom) throw new Failure('unavailable', 'posthog-unavailable', 'is down');
    if (captures.some(({ uuid }) => poison.has(uuid)))
      throw new Failure('invalid', 'posthog-refused', 'PostHog answered 400');
    taken.push(...captures.map(({ uuid }) => uuid));
  };
  return { send, taken, requests: () => requests };
};

type Outcome = { readonly refused: readonly Refused[]; readonly thrown: unknown };

const outcomeOf = async (sink: Sink, events: readonly Envelope[]): Promise<Outcome> => {
  try {
    return { refused: await sink.deliver(events, signal), thrown: null };
  } catch (thrown) {
    return { refused: [], thrown };
  }
};

const idsOf = (refused: readonly Refused[], permanent: boolean): string[] =>
  refused.filter((one) => one.permanent === permanent).map(({ id }) => id);

test('each event is taken once, refused for good when it is poison, or told to come again: never two of these', async () => {
  const downs = fc.option(fc.integer({ min: 1, max: 40 }), { nil: Infinity });
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 1_299 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_300 }),
      places,
      downs,
      async (many, bad, downFrom) => {
        const events = Array.from({ length: many }, (_, n) => envelope(n));
        const all = events.map(({ id }) => id);
        const poison = new Set(bad.map((n) => envelope(n).id));
        const { send, taken, requests } = playing(poison, downFrom);

        const { refused, thrown } = await outcomeOf(posthogSink(send), events);

        const dead = idsOf(refused, true);
        const again = thrown === null ? idsOf(refused, false) : all;
        const isDown = thrown === null ? again.length > 0 : isPassing(thrown);
        expect([...taken, ...dead, ...again].toSorted()).toEqual(all);
        expect(dead.filter((id) => !poison.has(id))).toEqual([]);
        expect(taken.filter((id) => poison.has(id))).toEqual([]);
        // Once it is down nothing more is asked.
        expect(isDown).toBe(requests() === downFrom);
      },
    ),
  );
});

test('what is thrown and is no Failure is a bug: it goes up as it is', async () => {
  const sink = posthogSink(() => Promise.reject(new TypeError('no such thing')));

  await expect(sink.deliver([envelope(0)], signal)).rejects.toThrow(TypeError);
});

test('what is in order is taken before the poison beside it is looked for', async () => {
  const events = Array.from({ length: 1_500 }, (_, n) => envelope(n));
  const { send, taken } = playing(new Set([envelope(3).id]), 4);

  const { refused } = await outcomeOf(posthogSink(send), events);

  expect(taken).toHaveLength(1_000);
  expect(idsOf(refused, false)).toHaveLength(500);
});

test('a PostHog that refuses whatever it gets is asked 200 times a batch and no more: the rest comes again', async () => {
  const events = Array.from({ length: 5_000 }, (_, n) => envelope(n));
  const { send, requests } = playing(new Set(events.map(({ id }) => id)), Infinity);

  const { refused, thrown } = await outcomeOf(posthogSink(send), events);

  expect(requests()).toBe(200);
  const waiting = thrown === null ? idsOf(refused, false).length : events.length;
  expect(waiting).toBeGreaterThan(4_900);
});
