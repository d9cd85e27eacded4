import type { PoolClient } from '@neondatabase/serverless';
import { normalise } from './fault.ts';
import { compile, type Columns, type RowOf, type Statement } from './statement.ts';

/** Anything statements can be run on: the pool itself, or one transaction. */
export type Session = {
  /** Runs one statement and returns its rows. */
  readonly query: <P, C extends Columns>(
    statement: Statement<P, C>,
    params: P,
  ) => Promise<RowOf<C>[]>;
  /** Runs a script of several statements without parameters: migrations and tests only. */
  readonly script: (text: string) => Promise<void>;
};

/** The tenant whose rows a transaction may see and write, without one it sees no tenant's rows; and the role that asks. */
export type Scope = { readonly tenantId: string; readonly role?: string };

// The names a connection may not use again. A pooler that keeps prepared statements (PgBouncer, and so Neon) remembers the name of
// one whose Parse failed, as the driver does not: to prepare it again there is answered by the end of the connection.
const spoilt = new WeakMap<object, Set<string>>();

const spoil = (client: object, name: string): void => {
  spoilt.set(client, (spoilt.get(client) ?? new Set()).add(name));
};

/** The statements of one connection; its errors come out of fault.ts. */
export const session = (client: Pick<PoolClient, 'query'>): Session => ({
  query: async <P, C extends Columns>(statement: Statement<P, C>, params: P) => {
    const { name, text, values } = compile(statement.sql(params));
    try {
      // Without a name nothing is kept. plan_cache_mode would do so too, and have the check of each foreign key planned: a
      // storm of 10,000 alerts took twice as long (2026-11).
      const isKept = statement.planned !== 'each-time' && spoilt.get(client)?.has(name) !== true;
      const result = await client.query({ ...(isKept ? { name } : {}), text, values });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- test/contracts/statements proves the row
      return result.rows as RowOf<C>[];
    } catch (error) {
      spoil(client, name);
      throw normalise(error, statement.title);
    }
  },
  script: async (text) => {
    try {
      await client.query(text);
    } catch (error) {
      throw normalise(error, 'script');
    }
  },
});

/** The statement that sets the tenant and the role for the rest of the transaction; the settings end with it. */
export const settings = (client: PoolClient, { tenantId, role }: Scope): string =>
  `select set_config('app.tenant_id', ${client.escapeLiteral(tenantId)}, true)` +
  (role === undefined ? '' : `, set_config('app.role', ${client.escapeLiteral(role)}, true)`);

/** Ends the transaction and gives the connection back; one on which even that fails is destroyed. Never rejects. */
export const end = async (client: PoolClient, how: 'commit' | 'rollback'): Promise<void> => {
  let broken: Error | undefined;
  try {
    await client.query(how);
  } catch (lost) {
    broken = lost instanceof Error ? lost : new Error('connection lost');
  }
  client.release(broken);
};
