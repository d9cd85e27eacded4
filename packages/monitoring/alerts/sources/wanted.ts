import type { Labels, Sample, Want } from '../sample.ts';

/** A want with its place in the list. */
export type Placed = Want & { readonly place: number };

/** Wants as arrays of equal length, which a statement unnests. */
export type WantArrays = {
  readonly places: readonly number[];
  readonly tenants: readonly string[];
  readonly slots: readonly string[];
  readonly windows: readonly number[];
};

/** Wants for the example of a statement. */
export const exampleWants: WantArrays = {
  places: [0],
  tenants: ['nobody'],
  slots: ['2025-03-10T12:00:00Z'],
  windows: [5],
};

/** Wants with their places. */
export const placed = (wants: readonly Want[]): readonly Placed[] =>
  wants.map((want, place) => ({ ...want, place }));

/** The arrays of wants. */
export const arraysOf = (wants: readonly Placed[]): WantArrays => ({
  places: wants.map(({ place }) => place),
  tenants: wants.map(({ tenantId }) => tenantId),
  slots: wants.map(({ slot }) => slot.toISOString()),
  windows: wants.map(({ windowMinutes }) => windowMinutes),
});

/** The patterns that wants search for, and whether they count what has them; none is in every text. */
export const searchesOf = (wants: readonly Placed[]) => ({
  patterns: wants.map(({ search }) => search?.pattern ?? ''),
  withs: wants.map(({ search }) => search?.counts !== 'without'),
});

/** A value and what it is made of. */
export type Figure = { readonly value: number; readonly samples: number };

/** A figure of something known; null where it is not. */
export const figure = (value: number | null, samples: number): Figure | null =>
  value === null ? null : { value, samples };

/** Labels without those that have no value. */
export const labelled = (labels: Readonly<Record<string, string | null>>): Labels =>
  Object.fromEntries(
    Object.entries(labels).filter((pair): pair is [string, string] => pair[1] !== null),
  );

/** Samples out of rows that answer many wants each, every one with its own figure of the row, as of its slot. */
export const samplesOf = <R extends { readonly wants: readonly number[] }>(
  rows: readonly R[],
  wants: readonly Want[],
  labelsOf: (row: R) => Labels,
  figureOf: (want: Want, row: R) => Figure | null,
): Sample[] =>
  rows.flatMap((row) => {
    const labels = labelsOf(row);
    return row.wants.flatMap((place) => {
      const want = wants[place];
      const found = want === undefined ? null : figureOf(want, row);
      return want === undefined || found === null
        ? []
        : [{ want: place, labels, at: want.slot, ...found }];
    });
  });
