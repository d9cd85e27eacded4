import type { Catalog } from './catalog.ts';

type Table = Catalog['tables'][number];
type Constraint = Catalog['constraints'][number];

const head = `# Data dictionary

Generated from the database's own comments by \`npm run docs\`: change the comment in a migration, not this file.
Every table with a \`tenant_id\` has forced row-level security; the whole DDL is \`packages/db/schema.sql\`.
`;

// Identifiers of the OLTP database carry no foreign key (seed 000 §4), yet these tables belong together.
const logical = [
  { from: 'campaign_analytics', to: 'sequence_step_analytics', label: 'by campaign_id' },
  { from: 'mailbox_analytics', to: 'warmup_analytics', label: 'by mailbox_id' },
  { from: 'campaign_analytics', to: 'lead_analytics', label: 'by campaign_id' },
] as const;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const of = <T extends { readonly schema: string; readonly relation: string }>(
  parts: readonly T[],
  { schema, name }: Table,
): T[] => parts.filter((part) => part.schema === schema && part.relation === name);

const keyed = (constraints: readonly Constraint[], column: string): string => {
  const kinds = constraints
    .filter(({ columns, kind }) => kind !== 'check' && columns.includes(column))
    .map(({ kind }) => ({ 'primary key': 'PK', 'foreign key': 'FK' })[kind] ?? 'UK');
  return [...new Set(kinds)].sort().join(', ');
};

const entity = (catalog: Catalog, table: Table): string => {
  const constraints = of(catalog.constraints, table);
  const columns = of(catalog.columns, table).map(({ name, type }) =>
    `    ${type.replaceAll(' ', '_')} ${name} ${keyed(constraints, name)}`.trimEnd(),
  );
  return `  ${table.name} {\n${columns.join('\n')}\n  }`;
};

const diagram = (catalog: Catalog, schema: string): string => {
  const tables = catalog.tables.filter((t) => t.schema === schema && t.kind === 'table');
  const names = new Set(tables.map(({ name }) => name));
  const foreign = catalog.constraints
    .filter((c) => c.schema === schema && c.refers_to !== null)
    .map((c) => {
      const optional = c.columns.some(
        (name) =>
          catalog.columns.find(
            (x) => x.schema === schema && x.relation === c.relation && x.name === name,
          )?.required === false,
      );
      return `  ${c.refers_to} ${optional ? '|o' : '||'}--o{ ${c.relation} : "${c.columns.join(', ')}"`;
    });
  const belonging = logical
    .filter(({ from, to }) => names.has(from) && names.has(to))
    .map(({ from, to, label }) => `  ${from} ||..o{ ${to} : "${label}"`);
  const lines = [...tables.map((table) => entity(catalog, table)), ...foreign, ...belonging];
  return `\`\`\`mermaid\nerDiagram\n${lines.join('\n')}\n\`\`\`\n\nSolid lines are foreign keys, dotted ones shared identifiers.\n`;
};

const keys = (catalog: Catalog, table: Table): string[] => {
  const constraints = of(catalog.constraints, table).map(({ kind, name, definition }) =>
    kind === 'primary key'
      ? `- ${definition.replace('PRIMARY KEY', 'primary key')}`
      : `- ${kind} \`${name}\`: \`${definition}\``,
  );
  const indexes = of(catalog.indexes, table).map(
    ({ name, definition }) => `- index \`${name}\`: \`${definition.replace(/^.* USING /, '')}\``,
  );
  const partition = table.partition_by === null ? [] : [`- partitions, \`${table.partition_by}\``];
  return [...constraints, ...indexes, ...partition];
};

const chapter = (catalog: Catalog, table: Table): string => {
  const view = table.kind !== 'table';
  const rows = of(catalog.columns, table).map(
    ({ name, type, required, comment }) =>
      `| \`${name}\` | ${type} | ${view ? '' : required ? 'no' : 'yes'} | ${cell(comment ?? '')} |`,
  );
  const listed = keys(catalog, table);
  return [
    `### ${table.schema}.${table.name}${view ? ` (${table.kind})` : table.unlogged ? ' (unlogged)' : ''}`,
    '',
    table.comment ?? '',
    '',
    '| column | type | null | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(listed.length === 0 ? [] : ['', ...listed]),
    '',
  ].join('\n');
};

/** Every table and column with its meaning, keys and a diagram, as Markdown. */
export const dataDictionary = (catalog: Catalog): string =>
  [
    head,
    ...catalog.schemas.flatMap(({ schema, comment }) => [
      `## Schema ${schema}\n\n${comment ?? ''}\n`,
      diagram(catalog, schema),
      ...catalog.enums
        .filter((type) => type.schema === schema)
        .map(({ name, labels }) => `Type \`${name}\`: ${labels.join(', ')}.\n`),
      ...catalog.tables
        .filter((table) => table.schema === schema)
        .map((table) => chapter(catalog, table)),
    ]),
  ].join('\n');
