import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db, Session } from '@rookery/db/pool';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import { explainAlert } from '@rookery/monitoring/alerts/explain';
import type { Source } from '@rookery/monitoring/alerts/sample';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';
import { ask } from './ask.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());

const good = {
  ...toldSource(({ slot }) => [sample(9, { at: slot })]),
  answers: (metric: string) => metric === 'load',
};

test('a source that fails costs its rules nothing but time, and other rules nothing at all', async () => {
  await room.addRule({ id: 'well' });
  await room.addRule({ id: 'sick', metric_name: 'torn' });
  let isDown = true;
  const torn: Source = {
    ...good,
    name: 'torn',
    answers: () => true,
    read: async (tx, wants) => {
      if (isDown) await tx.script('select 1 from monitoring.no_such_table');
      return good.read(tx, wants);
    },
  };

  const first = await room.evaluate({ at: at(60), sources: [good, torn] });
  expect(first).toMatchObject({ rules: 1, raised: 1, failed: ['torn'] });
  expect(first.problems).toMatchObject([
    { rule_id: 'sick', problem: expect.stringContaining('no_such_table') },
  ]);
  isDown = false;
  // The retry of the same slot judges what is left, and nothing twice.
  const retry = await room.evaluate({ at: at(60), sources: [good, torn] });
  expect(retry).toMatchObject({ rules: 1, raised: 1, failed: [], problems: [] });
  expect(await room.rows('problem', 'alert_evaluation')).toEqual([
    { problem: null },
    { problem: null },
  ]);
});

test('a rule that cannot be evaluated says why, and stops no other', async () => {
  await room.empty();
  await room.addRule({ id: 'well' });
  await room.addRule({ id: 'nobody', metric_name: 'unheard' });
  await room.addRule({
    id: 'scope',
    scope: '{"matchers": [{"label": "a", "op": "=~", "value": "(a"}]}',
  });

  const done = await room.evaluate({ at: at(120), sources: [good] });

  expect(done).toMatchObject({ rules: 1, raised: 1, failed: [] });
  expect(
    await room.rows('alert_rule_id as id, problem, last_slot', 'alert_evaluation order by 1'),
  ).toEqual([
    { id: 'nobody', problem: 'no source has the metric unheard', last_slot: null },
    { id: 'scope', problem: expect.stringContaining('a bracket is not closed'), last_slot: null },
    { id: 'well', problem: null, last_slot: expect.any(String) },
  ]);
});

// Every statement that goes to the database, of the pool and of its transactions.
const counting = (db: Db) => {
  let statements = 0;
  const counted = (session: Session): Session => ({
    ...session,
    query: (statement, params) => {
      statements += 1;
      return session.query(statement, params);
    },
  });
  const ops: Db = {
    ...db,
    ...counted(db),
    transaction: (work, scope) => db.transaction((tx) => work(counted(tx)), scope),
  };
  return { ops, statements: () => statements };
};

const spent = async (rules: number, minutes: number) => {
  await room.empty();
  await room.world.admin.script(`insert into monitoring.tb_alert_rule
    (tenant_id, id, name, metric_name, comparison_operator, threshold, duration_minutes, created_by)
    select 't' || n % 7, 'r' || n, 'n', 'load', 'gt', 5, 0, 'ann' from generate_series(1, ${rules}) n`);
  const totals: number[] = [];
  // Begin to fire, change the value, end.
  for (const [n, value] of [9, 10, 1].entries()) {
    const { ops, statements } = counting(room.world.ops);
    const source = toldSource(({ slot }) => [sample(value, { at: slot })]);
    const { series } = await evaluate(ops, { at: at(60 * (minutes + n)), sources: [source] });
    expect(series).toBe(rules);
    totals.push(statements());
  }
  return totals;
};

test('a thousand rules need as many statements as one', async () => {
  const one = await spent(1, 10);
  expect(await spent(1_000, 20)).toEqual(one);
  expect(Math.max(...one)).toBeLessThanOrEqual(11);
});

test('an alert explains itself: why it fired, what it went through and why nobody was told', async () => {
  await room.empty();
  await room.addRule({ metric_name: 'mailbox.bounce_rate', threshold: 0.05, duration_minutes: 2 });
  const bouncing = toldSource(({ slot }) => [
    sample(0.071, { at: slot, labels: { mailbox_id: 'm1' }, samples: 1_000 }),
  ]);
  for (const minute of [30, 31, 32])
    await room.evaluate({ at: at(60 * minute), sources: [bouncing] });
  await room.world.admin.script(`insert into monitoring.silence
    (tenant_id, id, matchers, starts_at, ends_at, comment, created_by) values ('acme', 's1',
     '[{"label": "mailbox_id", "op": "=", "value": "m1"}]', '${at(0).toISOString()}', '${at(9_000).toISOString()}', 'known', 'ann')`);
  const [{ id }] = (await ask<{ id: string }>(
    room.world.admin,
    'select id from monitoring.tb_alert',
  )) as [{ id: string }];

  const told = await room.world.api.transaction(
    (tx) => explainAlert(tx, { tenantId: 'acme', id }, at(2_000)),
    {
      tenantId: 'acme',
    },
  );

  expect(told).toMatchObject({
    message: 'Bounce rate of mailbox m1 is 7.1 % (71 of 1,000), above 5 % for 2 minutes',
    transitions: [
      { kind: 'pending', at: at(1_800) },
      { kind: 'firing', at: at(1_920), value: 0.071 },
    ],
    explanation: {
      value: 0.071,
      samples: 1_000,
      threshold: 0.05,
      operator: 'gt',
      fired_at: at(1_920).toISOString(),
    },
    series_state: 'firing',
    notices: [],
  });
  expect(told.silent_because).toHaveLength(2);
  await expect(
    room.world.api.transaction((tx) => explainAlert(tx, { tenantId: 'other', id }, at(0)), {
      tenantId: 'other',
    }),
  ).rejects.toThrow('there is no alert');
});
