import type { Db, Session } from '@rookery/db/pool';
import { describe, Failure } from '@rookery/kernel/failure';
import { apart, isPassing } from '../alerts/apart.ts';
import { tellPagers } from './acknowledged.ts';
import { readUntoldPagers } from './acknowledged.sql.ts';
import { ascend } from './ascend.ts';
import { allowancesOf, digests } from './digest.ts';
import {
  lockDispatch,
  readAlerts,
  readClimbs,
  readGroups,
  readRules,
  wakeAlerts,
} from './dispatch.sql.ts';
import { writePlan } from './dispatch-write.ts';
import { flushGroups } from './flush.ts';
import { readMutings } from './muting.ts';
import { emptyPlan, type Plan } from './plan.ts';
import { remind } from './remind.ts';
import { sceneOf, seriesOf, type Rows, type Scene } from './scene.ts';

/**
 * What a dispatch did: notices written, alerts that became active again or were held back, levels told, and what could not
 * be understood, in words.
 */
export type Dispatched = {
  readonly notices: number;
  readonly woken: number;
  readonly held_back: number;
  readonly escalated: number;
  readonly problems: readonly string[];
  /** Tenants that are told nothing, for a fault of ours. */
  readonly failed: readonly string[];
};

// Whom a dispatch is for; null is all.
type Tenants = readonly string[] | null;

const byTenant = <Row extends { readonly tenant_id: string }>(
  rows: readonly Row[],
): ((tenantId: string) => Row[]) => {
  const all = new Map<string, Row[]>();
  for (const row of rows) {
    const own = all.get(row.tenant_id);
    if (own === undefined) all.set(row.tenant_id, [row]);
    else own.push(row);
  }
  return (tenantId) => all.get(tenantId) ?? [];
};

const read = async (tx: Session, now: Date, tenants: Tenants) => {
  const at = { now: now.toISOString() };
  const woken = await tx.query(wakeAlerts, { ...at, tenants });
  const alerts = await tx.query(readAlerts, null);
  const keys = new Map(
    alerts.map((row) => [JSON.stringify([row.tenant_id, row.rule_id]), row] as const),
  );
  const rules = await tx.query(readRules, {
    ...at,
    tenants: [...keys.values()].map((row) => row.tenant_id),
    ids: [...keys.values()].map((row) => row.rule_id),
  });
  const groups = await tx.query(readGroups, null);
  const climbs = await tx.query(readClimbs, null);
  const taken = alerts.filter(({ status }) => status === 'acknowledged');
  const pagers = await tx.query(readUntoldPagers, {
    tenants: taken.map((row) => row.tenant_id),
    ids: taken.map((row) => row.id),
  });
  return { woken, alerts, rules, groups, climbs, pagers, mutings: await readMutings(tx, now) };
};

type Read = Awaited<ReturnType<typeof read>>;

const tenantsOf = ({ rules, groups }: Read): string[] =>
  [...new Set([...rules, ...groups].map(({ tenant_id: id }) => id))].toSorted();

const scenesOf = (found: Read, now: Date, tenants: readonly string[]): Scene[] => {
  const of = {
    alerts: byTenant(found.alerts),
    rules: byTenant(found.rules),
    groups: byTenant(found.groups),
    climbs: byTenant(found.climbs),
    lapsed: byTenant(found.woken.filter(({ kind }) => kind === 'lapsed')),
    pagers: byTenant(found.pagers),
  };
  return tenants.map((tenantId) => {
    const rows: Rows = {
      alerts: of.alerts(tenantId),
      rules: of.rules(tenantId),
      groups: of.groups(tenantId),
      climbs: of.climbs(tenantId),
      lapsed: new Set(of.lapsed(tenantId).map(seriesOf)),
      pagers: of.pagers(tenantId),
    };
    return sceneOf(tenantId, now, rows, found.mutings.of(tenantId));
  });
};

