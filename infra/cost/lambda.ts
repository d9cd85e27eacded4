import { assumed } from './assumptions.ts';
import { quantity } from './figures.ts';
import type { Count } from './item.ts';
import type { Month } from './messages.ts';
import type { Run, Trigger } from './runs.ts';

const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

const whyOf: Readonly<Record<Trigger, string>> = {
  schedules: 'each firing of each schedule that is on',
  queues: 'one message an invocation',
  routes: 'requests, and events in requests of several',
  deployments: 'migrations, once a deployment',
};

/** What a function is billed for a run: its memory for as long as it works, and its share of cold starts. */
export const gbSeconds = ({ plan }: Month, { function: name, times, ms }: Run): number => {
  const memory = (plan.functions[name]?.memoryMb ?? 0) / 1_024;
  return (times * memory * (ms + assumed('coldShare') * assumed('coldMs'))) / 1_000;
};

/** What is billed for functions: how often they start, and memory for as long as they work. */
export const lambdaCounts = (month: Month, runs: readonly Run[]): Count[] =>
  (['schedules', 'queues', 'routes', 'deployments'] as const).flatMap((trigger) => {
    const own = runs.filter((run) => run.trigger === trigger);
    const names = new Set(own.map((run) => run.function)).size;
    const times = sum(own.map((run) => run.times));
    const seconds = sum(own.map((run) => gbSeconds(month, run)));
    const ms = times === 0 ? 0 : sum(own.map((run) => run.times * run.ms)) / times;
    return [
      {
        service: 'Lambda',
        what: `requests by ${trigger}`,
        count: times,
        price: 'lambdaRequest',
        why: whyOf[trigger],
      },
      {
        service: 'Lambda',
        what: `time of ${trigger}`,
        count: seconds,
        price: 'lambdaGbSecond',
        why: `${names} function${names === 1 ? '' : 's'}: times × memory × ${quantity(ms)} ms on average, and cold starts`,
      },
    ];
  });
