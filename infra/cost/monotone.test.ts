import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { costOf } from './cost.ts';
import { kinds } from './stages.ts';

const count = (max: number) => fc.integer({ min: 0, max });

test('more tenants, e-mails, requests or events never cost less', () => {
  const usages = fc.record({
    kind: fc.constantFrom(...kinds),
    tenants: fc.integer({ min: 1, max: 100_000 }),
    emails: count(1e9),
    requests: count(1e9),
    events: count(1e9),
  });
  const grown = fc.constantFrom('tenants', 'emails', 'requests', 'events');
  fc.assert(
    fc.property(
      usages,
      grown,
      fc.double({ min: 1.001, max: 20, noNaN: true }),
      (usage, what, by) => {
        const more = { ...usage, [what]: Math.ceil(usage[what] * by) };

        expect(costOf(more).usd).toBeGreaterThanOrEqual(costOf(usage).usd - 1e-6);
      },
    ),
    { numRuns: 100 },
  );
});
