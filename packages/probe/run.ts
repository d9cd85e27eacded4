import pLimit from 'p-limit';
import { isInternal, probe, type ProbeSpec } from '@rookery/http/probes';
import { attempt, type Attempted } from './attempt.ts';
import { unknown, type Finding } from './finding.ts';
import { askByKind, kinds, type Kinds } from './kinds.ts';
import { isCutOff, isSuspicious, referenceOf } from './outage.ts';
import type { Surroundings } from './probe.ts';
import { pursesOf, type Purse } from './purse.ts';

/** One service to ask: the columns of tb_service_health that say how. */
export type Target = {
  /** The column `probe`, as it is stored. */
  readonly probe: unknown;
  readonly timeoutSeconds: number;
  readonly retries: number;
  /** Whose it is: what a run spends on one tenant is not taken from others. */
  readonly tenantId?: string;
  /** True for a service of the platform itself, which alone may ask its databases and queues. */
  readonly isPlatform: boolean;
};

/** What was found of a target, when its check had ended, and in how many attempts. */
export type Checked<T> = {
  readonly target: T;
  readonly finding: Finding;
  readonly attempts: number;
  readonly checkedAt: Date;
};

/** What a run found, in the order of its targets; faults of ours in words; whether we had no network. */
export type Run<T> = {
  readonly checked: readonly Checked<T>[];
  readonly bugs: readonly string[];
  readonly isCutOff: boolean;
};

/** How many services are asked at once, and how long one may take at most with all its attempts. */
export type Limits = { readonly lanes: number; readonly checkMs: number; readonly pauseMs: number };

// A Lambda has 1,024 file descriptors, and a check up to three: 256 lanes. 1,000 services that all hang are four rounds of
// 14 seconds: still within a minute.
const usual: Limits = { lanes: 256, checkMs: 14_000, pauseMs: 250 };

/** The longest time-out that a check keeps, in seconds: a longer one is cut to it. */
export const longestTimeoutSeconds = usual.checkMs / 1_000;

/** What a run needs of the world: that of its probes, and who answers whenever there is a network, as `host:port`. */
export type RunSurroundings = Surroundings & { readonly references: readonly string[] };

type Asked = { readonly spec: Exclude<ProbeSpec, { readonly kind: 'heartbeat' }> };
type Unasked = { readonly spec: null; readonly why: string };

// What is stored may be older than the contract, and what a tenant asks is never inside the platform.
const askedOf = ({ probe: stored, isPlatform }: Target): Asked | Unasked => {
  const { data: spec } = probe.safeParse(stored);
  if (spec === undefined)
    return { spec: null, why: 'what is asked of it cannot be read any more: set it anew' };
  if (spec.kind === 'heartbeat') return { spec: null, why: 'a heartbeat is not asked: it pings' };
  if (isInternal(spec) && !isPlatform) return { spec: null, why: 'only the platform may ask that' };
  return { spec };
};

type Means = {
  readonly surroundings: Surroundings;
  readonly limits: Limits;
  readonly probes: Kinds;
  readonly purseOf: (tenantId: string) => Purse;
};

const check = async (
  { spec }: Asked,
  { timeoutSeconds, retries, tenantId = '' }: Target,
  { surroundings, limits, probes, purseOf }: Means,
): Promise<Attempted> => {
  const purse = purseOf(tenantId);
  return attempt(
    (span) => askByKind(spec.kind, spec, { context: { ...surroundings, ...span, purse }, probes }),
    {
      ...limits,
      timeoutMs: Math.min(timeoutSeconds * 1_000, limits.checkMs),
      retries,
    },
  );
};

type Done<T> = Attempted & { readonly target: T; readonly isExternal: boolean };

const settle = async <T extends Target>(target: T, means: Means): Promise<Done<T>> => {
  const asked = askedOf(target);
  if (asked.spec === null)
    return { target, isExternal: false, finding: unknown(asked.why), attempts: 0, bug: null };
  const attempted = await check(asked, target, means);
  return { target, isExternal: !isInternal(asked.spec), ...attempted };
};

const withoutNetwork = (finding: Finding): Finding =>
  finding.outcome === 'failed' && finding.network ? unknown('the prober has no network') : finding;

/**
 * Asks many services at once, each within its own time; a service that hangs and a fault of ours stop no other. When so many
 * fail that it may be our own network, references are asked, and if none answers, those checks say nothing.
 */
export const runProbes = async <T extends Target>(
  targets: readonly T[],
  { references, ...surroundings }: RunSurroundings,
  limits: Limits = usual,
  probes: Kinds = kinds,
): Promise<Run<T>> => {
  // Read now: a fault in them shows with the first run, not in the first outage.
  const places = references.map(referenceOf);
  const lane = pLimit(limits.lanes);
  const means = { surroundings, limits, probes, purseOf: pursesOf() };
  const done = await Promise.all(
    targets.map((target) =>
      lane(async () => ({ ...(await settle(target, means)), checkedAt: new Date() })),
    ),
  );
  const external = done.filter((each) => each.isExternal).map(({ finding }) => finding);
  const cutOff = isSuspicious(external) && (await isCutOff(places, surroundings));
  return {
    checked: done.map(({ target, finding, attempts, checkedAt }) => ({
      target,
      finding: cutOff ? withoutNetwork(finding) : finding,
      attempts,
      checkedAt,
    })),
    bugs: done.map(({ bug }) => bug).filter((bug) => bug !== null),
    isCutOff: cutOff,
  };
};
