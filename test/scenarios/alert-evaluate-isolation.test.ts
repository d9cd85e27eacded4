import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Source } from '@rookery/monitoring/alerts/sample';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.empty();
  await room.world.admin.script('truncate monitoring.notice, monitoring.alert_group');
});

const tenants = ['a', 'b', 'c', 'd', 'e'];
const high = toldSource(({ slot }) => [sample(9, { at: slot })]);
const raised = (): Promise<{ tenant_id: string }[]> =>
  room.rows<{ tenant_id: string }>('tenant_id', 'tb_alert order by 1');
const problemOf = async (tenant: string): Promise<string | null> => {
  const [row] = await room.rows<{ problem: string | null }>(
    'problem',
    `alert_evaluation where tenant_id = '${tenant}'`,
  );
  return row?.problem ?? null;
};
const others = ['a', 'b', 'd', 'e'].map((tenant_id) => ({ tenant_id }));

test('what was found for one tenant and cannot be written stops no other, and is tried again', async () => {
  for (const tenant of tenants) await room.addRule({ tenant_id: tenant });
  // No text of Postgres has this character.
  const odd = toldSource(({ tenantId, slot }) => [
    sample(9, { at: slot, labels: { host: tenantId === 'c' ? '\u0000' : 'x' } }),
  ]);

  const done = await room.evaluate({ at: at(60), sources: [odd] });

  expect(done).toMatchObject({ rules: 4, raised: 4, failed: ['what was found for c'] });
  expect(await raised()).toEqual(others);
  expect(await problemOf('c')).toMatch(/^what it found cannot be written/);

  expect(await room.evaluate({ at: at(60), sources: [high] })).toMatchObject({
    rules: 1,
    raised: 1,
    failed: [],
  });
  expect(await problemOf('c')).toBeNull();
});

test('a source that fails for the rows of one tenant fails for that one alone', async () => {
  for (const tenant of tenants) await room.addRule({ tenant_id: tenant });
  const picky: Source = {
    ...high,
    read: (tx, wants) => {
      if (wants.some(({ tenantId }) => tenantId === 'c')) throw new TypeError('a row of c is odd');
      return high.read(tx, wants);
    },
  };

  const done = await room.evaluate({ at: at(60), sources: [picky] });

  expect(done).toMatchObject({ rules: 4, raised: 4, failed: ['told'] });
  expect(await raised()).toEqual(others);
  expect(await problemOf('c')).toMatch(/^the source told failed: TypeError: a row of c is odd/);
});

test('a rule with the longest times there are is evaluated as any other', async () => {
  const longest = 2_147_483_647;
  await room.addRule({ tenant_id: 'a' });
  await room.addRule({
    tenant_id: 'b',
    duration_minutes: longest,
    keep_firing_minutes: longest,
    lookback_seconds: longest,
    window_minutes: longest,
  });

  await room.evaluate({ at: at(60), sources: [high] });

  expect(await raised()).toEqual([{ tenant_id: 'a' }]);
});

test('a slot of the future is refused: no later one would count until then', async () => {
  await room.addRule();
  await expect(
    room.evaluate({ at: at(7_200), now: at(60), sources: [high] }),
  ).rejects.toMatchObject({ code: 'slot-ahead' });
  expect(await room.evaluate({ at: at(60), now: at(59), sources: [high] })).toMatchObject({
    raised: 1,
  });
});

test('any number a metric can have is told and read back, again and again', async () => {
  const values = [NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 1e300, 5e-324, -0];
  await room.addRule({
    comparison_operator: 'ne',
    threshold: 5,
    notification_channels: '{in-app}',
  });
  await room.addRule({ id: 'calm', tenant_id: 'other' });
  const source = (turn: number) =>
    toldSource(({ tenantId, slot }) =>
      tenantId === 'other'
        ? [sample(9, { at: slot })]
        : values.map((_, n) =>
            sample(values[(n + turn) % values.length]!, { at: slot, labels: { n: String(n) } }),
          ),
    );

  for (let turn = 0; turn < values.length; turn += 1) {
    const done = await room.evaluate({ at: at(60 * turn), sources: [source(turn)] });
    expect(done).toMatchObject({ rules: 2, problems: [], failed: [] });
    expect((await dispatch(room.world.ops, at(60 * turn + 31))).problems).toEqual([]);
  }

  const ended = toldSource(({ slot }) =>
    values.map((_, n) => sample(5, { at: slot, labels: { n: String(n) } })),
  );
  expect(await room.evaluate({ at: at(600), sources: [ended] })).toMatchObject({ failed: [] });
  expect((await dispatch(room.world.ops, at(900))).problems).toEqual([]);
});

test('a value that stays is not written again, to the last of its digits', async () => {
  await room.addRule({ threshold: 0 });
  for (const [minute, value] of [0.1 + 0.2, 0.1 + 0.2, 0.1 + 0.2].entries())
    await room.evaluate({
      at: at(60 * minute),
      sources: [toldSource(({ slot }) => [sample(value, { at: slot })])],
    });

  expect(
    await room.rows(
      'current_value::text as value, evaluated_at = triggered_at as unwritten',
      'tb_alert',
    ),
  ).toEqual([{ value: '0.30000000000000004', unwritten: true }]);
});

test('labels of any letters and length are one series each, told with what they are', async () => {
  await room.addRule({ notification_channels: '{in-app}', group_by: '{rule,path}' });
  const odd = [
    `it's "quoted" \\ and {braces}, [brackets]`,
    'NULL',
    '',
    ' ',
    '\n\t',
    '零😀\u202E',
    '__proto__',
    'x'.repeat(2_048),
    "'; drop table monitoring.tb_alert; --",
  ];
  const source = (value: number) =>
    toldSource(({ slot }) =>
      odd.map((path) => sample(value, { at: slot, labels: { path, [path || 'empty']: path } })),
    );
  for (const minute of [0, 1]) await room.evaluate({ at: at(60 * minute), sources: [source(9)] });
  await dispatch(room.world.ops, at(90));
  const done = await room.evaluate({ at: at(120), sources: [source(1)] });
  await dispatch(room.world.ops, at(500));

  expect(done).toMatchObject({ series: odd.length, resolved: odd.length });
  const notices = await room.rows<{ kind: string; path: string }>(
    `kind, content -> 'alerts' -> 0 -> 'labels' ->> 'path' as path`,
    'notice',
  );
  for (const kind of ['firing', 'resolved'])
    expect(
      notices
        .filter((one) => one.kind === kind)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(odd.toSorted());
});
