import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parcelsOf } from './parcels.ts';

const bytesOf = (thing: number): number => thing;
const weight = (parcel: readonly number[], frame: number): number =>
  parcel.reduce((sum, thing) => sum + thing, frame);

test('nothing is lost or moved, and no parcel is larger than allowed but for one of a single thing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 130 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 9 }),
      (things, most) => {
        const parcels = parcelsOf(things, { most, mostBytes: 110, frame: 10 }, bytesOf);

        expect(parcels.flat()).toEqual(things);
        for (const parcel of parcels) {
          expect(parcel.length).toBeLessThanOrEqual(most);
          expect(weight(parcel, 10) <= 110 || parcel.length === 1).toBe(true);
        }
        // As few as their order allows: what opens a parcel had no room in the one before.
        for (const [n, parcel] of parcels.entries()) {
          const before = parcels[n - 1];
          if (before === undefined) continue;
          const together = weight(before, 10) + parcel[0]!;
          expect(before.length === most || together > 110).toBe(true);
        }
      },
    ),
  );
});

test('a parcel may be full to the byte, and not a byte more', () => {
  const bounds = { most: 9, mostBytes: 30, frame: 10 };

  expect(parcelsOf([10, 10], bounds, bytesOf)).toEqual([[10, 10]]);
  expect(parcelsOf([10, 11], bounds, bytesOf)).toEqual([[10], [11]]);
  expect(parcelsOf([], bounds, bytesOf)).toEqual([]);
});
