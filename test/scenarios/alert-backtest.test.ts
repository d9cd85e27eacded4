import { afterAll, beforeAll, expect, test } from 'vitest';
import { backtest, type Backtest } from '@rookery/monitoring/alerts/backtest';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import type { Rule } from '@rookery/monitoring/alerts/rule';
import type { Labels } from '@rookery/monitoring/alerts/sample';
import { randomFrom } from '@rookery/kernel/random';
import { openSourceRoom, sourcesOf, type SourceRoom } from './alert-source-room.ts';
import { ask } from './ask.ts';

const start = Date.parse('2025-03-10T12:00:00Z');
const minute = 60_000;
const slots = 200;
const end = new Date(start + slots * minute);
let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
  const random = randomFrom(7);
  const pools = ['a', 'b', 'c', 'd'];
  let id = 0;
  // Four pools that wander between 0 and 100, and are silent now and then for up to ten minutes.
  const rows = pools.flatMap((pool) => {
    let value = 50;
    let silent = 0;
    return Array.from({ length: slots }, (_, n) => {
      value = Math.max(0, Math.min(100, value + Math.round((random.next() - 0.5) * 60)));
      silent = silent > 0 ? silent - 1 : random.next() < 0.04 ? Math.floor(random.next() * 10) : 0;
      const row = {
        id: (id += 1),
        tenant_id: 'acme',
        time: new Date(start + (n - 1) * minute).toISOString(),
        metric_name: 'pool_size',
        tags: { pool },
        request_count: 0,
        error_count: 0,
        value_count: 1,
        value_sum: value,
      };
      return { row, silent };
    }).flatMap((one) => (one.silent > 0 ? [] : [one.row]));
  });
  await room.put('monitoring.tb_performance_metric', rows);
});
afterAll(() => room.world.close());

const draft: Rule = {
  tenantId: 'acme',
  id: 'r0',
  metric: 'pool_size',
  operator: 'gt',
  threshold: 70,
  recoveryThreshold: null,
  minSamples: 0,
  noData: 'ok',
  forSeconds: 120,
  keepFiringSeconds: 0,
  intervalSeconds: 60,
  lookbackSeconds: 150,
  windowMinutes: null,
  scope: {},
  isShadow: false,
  revision: 0,
};

const rules: readonly Rule[] = [
  draft,
  { ...draft, id: 'r1', forSeconds: 0, keepFiringSeconds: 180 },
  { ...draft, id: 'r2', operator: 'lte', threshold: 30, recoveryThreshold: 45 },
  { ...draft, id: 'r3', noData: 'keep', forSeconds: 60 },
  { ...draft, id: 'r4', noData: 'alerting', forSeconds: 60, lookbackSeconds: 61 },
  { ...draft, id: 'r5', scope: { matchers: [{ label: 'pool', op: '=~', value: 'a|b' }] } },
  { ...draft, id: 'r6', intervalSeconds: 180, forSeconds: 180 },
];

const store = async (rule: Rule): Promise<void> =>
  room.world.admin.script(`insert into monitoring.tb_alert_rule
    (id, tenant_id, name, metric_name, comparison_operator, threshold, recovery_threshold, no_data_state, duration_minutes,
      keep_firing_minutes, evaluation_interval, lookback_seconds, scope, created_by, suppress_duration)
    values ('${rule.id}', 'acme', '${rule.id}', '${rule.metric}', '${rule.operator}', ${rule.threshold},
      ${rule.recoveryThreshold ?? 'null'}, '${rule.noData}', ${rule.forSeconds / 60}, ${rule.keepFiringSeconds / 60},
      ${rule.intervalSeconds}, ${rule.lookbackSeconds}, '${JSON.stringify(rule.scope)}', 'me', null)`);

const keyOf = (rule: string, at: number, labels: Labels): string =>
  `${rule} ${new Date(at).toISOString()} ${JSON.stringify(labels)}`;

// What the evaluator stored after each slot, and what it raised and resolved.
const live = async (): Promise<{ states: Map<string, string>; transitions: string[] }> => {
  const states = new Map<string, string>();
  for (let at = start; at < end.getTime(); at += minute) {
    await evaluate(room.world.ops, { at: new Date(at), sources: sourcesOf(room.world) });
    const rows = await ask<{ rule: string; labels: Labels; state: string }>(
      room.world.ops,
      'select alert_rule_id as rule, labels, state from monitoring.alert_state',
    );
    for (const { rule, labels, state } of rows) states.set(keyOf(rule, at, labels), state);
  }
  const rows = await ask<{ rule: string; labels: Labels; at: string; kind: string }>(
    room.world.ops,
    `select a.alert_rule_id as rule, a.labels, t.at, t.kind from monitoring.alert_transition t
      join monitoring.tb_alert a on a.tenant_id = t.tenant_id and a.id = t.alert_id where t.kind in ('firing', 'resolved')`,
  );
  const transitions = rows.map(
    (row) => `${keyOf(row.rule, Date.parse(row.at), row.labels)} ${row.kind}`,
  );
  return { states, transitions: transitions.toSorted() };
};

