import type { Field, RowWith, SetName } from './field.sql.ts';

/** Fields of a thing by column, some of them: what is left out stays. */
export type Some<F> = { readonly [K in keyof F]?: F[K] | undefined };

/** Fields with some of them replaced. */
export const merged = <F extends object>(before: F, wish: Some<F>): F => ({
  ...before,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is undefined is left out, so all is of F
  ...(Object.fromEntries(
    Object.entries(wish).filter(([, value]) => value !== undefined),
  ) as Partial<F>),
});

/** Picks the fields of a row that people set. */
export const fieldsSet = <F extends Readonly<Record<string, Field>>>(
  fields: F,
): ((row: RowWith<F>) => Pick<RowWith<F>, SetName<F>>) => {
  const names = Object.entries(fields).flatMap(([name, { put }]) =>
    put === undefined ? [] : name,
  );
  return (row) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names that SetName<F> has
    Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))) as Pick<
      RowWith<F>,
      SetName<F>
    >;
};

/** An instant as its column is read: UTC with microseconds; a finer one is cut to milliseconds. */
export const written = (instant: string): string =>
  new Date(instant).toISOString().replace('Z', '000Z');
