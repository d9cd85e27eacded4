import { assumed } from './assumptions.ts';
import { firingsOfWeek } from './cadence.ts';
import { quantity } from './figures.ts';
import type { Count } from './item.ts';
import type { Month } from './messages.ts';
import { gatewayRequests, type Run } from './runs.ts';
import type { Fixture } from './stages.ts';

const gb = 1e9;
const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

/** What the logs of functions and of the gateway take. */
export const logCounts = (month: Month, runs: readonly Run[], { logDays }: Fixture): Count[] => {
  const [invoked, asked] = [sum(runs.map(({ times }) => times)), gatewayRequests(month, runs)];
  const size = (invoked * assumed('logBytes') + asked * assumed('accessLogBytes')) / gb;
  const why =
    `${quantity(invoked)} invocations × ${quantity(assumed('logBytes'))} B, ` +
    `${quantity(asked)} requests × ${assumed('accessLogBytes')} B`;
  return [
    { service: 'CloudWatch', what: 'logs taken in', count: size, price: 'logGb', why },
    {
      service: 'CloudWatch',
      what: 'logs kept',
      count: (size * logDays) / assumed('monthDays'),
      price: 'logStoredGb',
      why: `each for ${logDays} days`,
    },
  ];
};

const weekHours = 168;
const hourMinutes = 60;

// A metric is paid for in the hours in which it has a value: the lag of a job in those in which the job fires.
const lagMetrics = ({ plan, usage }: Month): number =>
  sum(
    Object.values(plan.schedules).map(({ cadence }) => {
      const fired = firingsOfWeek(cadence[usage.kind]).map((at) => Math.floor(at / hourMinutes));
      return new Set(fired).size / weekHours;
    }),
  );

/** What is looked at: alarms, metrics of our own, dashboards. */
export const watchCounts = (month: Month, { watchedMetrics, dashboards }: Fixture): Count[] => [
  {
    service: 'CloudWatch',
    what: 'alarms',
    count: watchedMetrics,
    price: 'alarm',
    why: 'metrics that alarms watch, those of an alarm over several one by one',
  },
  {
    service: 'CloudWatch',
    what: 'metrics',
    count: lagMetrics(month),
    price: 'metric',
    why: 'the lag of each job, for the hours in which it fires',
  },
  {
    service: 'CloudWatch',
    what: 'dashboards',
    count: dashboards,
    price: 'dashboard',
    why: 'one a stage',
  },
];
