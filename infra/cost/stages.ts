import { watchedMetrics } from '../aws/alarm-list.ts';
import { stageOf, type Stage } from '../aws/stage.ts';
import type { StageKind } from '../topology.ts';

/** The kinds of stages that cost something. */
export type DeployedKind = Exclude<StageKind, 'local'>;

/** What is done with a stage in a month. */
export type Usage = {
  readonly kind: DeployedKind;
  readonly tenants: number;
  readonly emails: number;
  readonly requests: number;
  readonly events: number;
};

/** What a stage has, whatever is done with it. */
export type Fixture = {
  /** The least compute units while its database is awake. */
  readonly leastCu: number;
  /** How long logs are kept. */
  readonly logDays: number;
  /** How long rows and archives have been growing: a year of production, the life of the others. */
  readonly keptMonths: number;
  /** Whether its database is a branch: it shares what it has not changed, and keeps no history. */
  readonly isBranch: boolean;
  /** How many metrics its alarms watch: that is what alarms are billed by. */
  readonly watchedMetrics: number;
  readonly dashboards: number;
  /** KMS: one key seals, one signs (infra/aws/keys.ts). */
  readonly keys: number;
};

const logDays = { '1 week': 7, '1 month': 30, '3 months': 91 } as const satisfies Record<
  Stage['logs'],
  number
>;
const keptMonths = { production: 12, staging: 3, preview: 1 } as const satisfies Record<
  DeployedKind,
  number
>;

/** What a kind of stage has, as infra/aws makes it. */
export const fixtureOf = (kind: DeployedKind): Fixture => {
  const stage = stageOf(kind === 'preview' ? 'pr-1' : kind);
  return {
    leastCu: stage.compute.leastCu,
    logDays: logDays[stage.logs],
    keptMonths: keptMonths[kind],
    isBranch: kind !== 'production',
    watchedMetrics: watchedMetrics(stage),
    dashboards: 1,
    keys: 2,
  };
};

/** What is taken for a stage of which nobody says how it is used; docs/deploy.md shows what these cost. */
export const usual = {
  production: { tenants: 200, emails: 5_000_000, requests: 2_000_000, events: 5_000_000 },
  staging: { tenants: 10, emails: 50_000, requests: 20_000, events: 20_000 },
  preview: { tenants: 2, emails: 1_000, requests: 2_000, events: 1_000 },
} as const satisfies Record<DeployedKind, Omit<Usage, 'kind'>>;

/** The kinds, dearest first. */
export const kinds = [
  'production',
  'staging',
  'preview',
] as const satisfies readonly DeployedKind[];
