import { assumed } from './assumptions.ts';
import { awakeHours } from './cadence.ts';
import { quantity } from './figures.ts';
import type { Count } from './item.ts';
import { doorRequests, type Month } from './messages.ts';
import type { PriceName } from './prices.ts';
import { wakesOf, type Run } from './runs.ts';
import type { Fixture } from './stages.ts';

/** The plans of Neon that are paid for: only an hour of compute has another price. */
export type NeonPlan = 'launch' | 'scale';

const computePrices = {
  launch: 'neonCuHour',
  scale: 'neonScaleCuHour',
} as const satisfies Record<NeonPlan, PriceName>;

const msPerHour = 3_600_000;
const minutesPerHour = 60;
const gb = 1e9;
const hours = (value: number): string => value.toFixed(1);

/** The hours of a month in which a database is awake: by its schedules, and by who asks for something besides. */
export const awakeOf = (month: Month) => {
  const bySchedules = awakeHours(wakesOf(month));
  const visits = (month.usage.requests + doorRequests(month)) / assumed('requestsPerVisit');
  const perVisit = assumed('visitMinutes') + assumed('suspendMinutes');
  const perDeployment = assumed('busyMinutes') + assumed('suspendMinutes');
  const byUse = (visits * perVisit + assumed('deployments') * perDeployment) / minutesPerHour;
  const total = Math.min(assumed('monthHours'), bySchedules + byUse);
  return { bySchedules, byUse: total - bySchedules, total };
};

/** Bytes that lie in the database by the end of the months that a stage keeps. */
const stored = ({ usage }: Month, { keptMonths, isBranch }: Fixture): number => {
  const facts = usage.tenants * assumed('monthDays') * assumed('factRows') * assumed('factBytes');
  const leads = usage.emails * assumed('leadRows') * assumed('leadBytes');
  const audit = usage.events * assumed('auditShare') * assumed('auditBytes');
  const minutes =
    Math.min(usage.requests, assumed('endpoints') * assumed('monthHours') * minutesPerHour) *
    assumed('minuteBytes');
  // What a branch has not changed is its parent's; minutes of metrics are kept for a month.
  return (isBranch ? 0 : assumed('emptyBytes')) + (facts + leads + audit) * keptMonths + minutes;
};

const compute = (
  month: Month,
  runs: readonly Run[],
  { leastCu }: Fixture,
  neon: NeonPlan,
): Count[] => {
  const computePrice = computePrices[neon];
  const awake = awakeOf(month);
  const work = runs.reduce((sum, { times, cpuMs }) => sum + times * cpuMs, 0) / msPerHour;
  return [
    {
      service: 'Neon',
      what: 'compute awake',
      count: awake.total * leastCu,
      price: computePrice,
      why:
        `${hours(awake.bySchedules)} h by schedules and ${hours(awake.byUse)} h by use, ` +
        `of ${assumed('monthHours')} h, × ${leastCu} CU`,
    },
    {
      service: 'Neon',
      what: 'compute at work',
      count: work,
      price: computePrice,
      why: 'CPU of jobs, messages and requests on top, as if the least size had no room for it',
    },
  ];
};

/** What a stage takes of Neon in a month. */
export const neonCounts = (
  month: Month,
  runs: readonly Run[],
  fixture: Fixture,
  neon: NeonPlan,
): Count[] => {
  const size = stored(month, fixture) / gb;
  const { usage } = month;
  const kept = `${fixture.keptMonths} month${fixture.keptMonths === 1 ? '' : 's'} of facts, leads and audit`;
  return [
    ...compute(month, runs, fixture, neon),
    { service: 'Neon', what: 'storage', count: size, price: 'neonGb', why: kept },
    fixture.isBranch
      ? { service: 'Neon', what: 'branch', count: 1, price: 'neonBranch', why: 'one a stage' }
      : {
          service: 'Neon',
          what: 'history',
          count: size * assumed('historyShare'),
          price: 'neonHistoryGb',
          why: `${assumed('historyShare')} of storage, for restoring`,
        },
    {
      service: 'Neon',
      what: 'transfer',
      count: (usage.requests * assumed('responseBytes')) / gb,
      price: 'neonTransferGb',
      why: `${quantity(usage.requests)} answers × ${quantity(assumed('responseBytes'))} B`,
    },
  ];
};
