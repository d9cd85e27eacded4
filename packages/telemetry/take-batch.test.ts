import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import type { Admission } from './admit.ts';
import type { Judge, Queued } from './opened.ts';
import type { Sink } from './sink.ts';
import { takeBatch } from './take-batch.ts';

// Events are numbers with a fate: what the judge and the sink say of them.
const fates = ['taken', 'elsewhere', 'rejected', 'late', 'refused'] as const;
type Fate = (typeof fates)[number];
type Event = { readonly id: string; readonly fate: Fate };

const isEvent = (raw: unknown): raw is Event => typeof raw === 'object' && raw !== null;
const admission = (raw: unknown): Admission => {
  if (!isEvent(raw) || raw.fate === 'rejected') {
    const reason = 'no such event';
    return {
      rejected: { id: 'r', code: 'event-unknown', reason, event: null, tenantId: 'heron' },
    };
  }
  const head = { event: 'e', version: 1, tenant_id: 'heron', actor: null, time: '' };
  const envelope = { ...head, id: raw.id, properties: { fate: raw.fate } };
  return {
    envelope,
    sinks: [raw.fate === 'elsewhere' ? 'siem' : 'console'],
    sampledOut: false,
  };
};
const judge: Judge = {
  event: admission,
  busEvent: admission,
  entryOf: () => undefined,
  shown: (_, envelope) => envelope,
};

const queuedOf = (events: readonly Event[], n: number): Queued => {
  const message = { tenant_id: 'heron', door: 'http', received_at: '2026-11-21', events } as const;
  const body = JSON.stringify(message);
  return {
    messageId: `m${n}`,
    sentAt: new Date(0),
    message: { ...message, events: [...events] },
    body,
  };
};

const openSink = (apart: boolean) => {
  const delivered: string[][] = [];
  const sink: Sink = {
    name: 'console',
    ...(apart ? { apart: true } : {}),
    deliver: async (events) => {
      delivered.push(events.map(({ id }) => id));
      return events.flatMap(({ id, properties: { fate } }) =>
        fate === 'late' || fate === 'refused'
          ? [{ id, permanent: fate === 'refused', reason: `is ${fate}` }]
          : [],
      );
    },
  };
  return { sink, delivered };
};

const signal = new AbortController().signal;
// The fate follows from the id, so that copies of an event share it.
const event = fc.nat(14).map((n): Event => ({ id: `e${n}`, fate: fates[n % 5] ?? 'taken' }));
const batches = fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 10,
});
const having = (batch: readonly (readonly Event[])[], fate: Fate, but?: Fate): string[] =>
  batch.flatMap((events, n) =>
    events.some((each) => each.fate === fate) && !events.some((each) => each.fate === but)
      ? [`m${n}`]
      : [],
  );

test.each([false, true])(
  'of any batch (apart: %s) exactly the messages with an event that is late come again, and of the others exactly what is refused dies and what is none goes to the router',
  async (apart) => {
    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        const { sink, delivered } = openSink(apart);
        const forwarded: Event[] = [];
        const forward = async (messages: readonly { body: string }[]) => {
          for (const { body } of messages) forwarded.push(...JSON.parse(body).events);
        };

        const taken = await takeBatch({ sink, judge, forward }, batch.map(queuedOf), signal);

        expect(taken.retry).toEqual(having(batch, 'late'));
        expect(taken.dead.map(({ messageId }) => messageId)).toEqual(
          having(batch, 'refused', 'late'),
        );
        for (const { messageId, body } of taken.dead)
          expect(JSON.parse(body).events).toEqual(
            batch[Number(messageId.slice(1))]?.filter(({ fate }) => fate === 'refused'),
          );
        const settled = batch.filter((events) => !events.some(({ fate }) => fate === 'late'));
        expect(forwarded).toEqual(settled.flat().filter(({ fate }) => fate === 'rejected'));
        for (const ids of delivered) expect(new Set(ids).size).toBe(ids.length);
        expect(delivered.length).toBeLessThanOrEqual(apart ? batch.length : 1);
        expect(taken.fault === undefined).toBe(taken.retry.length === 0);
      }),
      { numRuns: 500, seed: 6 },
    );
  },
);

const batch: readonly Event[][] = [
  [{ id: 'a', fate: 'taken' }],
  [{ id: 'b', fate: 'elsewhere' }],
  [{ id: 'c', fate: 'rejected' }],
  [
    { id: 'd', fate: 'taken' },
    { id: 'e', fate: 'rejected' },
  ],
];
const gone = new Failure('unavailable', 'gone', 'it is gone');

test('a sink that takes nothing has its messages come again; nothing of them goes to the router yet', async () => {
  const forwarded: unknown[] = [];
  const sink: Sink = { name: 'console', deliver: () => Promise.reject(gone) };
  const forward = async (messages: readonly { body: string }[]) =>
    void forwarded.push(...messages.flatMap(({ body }) => JSON.parse(body).events));

  const taken = await takeBatch({ sink, judge, forward }, batch.map(queuedOf), signal);

  expect(taken).toMatchObject({ retry: ['m0', 'm3'], dead: [], fault: gone, unit: { rows: 0 } });
  expect(forwarded).toEqual(batch[2]);
});

test('while the router takes nothing, messages with what is no event come again', async () => {
  const { sink } = openSink(false);
  const forward = () => Promise.reject(gone);

  const taken = await takeBatch({ sink, judge, forward }, batch.map(queuedOf), signal);

  expect(taken).toMatchObject({ retry: ['m2', 'm3'], dead: [], fault: gone, unit: { rows: 2 } });
});

test('a sink that refuses what it was not given is a bug, and all of its messages come again', async () => {
  const sink: Sink = {
    name: 'console',
    deliver: async () => [{ id: 'x', permanent: true, reason: 'no' }],
  };

  const taken = await takeBatch(
    { sink, judge, forward: async () => {} },
    batch.map(queuedOf),
    signal,
  );

  expect(taken).toMatchObject({ retry: ['m0', 'm3'], dead: [] });
});