/** Adds what is to be told to a tenant's people to the plan. */
const decide = (scene: Scene, plan: Plan): void => {
  const { tenantId } = scene;
  const allowances = allowancesOf(scene);
  const digested = digests(scene, plan, allowances);
  flushGroups(scene, plan, { allowances, digested });
  const heldBack = new Set(
    plan.heldBack.filter((key) => key.tenantId === tenantId).map(({ id }) => id),
  );
  ascend(
    scene,
    plan,
    ({ id, status }) => (status === 'active' && !heldBack.has(id)) || digested.has(id),
  );
  remind(scene, plan);
  tellPagers(scene, plan);
  for (const { id, isOpen, groupId, writtenGroupId } of scene.alerts)
    if (isOpen && groupId !== writtenGroupId) plan.membership.push({ tenantId, id, groupId });
};

// Says of which tenants it is before it does anything that one of them may make fail.
const turn = (
  ops: Db,
  {
    now,
    tenants,
    meet,
  }: { now: Date; tenants: Tenants; meet: (tenants: readonly string[]) => void },
): Promise<Dispatched> =>
  ops.transaction(async (tx) => {
    await tx.query(lockDispatch, null);
    const found = await read(tx, now, tenants);
    const own = tenants === null ? null : new Set(tenants);
    const met = tenantsOf(found).filter((id) => own?.has(id) ?? true);
    meet(met);
    const plan = emptyPlan(now);
    plan.problems.push(...found.mutings.problems);
    for (const scene of scenesOf(found, now, met)) decide(scene, plan);
    const notices = await writePlan(tx, plan);
    return {
      notices,
      woken: found.woken.length,
      held_back: plan.heldBack.length,
      escalated: plan.escalated.length,
      problems: plan.problems,
      failed: [],
    };
  });

const sumOf = (all: readonly Dispatched[]): Dispatched => {
  const sum = (of: (one: Dispatched) => number): number => all.reduce((n, one) => n + of(one), 0);
  return {
    notices: sum(({ notices }) => notices),
    woken: sum(({ woken }) => woken),
    held_back: sum((one) => one.held_back),
    escalated: sum(({ escalated }) => escalated),
    problems: [...new Set(all.flatMap(({ problems }) => problems))],
    failed: all.flatMap(({ failed }) => failed),
  };
};

const brokenOf = (tenantId: string, error: unknown): Dispatched => {
  const problem = `nobody of ${tenantId} is told anything: ${describe(error)}`;
  return {
    notices: 0,
    woken: 0,
    held_back: 0,
    escalated: 0,
    problems: [problem],
    failed: [tenantId],
  };
};

/**
 * Tells people of the alerts of all tenants what is due at a moment: decides and writes notices into the outbox, in one
 * transaction and with a number of statements that does not grow. Twice, late or beside itself it tells the same, once: it
 * goes by what groups have told, and one dispatcher waits for the other. A tenant whose rows make it fail is left out and
 * among the problems; the others are told. `ops` is a pool of rookery_ops.
 */
export const dispatch = async (ops: Db, now: Date): Promise<Dispatched> => {
  let met: readonly string[] = [];
  const meet = (tenants: readonly string[]): void => {
    met = tenants;
  };
  try {
    return await turn(ops, { now, tenants: null, meet });
  } catch (error) {
    if (met.length === 0 || isPassing(error)) throw error;
    return sumOf(
      await apart(met, {
        work: (tenants) => turn(ops, { now, tenants, meet }),
        broken: (tenantId, fault) => Promise.resolve(brokenOf(tenantId, fault)),
      }),
    );
  }
};

/** What a whole dispatch did; fails with `dispatch-incomplete` when tenants failed, so that somebody looks. */
export const dispatchedWhole = (done: Dispatched): Dispatched => {
  if (done.failed.length > 0)
    throw new Failure('unavailable', 'dispatch-incomplete', done.problems.join('; '));
  return done;
};
