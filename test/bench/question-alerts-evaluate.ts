import { Failure } from '@rookery/kernel/failure';
import type { Evaluated } from '@rookery/monitoring/alerts/evaluate';
import { figure, plain, time, type Line } from './line.ts';
import type { Contestant } from './measure.ts';
import {
  atHand,
  weigh,
  type AlertPlace,
  type Load,
  type Values,
  type Weighed,
} from './question-alerts-place.ts';

/** The shapes of 10,000 evaluations. */
export const loads: readonly Load[] = [
  { rules: 1, series: 10_000 },
  { rules: 10, series: 1_000 },
  { rules: 100, series: 100 },
  { rules: 10_000, series: 1 },
];

/** A shape as people read it. */
export const shape = ({ rules, series }: Load): string =>
  `${rules.toLocaleString('en')} × ${series.toLocaleString('en')}`;

/** What happens in an evaluation, and how it is called. */
export const states = {
  steady: 'all fire on',
  changing: '5 % change: half of them resolve, the others begin; 5 % more have another value',
  first: 'all begin to fire',
} as const;
export type State = keyof typeof states;

/** In seconds: the guide's measure of what Prometheus needs, six times over. */
export const boundSeconds = 0.5;

const firing: Values = () => 9;
const before: Values = (n) => (n % 40 === 0 ? 1 : 9);
const after: Values = (n) => (n % 40 === 1 ? 1 : n % 20 === 2 ? 10 : 9);

const whole = (done: Evaluated, load: Load): Evaluated => {
  const { series, problems } = done;
  if (series === load.rules * load.series && problems.length === 0) return done;
  throw new Failure(
    'unavailable',
    'bench-incomplete',
    `only ${series} series were evaluated: ${problems[0]?.problem ?? 'nobody says why'}`,
  );
};

/** The contestants of a shape whose rules are there: an evaluation in each state. */
export const contestants = (
  alerts: AlertPlace,
  load: Load,
): Readonly<Record<State, Contestant<Evaluated>>> => {
  const turn = async (values: Values): Promise<Evaluated> =>
    whole(await alerts.turn(atHand(load.series, values)), load);
  return {
    first: { prepare: alerts.forget, run: () => turn(firing) },
    steady: { prepare: () => turn(firing).then(alerts.tidy), run: () => turn(firing) },
    changing: { prepare: () => turn(before).then(alerts.tidy), run: () => turn(after) },
  };
};

const weight = ({ cpu, wall, node, statements }: Weighed<unknown>): string =>
  `${time(wall)} wall; ${time(cpu)} CPU of Postgres, ${time(node)} of Node; ${statements} statements`;

/** One shape in its three states, each as seconds of wall time. */
export const shapeLines = async (
  alerts: AlertPlace,
  load: Load,
): Promise<{
  readonly lines: Line[];
  readonly costs: Readonly<Record<string, Weighed<Evaluated>>>;
}> => {
  alerts.stage.say(`alerts: ${shape(load)}`);
  await alerts.begin(load.rules);
  const costs = await weigh(alerts.stage, contestants(alerts, load));
  const lines = Object.entries(states).flatMap(([state, words]) => {
    const cost = costs[state];
    if (cost === undefined) return [];
    const name = `${shape(load)} evaluations, ${words}, wall`;
    return [plain(name, cost.wall / 1_000, 's', { most: boundSeconds }, weight(cost))];
  });
  return { lines, costs };
};

/** The same rules with a million alerts that are over and 30 days of transitions behind them. */
export const historyLines = async (alerts: AlertPlace): Promise<Line[]> => {
  const load = { rules: 100, series: 100 };
  await alerts.begin(load.rules);
  const bare = await weigh(alerts.stage, contestants(alerts, load));
  alerts.stage.say('alerts: a million alerts of the past');
  await alerts.begin(load.rules, { past: 1_000_000 });
  const late = await weigh(alerts.stage, contestants(alerts, load));
  return Object.entries(states).flatMap(([state, words]) => {
    const [ours, theirs] = [late[state], bare[state]];
    if (ours === undefined || theirs === undefined) return [];
    const [cpu, floor] = [ours.cpu + ours.node, theirs.cpu + theirs.node];
    return [
      plain(
        `100 × 100, ${words}, with 1,000,000 alerts of 30 days behind it / with 5,000, CPU`,
        cpu / floor,
        '×',
        { most: 1.1 },
        `${time(cpu)} CPU, ${time(ours.wall)} wall / ${time(floor)} CPU, ${time(theirs.wall)} wall`,
      ),
    ];
  });
};

/** That the number of statements is the same for every shape in the same state. */
export const statementsLine = (
  all: readonly Readonly<Record<string, Weighed<unknown>>>[],
): Line => {
  const told = Object.keys(states).map((state) =>
    [...new Set(all.map((costs) => costs[state]?.statements ?? NaN))].toSorted((a, b) => a - b),
  );
  const spread = told.map((counts) => (counts.at(-1) ?? NaN) - (counts[0] ?? NaN));
  return plain(
    'Statements of an evaluation: the most of any shape less the fewest, in any state',
    Math.max(...spread),
    'statements',
    { most: 0 },
    Object.keys(states)
      .map((state, at) => `${state} ${told[at]?.map(figure).join(' to ') ?? ''}`)
      .join(', '),
  );
};
