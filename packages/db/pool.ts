import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, neonConfig, types, type PoolClient } from '@neondatabase/serverless';
import { Failure } from '@rookery/kernel/failure';
import { normalise, isRetryable } from './fault.ts';
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

/** The tenant whose rows a transaction may see and write; without one it sees no tenant's rows. */
export type Scope = { readonly tenantId: string };

/** A pool of connections to one database as one role. */
export type Db = Session & {
  /** Runs `work` in one transaction; deadlocks and serialization failures are retried up to three times. */
  readonly transaction: <T>(work: (tx: Session) => Promise<T>, scope?: Scope) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Where to connect. `proxyPort` is the loopback WebSocket proxy used when the server is a plain Postgres. */
export type DbOptions = {
  readonly url: string;
  readonly proxyPort?: number | undefined;
  readonly max?: number;
  readonly applicationName?: string;
};

const int8 = 20;
const date = 1082;
const dateArray = 1182;
// Counters stay below 2^53; days stay text, because a Date would drag a zone into them.
types.setTypeParser(int8, Number);
types.setTypeParser(date, (text: string) => text);
types.setTypeParser(dateArray, (text: string) =>
  text === '{}' ? [] : text.slice(1, -1).split(','),
);

// A plain Postgres has no TLS and no password-pipelining; coalescing writes costs 1.2 ms a query on loopback.
const throughProxy = (port: number) => ({
  wsProxy: (host: string, target: string | number) =>
    `127.0.0.1:${port}/?address=${host}:${target}`,
  useSecureWebSocket: false,
  pipelineTLS: false,
  pipelineConnect: false as const,
  coalesceWrites: false,
});

/** Sends every connection of this process through the WebSocket proxy on loopback (a plain Postgres needs it). */
export const useProxy = (port: number): void => {
  Object.assign(neonConfig, throughProxy(port));
};

const session = (client: Pick<PoolClient, 'query'>): Session => ({
  query: async <P, C extends Columns>(statement: Statement<P, C>, params: P) => {
    const { name, text, values } = compile(statement.sql(params));
    try {
      const result = await client.query({ name, text, values });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- test/contracts/statements proves the row
      return result.rows as RowOf<C>[];
    } catch (error) {
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

// One round trip opens the transaction and sets its tenant; the setting ends with the transaction.
const opening = (client: PoolClient, scope: Scope | undefined): string =>
  scope === undefined
    ? 'begin'
    : `begin; select set_config('app.tenant_id', ${client.escapeLiteral(scope.tenantId)}, true)`;

const attempts = 4;

/**
 * Opens a pool through the Neon driver, in the cloud and on a laptop alike.
 * Errors come out of fault.ts: an unreachable database is a Failure of kind `unavailable`.
 */
export const openDb = ({ url, proxyPort, max = 4, applicationName = 'rookery' }: DbOptions): Db => {
  if (!URL.canParse(url))
    throw new Failure('invalid', 'database-url-malformed', 'the database URL is not a URL');
  if (proxyPort !== undefined) useProxy(proxyPort);
  const pool = new Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: applicationName,
  });
  // An idle connection that the server closes must not crash the process; the next query reports it.
  pool.on('error', () => {});
  // A connection cut while it is in use also emits on its client; the query in hand rejects with the same error.
  pool.on('connect', (client: PoolClient) => client.on('error', () => {}));

  const connect = async (): Promise<PoolClient> => {
    try {
      return await pool.connect();
    } catch (error) {
      throw normalise(error, 'connect');
    }
  };

  const once = async <T>(work: (tx: Session) => Promise<T>, scope?: Scope): Promise<T> => {
    const client = await connect();
    let broken: Error | undefined;
    try {
      await client.query(opening(client, scope));
      const result = await work(session(client));
      await client.query('commit');
      return result;
    } catch (error) {
      const fault = normalise(error, 'transaction');
      // When even the rollback fails the connection is unusable: destroy it instead of returning it.
      await client.query('rollback').catch((lost: unknown) => {
        broken = lost instanceof Error ? lost : new Error('connection lost');
      });
      throw fault;
    } finally {
      client.release(broken);
    }
  };

  return {
    query: async (statement, params) => {
      const client = await connect();
      let broken: Error | undefined;
      try {
        return await session(client).query(statement, params);
      } catch (error) {
        if (error instanceof Failure && error.kind === 'unavailable') broken = error;
        throw error;
      } finally {
        client.release(broken);
      }
    },
    script: async (text) => {
      const client = await connect();
      try {
        await session(client).script(text);
      } finally {
        client.release();
      }
    },
    transaction: async (work, scope) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(work, scope);
        } catch (error) {
          if (!isRetryable(error) || attempt >= attempts) throw error;
          await sleep(2 ** attempt * 10 * (0.5 + Math.random()));
        }
      }
    },
    close: async () => {
      await pool.end();
    },
  };
};
