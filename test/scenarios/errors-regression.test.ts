import { afterAll, beforeAll, expect, test } from 'vitest';
import { writers } from '@rookery/monitoring/ingest/writers';
import { occurrence } from './errors-room.ts';
import { minutesAgo, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const at = (minutes: number) => occurrence({ occurred_at: minutesAgo(minutes) });
const deliver = (tenant: string, items: Record<string, ReturnType<typeof at>>) =>
  room.deliver(writers.errors, tenant, items);

const resolvedMinutesAgo = 60;

// A group of one occurrence two hours ago, in the state that somebody left it in an hour later.
const left = async (tenant: string, status: string) => {
  await deliver(tenant, { first: at(120) });
  await room.world.admin
    .script(`update monitoring.tb_error_log set status = '${status}', resolution_note = 'mended',
    assigned_to = 'ann', resolved_at = '${minutesAgo(resolvedMinutesAgo)}', revision = 1 where tenant_id = '${tenant}'`);
};

const group = async (tenant: string) => {
  const [row] = await room.rows(
    `status, occurrence_count as occurrences, regressions, revision, resolution_note as note, assigned_to,
      (extract(epoch from '${minutesAgo(0)}'::timestamptz - regressed_at) / 60)::integer as back,
      (extract(epoch from '${minutesAgo(0)}'::timestamptz - resolved_at) / 60)::integer as resolved`,
    `tb_error_log where tenant_id = '${tenant}'`,
  );
  return row;
};
const said = { note: 'mended', assigned_to: 'ann', resolved: resolvedMinutesAgo };
const quiet = { ...said, regressions: 0, revision: 1, back: null };

test('a resolved group stays resolved with an occurrence that came late, or at the very moment', async () => {
  await left('late', 'resolved');

  await deliver('late', { late: at(61), same: at(60) });

  expect(await group('late')).toEqual({ ...quiet, status: 'resolved', occurrences: 3 });
});

test('an occurrence after it was resolved makes it new again, once however often delivered, and keeps what was said', async () => {
  await left('back', 'resolved');

  for (let n = 0; n < 3; n += 1) await deliver('back', { again: at(59), late: at(90) });

  const back = { ...said, status: 'new', occurrences: 3, regressions: 1, revision: 2, back: 59 };
  expect(await group('back')).toEqual(back);
  await deliver('back', { more: at(10) });
  expect(await group('back')).toEqual({ ...back, occurrences: 4 });
});

test('a group that comes back twice is counted twice', async () => {
  await left('twice', 'resolved');
  await deliver('twice', { one: at(50) });
  await room.world.admin.script(`update monitoring.tb_error_log set status = 'resolved',
    resolved_at = '${minutesAgo(40)}' where tenant_id = 'twice'`);

  await deliver('twice', { late: at(45) });
  expect(await group('twice')).toMatchObject({ status: 'resolved', regressions: 1, back: 50 });
  await deliver('twice', { two: at(39) });

  const back = { status: 'new', regressions: 2, revision: 3, back: 39, resolved: 40 };
  expect(await group('twice')).toMatchObject(back);
});

test.each(['ignored', 'acknowledged', 'in-progress'])(
  'a group that is %s stays so, and is counted on',
  async (status) => {
    await left(status, status);

    await deliver(status, { again: at(1) });

    expect(await group(status)).toEqual({ ...quiet, status, occurrences: 2 });
  },
);

test('batches beside each other, after a group was resolved and late ones, open it once', async () => {
  for (let round = 0; round < 20; round += 1) {
    const tenant = `beside-${round}`;
    await left(tenant, 'resolved');

    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        deliver(tenant, { [`k${n % 4}`]: n % 4 < 2 ? at(59 - (n % 4)) : at(100) }),
      ),
    );

    const found = { ...said, status: 'new', occurrences: 5, regressions: 1, revision: 2 };
    expect(await group(tenant)).toMatchObject(found);
  }
});
