import type { PoolClient } from '@neondatabase/serverless';
import { normalise } from './fault.ts';
import { retried } from './retry.ts';
import { end, session, settings, type Scope, type Session } from './session.ts';

/** How often a tenant may do something: on average `perMinute`, and `burst` at once; `name` is the class of requests. */
export type Allowance = {
  readonly name: string;
  readonly perMinute: number;
  readonly burst: number;
};

/** What is left of an allowance after a request: `limit` at once when it is whole. Seconds are whole, rounded up. */
export type Spent = {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
};

/** Who reads, and the allowance that the read is taken from. With `snapshot` all statements see the same moment. */
export type ReadScope = Scope & { readonly allowance: Allowance; readonly snapshot?: true };

/** What was read, or when to ask again because the allowance is used up. */
export type Read<T> =
  | { readonly allowed: true; readonly spent: Spent; readonly value: T }
  | { readonly allowed: false; readonly spent: Spent; readonly retryAfterSeconds: number };

type SpendRow = {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly reset_seconds: number;
  readonly retry_after_seconds: number;
};

const opening = (client: PoolClient, scope: ReadScope): string =>
  `begin transaction ${scope.snapshot === true ? 'isolation level repeatable read, ' : ''}read only; ${settings(client, scope)}`;

// One message, one round trip. The spending commits by itself: a slow read must not keep the tenant's others waiting.
const spending = (client: PoolClient, scope: ReadScope): string => {
  const { name, perMinute, burst } = scope.allowance;
  const given = [name, String(perMinute), String(burst)].map((v) => client.escapeLiteral(v));
  return [
    'begin',
    settings(client, scope),
    `select allowed, remaining, reset_seconds, retry_after_seconds from olap.spend(${given.join(', ')})`,
    'commit',
    opening(client, scope),
  ].join('; ');
};

const spend = async (client: PoolClient, scope: ReadScope): Promise<SpendRow> => {
  const results: unknown = await client.query(spending(client, scope));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a message of several statements answers with a list, which the driver's types do not know
  const [, , spent] = results as readonly { readonly rows: readonly SpendRow[] }[];
  const row = spent?.rows[0];
  if (row === undefined) throw new Error('olap.spend returned no row');
  return row;
};

/**
 * Reads in a read only transaction of one tenant, one round trip more than the statements alone; see Db.read.
 * The commit is sent and not waited for: it has nothing to lose, and the connection is given back when it is through.
 */
export const read = async <T>(
  connect: () => Promise<PoolClient>,
  scope: ReadScope,
  work: (tx: Session, spent: Spent, lost: AbortSignal) => Promise<T>,
): Promise<Read<T>> => {
  // Taken once, however often the read has to be tried again.
  let row: SpendRow | undefined;
  return retried(async () => {
    const client = await connect();
    const lost = new AbortController();
    const onLost = (error: unknown): void => lost.abort(normalise(error, 'read'));
    client.once('error', onLost);
    try {
      if (row === undefined) row = await spend(client, scope);
      else await client.query(opening(client, scope));
      const { allowed, remaining, reset_seconds, retry_after_seconds } = row;
      const spent = { limit: scope.allowance.burst, remaining, resetSeconds: reset_seconds };
      const answer: Read<T> = allowed
        ? { allowed, spent, value: await work(session(client), spent, lost.signal) }
        : { allowed, spent, retryAfterSeconds: retry_after_seconds };
      void end(client, 'commit');
      return answer;
    } catch (error) {
      const fault = normalise(error, 'read');
      await end(client, 'rollback');
      throw fault;
    } finally {
      client.off('error', onLost);
    }
  });
};
