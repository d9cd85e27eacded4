import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAuditEvents } from '@rookery/monitoring/audit/write';
import { addEntry } from '@rookery/warehouse/audit/log.sql';
import { openPromotionRoom, event, type PromotionRoom } from './audit-promotion-room.ts';
import { chance, inParallel, shuffled } from './chance.ts';

let room: PromotionRoom;
beforeAll(async () => {
  room = await openPromotionRoom();
});
afterAll(() => room.close());

const tenants = ['ant', 'bee'];
const count = 500;

// Every third event is not on the list; times go back two weeks, in no order.
const events = Array.from({ length: count }, (_, n) => ({
  key: `k${n}`,
  item: event({
    event_id: `E-${n}`,
    time: new Date(Date.now() - ((n * 37) % count) * 2_400_000).toISOString(),
    resource_type: n % 3 === 0 ? 'mailbox' : 'role-assignment',
  }),
}));
const listed = events.filter((_, n) => n % 3 !== 0).map(({ item }) => item.event_id);

// Each event in several messages, of 1 to 40 events, in any order.
const messages = (random: () => number, times: number) =>
  Array.from({ length: times }, () => shuffled(events, random)).flatMap((all) => {
    const cuts: (typeof events)[] = [];
    for (let at = 0; at < all.length;) {
      const size = 1 + Math.floor(random() * 40);
      cuts.push(all.slice(at, at + size));
      at += size;
    }
    return cuts;
  });

const promoted = async (tenant: string): Promise<unknown[]> =>
  (await room.entries(tenant)).map(({ metadata }) => metadata['audit_event']);

const sorted = (ids: readonly unknown[]): string[] => ids.map(String).toSorted();

test('twice, late, out of order, beside itself: of 500 events delivered three times and more by 8 workers that are cut off, each of the list is one entry, and the chain holds', async () => {
  const random = chance(60);
  const work = messages(random, 3).flatMap((items) => tenants.map((tenant) => ({ tenant, items })));
  let cuts = 0;

  await inParallel(8, work, async ({ tenant, items }) => {
    if (random() < 0.3) {
      const cut = room.ingest.transaction(
        async (tx) => {
          await writeAuditEvents(tx, { tenantId: tenant, receivedAt: room.now, items });
          throw new Error('cut off');
        },
        { tenantId: tenant },
      );
      await cut.catch(() => (cuts += 1));
    }
    const { unit } = await room.deliver(
      tenant,
      Object.fromEntries(items.map((i) => [i.key, i.item])),
    );
    expect(unit.rejected).toBe(0);
  });

  expect(cuts).toBeGreaterThan(20);
  for (const tenant of tenants) {
    expect(sorted(await promoted(tenant))).toEqual(sorted(listed));
    expect((await room.entries(tenant)).map(({ seq }) => seq)).toEqual(
      listed.map((_, at) => at + 1),
    );
    expect(await room.events(tenant)).toBe(count);
    expect(await room.faults(tenant)).toEqual([]);
  }
});

// Promotion as a second transaction after the worker's: `knows` decides whether it is for a delivery that wrote something.
const naive = async (tenantId: string, always: boolean): Promise<readonly unknown[]> => {
  const random = chance(61);
  await inParallel(8, messages(random, 2), async (items) => {
    const { unit } = await room.deliver(
      tenantId,
      Object.fromEntries(items.map((i) => [i.key, i.item])),
    );
    const isCut = random() < 0.1;
    if (isCut || (unit.rows === 0 && !always)) return;
    for (const { item } of items)
      if (item.resource_type === 'role-assignment')
        await room.world.admin.query(addEntry, {
          tenantId,
          adminUserId: item.user_id,
          action: 'role.changed',
          resourceType: item.resource_type,
          resourceId: 'bob',
          ipAddress: null,
          userAgent: null,
          metadata: { audit_event: item.event_id },
          dataClassification: 'internal',
          retentionCategory: 'security',
        });
  });
  return promoted(tenantId);
};

test('control: promoted by a second transaction, actions are lost when it is cut off, or doubled when it is not', async () => {
  await room.world.admin.script('alter table monitoring.tb_audit_event disable trigger promote');
  const careful = await naive('careful', false);
  const eager = await naive('eager', true);
  await room.world.admin.script('alter table monitoring.tb_audit_event enable trigger promote');

  expect(new Set(careful).size).toBeLessThan(listed.length);
  expect(eager.length).toBeGreaterThan(new Set(eager).size);
});
