/** The names and values of a record whose keys are known: `Object.entries` forgets them. */
export const namesOf = <K extends string, V>(
  record: Readonly<Record<K, V>>,
): readonly (readonly [K, V])[] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  Object.entries(record) as [K, V][];

/** A record of the same names with other values. */
export const mapNamed = <K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  make: (value: V, name: K) => W,
): Readonly<Record<K, W>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  Object.fromEntries(namesOf(record).map(([name, value]) => [name, make(value, name)])) as Record<
    K,
    W
  >;
