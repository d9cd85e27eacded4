import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, parseDay } from '@rookery/kernel/day';
import { cellsMessage, packCells, packLeads, reconcileMessage } from './message.ts';

const start = parseDay('2025-01-01');
const cell = fc.record({
  tenantId: fc.constantFrom('a', 'b', 'c'),
  day: fc.integer({ min: 0, max: 120 }).map((n) => addDays(start, n)),
  emails: fc.integer({ min: 0, max: 80_000 }),
});
const keysOf = (cells: readonly { tenantId: string; day: string }[]) =>
  [...new Set(cells.map(({ tenantId, day }) => `${tenantId} ${day}`))].sort();

test('every cell goes out exactly once, in messages of one tenant that the queue accepts', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 200 }), (cells) => {
      const messages = packCells(cells, 'changed');

      const out = messages.flatMap(({ tenant_id, days }) =>
        days.map((day) => ({ tenantId: tenant_id, day })),
      );
      expect(out).toHaveLength(keysOf(cells).length);
      expect(keysOf(out)).toEqual(keysOf(cells));
      for (const message of messages) {
        expect(message.days.length).toBeLessThanOrEqual(31);
        expect(message.days).toEqual(message.days.toSorted());
        expect(cellsMessage.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
      }
    }),
  );
});

test.each([
  [49_999, 1, 1],
  [50_000, 0, 1],
  [50_000, 1, 2],
])('days of %i and %i e-mails make %i messages', (first, second, count) => {
  const cells = [first, second].map((emails, n) => ({
    tenantId: 'a',
    day: addDays(start, n),
    emails,
  }));

  expect(packCells(cells, 'nightly')).toHaveLength(count);
});

test('a day bigger than a message still goes out, alone', () => {
  const cells = [1, 2, 3].map((n) => ({
    tenantId: 'a',
    day: addDays(start, n),
    emails: n === 2 ? 900_000 : 10,
  }));

  expect(packCells(cells, 'swept').map(({ days }) => days.length)).toEqual([1, 1, 1]);
});

test.each([
  ['short', 0, 'l'],
  ['short', 12_000, 'l'],
  ['long', 3_000, 'x'.repeat(150)],
  ['foreign', 3_000, 'ü"\\'.repeat(40)],
])(
  '%s ids of %i leads go out once each, and ten messages fit in one call to SQS',
  (_, count, id) => {
    const leads = Array.from({ length: count }, (__, n) => `${id}${n}`);

    const messages = packLeads('a', leads, 'stale-leads');

    expect(messages.flatMap((message) => message.leads)).toEqual(leads);
    for (const message of messages) {
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan((1_024 * 1_024) / 10);
      expect(cellsMessage.parse(message)).toEqual(message);
    }
  },
);

test.each([
  [{ kind: 'cells', tenant_id: '', days: [], reason: 'changed' }],
  [{ kind: 'cells', tenant_id: 'a', days: ['2025-02-29'], reason: 'changed' }],
  [{ kind: 'cells', tenant_id: 'a', days: [], reason: 'because' }],
  [{ kind: 'cells', tenant_id: 'a', days: [], reason: 'changed', more: 1 }],
  [{ kind: 'cells', tenant_id: 'a', days: [], leads: [''], reason: 'changed' }],
  [{ kind: 'reconcile', tenant_id: 'a', scheduled_time: 'today' }],
])('%j is no message of ours', (message) => {
  expect(cellsMessage.safeParse(message).success).toBe(false);
  expect(reconcileMessage.safeParse(message).success).toBe(false);
});
