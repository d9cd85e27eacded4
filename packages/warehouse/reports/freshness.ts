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

/** What the state of the facts is judged by; `drift`: days that differed at the last reconciliation, null before one. */
export type Judged = Fresh & { readonly daysKnown: number; readonly drift: number | null };

/** The state of the facts, and why in a sentence. */
export type Verdict = {
  readonly state: 'current' | 'behind' | 'drifting' | 'unknown';
  readonly summary: string;
};

// Twice the widest cadence at which a running stage looks for changes (infra/topology.ts: 5 and 30 minutes).
const behindAfterMs = 60 * 60_000;

/** Judges how fresh facts are: drift outweighs lateness, and what was never counted outweighs both. */
export const judge = ({ as_of, complete_through, daysKnown, drift }: Judged): Verdict => {
  if (complete_through === null)
    return {
      state: 'unknown',
      summary: 'No run has found every change yet; the first complete one will tell.',
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
      summary: `Changes since ${until} may be missing: more than an hour is not in the figures yet.`,
    };
  return { state: 'current', summary: `Every change before ${until} is in the figures.` };
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
      ...judge({ ...fresh, daysKnown: ledger.days_known, drift: last?.drift ?? null }),
      ...ledger,
      last_aggregated_at: ledger.last_aggregated_at?.toISOString() ?? null,
      reconciliation:
        last === undefined ? null : { ...last, reconciled_at: last.reconciled_at.toISOString() },
      data: days.map((day) => ({ ...day, aggregated_at: day.aggregated_at.toISOString() })),
    },
    fresh,
  };
};
