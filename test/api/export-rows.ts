import { createHash } from 'node:crypto';
import type { Db } from '@rookery/db/pool';
import type { Endpoint } from '@rookery/http/contract';
import { ask as rowsOf, askOne } from '../scenarios/ask.ts';
import { everyRead, type Values } from './questions.ts';

type Row = Readonly<Record<string, unknown>>;

/** The operations that answer with a table while they read it. */
export const streaming = everyRead.filter(([, { endpoint }]) =>
  endpoint.path.startsWith('/v1/exports/'),
);

/** A range that holds all that is seeded. */
export const whole = { from: '2024-01-01', to: '2030-01-01' };

/** The columns of an export by its contract. */
export const columnsOf = ({ rows }: Endpoint): string[] => Object.keys(rows?.shape ?? {});
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The table of an export: the one that has its columns, and the fewest others. */
export const tableOf = async (admin: Db, endpoint: Endpoint): Promise<string> => {
  const list = columnsOf(endpoint).map(quoted).join(', ');
  const { name } = await askOne<{ name: string }>(
    admin,
    `select format('olap.%I', c.relname) as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'olap'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped
     group by c.relname having count(*) filter (where a.attname in (${list})) = ${columnsOf(endpoint).length}
     order by count(*) limit 1`,
  );
  return name;
};

const rangeColumn = (endpoint: Endpoint): string =>
  columnsOf(endpoint).includes('day') ? 'day' : 'last_day';

// As the API writes them: instants to the millisecond.
const normal = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
        ? new Date(value).toISOString()
        : value,
    ]),
  );

/** The rows of an export as the superuser reads them from its table. */
export const stored = async (
  admin: Db,
  endpoint: Endpoint,
  tenantId: string,
  { from = '', to = '' }: Values,
): Promise<Row[]> => {
  const column = rangeColumn(endpoint);
  const rows = await rowsOf<Row>(
    admin,
    `select ${columnsOf(endpoint).join(', ')} from ${await tableOf(admin, endpoint)}
     where tenant_id = ${quoted(tenantId)} and ${column} >= ${quoted(from)} and ${column} < ${quoted(to)}`,
  );
  return rows.map(normal);
};

/** A hash of rows, whatever their order and that of their columns. */
export const printOf = (rows: readonly Row[]): string => {
  const lines = rows.map((row) =>
    JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
};

/** The rows of an NDJSON text. */
export const ndjson = (text: string): Row[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);

/** Copies one row of the tenant `model` under other ids: a tenant with exactly so many rows. */
export const bulk = async (
  admin: Db,
  endpoint: Endpoint,
  tenantId: string,
  model: string,
  count: number,
): Promise<void> => {
  const table = await tableOf(admin, endpoint);
  const key = columnsOf(endpoint).find((name) => name.endsWith('_id')) ?? '';
  const columns = (
    await rowsOf<{ name: string }>(
      admin,
      `select attname as name from pg_attribute where attrelid = ${quoted(table)}::regclass
       and attnum > 0 and not attisdropped and attname not in ('id', 'tenant_id')`,
    )
  ).map(({ name }) => name);
  const values = columns.map((name) =>
    name === key ? `'row-' || lpad(g::text, 6, '0')` : name === 'billing_id' ? 'null' : `t.${name}`,
  );
  await admin.script(
    `insert into ${table} (tenant_id, ${columns.join(', ')})
     select ${quoted(tenantId)}, ${values.join(', ')}
     from (select * from ${table} where tenant_id = ${quoted(model)} and ${rangeColumn(endpoint)} >= '2024-01-01' limit 1) t,
       generate_series(1, ${count}) g`,
  );
};
