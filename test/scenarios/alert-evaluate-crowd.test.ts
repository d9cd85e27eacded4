import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mostSeries } from '@rookery/monitoring/alerts/due';
import { whole } from '@rookery/monitoring/alerts/evaluate';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());
beforeEach(() => room.empty());

// So many hosts, of which one breaches; each is measured twice, and half a dozen are of another place.
const crowd = (many: number) =>
  toldSource(({ metric, slot }) => {
    if (metric !== 'crowd') return [sample(9, { at: slot })];
    const hosts = Array.from({ length: many }, (_, n) => ({ host: `h${n}`, place: 'here' }));
    const others = Array.from({ length: 6 }, (_, n) => ({ host: `o${n}`, place: 'there' }));
    return [...hosts, ...others].flatMap((labels) => {
      const value = labels.host === 'h7' ? 9 : 1;
      return [at(-1), slot].map((moment) => sample(value, { at: moment, labels }));
    });
  });
const scope = JSON.stringify({ matchers: [{ label: 'place', op: '=', value: 'here' }] });
const evaluate = (minute: number, many: number) =>
  room.evaluate({ at: at(60 * minute), sources: [crowd(many)] });
const evaluations = () =>
  room.rows('alert_rule_id as rule, series, problem', 'alert_evaluation order by 1');

test('a rule with as many series as it may have is judged', async () => {
  await room.addRule({ id: 'crowd', metric_name: 'crowd', scope });

  expect(whole(await evaluate(1, mostSeries))).toMatchObject({ series: mostSeries, raised: 1 });
  expect(await evaluations()).toEqual([{ rule: 'crowd', series: mostSeries, problem: null }]);
});

test('one with one more is not, and says what to do; others go on, and so does it once it is narrowed', async () => {
  await room.addRule({ id: 'crowd', metric_name: 'crowd', scope });
  await room.addRule({ id: 'other', tenant_id: 'acme' });

  const done = whole(await evaluate(1, mostSeries + 1));

  const problem = expect.stringMatching(/^it would judge 10001 series, and may 10000: narrow its/);
  expect(done).toMatchObject({ rules: 1, raised: 1, faulty: [{ rule_id: 'crowd', problem }] });
  expect(await evaluations()).toEqual([
    { rule: 'crowd', series: 0, problem },
    { rule: 'other', series: 1, problem: null },
  ]);

  const narrow = scope.replace('"here"}', '"here"},{"label":"host","op":"=","value":"h7"}');
  await room.world.admin.script(
    `update monitoring.tb_alert_rule set scope = '${narrow}', revision = revision + 1 where id = 'crowd'`,
  );
  expect(whole(await evaluate(2, mostSeries + 1))).toMatchObject({ raised: 1, faulty: [] });
});
