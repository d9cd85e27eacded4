import type { Session } from '@rookery/db/pool';
import type { Fresh } from './ask.ts';
import {
  freshNow,
  lastReconciliation,
  ledgerOf,
  recentDays,
  type TenantAsk,
} from './freshness.sql.ts';
import { firstOf } from './reading.ts';

/**
 * What the state of the facts is judged by; `drift`: days that differed at the last reconciliation, null before one;
 * `pending`: days and leads that are known to have changed and were not counted since.
 */
export type Judged = Fresh & {
  readonly daysKnown: number;
  readonly drift: number | null;
  readonly pending: { readonly days: number; readonly leads: number };
};

/** The state of the facts, and why in a sentence. */
export type Verdict = {
  readonly state: 'current' | 'behind' | 'drifting' | 'unknown';
  readonly summary: string;
};

// Twice the widest cadence at which a running stage looks for changes (infra/topology.ts: 5 and 30 minutes).
const behindAfterMs = 60 * 60_000;

const many = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const waiting = ({ days, leads }: Judged['pending']): string => {
  const parts = [days > 0 ? many(days, 'day') : '', leads > 0 ? many(leads, 'lead') : ''];
  return `${parts.filter(Boolean).join(' and ')} with changes`;
};

/**
 * Judges how fresh facts are: drift outweighs lateness, and what was never counted outweighs both. Pending work holds
 * `complete_through` back to before it was found, so that what waits for an hour is late by more.
 */
export const judge = ({ as_of, complete_through, daysKnown, drift, pending }: Judged): Verdict => {
  const waits = pending.days + pending.leads > 0;
  if (complete_through === null)
    return {
      state: 'unknown',
      summary: waits
        ? `Nothing was counted completely yet: ${waiting(pending)} still to be counted for the first time.`
        : 'No run has found every change of this tenant yet; the first complete one will tell.',
    };
  if (daysKnown === 0)
    return { state: 'unknown', summary: 'No day has been counted yet: nothing was sent so far.' };
  const until = complete_through.toISOString();
  if (drift !== null && drift > 0)
    return {
      state: 'drifting',
      summary: `The last comparison with the e-mails found ${drift} ${drift === 1 ? 'day' : 'days'} that differed without a reason; they are counted again, and the next comparison tells whether that mended them.`,
    };
  if (as_of.getTime() - complete_through.getTime() > behindAfterMs)
    return {
      state: 'behind',
      summary: waits
        ? `Changes since ${until} may be missing: ${waiting(pending)} not counted yet.`
        : `Changes since ${until} may be missing: more than an hour is not in the figures yet.`,
    };
  const complete = `Every change before ${until} is in the figures`;
  return {
    state: 'current',
    summary: waits ? `${complete}; ${waiting(pending)} still to be counted.` : `${complete}.`,
  };
};

/** How fresh the facts of a tenant are, and when each recent day was counted. */
export const freshnessOf = async (session: Session, ask: TenantAsk) => {
  const { as_of, complete_through } = firstOf(await session.query(freshNow, ask));
  const ledger = firstOf(await session.query(ledgerOf, ask));
  const days = await session.query(recentDays, ask);
  const [last] = await session.query(lastReconciliation, ask);
  const fresh = { as_of, complete_through };
  return {
    body: {
      ...judge({
        ...fresh,
        daysKnown: ledger.days_known,
        drift: last?.drift ?? null,
        pending: { days: ledger.days_pending, leads: ledger.leads_pending },
      }),
      ...ledger,
      last_aggregated_at: ledger.last_aggregated_at?.toISOString() ?? null,
      pending_since: ledger.pending_since?.toISOString() ?? null,
      reconciliation:
        last === undefined ? null : { ...last, reconciled_at: last.reconciled_at.toISOString() },
      data: days.map((day) => ({ ...day, aggregated_at: day.aggregated_at.toISOString() })),
    },
    fresh,
  };
};
