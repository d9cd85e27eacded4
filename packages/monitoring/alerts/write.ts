import { createHash } from 'node:crypto';
import type { Session } from '@rookery/db/pool';
import { breachAgain } from './again.sql.ts';
import { raiseAlerts, resolveAlerts, revalueAlerts } from './alert.sql.ts';
import { windowOf } from './catalogue.ts';
import { seriesKey, type Known, type Outcome } from './judge.ts';
import { explanationOf } from './message.ts';
import type { Rule } from './rule.ts';
import type { Labels } from './sample.ts';
import { forgetSeries, placeSeries } from './state.sql.ts';
import type { Standing } from './step.ts';

/** What was found of one series of a rule at a slot. */
export type Found = { readonly rule: Rule; readonly slot: Date; readonly outcome: Outcome };

/** Identifier of the alert that a series of a rule raises at a slot: the same whenever it is worked out. */
const alertId = (rule: Rule, labels: Labels, slot: Date): string =>
  `alr_${createHash('sha256')
    .update(JSON.stringify([rule.tenantId, rule.id, seriesKey(labels), slot.toISOString()]))
    .digest('hex')
    .slice(0, 26)}`;

const keysOf = (found: readonly Found[]) => ({
  tenants: found.map(({ rule }) => rule.tenantId),
  rules: found.map(({ rule }) => rule.id),
});
const labelTexts = (found: readonly Found[]): string[] =>
  found.map(({ outcome }) => JSON.stringify(outcome.labels));
const slotsOf = (found: readonly Found[]): string[] => found.map(({ slot }) => slot.toISOString());

// numeric has a NaN, and no value is one there; see the comment on the column. It has no -0.
const valueOf = ({ outcome }: Found): number => (outcome.value ?? NaN) + 0;

const isMoved = (before: Standing | null, after: Standing): boolean =>
  before === null ||
  before.state !== after.state ||
  before.activeAt.getTime() !== after.activeAt.getTime() ||
  before.keepSince?.getTime() !== after.keepSince?.getTime();

const forget = async (tx: Session, found: readonly Found[]): Promise<void> => {
  const gone = found.filter(
    ({ outcome }) =>
      outcome.standing === null && outcome.known !== null && outcome.known.standing !== null,
  );
  if (gone.length === 0) return;
  const fingerprints = gone.map(({ outcome }) => outcome.known?.fingerprint ?? '');
  await tx.query(forgetSeries, { ...keysOf(gone), fingerprints });
};

const place = async (tx: Session, found: readonly Found[]): Promise<void> => {
  const moved = found.flatMap((one) => {
    const { standing, known } = one.outcome;
    return standing !== null && isMoved(known?.standing ?? null, standing)
      ? [{ ...one, standing }]
      : [];
  });
  if (moved.length === 0) return;
  await tx.query(placeSeries, {
    ...keysOf(moved),
    labels: labelTexts(moved),
    states: moved.map(({ standing }) => standing.state),
    activeAts: moved.map(({ standing }) => standing.activeAt.toISOString()),
    keepSinces: moved.map(({ standing }) => standing.keepSince?.toISOString() ?? null),
    slots: slotsOf(moved),
    values: moved.map(({ outcome }) => outcome.value),
  });
};

type Alerting = Found & { readonly alert: NonNullable<Known['alert']> };

const alertsOf = (found: readonly Found[]): Alerting[] =>
  found.flatMap((one) => {
    const alert = one.outcome.known?.alert ?? null;
    return alert === null ? [] : [{ ...one, alert }];
  });

const valuesOf = (some: readonly Alerting[]) => ({
  tenants: some.map(({ rule }) => rule.tenantId),
  ids: some.map(({ alert }) => alert.id),
  values: some.map(valueOf),
  slots: slotsOf(some),
});

// Before any is raised: the index lets a series have one open alert.
const resolve = async (tx: Session, alerting: readonly Alerting[]): Promise<number> => {
  const over = alerting.filter(
    ({ outcome }) => outcome.ended !== null || outcome.happened === 'resolved',
  );
  if (over.length === 0) return 0;
  const notes = over.map(({ outcome }) => outcome.ended);
  const [done] = await tx.query(resolveAlerts, { ...valuesOf(over), notes });
  return done?.resolved ?? 0;
};

const revalue = async (tx: Session, alerting: readonly Alerting[]): Promise<void> => {
  const changed = alerting.filter(
    ({ outcome, alert, ...one }) =>
      outcome.ended === null &&
      outcome.standing?.state === 'firing' &&
      !Object.is(alert.value, valueOf({ outcome, ...one })),
  );
  if (changed.length > 0) await tx.query(revalueAlerts, valuesOf(changed));
};

// An alert that waits for people was over, and begins again.
const again = async (tx: Session, alerting: readonly Alerting[]): Promise<void> => {
  const anew = alerting.filter(
    ({ outcome }) => outcome.ended === null && outcome.happened === 'fired',
  );
  if (anew.length > 0) await tx.query(breachAgain, valuesOf(anew));
};

const raise = async (tx: Session, found: readonly Found[]): Promise<number> => {
  const fired = found.flatMap((one) =>
    one.outcome.happened === 'fired' && one.outcome.standing !== null
      ? [{ ...one, activeAt: one.outcome.standing.activeAt }]
      : [],
  );
  if (fired.length === 0) return 0;
  const explanations = fired.map(({ rule, slot, activeAt, outcome: { labels, value, sample } }) =>
    explanationOf(rule, labels, { value, sample, activeAt, slot }, windowOf(rule)),
  );
  const [done] = await tx.query(raiseAlerts, {
    ...keysOf(fired),
    ids: fired.map(({ rule, slot, outcome }) => alertId(rule, outcome.labels, slot)),
    labels: labelTexts(fired),
    values: fired.map(valueOf),
    slots: slotsOf(fired),
    messages: explanations.map(({ sentence }) => sentence),
    explanations: explanations.map((explanation) => JSON.stringify(explanation)),
  });
  return done?.raised ?? 0;
};

/** Writes what changed of series and of their alerts; returns how many alerts were raised and resolved. */
export const writeOutcomes = async (
  tx: Session,
  found: readonly Found[],
): Promise<{ readonly raised: number; readonly resolved: number }> => {
  const alerting = alertsOf(found);
  await forget(tx, found);
  await place(tx, found);
  const resolved = await resolve(tx, alerting);
  await revalue(tx, alerting);
  await again(tx, alerting);
  return { raised: await raise(tx, found), resolved };
};
