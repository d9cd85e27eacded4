import { Pool, neonConfig, types, type PoolClient } from '@neondatabase/serverless';
import { Failure, isPassing } from '@rookery/kernel/failure';
import { normalise } from './fault.ts';
import { read, type Read, type ReadScope, type Spent } from './read.ts';
import { retried } from './retry.ts';
import { end, session, settings, type Scope, type Session } from './session.ts';

export type { Allowance, Read, ReadScope, Spent } from './read.ts';
export type { Scope, Session } from './session.ts';

/** A pool of connections to one database as one role. */
export type Db = Session & {
  /** Runs `work` in one transaction; deadlocks and serialization failures are retried up to three times. */
  readonly transaction: <T>(work: (tx: Session) => Promise<T>, scope?: Scope) => Promise<T>;
  /**
   * Takes one request from the tenant's allowance and runs `work` in a read only transaction of the tenant, unless the
   * allowance is used up: then `work` is not called. Meant for reads that are waited for: one round trip more than
   * the statements of `work`. A request stays spent when `work` fails; deadlocks are retried and spend once. `lost` is
   * aborted when the connection ends under a `work` that waits for something else than the database.
   */
  readonly read: <T>(
    scope: ReadScope,
    work: (tx: Session, spent: Spent, lost: AbortSignal) => Promise<T>,
  ) => Promise<Read<T>>;
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

// One round trip opens the transaction and sets its tenant; the setting ends with the transaction.
const opening = (client: PoolClient, scope: Scope | undefined): string =>
  scope === undefined ? 'begin' : `begin; ${settings(client, scope)}`;

// The pool serves who waits for a connection, and closes, only after the end of one that it throws away; the driver's own
// end() waits for ever when the connection has ended before.
const alreadyEnded = (done?: () => void): Promise<void> => {
  done?.();
  return Promise.resolve();
};

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
  pool.on('connect', (client: PoolClient) => {
    client.on('error', () => {});
    client.once('end', () => Object.assign(client, { end: alreadyEnded }));
  });

  const connect = async (): Promise<PoolClient> => {
    try {
      return await pool.connect();
    } catch (error) {
      throw normalise(error, 'connect');
    }
  };

  const once = async <T>(work: (tx: Session) => Promise<T>, scope?: Scope): Promise<T> => {
    const client = await connect();
    try {
      await client.query(opening(client, scope));
      const result = await work(session(client));
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      const fault = normalise(error, 'transaction');
      await end(client, 'rollback');
      throw fault;
    }
  };

  return {
    query: async (statement, params) => {
      const client = await connect();
      let broken: Error | undefined;
      try {
        return await session(client).query(statement, params);
      } catch (error) {
        if (isPassing(error)) broken = error;
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
    transaction: (work, scope) => retried(() => once(work, scope)),
    read: (scope, work) => read(connect, scope, work),
    close: async () => {
      await pool.end();
    },
  };
};
