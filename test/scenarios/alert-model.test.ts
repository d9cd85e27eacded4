import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom, type Random } from '@rookery/kernel/random';
import { judge, type Known } from '@rookery/monitoring/alerts/judge';
import type { Operator, Rule } from '@rookery/monitoring/alerts/rule';
import type { Labels } from '@rookery/monitoring/alerts/sample';
import type { Edge } from '@rookery/monitoring/alerts/step';
import { depth } from '../world/depth.ts';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';

// An independent model of guide/reliability.md §1.1, in seconds and of one series. It shares no code with the evaluator.
type Point = { readonly t: number; readonly v: number };
type Plan = {
  readonly operator: Operator;
  readonly threshold: number;
  readonly hold: number;
  readonly keep: number;
  readonly every: number;
  readonly lookback: number;
  readonly edge: Edge;
};
const hits = (operator: Operator, v: number, limit: number): boolean => {
  if (Number.isNaN(v)) return operator === 'ne';
  const order = v === limit ? 0 : v < limit ? -1 : 1;
  return {
    gt: order > 0,
    gte: order >= 0,
    lt: order < 0,
    lte: order <= 0,
    eq: order === 0,
    ne: order !== 0,
  }[operator as 'gt'];
};
const model = (plan: Plan, points: readonly Point[], slots: readonly number[]): string[] => {
  let state = 'inactive';
  let active = 0;
  let keeping: number | null = null;
  return slots.map((t) => {
    const seen = points.filter((point) => point.t <= t).at(-1);
    const age = seen === undefined ? Infinity : t - seen.t;
    const isThere = plan.edge === 'inclusive' ? age <= plan.lookback : age < plan.lookback;
    if (seen !== undefined && isThere && hits(plan.operator, seen.v, plan.threshold)) {
      if (state === 'inactive') [state, active] = ['pending', t];
      keeping = null;
      if (state === 'pending' && t - active >= plan.hold) state = 'firing';
    } else if (state === 'pending') state = 'inactive';
    else if (state === 'firing') {
      keeping ??= t;
      if (plan.keep === 0 || t - keeping >= plan.keep) [state, keeping] = ['inactive', null];
    }
    return state === 'inactive' ? state : `${state} ${active}`;
  });
};

const planOf = (random: Random): Plan => ({
  operator: random.pick(['gt', 'gte', 'lt', 'lte', 'eq', 'ne']),
  threshold: random.pick([0, 5, 5.5]),
  hold: 60 * random.pick([0, 0, 1, 2, 5]),
  keep: 60 * random.pick([0, 0, 1, 3, 7]),
  every: random.pick([15, 30, 60, 120]),
  lookback: random.pick([30, 60, 300]),
  edge: random.pick(['inclusive', 'exclusive']),
});
const values = [NaN, Infinity, -Infinity, -0, 4, 5, 5.5, 6, 6, 6, 7];
const pointsOf = (random: Random, until: number): Point[] => {
  const points: Point[] = [];
  for (let t = random.between(0, 40); t < until; t += random.pick([15, 15, 30, 30, 60, 90, 400]))
    points.push({ t, v: random.pick(values) });
  return points;
};
const ruleOf = (plan: Plan): Rule => ({
  tenantId: 'acme',
  id: 'r1',
  metric: 'load',
  operator: plan.operator,
  threshold: plan.threshold,
  recoveryThreshold: null,
  minSamples: 0,
  noData: 'ok',
  forSeconds: plan.hold,
  keepFiringSeconds: plan.keep,
  intervalSeconds: plan.every,
  lookbackSeconds: plan.lookback,
  windowMinutes: null,
  scope: {},
  isShadow: false,
  revision: 0,
});
const newest = (points: readonly Point[], t: number) => points.findLast((point) => point.t <= t);

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());

