import * as z from 'zod';
import type { Db } from '@rookery/db/pool';
import { giveUpLost, readDue } from './outbox.sql.ts';

/** One attempt at one notice, on the queue `notify`. */
export const notifyMessage = z.strictObject({
  tenant_id: z.string().min(1).max(200),
  notice_id: z.string().min(1).max(200),
  attempt: z.int().min(1),
});

/** One of them, parsed. */
export type NotifyMessage = z.infer<typeof notifyMessage>;

/** What the relay works with: `ops` is a pool of rookery_ops, `send` resolves when the queue has taken all. */
export type Relay = {
  readonly ops: Db;
  readonly send: (messages: readonly NotifyMessage[]) => Promise<void>;
  readonly now: Date;
};

/** Longer than the function of the queue may run, so that nobody takes a notice from one who is still at it. */
export const leaseSeconds = 90;

const mostDue = 5_000;
const mostLost = 30;
const firstDelaySeconds = 10;
const growth = 4;
const longestDelaySeconds = 3 * 3_600;
const patienceSeconds = 3 * 86_400;

/**
 * Sends every due notice to the queue, in one message for its next attempt; returns how many. Until its attempt is taken a
 * notice stays due: a message that was lost, or never sent, is sent again by the next run, and a second one finds the
 * attempt taken.
 */
export const relay = async ({ ops, send, now }: Relay): Promise<{ relayed: number }> => {
  const problem = `whoever sent it ended ${mostLost} times without a word; look at the log of notify`;
  await ops.query(giveUpLost, { now, most: mostLost, problem });
  const due = await ops.query(readDue, { now, most: mostDue });
  await send(due.map(({ tenant_id, id, attempt }) => ({ tenant_id, notice_id: id, attempt })));
  return { relayed: due.length };
};

/** A failed attempt: which one, of a notice decided when, and how long the channel asks to be left alone. */
export type Failed = {
  readonly attempt: number;
  readonly decidedAt: Date;
  readonly now: Date;
  readonly retryAfterSeconds: number | null;
  /** A number in `[0, 1)`, so that those that failed together do not come back together. */
  readonly chance: number;
};

/**
 * When a notice is tried again: after 10 s, then ever longer, up to 3 hours, half of it by chance, and not before the
 * channel wants it. Null once it was tried for three days.
 */
export const nextAttempt = (failed: Failed): Date | null => {
  const { attempt, decidedAt, now, retryAfterSeconds, chance } = failed;
  const longest = Math.min(longestDelaySeconds, firstDelaySeconds * growth ** (attempt - 1));
  const asked = Math.min(retryAfterSeconds ?? 0, 8 * longestDelaySeconds);
  const seconds = Math.max(longest * (0.5 + chance / 2), asked);
  const next = new Date(now.getTime() + seconds * 1_000);
  return next.getTime() > decidedAt.getTime() + patienceSeconds * 1_000 ? null : next;
};
