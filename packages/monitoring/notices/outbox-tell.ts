import type { Db } from '@rookery/db/pool';
import { Failure, isPassing, isPermanent } from '@rookery/kernel/failure';
import type { Parcel, Verdict } from './channels/outgoing.ts';
import { carry, type Carriers } from './outbox-carry.ts';
import { channelOf, parcelOf } from './outbox-parcel.ts';
import {
  noteFailed,
  noteSent,
  putOff,
  takeNotice,
  writeInApp,
  type Attempt,
  type Taken,
} from './outbox.sql.ts';
import { leaseSeconds, nextAttempt } from './outbox.ts';
import type { Seal } from './targets.ts';

/** What notices are sent with. */
export type Desk = {
  /** A pool of rookery_ops. */
  readonly ops: Db;
  readonly unseal: Seal['unseal'];
  readonly carriers: Carriers;
  readonly dashboardUrl: string | null;
  readonly now: () => Date;
  readonly chance: () => number;
};

/** How an attempt ended; `none`: another has it, or had it, and what this one says counts for nothing. */
export type Ending = 'none' | 'sent' | 'again' | 'failed';

const noteTaken = async (
  { ops, now }: Desk,
  attempt: Attempt,
  note: { readonly providerId: string | null; readonly remark: string | null },
): Promise<Ending> => {
  await ops.query(noteSent, { ...attempt, now: now(), ...note });
  return 'sent';
};

const putInInbox = (
  { ops, now }: Desk,
  attempt: Attempt,
  { recipient, alertIds, content }: Parcel,
  { title, body }: { readonly title: string; readonly body: string },
): Promise<Ending> =>
  ops.transaction<Ending>(async (tx) => {
    const { severity } = content;
    const row = { recipient, title, body, severity, alertIds };
    await tx.query(writeInApp, { ...attempt, now: now(), row });
    await tx.query(noteSent, { ...attempt, now: now(), providerId: null, remark: null });
    return 'sent';
  });

const noteVerdict = async (
  desk: Desk,
  attempt: Attempt,
  { verdict, decidedAt }: { readonly verdict: Verdict; readonly decidedAt: Date },
): Promise<Ending> => {
  if (verdict.outcome === 'taken')
    return noteTaken(desk, attempt, { providerId: verdict.providerId, remark: null });
  const { ops, now, chance } = desk;
  const { problem } = verdict;
  if (verdict.outcome === 'permanent') {
    const failed = await ops.query(noteFailed, { ...attempt, problem });
    return failed.length === 0 ? 'none' : 'failed';
  }
  const { retryAfterSeconds } = verdict;
  const failed = {
    attempt: attempt.attempt,
    decidedAt,
    now: now(),
    retryAfterSeconds,
    chance: chance(),
  };
  const next = nextAttempt(failed);
  if (next !== null) {
    const off = await ops.query(putOff, { ...attempt, next, problem });
    return off.length === 0 ? 'none' : 'again';
  }
  await ops.query(noteFailed, {
    ...attempt,
    problem: `tried for three days, the last time: ${problem}`,
  });
  return 'failed';
};

// How an attempt that was made is to be noted: after this nothing is sent any more.
const made = async (desk: Desk, attempt: Attempt, taken: Taken): Promise<() => Promise<Ending>> => {
  const { compose } = channelOf(taken);
  const parcel = await parcelOf(desk, taken, attempt);
  const outgoing = compose(parcel);
  if (outgoing.by === 'in-app') return () => putInInbox(desk, attempt, parcel, outgoing);
  if (outgoing.by === 'nothing')
    return () => noteTaken(desk, attempt, { providerId: null, remark: outgoing.why });
  const verdict = await carry(desk.carriers, outgoing);
  return () => noteVerdict(desk, attempt, { verdict, decidedAt: taken.created_at });
};

// Only our own messages are kept: others may quote what was sent.
const verdictOn = (error: unknown): Verdict => {
  const problem =
    error instanceof Failure ? error.message : 'it failed here; look at the log of notify';
  return isPermanent(error)
    ? { outcome: 'permanent', problem }
    : { outcome: 'temporary', problem, retryAfterSeconds: null };
};

// A connection that broke meanwhile must not cost a second notice; noting it again changes nothing.
const noted = (note: () => Promise<Ending>): Promise<Ending> =>
  note().catch((error: unknown) => {
    if (isPassing(error)) return note();
    throw error;
  });

/**
 * Makes one attempt at one notice. Of two that come for the same attempt one sends; whoever is cut off between sending and
 * noting it leaves the notice to the next attempt, and then it is told twice, under the same id. Notes what fails and when
 * to try again; faults of our own are thrown after that.
 */
export const tell = async (desk: Desk, attempt: Attempt): Promise<Ending> => {
  const [taken] = await desk.ops.query(takeNotice, { ...attempt, now: desk.now(), leaseSeconds });
  if (taken === undefined) return 'none';
  const { created_at: decidedAt } = taken;
  const result = await made(desk, attempt, taken).then(
    (note) => ({ note, error: null }),
    (error: unknown) => ({
      note: () => noteVerdict(desk, attempt, { verdict: verdictOn(error), decidedAt }),
      error,
    }),
  );
  const ending = await noted(result.note);
  if (result.error !== null && !(result.error instanceof Failure)) throw result.error;
  return ending;
};
