import { afterAll, beforeAll, expect, test } from 'vitest';
import { cellsMessage } from '@rookery/warehouse/changes/message';
import { lookForChanges } from '@rookery/warehouse/changes/look';
import { closeDatabases } from '@rookery/lambda/database';
import { handler } from '../../functions/queue/aggregate.ts';
import { handler as look } from '../../functions/schedule/look.ts';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { ask, askOne } from './ask.ts';
import {
  contextOf,
  eventOf,
  failedOf,
  openFunctionRoom,
  type FunctionRoom,
} from './function-room.ts';

let desk: Desk;
let room: FunctionRoom;
beforeAll(async () => {
  desk = await openDesk();
  room = await openFunctionRoom(desk.world);
  await desk.settle();
});
afterAll(async () => {
  await room.close();
  await desk.close();
});

const cells = (tenant_id: string, ...days: string[]) => ({
  kind: 'cells',
  tenant_id,
  days,
  leads: [],
  reason: 'changed',
});
const deliver = async (
  bodies: readonly (object | string)[],
  remainingMs?: number,
): Promise<string[]> =>
  failedOf((await handler(eventOf(bodies), contextOf(remainingMs))) ?? { batchItemFailures: [] });
const dead = async () =>
  (await room.drain(room.sqs.urls.aggregate.dlqUrl))
    .map(({ Body, MessageAttributes = {} }) => ({
      body: Body,
      code: MessageAttributes['code']?.StringValue,
      reason: MessageAttributes['reason']?.StringValue,
    }))
    .sort((a, b) => ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
const sent = (tenantId: string) => desk.rows('campaign_analytics', tenantId, 'day, sent');

test('bad messages go to the dead-letter queue with a reason each, and the good one of their batch is done', async () => {
  await emails(desk.world.admin, [{ tenant_id: 'good', sent_at: '2025-03-10T12:00:00Z' }]);
  const bodies = [
    '{"kind": "cells", "tenant',
    { kind: 'surprise', tenant_id: 'good' },
    cells('nobody', '2025-03-10'),
    cells('good', '2999-01-01'),
    cells('good', '2025-02-30'),
    cells('good', '2025-03-10'),
  ];

  const failed = await deliver(bodies);

  expect(failed).toEqual([]);
  expect(await sent('good')).toEqual([{ day: '2025-03-10', sent: 1 }]);
  expect(await dead()).toEqual([
    {
      body: JSON.stringify(bodies[3]),
      code: 'day-in-future',
      reason: expect.stringContaining('2999-01-01 has not begun for tenant "good"'),
    },
    {
      body: JSON.stringify(bodies[1]),
      code: 'message-invalid',
      reason: expect.stringContaining('kind'),
    },
    {
      body: JSON.stringify(bodies[4]),
      code: 'message-invalid',
      reason: 'days.0: not a day YYYY-MM-DD',
    },
    { body: bodies[0], code: 'message-malformed', reason: 'the body is not JSON' },
    {
      body: JSON.stringify(bodies[2]),
      code: 'tenant-unknown',
      reason: expect.stringContaining('tenant "nobody" is not in source.tenants'),
    },
  ]);
});

test.each([
  ['time zone', 'zone', { timezone: 'Europe/Berlim' }, '"Europe/Berlim" is not an IANA time zone'],
  ['billing anchor', 'anchor', { billing_anchor: 0 }, 'billing anchor 0 is not a day 1–31'],
])(
  'a tenant with an impossible %s is named and left out, the others proceed, and once mended all its cells come',
  async (_, name, wrong, problem) => {
    const [bad, other] = [`bad-${name}`, `other-${name}`];
    const lookout = {
      source: desk.world.source,
      warehouse: desk.world.ops,
      send: async (messages: readonly object[]) =>
        void desk.inbox.push(...messages.map((message) => cellsMessage.parse(message))),
    };
    const now = (n: number) => ({
      job: `changes-${name}`,
      scheduledTime: new Date(Date.UTC(2026, 5, n)),
    });
    await tenant(desk.world.admin, { tenant_id: bad, ...wrong });
    await emails(
      desk.world.admin,
      [bad, other].flatMap((tenant_id) =>
        ['2024-03-10', '2025-03-10'].map((day) => ({ tenant_id, sent_at: `${day}T12:00:00Z` })),
      ),
    );
    await desk.world.admin.script(
      `update source.emails set updated_at = now() - interval '2 hours' where tenant_id = '${bad}'`,
    );

    const found = await lookForChanges(lookout, 'changed', now(1));
    const asked = new Set(desk.inbox.map(({ tenant_id }) => tenant_id));
    await desk.settle();
    const others = await sent(other);
    await tenant(desk.world.admin, {
      tenant_id: bad,
      timezone: 'Europe/Berlin',
      billing_anchor: 1,
    });
    await lookForChanges(lookout, 'changed', now(2));
    await desk.settle();

    expect(found.problems).toHaveLength(1);
    expect(found.problems[0]).toContain(problem);
    expect(asked.has(bad)).toBe(false);
    expect(others).toHaveLength(2);
    expect(await sent(bad)).toEqual([
      { day: '2024-03-10', sent: 1 },
      { day: '2025-03-10', sent: 1 },
    ]);
    expect((await desk.reconcile(bad)).differences).toEqual([]);
  },
);

test('the problems of a run are kept with it', async () => {
  await tenant(desk.world.admin, { tenant_id: 'kept', timezone: 'Mars/Olympus' });

  await look({ job: 'changes', scheduledTime: '2026-07-01T00:00:00Z' }, contextOf());

  const { problems } = await askOne<{ problems: string[] }>(
    desk.world.admin,
    `select problems from olap.job_run where job = 'changes' and scheduled_time = '2026-07-01Z'`,
  );
  expect(problems).toEqual([expect.stringContaining('tenant "kept": "Mars/Olympus"')]);
  await tenant(desk.world.admin, { tenant_id: 'kept', timezone: 'UTC' });
});

test('a missing partition is made on the way', async () => {
  const partitions = () =>
    ask(desk.world.admin, `select 1 from pg_class where relname = 'campaign_analytics_2012_05'`);
  await emails(desk.world.admin, [{ tenant_id: 'ancient', sent_at: '2012-05-10T12:00:00Z' }]);
  const before = await partitions();

  const failed = await deliver([cells('ancient', '2012-05-10')]);

  expect(before).toEqual([]);
  expect(failed).toEqual([]);
  expect(await partitions()).toHaveLength(1);
  expect(await sent('ancient')).toEqual([{ day: '2012-05-10', sent: 1 }]);
});

test('late: while the source is down messages come back and nothing is buried; the next delivery heals', async () => {
  await emails(desk.world.admin, [{ tenant_id: 'down', sent_at: '2025-03-10T12:00:00Z' }]);
  room.cuts.postgres.setDown(true);
  try {
    const failed = await deliver([cells('down', '2025-03-10'), cells('good', '2025-03-10')]);
    const looking = look({ job: 'changes', scheduledTime: '2026-07-02T00:00:00Z' }, contextOf());

    expect(failed).toEqual(['m0', 'm1']);
    await expect(looking).rejects.toMatchObject({ code: 'database-unavailable' });
  } finally {
    room.cuts.postgres.setDown(false);
  }
  await room.drain(room.sqs.urls.aggregate.url);

  await look({ job: 'changes', scheduledTime: '2026-07-02T00:00:00Z' }, contextOf());
  const queued = await room.drain(room.sqs.urls.aggregate.url);
  const failed = await deliver(queued.map(({ Body }) => Body ?? ''));

  expect(failed).toEqual([]);
  expect(await dead()).toEqual([]);
  expect(await sent('down')).toEqual([{ day: '2025-03-10', sent: 1 }]);
});

test('late: a source slower than the function has time gives the message back, and it is done later', async () => {
  await emails(desk.world.admin, [{ tenant_id: 'slow', sent_at: '2025-03-10T12:00:00Z' }]);

  const failed = await desk.world.admin.transaction(async (tx) => {
    await tx.script('lock table source.emails in access exclusive mode');
    return deliver([cells('slow', '2025-03-10'), cells('good', '2025-03-10')], 400);
  });
  await closeDatabases();
  const again = await deliver([cells('slow', '2025-03-10')]);

  expect(failed).toEqual(['m0', 'm1']);
  expect(again).toEqual([]);
  expect(await sent('slow')).toEqual([{ day: '2025-03-10', sent: 1 }]);
  expect(await dead()).toEqual([]);
});
