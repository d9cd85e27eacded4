import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler } from '../../functions/schedule/alerts.ts';
import { contextOf } from './function-room.ts';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { named } from './notify-wish.ts';

let room: NotifyRoom;
beforeAll(async () => {
  room = await openNotifyRoom();
});
afterAll(() => room.close());

const minute = 60_000;
const fire = (slot: Date) =>
  handler({ job: 'alerts', scheduledTime: slot.toISOString() }, contextOf());
const taken = (): number => room.sink.arrivals().length;
// Nobody can write to the table until this is called back.
const broken = async (table: string): Promise<() => Promise<void>> => {
  await room.world.admin.script(`alter table monitoring.${table} rename to gone`);
  return () => room.world.admin.script(`alter table monitoring.gone rename to ${table}`);
};

test('an evaluation or a dispatch that fails keeps nobody from being told what was found before', async () => {
  for (const table of ['alert_state', 'alert_evaluation', 'alert_group', 'silence']) {
    const before = taken();
    await room.write({ ...named(`beside-${table}`), channel: 'email', recipient: 'a@x.example' });
    const mend = await broken(table);

    await expect(fire(new Date())).rejects.toThrow(table);
    await room.work();

    expect(taken() - before).toBe(1);
    await mend();
  }
});

test('a slot of the future evaluates nothing, and what is due is told all the same', async () => {
  const before = taken();
  await room.write({ ...named('ahead'), channel: 'email', recipient: 'a@x.example' });

  await expect(fire(new Date(Date.now() + 60 * minute))).rejects.toMatchObject({
    code: 'slot-ahead',
  });
  await room.work();

  expect(taken() - before).toBe(1);
});
