import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '@rookery/kernel/random';
import type { Source } from '@rookery/monitoring/alerts/sample';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';
import { ask } from './ask.ts';
import { meeting } from './errors-room.ts';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
});
afterAll(() => room.close());

const high = toldSource(({ slot }) => [sample(9, { at: slot })]);

// Everybody has found what is due and read its values before anybody writes.
const together = (source: Source, many: number): Source => {
  const meet = meeting(many);
  return {
    ...source,
    read: async (tx, wants) => {
      const samples = await source.read(tx, wants);
      await meet();
      return samples;
    },
  };
};

const historyOf = (tenant: string) =>
  room.rows(
    't.kind, t.at, t.value, t.note, a.labels, a.triggered_at, a.resolved_at',
    `alert_transition t join monitoring.tb_alert a using (tenant_id)
      where tenant_id = '${tenant}' and a.id = t.alert_id order by t.id`,
  );

test('evaluators beside each other at the same slot raise one alert, round after round', async () => {
  for (let round = 0; round < 25; round += 1) {
    const tenant = `same-${round}`;
    await room.addRule({ tenant_id: tenant });
    const source = together(high, 3);
    const done = await Promise.all(
      Array.from({ length: 3 }, () => room.evaluate({ at: at(60 * round), sources: [source] })),
    );

    expect(done.map(({ raised }) => raised).toSorted()).toEqual([0, 0, 1]);
    expect(await historyOf(tenant)).toMatchObject([{ kind: 'firing' }]);
    await room.world.admin.script(
      `update monitoring.tb_alert_rule set deleted_at = now() where tenant_id = '${tenant}'`,
    );
  }
});

test('control: who reads that there is no alert and then writes one raises two', async () => {
  await room.world.admin.script('drop index monitoring.tb_alert_open');
  await room.addRule({ tenant_id: 'naive' });
  const meet = meeting(2);
  const naive = (id: string) =>
    room.world.ops.transaction(async (tx) => {
      const open = await ask(
        tx,
        `select 1 from monitoring.tb_alert where tenant_id = 'naive' and status = 'active'`,
      );
      await meet();
      if (open.length === 0)
        await tx.script(`insert into monitoring.tb_alert
          (tenant_id, alert_rule_id, id, severity, message, current_value, threshold) values
          ('naive', 'r1', '${id}', 'warning', 'm', 9, 5)`);
    });

  await Promise.all([naive('one'), naive('two')]);

  expect(
    await room.rows('1', `tb_alert where tenant_id = 'naive' and status = 'active'`),
  ).toHaveLength(2);
  await room.world.admin.script(`
    delete from monitoring.tb_alert where tenant_id = 'naive';
    update monitoring.tb_alert_rule set deleted_at = now() where tenant_id = 'naive';
    create unique index tb_alert_open on monitoring.tb_alert (tenant_id, alert_rule_id, fingerprint)
      where status in ('active', 'acknowledged') or (status = 'suppressed' and resolved_at is null)`);
});

// A deterministic up and down, with dips that a keep_firing bridges.
const wave = toldSource(({ slot }) => {
  const minute = (slot.getTime() - at(0).getTime()) / 60_000;
  return [sample(Math.sin(minute / 3) * 10 + (minute % 7), { at: slot })];
});
const waveRule = { duration_minutes: 2, keep_firing_minutes: 1 };

test('slots that are repeated, late or out of order change nothing of what the newer ones made', async () => {
  const random = randomFrom(7);
  const slots = Array.from({ length: 200 }, (_, n) => n + 1).filter(() => random.chance(0.9));
  const delivered = slots.flatMap((slot, n) => {
    const earlier = slots[Math.max(0, n - random.between(0, 5))]!;
    return random.chance(0.3)
      ? [slot, slot, earlier]
      : random.chance(0.3)
        ? [slot, earlier]
        : [slot];
  });
  await room.addRule({ tenant_id: 'tidy', ...waveRule });
  for (const slot of slots) await room.evaluate({ at: at(60 * slot), sources: [wave] });
  await room.addRule({ tenant_id: 'untidy', ...waveRule });
  // The tidy rule would only repeat its last slots.
  for (const slot of delivered) await room.evaluate({ at: at(60 * slot + 13), sources: [wave] });

  const tidy = await historyOf('tidy');
  expect(tidy.length).toBeGreaterThan(20);
  expect(await historyOf('untidy')).toEqual(tidy);
});

test('slots delivered in any order by evaluators beside each other leave one history without a double step', async () => {
  const random = randomFrom(8);
  await room.addRule({ tenant_id: 'crowd', ...waveRule, duration_minutes: 0 });
  for (let slot = 300; slot < 420; slot += 3) {
    const near = [slot, slot + 1, slot + 2, slot, slot - 2].toSorted(() => random.next() - 0.5);
    await Promise.all(near.map((one) => room.evaluate({ at: at(60 * one), sources: [wave] })));
  }

  const history = await room.rows<{ kind: string; at: string }>(
    'kind, at',
    `alert_transition where tenant_id = 'crowd' order by id`,
  );
  expect(history.length).toBeGreaterThan(8);
  expect(history.map(({ kind }) => kind)).toEqual(
    history.map((_, n) => (n % 2 === 0 ? 'firing' : 'resolved')),
  );
  expect(history.map((one) => one.at)).toEqual(history.map((one) => one.at).toSorted());
});
