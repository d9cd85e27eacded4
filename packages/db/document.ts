import { readCatalog, type Catalog } from './catalog.ts';
import { dataDictionary } from './dictionary.ts';
import type { Session } from './pool.ts';

type Table = Catalog['tables'][number];

const head = `-- The whole schema, generated from the migrations by \`npm run docs\`: read it, do not edit it.
-- The text after a column is its comment in the database. Partitions are made by ensure_partitions of the schema, by the
-- month in olap and as streams() says in monitoring; they are not listed, because their names follow the calendar. Each has
-- row-level security enabled and forced, and no grant: rows are reached through the parent and its policies only.
`;

const section = (title: string, blocks: readonly string[]): string[] =>
  blocks.length === 0 ? [] : [`-- ${title}\n${blocks.join('\n')}\n`];

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const privileges = (catalog: Catalog, objects: readonly string[]): string[] =>
  catalog.privileges
    .filter(({ object }) => objects.includes(object))
    .map(({ direction, object, role, privileges: list }) =>
      direction === 'grant'
        ? `grant ${list.join(', ')} on ${object} to ${role};`
        : `revoke ${list.join(', ')} on ${object} from ${role};`,
    );

const roles = (catalog: Catalog): string[] =>
  catalog.roles.flatMap(({ role, login, bypass, settings, members }) => [
    `create role ${role} ${login ? 'login' : 'nologin'}${bypass ? ' bypassrls' : ''};`,
    ...settings.map((setting) => `alter role ${role} set ${setting.replace('=', ' = ')};`),
    ...members.map((member) => `grant ${role} to ${member};`),
  ]);

const schemas = (catalog: Catalog): string[] => [
  ...catalog.extensions.map(({ extension }) => `create extension ${extension};`),
  ...catalog.schemas.flatMap(({ schema, owner, comment }) => [
    `create schema ${schema} authorization ${owner};`,
    ...(comment === null ? [] : [`comment on schema ${schema} is ${quoted(comment)};`]),
    ...privileges(catalog, [`schema ${schema}`]),
  ]),
];

const enums = (catalog: Catalog): string[] =>
  catalog.enums.map(
    ({ schema, name, labels, comment }) =>
      `create type ${schema}.${name} as enum (${labels.map(quoted).join(', ')});${comment === null ? '' : ` -- ${comment}`}`,
  );

const sequences = (catalog: Catalog): string[] =>
  catalog.sequences.flatMap(({ schema, name, cache, owned_by }) => [
    `create sequence ${schema}.${name}${cache === 1 ? '' : ` cache ${cache}`}${owned_by === null ? '' : ` owned by ${owned_by}`};`,
    ...privileges(catalog, [`sequence ${schema}.${name}`]),
  ]);

const body = (catalog: Catalog, { schema, name }: Table): string => {
  const here = (part: { readonly schema: string; readonly relation: string }): boolean =>
    part.schema === schema && part.relation === name;
  const lines = [
    ...catalog.columns.filter(here).map((column) => ({
      text: [column.name, column.type, column.required ? 'not null' : '', column.fill ?? '']
        .filter((part) => part !== '')
        .join(' '),
      comment: column.comment,
    })),
    ...catalog.constraints.filter(here).map((constraint) => ({
      text: `constraint ${constraint.name} ${lowered(constraint.definition)}`,
      comment: null,
    })),
  ];
  return lines
    .map(({ text, comment }, i) => {
      const comma = i === lines.length - 1 ? '' : ',';
      return `  ${text}${comma}${comment === null ? '' : ` -- ${comment}`}`;
    })
    .join('\n');
};

// Postgres prints its keywords in capitals; ours are lower-case. String literals keep theirs.
const lowered = (definition: string): string =>
  definition
    .split(/('(?:[^']|'')*')/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/\b[A-Z]{2,}\b/g, (w) => w.toLowerCase())))
    .join('');

const viewText = (
  catalog: Catalog,
  { schema, name, kind, options, definition }: Table,
): string[] => {
  const columns = catalog.columns.filter((c) => c.schema === schema && c.relation === name);
  const clause = options.length === 0 ? '' : ` with (${options.join(', ')})`;
  return [
    ...columns.map((column) => `--   ${column.name} ${column.type}: ${column.comment ?? ''}`),
    `create ${kind} ${schema}.${name}${clause} as\n${lowered(definition ?? '').trim()}`,
  ];
};

const tableText = (catalog: Catalog, table: Table): string[] => {
  const { schema, name } = table;
  const full = `${schema}.${name}`;
  return [
    `create ${table.unlogged ? 'unlogged ' : ''}table ${full} (\n${body(catalog, table)}\n)${table.partition_by === null ? '' : ` partition by ${lowered(table.partition_by)}`};`,
    ...catalog.indexes
      .filter((index) => index.schema === schema && index.relation === name)
      .map((index) => `${lowered(index.definition).replace(' on only ', ' on ')};`),
    ...catalog.triggers
      .filter((trigger) => trigger.schema === schema && trigger.relation === name)
      .map((trigger) => `${lowered(trigger.definition)};`),
    ...(table.row_security ? [`alter table ${full} enable row level security;`] : []),
    ...(table.forced ? [`alter table ${full} force row level security;`] : []),
    ...catalog.policies
      .filter((policy) => policy.schema === schema && policy.relation === name)
      .map(
        (policy) =>
          `create policy ${policy.name} on ${full}${policy.permissive ? '' : ' as restrictive'} for ${policy.command} to ${policy.roles.join(', ')}` +
          (policy.using === null ? '' : `\n  using (${lowered(policy.using)})`) +
          (policy.check === null ? '' : `\n  with check (${lowered(policy.check)})`) +
          ';',
      ),
  ];
};

const relation = (catalog: Catalog, table: Table): string => {
  const { schema, name, kind, comment } = table;
  const lines = kind === 'table' ? tableText(catalog, table) : viewText(catalog, table);
  return [
    `-- ${schema}.${name}${comment === null ? '' : `: ${comment}`}`,
    ...lines,
    ...privileges(catalog, [`table ${schema}.${name}`]),
    '',
  ].join('\n');
};

// The body is ours already; only what Postgres prints before it is in capitals.
const functionText = (definition: string): string => {
  const start = definition.search(/^AS \$/m);
  return `${lowered(definition.slice(0, start))}${definition.slice(start).trim().replace('AS', 'as')}`;
};

const functions = (catalog: Catalog): string[] =>
  catalog.functions.map(({ signature, definition, comment }) =>
    [
      `-- ${signature}${comment === null ? '' : `: ${comment}`}`,
      `${functionText(definition)};`,
      ...privileges(catalog, [`function ${signature}`]),
      '',
    ].join('\n'),
  );

/** The whole schema as one readable SQL text, always in the same order. */
export const schemaSql = (catalog: Catalog): string =>
  [
    head,
    ...section('Roles', roles(catalog)),
    ...section('Schemas', schemas(catalog)),
    ...section('Types', enums(catalog)),
    ...section('Sequences', sequences(catalog)),
    ...catalog.tables.map((table) => relation(catalog, table)),
    ...functions(catalog),
  ].join('\n');

/** Reads the database and writes the two generated documents: packages/db/schema.sql and docs/data-dictionary.md. */
export const documentSchema = async (
  db: Session,
): Promise<{ readonly schemaSql: string; readonly dataDictionary: string }> => {
  const catalog = await readCatalog(db);
  return { schemaSql: schemaSql(catalog), dataDictionary: dataDictionary(catalog) };
};
