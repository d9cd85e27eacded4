import { createHash } from 'node:crypto';
import { problemOf } from '@rookery/http/problem';
import { Failure } from '@rookery/kernel/failure';
import { report, type Answer, type Request } from './api.ts';
import { database } from './database.ts';
import { keptForm, readForm } from './kept-answer.ts';
import { giveKeyBack, keepAnswer, keptAnswer, takeKey } from './idempotency.sql.ts';

/** What a request was answered: its status and its body as JSON. */
export type Done = { readonly status: number; readonly body: string };

/** A request under a key of its caller: `asked` is all that must be equal in a repeat, `attempt` names this very try. */
export type Wish = {
  readonly tenantId: string;
  readonly operation: string;
  readonly key: string;
  readonly asked: unknown;
  readonly attempt: string;
};

const retrySeconds = 2;

const running = (request: Request): Answer => {
  const problem = problemOf(
    new Failure(
      'conflict',
      'idempotency-running',
      `the first request with this key is still being worked on; repeat it in ${retrySeconds} s`,
    ),
    request,
  );
  return { ...problem, headers: { ...problem.headers, 'retry-after': String(retrySeconds) } };
};

const mismatch = (): Failure =>
  new Failure(
    'invalid',
    'idempotency-mismatch',
    'this Idempotency-Key was sent with another request; a new request needs a new key',
  );

/**
 * Does the work of a request once for all its repeats under one key, however they come; what failed is done anew.
 * A repeat gets the answer of the first; beside the running first it is told to wait, and with another wish it fails
 * with `idempotency-mismatch`. Keys are kept for 25 hours. An answer of more than 64 KiB when packed is not kept, and its
 * request is done anew: work with such answers must be harmless twice, as that of the ingestion door is, whose items count once.
 */
export const once = async (
  request: Request,
  { asked, ...wish }: Wish,
  work: () => Promise<Done>,
): Promise<Answer> => {
  const { tenantId } = wish;
  const hash = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  const db = database('api');
  const known = await db.transaction(
    async (tx) => {
      const [taken] = await tx.query(takeKey, { ...wish, hash });
      if (taken !== undefined) return null;
      const [kept] = await tx.query(keptAnswer, wish);
      return kept ?? { state: 'running', request_hash: hash, status: null, body: null };
    },
    { tenantId },
  );
  if (known !== null) {
    if (known.request_hash !== hash) throw mismatch();
    if (known.status === null || known.body === null) return running(request);
    const headers = { 'idempotency-replayed': 'true' };
    return { status: known.status, body: await readForm(known.body), headers };
  }
  const change = <T>(inside: Parameters<typeof db.transaction<T>>[0]): Promise<T | void> =>
    // What is done is done, and what failed has its own error: a key that stays taken is free again in 60 s.
    db
      .transaction(inside, { tenantId })
      .catch((error: unknown) => report(error, request.requestId));
  try {
    const done = await work();
    await change<unknown>(async (tx) => {
      const body = await keptForm(done.body);
      if (body === null) return tx.query(giveKeyBack, wish);
      return tx.query(keepAnswer, { ...wish, status: done.status, body });
    });
    return done;
  } catch (error) {
    await change((tx) => tx.query(giveKeyBack, wish));
    throw error;
  }
};
