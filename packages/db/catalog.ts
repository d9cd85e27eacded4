import { policiesOf, privilegesOf, rolesOf } from './access.sql.ts';
import {
  columnsOf,
  constraintsOf,
  enumsOf,
  extensionsOf,
  functionsOf,
  indexesOf,
  schemasOf,
  sequencesOf,
  tablesOf,
  triggersOf,
} from './catalog.sql.ts';
import type { Session } from './pool.ts';
import type { Columns, RowOf, Statement } from './statement.ts';

type Rows<S> =
  S extends Statement<readonly string[], infer C extends Columns> ? readonly RowOf<C>[] : never;

/** All that `document.ts` needs to know about the database, read from pg_catalog in a fixed order. */
export type Catalog = {
  readonly schemas: Rows<typeof schemasOf>;
  readonly extensions: Rows<typeof extensionsOf>;
  readonly roles: Rows<typeof rolesOf>;
  readonly enums: Rows<typeof enumsOf>;
  readonly sequences: Rows<typeof sequencesOf>;
  readonly tables: Rows<typeof tablesOf>;
  readonly columns: Rows<typeof columnsOf>;
  readonly constraints: Rows<typeof constraintsOf>;
  readonly indexes: Rows<typeof indexesOf>;
  readonly triggers: Rows<typeof triggersOf>;
  readonly functions: Rows<typeof functionsOf>;
  readonly policies: Rows<typeof policiesOf>;
  readonly privileges: Rows<typeof privilegesOf>;
};

/** The schemas of the warehouse database; one that does not exist yet is simply empty. */
export const documentedSchemas: readonly string[] = ['olap', 'monitoring'];

/** Reads the catalog of the given schemas; any role may. */
export const readCatalog = async (
  db: Session,
  schemas: readonly string[] = documentedSchemas,
): Promise<Catalog> => ({
  schemas: await db.query(schemasOf, schemas),
  extensions: await db.query(extensionsOf, schemas),
  roles: await db.query(rolesOf, schemas),
  enums: await db.query(enumsOf, schemas),
  sequences: await db.query(sequencesOf, schemas),
  tables: await db.query(tablesOf, schemas),
  columns: await db.query(columnsOf, schemas),
  constraints: await db.query(constraintsOf, schemas),
  indexes: await db.query(indexesOf, schemas),
  triggers: await db.query(triggersOf, schemas),
  functions: await db.query(functionsOf, schemas),
  policies: await db.query(policiesOf, schemas),
  privileges: await db.query(privilegesOf, schemas),
});
