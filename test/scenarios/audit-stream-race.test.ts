import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@rookery/db/fault';
import { type Session } from '@rookery/db/pool';
import type { AuditItem } from '@rookery/monitoring/audit/item';
import { writeAuditEvents } from '@rookery/monitoring/audit/write';
import type { Keyed, Written } from '@rookery/monitoring/ingest/stream';
import { ask } from './ask.ts';
import {
  event,
  keyed,
  receivedAt,
  taken,
  time,
  openAuditRoom,
  type AuditRoom,
} from './audit-stream-room.ts';

let room: AuditRoom;
beforeAll(async () => {
  room = await openAuditRoom();
});
afterAll(() => room.close());

/** Two batches at once: the second begins while the first has written and not committed. */
const race = async (
  tenantId: string,
  first: (tx: Session) => Promise<unknown>,
  second: (tx: Session) => Promise<Written>,
  commits = true,
): Promise<Written> => {
  const wrote = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const one = room.ingest.transaction(
    async (tx) => {
      await first(tx);
      wrote.resolve();
      await go.promise;
      if (!commits) throw new Error('first failed');
    },
    { tenantId },
  );
  await wrote.promise;
  const two = room.ingest.transaction(second, { tenantId });
  const [settled] = await Promise.all([
    Promise.allSettled([two]),
    pause(100).then(() => go.resolve()),
    one.catch(() => {}),
  ]);
  if (settled[0].status === 'rejected') throw settled[0].reason;
  return settled[0].value;
};

const writer = (tenantId: string, items: readonly Keyed<AuditItem>[]) => (tx: Session) =>
  writeAuditEvents(tx, { tenantId, receivedAt, items });

test('of two batches with one event_id at the same time one wins; the other is a repeat, or rejected when it differs', async () => {
  const items = keyed([event({ event_id: 'AUD-1' }), event({ event_id: 'AUD-2' })]);
  const differing = keyed([
    event({ event_id: 'AUD-1', description: 'Else' }),
    event({ event_id: 'AUD-3' }),
  ]);

  expect(await race('race', writer('race', items), writer('race', items))).toEqual({
    rows: 0,
    rejected: [],
  });
  expect(await race('race2', writer('race2', items), writer('race2', differing))).toEqual({
    rows: 1,
    rejected: [taken],
  });
  expect(await race('race3', writer('race3', items), writer('race3', items), false)).toEqual({
    rows: 2,
    rejected: [],
  });
  expect(
    [await room.stored('race'), await room.stored('race2'), await room.stored('race3')].map(
      (r) => r.length,
    ),
  ).toEqual([2, 3, 2]);
});

const lookFirst = async (tx: Session): Promise<Written> => {
  const found = await ask(tx, `select 1 from monitoring.audit_event_key where event_id = 'AUD-1'`);
  if (found.length === 0)
    await tx.script(
      `insert into monitoring.audit_event_key (tenant_id, event_id, time) values ('naive', 'AUD-1', '${time}')`,
    );
  return { rows: 1, rejected: [] };
};

test('control: to look first and insert then fails in the same race', async () => {
  const lost = await race('naive', lookFirst, lookFirst).catch(codeOf);
  expect(lost).toBe('23505');
});

test('twenty batches at once that overlap in opposite orders write each event once and never deadlock', async () => {
  const events = Array.from({ length: 100 }, (_, n) => event({ event_id: `E-${n}` }));
  const batches = Array.from({ length: 20 }, (_, n) =>
    keyed(n % 2 === 0 ? events.slice(n, n + 60) : events.slice(n, n + 60).toReversed(), `${n}-`),
  );
  const written = await Promise.all(batches.map((items) => room.write('overlap', items)));

  // Batches reach from event 0 to event 78.
  expect(written.reduce((sum, { rows }) => sum + rows, 0)).toBe(79);
  expect(written.flatMap(({ rejected }) => rejected)).toEqual([]);
  expect(await room.stored('overlap')).toHaveLength(79);
});
