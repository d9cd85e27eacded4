/** What a parcel may hold, and what it weighs when it is empty; bytes of what is sent in the end. */
export type Bounds = {
  readonly most: number;
  readonly mostBytes: number;
  readonly frame: number;
};

/**
 * Packs things into as few parcels as the bounds allow, in their order. One that is heavier alone gets a parcel of its own,
 * which is heavier than allowed: who takes things in bounds their weight.
 */
export const parcelsOf = <T>(
  things: readonly T[],
  { most, mostBytes, frame }: Bounds,
  bytesOf: (thing: T) => number,
): T[][] => {
  const parcels: T[][] = [];
  let bytes = frame;
  for (const thing of things) {
    const size = bytesOf(thing);
    const current = parcels.at(-1);
    if (current === undefined || current.length === most || bytes + size > mostBytes) {
      parcels.push([thing]);
      bytes = frame + size;
    } else {
      current.push(thing);
      bytes += size;
    }
  }
  return parcels;
};
