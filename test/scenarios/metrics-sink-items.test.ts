import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { performanceMetric } from '@rookery/http/streams/performance-metrics';
import { admitEvent } from '@rookery/telemetry/admit';
import { plan } from '@rookery/telemetry/plan/plan';
import { metricsSink } from '@rookery/telemetry/sinks/metrics';

const receivedAt = new Date();
const arrival = { tenantId: 'heron', door: 'http', receivedAt } as const;
const text = fc.string({ unit: 'binary', maxLength: 600 });
const amount = fc.oneof(
  fc.nat(10_000),
  fc.nat(2_100_000_000),
  fc.double({ min: 0, max: 1e8, noNaN: true }),
);
const events = fc.oneof(
  fc.record({
    event: fc.constant('infra_latency'),
    properties: fc.record(
      {
        service: text,
        endpoint: text,
        method: text,
        status_code: fc.integer({ min: 90, max: 610 }),
        duration_ms: amount,
      },
      { requiredKeys: ['service', 'duration_ms'] },
    ),
  }),
  fc.record({
    event: fc.constant('infra_error_rate'),
    properties: fc.record(
      { service: text, endpoint: text, requests: amount, errors: amount },
      { requiredKeys: ['service', 'requests', 'errors'] },
    ),
  }),
  fc.record({
    event: fc.constant('infra_connection_pool_metrics'),
    properties: fc.record(
      { service: text, pool: text, active: amount, idle: amount, waiting: amount, size: amount },
      { requiredKeys: ['service', 'pool', 'active', 'idle', 'waiting'] },
    ),
  }),
);

test('whatever event about the system the plan admits, the monitoring tier takes every item that is made of it', async () => {
  let admitted = 0;
  await fc.assert(
    fc.asyncProperty(events, async (sent) => {
      const admission = admitEvent(sent, arrival);
      fc.pre('envelope' in admission);
      if (!('envelope' in admission)) return;
      admitted += 1;
      const keys = new Set<string>();
      const send = async (_: string, items: readonly { key: string; item: object }[]) => {
        for (const { key, item } of items) {
          keys.add(key);
          expect(performanceMetric.safeParse(item)).toMatchObject({ success: true });
        }
        expect(keys.size).toBe(items.length);
      };
      const sink = metricsSink({ send, write: () => {}, stage: 'test' }, plan);

      const refused = await sink.deliver([admission.envelope], new AbortController().signal);

      const values = Object.values(sent.properties).filter((each) => typeof each === 'number');
      const isTooGreat =
        sent.event === 'infra_connection_pool_metrics' && Math.max(...values) > 9e7;
      expect(refused.map(({ permanent }) => permanent)).toEqual(isTooGreat ? [true] : []);
      expect(keys.size > 0).toBe(!isTooGreat);
    }),
    { numRuns: 2_000, seed: 6 },
  );
  expect(admitted).toBeGreaterThan(1_000);
});
