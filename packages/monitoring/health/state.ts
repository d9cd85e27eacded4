import type { Finding } from './finding.ts';

/** The states of the seed. */
export type ServiceStatus = 'healthy' | 'degraded' | 'down' | 'unknown';

/** Where a service stands. One that is down keeps its failures until it is up, whatever hides that in between. */
export type Standing = {
  readonly status: ServiceStatus;
  readonly failures: number;
  readonly successes: number;
};

/** How a service wants to be judged. */
export type Terms = {
  readonly failureThreshold: number;
  readonly successThreshold: number;
  /** A good check that took longer is degraded. Null: none is. */
  readonly degradedMs: number | null;
};

/** A service above that is down, for which one is unknown. */
export type Blocker = { readonly id: string; readonly name: string };

/** Where a service stands after a check, and why. */
export type Judged = Standing & { readonly reason: string | null };

type Check = Pick<Finding, 'outcome' | 'responseMs' | 'reason'>;

const isUp = ({ status }: Standing): boolean => status === 'healthy' || status === 'degraded';

const afterFailure = (before: Standing, terms: Terms, reason: string): Judged => {
  const failures = before.failures + 1;
  // One that is down stays so when its threshold is raised meanwhile.
  if (failures >= terms.failureThreshold || before.status === 'down')
    return { status: 'down', failures, successes: 0, reason };
  const count = `failed ${failures} of the ${terms.failureThreshold} checks that make it down`;
  return { status: before.status, failures, successes: 0, reason: `${count}: ${reason}` };
};

const slowness = ({ responseMs }: Check, { degradedMs }: Terms): string | null =>
  responseMs !== null && degradedMs !== null && responseMs > degradedMs
    ? `took ${responseMs} ms, and may take ${degradedMs}`
    : null;

const afterSuccess = (before: Standing, terms: Terms, check: Check): Judged => {
  const successes = before.successes + 1;
  const wasDown =
    before.status === 'down' || (!isUp(before) && before.failures >= terms.failureThreshold);
  if (wasDown && successes < terms.successThreshold) {
    const reason = `passed ${successes} of the ${terms.successThreshold} checks that make it up`;
    return { status: 'down', failures: before.failures, successes, reason };
  }
  const soft = check.outcome === 'soft' ? (check.reason ?? 'should be looked at') : null;
  const reasons = [soft, slowness(check, terms)].filter((text) => text !== null);
  return reasons.length === 0
    ? { status: 'healthy', failures: 0, successes, reason: null }
    : { status: 'degraded', failures: 0, successes, reason: reasons.join('; ') };
};

/**
 * Where a service stands after a check. Below a service that is down it is unknown, whatever was found, and a check that says
 * nothing makes it unknown: neither counts, so that one that was down before still has to pass as often.
 */
export const judge = (
  before: Standing,
  terms: Terms,
  check: Check,
  blocker: Blocker | null,
): Judged => {
  if (blocker !== null)
    return { ...before, status: 'unknown', reason: `because ${blocker.name} is down` };
  if (check.outcome === 'unknown')
    return { ...before, status: 'unknown', reason: check.reason ?? 'the check says nothing' };
  return check.outcome === 'failed'
    ? afterFailure(before, terms, check.reason ?? 'failed')
    : afterSuccess(before, terms, check);
};
