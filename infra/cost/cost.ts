import { awsCounts } from './aws.ts';
import { blueprint, type Blueprint } from './blueprint.ts';
import { billed, type Item, type Service } from './item.ts';
import { gbSeconds } from './lambda.ts';
import { monthOf, type Month } from './messages.ts';
import { awakeOf, neonCounts, type NeonPlan } from './neon.ts';
import { runsOf } from './runs.ts';
import { fixtureOf, type Usage } from './stages.ts';

/** How a bill is read: less what an account with this stage alone has for free, or not; and by which plan of Neon. */
export type Reading = { readonly isFree: boolean; readonly neon: NeonPlan };

/** List prices, nothing free, and the plan that asks for no contract. */
export const plainly: Reading = { isFree: false, neon: 'launch' };

/** What a function does in a month, whatever starts it. */
export type FunctionMonth = {
  readonly function: string;
  readonly times: number;
  readonly gbSeconds: number;
};

/** What a stage costs in a month, in dollars, and how it comes to that. */
export type Bill = {
  readonly usage: Usage;
  readonly items: readonly Item[];
  readonly services: readonly { readonly service: Service; readonly usd: number }[];
  readonly usd: number;
  /** What it would cost more with a million e-mails more. */
  readonly millionEmailsUsd: number;
  readonly awake: ReturnType<typeof awakeOf>;
  readonly functions: readonly FunctionMonth[];
};

const million = 1_000_000;

const itemsOf = (month: Month, { isFree, neon }: Reading): Item[] => {
  const fixture = fixtureOf(month.usage.kind);
  const runs = runsOf(month);
  const counts = [...awsCounts(month, runs, fixture), ...neonCounts(month, runs, fixture, neon)];
  return billed(counts, isFree);
};

const total = (items: readonly Item[]): number => items.reduce((sum, { usd }) => sum + usd, 0);

const functionsOf = (month: Month): FunctionMonth[] => {
  const runs = runsOf(month);
  return Object.keys(month.plan.functions).map((name) => {
    const own = runs.filter((run) => run.function === name);
    return {
      function: name,
      times: own.reduce((sum, { times }) => sum + times, 0),
      gbSeconds: own.reduce((sum, run) => sum + gbSeconds(month, run), 0),
    };
  });
};

/** What a stage of this topology costs a month, used as told. */
export const costOf = (
  usage: Usage,
  reading: Reading = plainly,
  plan: Blueprint = blueprint,
): Bill => {
  const month = monthOf(plan, usage);
  const items = itemsOf(month, reading);
  const more = { ...month, usage: { ...usage, emails: usage.emails + million } };
  const services = [...Map.groupBy(items, ({ service }) => service)];
  return {
    usage,
    items,
    services: services.map(([service, own]) => ({ service, usd: total(own) })),
    usd: total(items),
    millionEmailsUsd: total(itemsOf(more, reading)) - total(items),
    awake: awakeOf(month),
    functions: functionsOf(month),
  };
};