test('50,000 evaluations of random series come out as the model of Prometheus says', () => {
  const random = randomFrom(41);
  const slotsEach = 100;
  const seen = new Map<string, number>();
  for (let n = 0; n < depth(500, 5_000); n += 1) {
    const plan = planOf(random);
    const slots = Array.from({ length: slotsEach }, (_, i) => i * plan.every);
    const points = pointsOf(random, slotsEach * plan.every);
    const rule = ruleOf(plan);
    let known: Known[] = [];
    const found = slots.map((t) => {
      const point = newest(points, t);
      const samples =
        point === undefined ? [] : [{ ...sample(point.v, { at: at(point.t) }), want: 0 }];
      const turn = { rule, slot: at(t), lastSlot: null, isChanged: false, edge: plan.edge };
      const { outcomes } = judge(turn, samples, known);
      known = outcomes.flatMap(({ labels, standing }) =>
        standing === null ? [] : [{ fingerprint: '', labels, standing, alert: null }],
      );
      const [one] = known;
      const state = one?.standing?.state ?? 'inactive';
      seen.set(state, (seen.get(state) ?? 0) + 1);
      return one === undefined
        ? state
        : `${state} ${(one.standing!.activeAt.getTime() - at(0).getTime()) / 1_000}`;
    });
    expect({ plan, found }).toEqual({ plan, found: model(plan, points, slots) });
  }
  // It would prove little if hardly anything ever fired.
  for (const state of ['inactive', 'pending', 'firing'])
    expect(seen.get(state)).toBeGreaterThan(3_000);
});

type Row = {
  readonly alert_rule_id: string;
  readonly labels: Labels;
  readonly state: string;
  readonly active_at: string;
};

test('2,400 of them do so through Postgres, many rules and series at a time', async () => {
  const random = randomFrom(42);
  const [rules, series, slots] = [12, 10, 20];
  const plans = Array.from({ length: rules }, () => ({
    ...planOf(random),
    every: 60,
    edge: 'exclusive' as const,
  }));
  const points = plans.map(() =>
    Array.from({ length: series }, () => pointsOf(random, slots * 60)),
  );
  for (const [n, plan] of plans.entries())
    await room.addRule({
      id: `r${n}`,
      metric_name: `metric-${n}`,
      comparison_operator: plan.operator,
      threshold: plan.threshold,
      duration_minutes: plan.hold / 60,
      keep_firing_minutes: plan.keep / 60,
      lookback_seconds: plan.lookback,
    });
  const source = toldSource(({ metric, slot }) =>
    points[Number(metric.slice(7))]!.flatMap((of, n) => {
      const point = newest(of, (slot.getTime() - at(0).getTime()) / 1_000);
      return point === undefined
        ? []
        : [sample(point.v, { labels: { n: String(n) }, at: at(point.t) })];
    }),
  );
  const found = plans.map(() => Array.from({ length: series }, (): string[] => []));
  for (let slot = 0; slot < slots; slot += 1) {
    await room.evaluate({ at: at(slot * 60 + 7), sources: [source] });
    const rows = await room.rows<Row>('alert_rule_id, labels, state, active_at', 'alert_state');
    const stood = new Map(rows.map((row) => [`${row.alert_rule_id} ${row.labels['n']}`, row]));
    for (const [n, of] of found.entries())
      for (const [m, states] of of.entries()) {
        const row = stood.get(`r${n} ${m}`);
        const since = row === undefined ? 0 : (Date.parse(row.active_at) - at(0).getTime()) / 1_000;
        states.push(row === undefined ? 'inactive' : `${row.state} ${since}`);
      }
  }

  const every = Array.from({ length: slots }, (_, n) => n * 60);
  expect(found).toEqual(plans.map((plan, n) => points[n]!.map((of) => model(plan, of, every))));
  const [told] = await room.rows<{ alerts: number; fired: number }>(
    `count(distinct alert_id) as alerts, count(*) as fired`,
    `alert_transition where kind = 'firing'`,
  );
  const firings = found.flat().reduce((sum, of) => sum + begun(of), 0);
  expect(told).toEqual({ alerts: firings, fired: firings });
});

// How often a series began to fire.
const begun = (states: readonly string[]): number =>
  states.filter((state, n) => state.startsWith('firing') && state !== states[n - 1]).length;
