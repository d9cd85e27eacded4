import type { Column, RowOf } from '@rookery/db/statement';
import { microseconds } from '../reports/cursor.sql.ts';

/** A column: the type it is read as, how it is read where its name does not say it, and the type it is written as. */
export type Field = {
  readonly is: Column;
  readonly read?: string;
  readonly put?: string;
  /** True for a column that is set when a thing changes, and not when it is made. */
  readonly late?: true;
};

/** An instant, read with its microseconds. */
export const instantField = (name: string) =>
  ({ is: 'text', read: microseconds(`s.${name}`), put: 'timestamptz' }) as const;

/** A column of JSON whose writers keep to a shape. */
export type JsonField<T> = {
  readonly is: 'jsonb';
  readonly read?: string;
  readonly put: 'jsonb';
  /** Never there: it carries the type. */
  readonly shape?: T;
};

/** A column of JSON of a shape. */
export const jsonField = <T>(read?: string): JsonField<T> => ({
  is: 'jsonb',
  put: 'jsonb',
  ...(read === undefined ? {} : { read }),
});

/** What every table of things has. */
export const setUpFields = {
  id: { is: 'varchar' },
  created_at: { is: 'text', read: microseconds('s.created_at') },
  updated_at: { is: 'text', read: microseconds('s.updated_at') },
  revision: { is: 'int4' },
} as const;

/** The columns that a thing is read with, by field. */
export type Read<F extends Readonly<Record<string, Field>>> = {
  readonly [K in keyof F]: F[K]['is'];
};

/** A thing as it is read, JSON in its shape. */
export type RowWith<F extends Readonly<Record<string, Field>>> = {
  readonly [K in keyof F]: F[K] extends JsonField<infer T> ? T : RowOf<Read<F>>[K];
};

/** Names of the fields of a thing that people set. */
export type SetName<F extends Readonly<Record<string, Field>>> = {
  [K in keyof F]: F[K] extends { readonly put: string } ? K : never;
}[keyof F];
