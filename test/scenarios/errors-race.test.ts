import { afterAll, beforeAll, expect, test } from 'vitest';
import { occurrenceOf, type ErrorItem } from '@rookery/monitoring/errors/item';
import { addToGroups } from '@rookery/monitoring/errors/write.sql';
import type { Stream } from '@rookery/monitoring/ingest/take';
import { writers } from '@rookery/monitoring/ingest/writers';
import { inParallel } from './chance.ts';
import { countOf, gate, meeting, occurrence, someoneWaits } from './errors-room.ts';
import { now, openIngestRoom, type IngestRoom } from './ingest-room.ts';

let room: IngestRoom;
beforeAll(async () => {
  room = await openIngestRoom();
});
afterAll(() => room.close());

const stream = writers.errors;

test('first occurrences beside each other make one group that counts them all, round after round', async () => {
  for (let round = 0; round < 60; round += 1) {
    const item = occurrence({ fingerprint: `r${round}`, user_id: `u${round}` });
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        room.deliver(stream, 'first', { [`r${round}w${n}`]: item }),
      ),
    );
    expect(taken.flatMap(({ rejected }) => rejected)).toEqual([]);
  }

  expect(
    await room.rows(
      'count(*), min(occurrence_count), max(occurrence_count), max(affected_users) as users',
      `tb_error_log where tenant_id = 'first'`,
    ),
  ).toEqual([{ count: 60, min: 8, max: 8, users: 1 }]);
});

// One writer has written a first occurrence and not committed when the second comes, and waits for it.
const second = async (tenant: string, write: Stream<ErrorItem>['write']) => {
  const { open, opened } = gate();
  const batch = (key: string) => ({
    tenantId: tenant,
    receivedAt: now,
    items: [{ key, item: occurrence() }],
  });
  const wrote = gate();
  const one = room.ingest.transaction(
    async (tx) => {
      await stream.write(tx, batch('one'));
      wrote.open();
      await opened;
    },
    { tenantId: tenant },
  );
  await wrote.opened;
  const two = room.ingest.transaction((tx) => write(tx, batch('two')), { tenantId: tenant });
  await someoneWaits(room).finally(open);
  await Promise.all([one, two]);
};

test('a first occurrence that waits for another first one adds to its group', async () => {
  await second('waits', stream.write);

  expect(await countOf(room, 'waits')).toBe(2);
});

test('control: one statement that writes the group or else adds to it does not see the group it waited for', async () => {
  await second('blind', async (tx, { tenantId, items: [given] }) => {
    const { error_hash, environment } = occurrenceOf('two', given!.item);
    const id = `'err_' || md5('${environment} ${error_hash}')`;
    await tx.script(`
      with fresh as (
        insert into monitoring.tb_error_log (tenant_id, id, error_hash, environment, message, error_type)
        values ('${tenantId}', ${id}, '${error_hash}', '${environment}', 'm', 't') on conflict do nothing returning id
      )
      update monitoring.tb_error_log set occurrence_count = occurrence_count + 1
      where id = ${id} and id not in (select id from fresh)`);
    return { rows: 1, rejected: [] };
  });

  expect(await countOf(room, 'blind')).toBe(1);
});

const fifty = Array.from({ length: 50 }, (_, n) => occurrence({ fingerprint: `g${n}` }));
const named = (prefix: string, items: readonly ErrorItem[]) =>
  Object.fromEntries(items.map((item, n) => [`${prefix}-${n}`, item]));

// A deadlock is retried: it shows as a batch that is written more often than it was delivered.
const opposite = async (tenant: string, rounds: number, write: Stream<ErrorItem>['write']) => {
  let attempts = 0;
  const counting: Stream<ErrorItem> = {
    ...stream,
    write: (tx, batch) => {
      attempts += 1;
      return write(tx, batch);
    },
  };
  const work = Array.from({ length: rounds }, (_, n) => n);
  await inParallel(8, work, (n) =>
    room.deliver(counting, tenant, named(`b${n}`, n % 2 === 0 ? fifty : fifty.toReversed())),
  );
  expect(await countOf(room, tenant)).toBe(rounds * 50);
  return attempts;
};

test('batches beside each other with the same groups in opposite orders never lock each other out', async () => {
  expect(await opposite('circle', 64, stream.write)).toBe(64);
});

test('control: occurrences written one by one lock each other out', async () => {
  await room.deliver(stream, 'one-by-one', named('first', fifty));
  const bothHaveOne = meeting(2);
  let attempts = 0;
  const naive: Stream<ErrorItem> = {
    ...stream,
    write: async (tx, { tenantId, items }) => {
      attempts += 1;
      for (const { key, item } of items) {
        const occurrences = [occurrenceOf(key, item)];
        await tx.query(addToGroups, { tenantId, occurrences, written: [] });
        await bothHaveOne();
      }
      return { rows: items.length, rejected: [] };
    },
  };

  await Promise.all([
    room.deliver(naive, 'one-by-one', named('left', fifty)),
    room.deliver(naive, 'one-by-one', named('right', fifty.toReversed())),
  ]);

  expect(attempts).toBeGreaterThan(2);
});
