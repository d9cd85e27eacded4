import { sql, type RawBuilder } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { Field, Read } from './field.sql.ts';

/** One thing that people of a tenant set up. */
export type SettingAsk = { readonly tenantId: string; readonly id: string };

/** A new thing: its fields by column, and who makes it when. */
export type NewSetting = SettingAsk & {
  readonly fields: object;
  readonly createdBy: string;
  readonly now: Date;
};

/** A page of things, the newest first; a filter holds the values that it lets through, null lets all. */
export type SettingsAsk = {
  readonly tenantId: string;
  readonly filters: Readonly<Record<string, readonly string[] | null>>;
  readonly after: { readonly createdAt: string; readonly id: string } | null;
  readonly limit: number;
};

/** A table of things that people set up, with what a thing is called. */
export type Shelf<F extends Readonly<Record<string, Field>>> = {
  readonly thing: string;
  readonly table: string;
  readonly fields: F;
  /** What a page may be filtered by: a name, and the SQL of its value. */
  readonly filters: Readonly<Record<string, string>>;
  /** Whether the table says who made a thing. */
  readonly isSigned: boolean;
  /** What is set when a thing is deleted and stays in the table; null when it goes. */
  readonly onDelete: string | null;
  /** What a thing that is made again forgets of its life before, as assignments. */
  readonly onReturn?: string;
  /** A right thing, by column. */
  readonly example: object;
};

const columnsOf = <F extends Readonly<Record<string, Field>>>(fields: F): Read<F> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has the keys of F, each with the type of its field
  Object.fromEntries(Object.entries(fields).map(([name, { is }]) => [name, is])) as Read<F>;

type Puts = readonly (readonly [string, string])[];

const putsOf = (fields: Readonly<Record<string, Field>>, isNew: boolean): Puts =>
  Object.entries(fields).flatMap(([name, { put, late }]) =>
    put === undefined || (isNew && late === true) ? [] : [[name, put] as const],
  );

const given = (puts: Puts, values: object): RawBuilder<unknown> =>
  sql`jsonb_to_record(${JSON.stringify(values)}::jsonb) as g(${sql.raw(puts.map((put) => put.join(' ')).join(', '))})`;

const namesOf = (puts: Puts): RawBuilder<unknown> => sql.raw(puts.map(([name]) => name).join(', '));

const filtered = (
  known: Readonly<Record<string, string>>,
  given: SettingsAsk['filters'],
): RawBuilder<unknown>[] =>
  Object.entries(known).flatMap(([name, value]) => {
    const values = given[name] ?? null;
    return values === null ? [] : [sql`and ${sql.raw(value)} = any(${values}::text[])`];
  });

const revisionColumn = { revision: 'int4' } as const satisfies Columns;
const someone = { tenantId: 'nobody', id: 'none' };
const now = new Date('2026-01-01T00:00:00Z');

/**
 * The statements of a table of things that people set up, each with a revision: `list`, `one`, `hold`, `make`, `put` and
 * `drop`. Written columns come as one JSON object, so that a statement has one text whatever is set.
 */
