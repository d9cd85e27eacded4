import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Envelope } from '../envelope.ts';
import { entry } from '../plan/entry.ts';
import { metricsSink } from './metrics.ts';

const known = {
  infra_thing: entry({
    nature: 'operations',
    description: 'A thing that tells of a person.',
    owner: 'platform',
    version: 1,
    sinks: ['metrics'],
    pii: ['user', 'age'],
    metrics: [
      { name: 'thing_age', field: 'age', unit: 'count', kind: 'gauge' },
      { name: 'thing_ms', field: 'ms', unit: 'milliseconds', kind: 'histogram' },
    ],
    labels: ['service', 'user'],
    properties: z.strictObject({
      service: z.string(),
      user: z.string(),
      age: z.int(),
      ms: z.int(),
    }),
    example: { service: 'api', user: 'ada@example.com', age: 36, ms: 7 },
  }),
} as const;

const signal = new AbortController().signal;
const envelopeOf = (properties: Envelope['properties']): Envelope => ({
  id: 'e1',
  event: 'infra_thing',
  version: 1,
  tenant_id: 'platform',
  actor: 'usr_41',
  time: '2026-11-21T12:00:00.000Z',
  properties,
});

const open = () => {
  const items: unknown[] = [];
  const lines: unknown[] = [];
  const sink = metricsSink(
    {
      send: async (_, some) => void items.push(...some),
      write: (some) => void lines.push(...some),
      stage: 'test',
    },
    known,
  );
  return { sink, items, lines };
};

test('neither an item nor a line tells what the plan says is about persons, nor who did it', async () => {
  const { sink, items, lines } = open();

  expect(await sink.deliver([envelopeOf(known.infra_thing.example)], signal)).toEqual([]);

  expect(items).toMatchObject([{ key: 'e1:thing_ms', item: { tags: { service: 'api' } } }]);
  expect(lines).toMatchObject([{ thing_ms: 7, service: 'api' }]);
  expect(JSON.stringify([items, lines])).not.toMatch(/ada|36|usr_41/);
});

test('an event without a value is refused for good, beside others that are taken', async () => {
  const { sink, items } = open();
  const events = [{ ...envelopeOf({ service: 'api' }), id: 'e2' }, envelopeOf({ ms: 90_000_000 })];

  const refused = await sink.deliver(events, signal);

  expect(refused).toMatchObject([{ id: 'e2', permanent: true }]);
  expect(items).toHaveLength(1);
});

test('a value one beyond what the monitoring tier keeps is refused for good', async () => {
  const { sink, items, lines } = open();

  const refused = await sink.deliver([envelopeOf({ ms: 90_000_001 })], signal);

  expect(refused).toEqual([
    { id: 'e1', permanent: true, reason: 'thing_ms is not between 0 and 90000000' },
  ]);
  expect([items, lines]).toEqual([[], []]);
});
