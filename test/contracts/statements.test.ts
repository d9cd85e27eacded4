import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Client } from '@neondatabase/serverless';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  compile,
  isStatement,
  statement,
  type Columns,
  type Statement,
} from '@rookery/db/statement';
import { openWorld, type World } from '../world/world.ts';
import { filesIn, root } from './files.ts';

type Any = Statement<unknown, Columns>;

// The controls know their parameter; the checks take any.
const any = <P>(known: Statement<P, Columns>): Any => known as Any;
type Found = { readonly name: string; readonly statement: Any };

const files = filesIn('packages/**/*.sql.ts');

const found: Found[] = [];
for (const file of files) {
  const exports = (await import(join(root, file))) as Record<string, unknown>;
  for (const [name, value] of Object.entries(exports))
    if (isStatement(value))
      found.push({ name: `${relative('packages', file)} ${name}`, statement: value });
}

let world: World;
let clients: { readonly admin: Client; readonly source: Client };
let typeNames: Map<number, string>;

beforeAll(async () => {
  world = await openWorld();
  clients = {
    admin: new Client(world.url('postgres')),
    source: new Client(world.url('rookery_source')),
  };
  for (const client of Object.values(clients)) await client.connect();
  const { rows } = await clients.admin.query('select oid::int as oid, typname from pg_type');
  typeNames = new Map(rows.map(({ oid, typname }) => [oid, typname]));
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.end();
  await world.close();
});

const writes =
  /\b(insert\s+into|update\s+\S+\s+(as\s+\w+\s+)?set|delete\s+from|truncate|for\s+update|for\s+share|create|drop)\b/i;

// The columns Postgres really returns for the statement's example, as `name type` in order.
const returned = async ({ on, sql: build, example }: Any): Promise<string[]> => {
  const { text, values } = compile(build(example));
  const client = on === 'source' && !writes.test(text) ? clients.source : clients.admin;
  await client.query('begin');
  try {
    const { fields } = await client.query({ text, values });
    return fields.map(
      ({ name, dataTypeID }) => `${name} ${typeNames.get(dataTypeID) ?? dataTypeID}`,
    );
  } finally {
    await client.query('rollback');
  }
};

const declared = ({ columns }: Any): string[] =>
  Object.entries(columns).map(([name, type]) => `${name} ${type.replace('?', '')}`);

const marker = 'zq7x';
const number = 918_273_645;

// The same example with every value replaced by one that nobody would write into a statement.
const marked = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}${marker}`;
  if (typeof value === 'number') return number;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, marked(part)]));
  return value;
};

const interpolates = ({ sql: build, example }: Any): boolean => {
  let text: string;
  try {
    ({ text } = compile(build(marked(example))));
  } catch {
    // The statement chooses among its own fragments by this value and knows no such choice: nothing gets through.
    return false;
  }
  return text.includes(marker) || text.includes(String(number));
};

test('every statement is exported, so that it is checked here', async () => {
  expect(found.length).toBeGreaterThan(40);
  const hidden = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(root, file), 'utf8');
      return [...text.matchAll(/^const (\w+)[^=]*= statement\s*[<(]/gm)].map(([, name]) => [
        file,
        name,
      ]);
    }),
  );
  expect(hidden.flat()).toEqual([]);
});

describe.each(found)('$name', ({ statement }) => {
  test('returns the columns it declares', async () => {
    expect(await returned(statement)).toEqual(declared(statement));
  });

  test('binds its values', () => {
    expect(interpolates(statement)).toBe(false);
  });
});

test('no two statements share a title', () => {
  const titles = found.map(({ statement }) => statement.title);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});

describe('a wrong declaration is noticed', () => {
  const right = {
    title: 'control',
    on: 'warehouse',
    example: 'x',
    sql: (text: string) => sql`select count(*) as cells, ${text}::text as label from olap.cell`,
  } as const;

  test.each<[string, Columns, boolean]>([
    ['the right one', { cells: 'int8', label: 'text' }, true],
    ['another type', { cells: 'int4', label: 'text' }, false],
    ['another name', { sells: 'int8', label: 'text' }, false],
    ['another order', { label: 'text', cells: 'int8' }, false],
    ['a column too few', { cells: 'int8' }, false],
    ['a column too many', { cells: 'int8', label: 'text', day: 'date' }, false],
  ])('%s', async (_, columns, good) => {
    const control = any(statement({ ...right, columns }));
    const same = JSON.stringify(await returned(control)) === JSON.stringify(declared(control));
    expect(same).toBe(good);
  });

  test('a column that does not exist', async () => {
    const control = statement({
      ...right,
      columns: {},
      sql: () => sql`select nothing from olap.cell`,
    });
    await expect(returned(any(control))).rejects.toThrow(/"nothing" does not exist/);
  });

  test('a value written into the text', () => {
    const control = statement({
      ...right,
      columns: {},
      sql: (text: string) => sql`select ${sql.raw(`'${text}'`)} from olap.cell`,
    });
    expect(interpolates(any(control))).toBe(true);
  });
});