const replayed = (rule: Rule, { series }: Backtest) => {
  const states: [string, string][] = [];
  const transitions: string[] = [];
  for (const { labels, stays } of series)
    for (const { state, from, to } of stays) {
      const until = (to ?? end).getTime();
      // Between two evaluations of a slower rule its state stays as it is.
      for (let at = from.getTime(); at < until; at += minute)
        states.push([keyOf(rule.id, at, labels), state]);
      if (state !== 'firing') continue;
      transitions.push(`${keyOf(rule.id, from.getTime(), labels)} firing`);
      if (to !== null) transitions.push(`${keyOf(rule.id, to.getTime(), labels)} resolved`);
    }
  return { states, transitions };
};

test('a replay finds exactly what the evaluator stored, slot by slot, and fires when it fired', async () => {
  for (const rule of rules) await store(rule);
  const stored = await live();

  const found = [];
  for (const rule of rules) {
    const result = await backtest(room.world.ops, {
      rule,
      from: new Date(start),
      to: end,
      sources: sourcesOf(room.world),
    });
    found.push({ fired: result.fired, ...replayed(rule, result) });
  }

  expect(found.every(({ fired }) => fired > 0)).toBe(true);
  expect(new Map(found.flatMap(({ states }) => states))).toEqual(stored.states);
  expect(found.flatMap(({ transitions }) => transitions).toSorted()).toEqual(stored.transitions);
});

test('a draft is replayed without being stored; its stays have their values, the worst fires first', async () => {
  const rule = { ...draft, id: 'never stored', forSeconds: 0 };
  const done: number[] = [];
  const before = await ask(room.world.ops, 'select count(*) from monitoring.tb_alert');
  const result = await backtest(room.world.ops, {
    rule,
    from: new Date(start),
    to: end,
    sources: sourcesOf(room.world),
    onProgress: (progress) => done.push(progress.done, progress.of),
  });

  expect(result.slots).toBe(slots);
  expect(done).toEqual([100, slots, slots, slots]);
  const stays = result.series.flatMap((one) => one.stays);
  expect(stays.every(({ first, worst }) => (first ?? 0) > 70 && (worst ?? 0) >= (first ?? 0))).toBe(
    true,
  );
  expect(result.series.map(({ fired }) => fired)).toEqual(
    result.series.map(({ fired }) => fired).toSorted((a, b) => b - a),
  );
  expect(result.fired).toBe(stays.length);
  expect(await ask(room.world.ops, 'select count(*) from monitoring.tb_alert')).toEqual(before);
});

test('a replay is read in pieces, and stops between two of them', async () => {
  const stop = new AbortController();
  const from = new Date(start - 2_000 * minute);
  const pieces: number[] = [];
  const replay = backtest(room.world.ops, {
    rule: draft,
    from,
    to: end,
    sources: sourcesOf(room.world),
    signal: stop.signal,
    onProgress: ({ done }) => {
      pieces.push(done);
      if (pieces.length === 2) stop.abort(new Error('enough'));
    },
  });

  await expect(replay).rejects.toThrow('enough');
  expect(pieces).toEqual([100, 200]);
});

test('pieces are one replay: what fires over their seam fires once', async () => {
  const whole = await backtest(room.world.ops, {
    rule: { ...draft, noData: 'keep' },
    from: new Date(start),
    to: end,
    sources: sourcesOf(room.world),
  });
  // The silent hours before only move the seams.
  const moved = await backtest(room.world.ops, {
    rule: { ...draft, noData: 'keep' },
    from: new Date(start - 430 * minute),
    to: end,
    sources: sourcesOf(room.world),
  });

  expect(moved.series).toEqual(whole.series);
});

test('a replay that is too long, or of a metric that nobody knows, is refused', async () => {
  const replay = { rule: draft, from: new Date(0), to: end, sources: sourcesOf(room.world) };
  await expect(backtest(room.world.ops, replay)).rejects.toMatchObject({
    code: 'backtest-too-long',
  });
  await expect(
    backtest(room.world.ops, { ...replay, from: new Date(start), sources: [] }),
  ).rejects.toMatchObject({ code: 'metric-without-source' });
});
