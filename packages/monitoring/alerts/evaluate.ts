import type { Db } from '@rookery/db/pool';
import { describe, Failure } from '@rookery/kernel/failure';
import { endRuleless, forgetRuleless } from './alert.sql.ts';
import { apart } from './apart.ts';
import { conclude } from './conclude.ts';
import { askSources, duesOf, lookUp, tenantsOf, type Due } from './due.ts';
import type { Source } from './sample.ts';
import type { Edge } from './step.ts';
import { takeAlerts } from './turn.sql.ts';

/**
 * What an evaluation did: rules and series judged, alerts raised and resolved, the rules that could not be evaluated and
 * why, and the sources and tenants that failed: their rules stay due.
 */
export type Evaluated = {
  readonly rules: number;
  readonly series: number;
  readonly raised: number;
  readonly resolved: number;
  readonly problems: readonly {
    readonly tenant_id: string;
    readonly rule_id: string;
    readonly problem: string;
  }[];
  readonly failed: readonly string[];
};

/** What it is evaluated with: the moment of the event and who knows the values. */
export type Evaluation = {
  readonly at: Date;
  /** What the clock says. A slot counts once and none before it after that: one of the far future would silence its rules. */
  readonly now?: Date;
  readonly sources: readonly Source[];
  readonly edge?: Edge;
};

const byKey = (a: Due, b: Due): number =>
  a.tenantId < b.tenantId
    ? -1
    : a.tenantId > b.tenantId
      ? 1
      : a.id < b.id
        ? -1
        : Number(a.id > b.id);

const nothing = { rules: 0, series: 0, raised: 0, resolved: 0 };

// Tenants whose outcomes cannot be written cost the others nothing: their rules stay due, and say why.
const concludeAll = async (ops: Db, dues: readonly Due[], evaluation: Evaluation) => {
  const broken: Due[] = [];
  const done = await apart(tenantsOf(dues), {
    work: (tenants) => ops.transaction((tx) => conclude(tx, duesOf(dues, tenants), evaluation)),
    broken: async (tenantId, error) => {
      const problem = `what it found cannot be written: ${describe(error)}`;
      const own = duesOf(dues, [tenantId]).map((due) => ({ ...due, rule: null, problem }));
      broken.push(...own);
      return ops.transaction((tx) => conclude(tx, own, evaluation)).catch(() => nothing);
    },
  });
  return { done, broken };
};

const endGone = (ops: Db, at: Date): Promise<number> =>
  ops.transaction(async (tx) => {
    await tx.query(takeAlerts, null);
    const gone = await tx.query(forgetRuleless, null);
    if (gone.length === 0) return 0;
    const [done] = await tx.query(endRuleless, {
      at: at.toISOString(),
      tenants: gone.map(({ tenant_id: tenantId }) => tenantId),
      ids: gone.map(({ id }) => id),
      notes: gone.map(({ note }) => note),
    });
    return done?.resolved ?? 0;
  });

const mostAheadMs = 60_000;

const refuseAhead = ({ at, now = at }: Evaluation): void => {
  if (at.getTime() - now.getTime() <= mostAheadMs) return;
  const why = `the slot ${at.toISOString()} is not here yet: look at the clock, or fire it then`;
  throw new Failure('invalid', 'slot-ahead', why);
};

/**
 * Evaluates the rules of all tenants that are due at the moment of an event: once for each slot, however often, late or out
 * of order this runs, and beside itself. Needs the same number of statements for one rule and for a thousand. A source or a
 * tenant that fails costs its own rules this attempt and no others. `ops` is a pool of rookery_ops.
 */
export const evaluate = async (ops: Db, evaluation: Evaluation): Promise<Evaluated> => {
  refuseAhead(evaluation);
  const gone = await endGone(ops, evaluation.at);
  const dues = await lookUp(ops, evaluation.at);
  const { answered, failed } = await askSources(ops, evaluation.sources, dues);
  const sorted = answered.toSorted(byKey);
  const { done, broken } = await concludeAll(ops, sorted, evaluation);
  const problems = [...sorted, ...broken].flatMap(({ tenantId, id, problem }) =>
    problem === null ? [] : [{ tenant_id: tenantId, rule_id: id, problem }],
  );
  const sum = (of: (one: typeof nothing) => number): number =>
    done.reduce((all, one) => all + of(one), 0);
  return {
    rules: sum(({ rules }) => rules),
    series: sum(({ series }) => series),
    raised: sum(({ raised }) => raised),
    resolved: gone + sum(({ resolved }) => resolved),
    problems,
    failed: [...failed, ...tenantsOf(broken).map((id) => `what was found for ${id}`)],
  };
};

/** What a whole evaluation did, for the log; fails with `evaluation-incomplete`, so that the rules of what failed are tried again. */
export const whole = ({ failed, problems: faulty, ...done }: Evaluated) => {
  const whys = [...new Set(faulty.map(({ problem }) => problem))].slice(0, 3);
  if (failed.length > 0)
    throw new Failure(
      'unavailable',
      'evaluation-incomplete',
      `${failed.join(', ')} failed; ${whys.join('; ')}`,
    );
  return { ...done, faulty };
};
