import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStorable } from '@rookery/kernel/text';
import { admitBusEvent, admitEvent, rejectionCodes, type Admission } from './admit.ts';
import { plan, type EventName } from './plan/plan.ts';

const receivedAt = new Date('2026-11-20T12:00:00Z');
const arrival = { tenantId: 't1', door: 'http', receivedAt } as const;

const json = fc.jsonValue({ maxDepth: 12, stringUnit: 'binary' });
const maybe = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: json });
const hours = fc.integer({ min: -800, max: 1 });
const names = Object.keys(plan) as EventName[];

// Near misses: an example with one or two things changed finds more than noise does.
const nearly = fc.constantFrom(...names).chain((event) =>
  fc.record(
    {
      id: maybe(fc.string()),
      event: maybe(fc.constant(event)),
      version: maybe(fc.constant(1)),
      time: maybe(hours.map((h) => new Date(receivedAt.getTime() + h * 3_600_000).toISOString())),
      actor: maybe(fc.constant('u1')),
      properties: maybe(
        fc
          .tuple(fc.dictionary(fc.string(), json, { maxKeys: 1 }), fc.nat(3))
          .map(([more, whole]) =>
            whole ? plan[event].example : { ...plan[event].example, ...more },
          ),
      ),
      tenant_id: maybe(fc.constant('t1')),
    },
    { requiredKeys: ['event'] },
  ),
);

const sound = (admission: Admission): void => {
  if ('rejected' in admission) {
    const { code, reason, event, id } = admission.rejected;
    expect(rejectionCodes).toContain(code);
    expect(reason.length > 0 && reason.length <= 300 && isStorable(reason)).toBe(true);
    expect(event === null || isStorable(event)).toBe(true);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    return;
  }
  // Held against the plan by another way than admit's: the entry alone.
  const { envelope, sinks, sampledOut } = admission;
  const { sample_rate: _, ...properties } = envelope.properties;
  const entry = plan[envelope.event as EventName];
  expect(entry.properties.parse(properties)).toEqual(properties);
  expect(envelope.tenant_id).toBe('t1');
  expect(Math.abs(Date.parse(envelope.time) - receivedAt.getTime())).toBeLessThanOrEqual(
    28 * 86_400_000,
  );
  expect(sinks).toEqual(sampledOut ? [] : entry.sinks);
  expect(JSON.parse(JSON.stringify(envelope))).toEqual(envelope);
};

// Beside a whole suite on two cores.
const patience = 120_000;

test(
  '10,000 JSON values at random: none throws, and none is admitted that the plan would not have',
  () => {
    let admitted = 0;
    fc.assert(
      fc.property(fc.oneof(json, nearly, nearly), (sent) => {
        const admission = admitEvent(sent, arrival);
        if (!('rejected' in admission)) admitted += 1;
        sound(admission);
        expect(admitEvent(structuredClone(sent), arrival)).toEqual(admission);
      }),
      { numRuns: 10_000 },
    );
    // The near misses hit often enough for the other half of the claim.
    expect(admitted).toBeGreaterThan(1_000);
  },
  patience,
);

test(
  '2,000 envelopes of the bus at random: none throws, and none is admitted that the plan would not have',
  () => {
    let admitted = 0;
    const tenants = fc.constantFrom('t1', 't1', 't1', '', 7, null, undefined);
    const envelope = fc
      .tuple(nearly, maybe(fc.uuid()), maybe(fc.constant('2026-11-20T11:00:00Z')), tenants)
      .map(([{ event, ...detail }, id, time, tenant_id]) => ({
        id,
        time,
        'detail-type': event,
        detail: { ...detail, tenant_id },
      }));
    fc.assert(
      fc.property(fc.oneof(json, envelope), (bus) => {
        const admission = admitBusEvent(bus, receivedAt);
        if (!('rejected' in admission)) admitted += 1;
        sound(admission);
      }),
      { numRuns: 2_000 },
    );
    expect(admitted).toBeGreaterThan(100);
  },
  patience,
);