export const settingStatements = <const F extends Readonly<Record<string, Field>>>(
  shelf: Shelf<F>,
) => {
  const { thing, table: name, fields, isSigned, onDelete, onReturn = '', example } = shelf;
  const columns = columnsOf(fields);
  const table = sql.raw(name);
  const [first, later] = [putsOf(fields, true), putsOf(fields, false)];
  const kept = sql.raw(onDelete === null ? '' : 'and s.deleted_at is null');
  const selected = sql.raw(
    Object.entries(fields)
      .map(([column, { read }]) => (read === undefined ? `s.${column}` : `${read} as ${column}`))
      .join(', '),
  );
  return {
    /** Things of a tenant, the newest first; one more than asked for tells that there are more. */
    list: statement<SettingsAsk, Read<F>>({
      title: `list: ${thing}`,
      on: 'warehouse',
      columns,
      example: { tenantId: 'nobody', filters: {}, after: null, limit: 50 },
      sql: ({ tenantId, filters, after, limit }) => sql`
select ${selected} from ${table} s
where s.tenant_id = ${tenantId} ${kept} ${sql.join(filtered(shelf.filters, filters), sql` `)}
  ${after === null ? sql`` : sql`and (s.created_at, s.id) < (${after.createdAt}::timestamptz, ${after.id}::text)`}
order by s.created_at desc, s.id desc limit ${limit + 1}`,
    }),
    /** One thing of a tenant. */
    one: statement<SettingAsk, Read<F>>({
      title: `read: ${thing}`,
      on: 'warehouse',
      columns,
      example: someone,
      sql: ({ tenantId, id }) => sql`
select ${selected} from ${table} s where s.tenant_id = ${tenantId} and s.id = ${id} ${kept}`,
    }),
    // Who only refers to it does not wait: with a full lock, he and one who waits for his turn to change parents wait for ever.
    /** One thing, held: nobody else changes it before this transaction has ended. */
    hold: statement<SettingAsk, Read<F>>({
      title: `hold: ${thing}`,
      on: 'warehouse',
      columns,
      example: someone,
      sql: ({ tenantId, id }) => sql`
select ${selected} from ${table} s where s.tenant_id = ${tenantId} and s.id = ${id} ${kept} for no key update`,
    }),
    // Whoever takes a removal back means the thing that was there: its row, with what hangs on it, and its first maker.
    /**
     * Makes a thing, or makes one that was deleted again, with the fields given and the next revision; no row when its id is
     * taken.
     */
    make: statement<NewSetting, typeof revisionColumn>({
      title: `make: ${thing}`,
      on: 'warehouse',
      columns: revisionColumn,
      example: { ...someone, fields: example, createdBy: 'ann', now },
      sql: ({ tenantId, id, fields: values, createdBy, now: at }) => sql`
insert into ${table} as s (tenant_id, id, ${sql.raw(isSigned ? 'created_by, ' : '')}${namesOf(first)})
select ${tenantId}, ${id}, ${isSigned ? sql`${createdBy}, ` : sql``}${namesOf(first)} from ${given(first, values)}
on conflict (tenant_id, id) do ${
        onDelete === null
          ? sql`nothing`
          : sql`update set
  (${namesOf(later)}) = (select ${namesOf(later)} from ${given(later, values)}), deleted_at = null, updated_at = ${at}::timestamptz,
  revision = s.revision + 1${sql.raw(onReturn === '' ? '' : `, ${onReturn}`)}
where s.deleted_at is not null`
      }
returning s.revision`,
    }),
    /** Writes every field of a thing that is held. */
    put: statement<
      SettingAsk & { readonly fields: object; readonly now: Date },
      typeof revisionColumn
    >({
      title: `change: ${thing}`,
      on: 'warehouse',
      columns: revisionColumn,
      example: { ...someone, fields: example, now },
      sql: ({ tenantId, id, fields: values, now: at }) => sql`
update ${table} as s set
  (${namesOf(later)}) = (select ${namesOf(later)} from ${given(later, values)}), revision = s.revision + 1, updated_at = ${at}::timestamptz
where s.tenant_id = ${tenantId} and s.id = ${id}
returning s.revision`,
    }),
    /** Deletes a thing that is held. */
    drop: statement<SettingAsk & { readonly now: Date }, typeof revisionColumn>({
      title: `delete: ${thing}`,
      on: 'warehouse',
      columns: revisionColumn,
      example: { ...someone, now },
      sql: ({ tenantId, id, now: at }) =>
        onDelete === null
          ? sql`
delete from ${table} as s where s.tenant_id = ${tenantId} and s.id = ${id} returning s.revision`
          : sql`
update ${table} as s set deleted_at = ${at}::timestamptz, updated_at = ${at}::timestamptz,
  revision = s.revision + 1${sql.raw(onDelete === '' ? '' : `, ${onDelete}`)}
where s.tenant_id = ${tenantId} and s.id = ${id}
returning s.revision`,
    }),
  };
};
