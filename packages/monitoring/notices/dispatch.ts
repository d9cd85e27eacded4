import type { Db, Session } from '@rookery/db/pool';
import { describe, Failure, isPassing } from '@rookery/kernel/failure';
import { apart } from '../alerts/apart.ts';
import { takeAlerts } from '../alerts/turn.sql.ts';
import { tellPagers } from './acknowledged.ts';
import { ascend, dueClimbers } from './ascend.ts';
import { descend } from './descend.ts';
import { allowancesOf, digests } from './digest.ts';
import { readDispatch, scenesOf, tenantsOf, type Tenants } from './dispatch-read.ts';
import { writePlan } from './dispatch-write.ts';
import { holdClimbing } from './escalation.sql.ts';
import { flushGroups } from './flush.ts';
import { emptyPlan, type Plan } from './plan.ts';
import { remind } from './remind.ts';
import type { Scene } from './scene.ts';

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

const keyOf = (tenantId: string, id: string): string => JSON.stringify([tenantId, id]);

// Alerts that are due to be escalated and that somebody took on or ended since they were read; the others are held.
const holdClimbers = async (tx: Session, scenes: readonly Scene[]): Promise<Set<string>> => {
  const due = scenes.flatMap((scene) =>
    dueClimbers(scene).map(({ id }) => ({ tenantId: scene.tenantId, id })),
  );
  const lost = new Set(due.map(({ tenantId, id }) => keyOf(tenantId, id)));
  if (due.length === 0) return lost;
  const keys = { tenants: due.map(({ tenantId }) => tenantId), ids: due.map(({ id }) => id) };
  for (const row of await tx.query(holdClimbing, keys)) lost.delete(keyOf(row.tenant_id, row.id));
  return lost;
};

/** Adds what is to be told to a tenant's people to the plan; `lost` is not to be escalated any more. */
const decide = (scene: Scene, plan: Plan, lost: ReadonlySet<string>): void => {
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
    ({ id, status }) =>
      !lost.has(keyOf(tenantId, id)) &&
      ((status === 'active' && !heldBack.has(id)) || digested.has(id)),
  );
  descend(scene, plan);
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
    // What follows sees all that the dispatcher before told.
    await tx.query(takeAlerts, null);
    const found = await readDispatch(tx, now, tenants);
    const own = tenants === null ? null : new Set(tenants);
    const met = tenantsOf(found).filter((id) => own?.has(id) ?? true);
    meet(met);
    const plan = emptyPlan(now);
    plan.problems.push(...found.mutings.problems);
    const scenes = scenesOf(found, now, met);
    const lost = await holdClimbers(tx, scenes);
    for (const scene of scenes) decide(scene, plan, lost);
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
