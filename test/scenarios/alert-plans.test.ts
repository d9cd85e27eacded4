import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import { knownSeries } from '@rookery/monitoring/alerts/state.sql';
import { shareAlerts } from '@rookery/monitoring/alerts/turn.sql';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { atHand, start } from '../bench/question-alerts-place.ts';
import { cleanScripts, historyScripts, rulesScript } from '../bench/question-alerts.sql.ts';
import { deep, depth } from '../world/depth.ts';
import { walking, type Walked } from '../world/plans.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
let walked: Walked[] = [];
beforeAll(async () => {
  world = await openWorld();
  // Statistics are what the test says, whatever autovacuum would do meanwhile.
  for (const table of ['tb_alert', 'tb_alert_rule', 'alert_state', 'alert_evaluation'])
    await world.admin.script(`alter table monitoring.${table} set (autovacuum_enabled = false)`);
});
afterAll(() => world.close());

const total = depth(1_000, 10_000);
// The most any needs is 24 rows for each evaluation, and what goes through all of them for each is 1,000 or 10,000.
const most = 60 * total;

const fresh = {
  'never analyzed': `truncate monitoring.tb_alert_rule, monitoring.alert_state cascade;
    delete from pg_statistic where starelid in (select oid from pg_class where relnamespace = 'monitoring'::regnamespace)`,
  'vacuumed empty': 'select 1',
} as const;

let minute = 0;
const next = (): Date => new Date(start + (minute += 10) * 60_000);

const turn = (series: number, values: (n: number) => number) =>
  evaluate(
    walking(world.ops, (one) => walked.push(one)),
    { at: next(), sources: [atHand(series, values)] },
  );

// A night: everything begins, goes on, changes by a twentieth, is told twice, and ends.
const night = async (rules: number, series: number): Promise<void> => {
  await turn(series, () => 9);
  await turn(series, () => 9);
  await turn(series, (n) => (n % 20 === 0 ? 1 : n % 20 === 1 ? 10 : 9));
  const watched = walking(world.ops, (one) => walked.push(one));
  expect((await dispatch(watched, next())).problems).toEqual([]);
  await dispatch(watched, next());
  const { resolved } = await turn(series, () => 1);
  expect(resolved).toBe(rules * series - total / 20);
};

const dear = (): readonly Walked[] =>
  walked.filter(({ rows, wholes }) => rows > most || wholes.includes('tb_alert'));

const nights = [
  [total, 1],
  [total / 10, 10],
  [total / 100, 100],
  [1, total],
] as const;

test.each(
  Object.entries(fresh).flatMap(([when, script], n) =>
    // The extremes say the most, of tables that were vacuumed empty above all.
    nights
      .filter(([rules, series]) => deep || rules === 1 || series === 1 || (n === 0 && rules === 10))
      .map((night) => [when, ...night, script] as const),
  ),
)(
  'statements go through as many rows as there are evaluations, tables %s: %i rules × %i series',
  async (_when, rules, series, script) => {
    for (const one of cleanScripts) await world.admin.script(one);
    await world.admin.script(script);
    await world.admin.script(rulesScript({ rules, tells: true }));
    walked = [];

    await night(rules, series);
    await night(rules, series);

    expect(dear()).toEqual([]);
    expect(walked.length).toBeGreaterThan(60);
  },
  300_000,
);

test.each(depth([5_000], [5_000, 1_000_000]))(
  'nor do they go through %i alerts of the past',
  async (past) => {
    const [rules, series] = [total / 100, 100];
    for (const one of cleanScripts) await world.admin.script(one);
    await world.admin.script(rulesScript({ rules, tells: true }));
    for (const one of historyScripts(past, rules)) await world.admin.script(one);
    walked = [];

    await night(rules, series);

    expect(dear()).toEqual([]);
  },
  600_000,
);

const keptPlans = statement({
  title: 'read whose plans a connection keeps',
  on: 'warehouse',
  columns: { text: 'text' },
  example: null,
  sql: () => sql`select statement as text from pg_prepared_statements`,
});

test('no plan of a statement is kept that reads as many rows as there are', async () => {
  const texts = await world.ops.transaction(async (tx) => {
    for (let n = 0; n < 7; n += 1) await tx.query(knownSeries, { tenants: ['a'], rules: ['b'] });
    await tx.query(shareAlerts, null);
    return (await tx.query(keptPlans, null)).map(({ text }) => text);
  });

  expect(texts.some((text) => text.includes('pg_advisory_xact_lock_shared'))).toBe(true);
  expect(texts.filter((text) => text.includes('alert_state'))).toEqual([]);
});

const everyPair = statement({
  title: 'compare every rule with every other',
  on: 'warehouse',
  columns: { pairs: 'int8' },
  example: null,
  sql: () =>
    sql`select count(*) as pairs from monitoring.tb_alert a, monitoring.tb_alert b where a.message <> b.message || 'x'`,
});

test('a statement that goes through all for each is found', async () => {
  const [rules, series] = [1, total];
  for (const one of cleanScripts) await world.admin.script(one);
  await world.admin.script(rulesScript({ rules, tells: true }));
  await turn(series, () => 9);
  walked = [];

  await walking(world.ops, (one) => walked.push(one)).query(everyPair, null);

  expect(dear()).toMatchObject([{ wholes: ['tb_alert', 'tb_alert'] }]);
}, 300_000);
