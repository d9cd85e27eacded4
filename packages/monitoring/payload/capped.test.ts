import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { capped } from './capped.ts';

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('what fits stays as it is; what does not, fits afterwards and says so', () => {
  const large = fc.array(
    fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.string({ unit: 'binary', minLength: 200, maxLength: 2_000 }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(large, fc.integer({ min: 64, max: 5_000 }), (value, limit) => {
      const kept = capped(value, limit);
      expect(bytes(kept)).toBeLessThanOrEqual(limit);
      const whole = bytes(value) <= limit;
      expect(kept === value).toBe(whole);
      expect(whole || JSON.stringify(kept).includes('[cut]')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('long texts are cut before whole fields are', () => {
  const kept = capped({ html: 'é'.repeat(9_000), status: 500, ok: false });
  expect(kept).toEqual({ html: expect.stringMatching(/^é+… \[cut\]$/), status: 500, ok: false });
  expect(
    capped(
      Array.from({ length: 5_000 }, () => 12345),
      100,
    ),
  ).toContainEqual('[cut] 4994');
});
