import { createHash } from 'node:crypto';
import { RawNode, ValueNode, type OperationNode, type RawBuilder } from 'kysely';
import type { Day } from '@rookery/kernel/day';

/** The Postgres types a statement may return, with what the driver makes of each. */
export type ColumnTypes = {
  bool: boolean;
  int2: number;
  int4: number;
  int8: number;
  float8: number;
  numeric: string;
  text: string;
  varchar: string;
  name: string;
  date: Day;
  timestamptz: Date;
  jsonb: unknown;
  xid8: string;
  _text: string[];
  _date: Day[];
  _int4: number[];
};

/** A column as a statement declares it; a trailing `?` says that it may be null. */
export type Column = keyof ColumnTypes | `${keyof ColumnTypes}?`;

/** The declared row of a statement: column name to Postgres type, in the order Postgres returns them. */
export type Columns = { readonly [column: string]: Column };

type Value<C> = C extends `${infer T extends keyof ColumnTypes}?`
  ? ColumnTypes[T] | null
  : C extends keyof ColumnTypes
    ? ColumnTypes[C]
    : never;

/** The row type of a statement, computed from its declared columns. */
export type RowOf<C extends Columns> = { [K in keyof C]: Value<C[K]> };

/**
 * One SQL statement: what it promises, the row it returns and the SQL itself.
 * `example` holds parameters with which it can run on an empty migrated database;
 * test/contracts runs every exported statement with them and compares the declared columns with what Postgres says.
 */
export type Statement<P, C extends Columns> = {
  readonly title: string;
  readonly on: 'warehouse' | 'source';
  readonly columns: C;
  readonly example: P;
  readonly sql: (params: P) => RawBuilder<unknown>;
  /**
   * Set where what is read or written is many rows one time and none the next: a plan that Postgres keeps expects ten of an
   * array, and as many in a table as there were when it was made. Planning takes 0.1 to 2 ms (2026-11).
   */
  readonly planned?: 'each-time';
};

/** Declares a statement; the title is the sentence a reader of logs and plans sees. */
export const statement = <P, C extends Columns>(declared: Statement<P, C>): Statement<P, C> =>
  declared;

/** True for values made by `statement`: the contract tests find them by this. */
export const isStatement = (value: unknown): value is Statement<unknown, Columns> =>
  typeof value === 'object' &&
  value !== null &&
  'columns' in value &&
  'example' in value &&
  'sql' in value &&
  typeof value.sql === 'function';

/** What goes over the wire: equal texts share a prepared statement name, so Postgres plans each once a session. */
export type Compiled = { readonly name: string; readonly text: string; readonly values: unknown[] };

const names = new Map<string, string>();
const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha1').update(text).digest('hex').slice(0, 20);
  names.set(text, name);
  return name;
};

const write = (node: OperationNode, values: unknown[]): string => {
  if (ValueNode.is(node)) return `$${values.push(node.value)}`;
  if (!RawNode.is(node))
    throw new Error(`a statement is made of sql, sql.join and sql.raw; this holds a ${node.kind}`);
  const { sqlFragments, parameters } = node;
  return sqlFragments
    .map((text, at) => {
      const next = parameters[at];
      return next === undefined ? text : text + write(next, values);
    })
    .join('');
};

/**
 * Compiles a kysely `sql` fragment to text and bound values. Kysely's own compiler knows every node of its builder, of
 * which a fragment has two: 5 KB gzipped of every function (2026-11).
 */
export const compile = (fragment: RawBuilder<unknown>): Compiled => {
  const values: unknown[] = [];
  const text = write(fragment.toOperationNode(), values);
  return { name: nameOf(text), text, values };
};
