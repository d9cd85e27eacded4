import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabases, database } from '@rookery/lambda/database';
import { cellsMessage, type CellsMessage } from '@rookery/warehouse/changes/message';
import { parseDay } from '@rookery/kernel/day';
import { handler } from '../../functions/queue/aggregate.ts';
import { emails } from '../world/builders.ts';
import { pointsOf, type Cut, type Point } from '../world/cut.ts';
import { deep, depth } from '../world/depth.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { askOne } from './ask.ts';
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

const dayOf = (n: number) => parseDay(`2025-12-${String(n + 1).padStart(2, '0')}`);

/** A tenant of its own for every round: e-mails on some days, aggregated, of which one then moves to another lead. */
const begin = async (tenantId: string, days: number): Promise<CellsMessage> => {
  const all = Array.from({ length: days }, (_, n) => dayOf(n));
  await emails(
    desk.world.admin,
    all.flatMap((day) =>
      [0, 1, 2].map((n) => ({
        tenant_id: tenantId,
        email_id: `${tenantId}-${day}-${n}`,
        campaign_id: 'c',
        step_id: 's',
        lead_id: `l${n}`,
        sent_at: `${day}T12:00:00Z`,
      })),
    ),
  );
  const message = cellsMessage.parse({
    kind: 'cells',
    tenant_id: tenantId,
    days: all,
    reason: 'changed',
  });
  await desk.work(message);
  return message;
};

let version = 0;
const change = (tenantId: string) => {
  version += 1;
  return desk.world.admin.script(`
    update source.emails set lead_id = 'v${version}', updated_at = now() where email_id = '${tenantId}-2025-12-01-2';
    update source.emails set opened = case when opened is null then sent_at end, updated_at = now()
    where email_id = '${tenantId}-2025-12-01-1';`);
};

/** One delivery, and what SQS would do after it: deliver again what was reported as failed. True when it was. */
const deliver = async (message: CellsMessage): Promise<boolean> => {
  const event = eventOf([message]);
  const [failed] = failedOf((await handler(event, contextOf())) ?? { batchItemFailures: [] });
  if (failed === undefined) return false;
  expect(failedOf((await handler(event, contextOf())) ?? { batchItemFailures: [] })).toEqual([]);
  return true;
};

/** As when a new container starts: no connection is open, and none is still being closed. */
const startAfresh = async (): Promise<void> => {
  await closeDatabases();
  await room.cuts.postgres.quiet();
};

type Outcome = { point: Point; hit: boolean; again: boolean; announced: boolean; wrong: unknown[] };

/** Cuts one run at a point, in a container that has just started, and looks at what is left when it is over. */
const cutAt = async (cut: Cut, message: CellsMessage, point: Point): Promise<Outcome> => {
  await startAfresh();
  await change(message.tenant_id);
  const events = room.bus.events().at(-1)?.id;
  cut.arm(point);
  const again = await deliver(message);
  const hit = cut.hit();
  cut.arm();
  const stale = await room.drain(room.sqs.urls.aggregate.url);
  for (const { Body } of stale) await desk.work(cellsMessage.parse(JSON.parse(Body ?? '')));
  const { differences } = await desk.reconcile(message.tenant_id);
  return {
    point,
    hit,
    again,
    announced: room.bus.events().at(-1)?.id !== events,
    wrong: [...differences],
  };
};

// All of them are of the deep run, and so are all parts of a call to the services, which are few.
const everyPoint = async (cut: Cut, message: CellsMessage, share = 1): Promise<Outcome[]> => {
  await startAfresh();
  await change(message.tenant_id);
  cut.arm();
  await deliver(message);
  const points = pointsOf(cut.seen()).filter((_, n) => n % share === 0);
  const outcomes: Outcome[] = [];
  for (const point of points) outcomes.push(await cutAt(cut, message, point));
  return outcomes;
};

const expectWhole = (outcomes: readonly Outcome[]): void => {
  expect(outcomes.filter(({ hit }) => !hit).map(({ point }) => point)).toEqual([]);
  expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(outcomes.filter(({ announced }) => !announced)).toEqual([]);
};

test(
  'twice: whatever message to or from Postgres is cut off, the next delivery leaves no drift and loses no lead and no event',
  async () => {
    const outcomes: Outcome[] = [];
    for (const days of depth([1], [1, 2, 3, 4]))
      outcomes.push(
        ...(await everyPoint(
          room.cuts.postgres,
          await begin(`pg${outcomes.length}`, days),
          depth(4, 1),
        )),
      );

    expectWhole(outcomes);
    expect(outcomes.length).toBeGreaterThan(deep ? 500 : 24);
    // A cut that nobody felt would prove nothing: all but the farewells of connections fail the delivery.
    expect(outcomes.filter(({ again }) => again).length).toBeGreaterThan(outcomes.length * 0.9);
  },
  depth(120_000, 600_000),
);

test.each(['sqs', 'bus'] as const)(
  'twice: whatever part of a call to %s is cut off, the next delivery leaves no drift and loses no lead and no event',
  async (service) => {
    const outcomes = await everyPoint(room.cuts[service], await begin(service, 1));

    expectWhole(outcomes);
    expect(outcomes.length).toBeGreaterThanOrEqual(2);
    expect(outcomes.filter(({ again }) => again).length).toBeGreaterThanOrEqual(2);
  },
  60_000,
);

const add = () =>
  database('etl').transaction((tx) => tx.script('update public.counted set n = n + 1'));
const addAndRetry = () => add().catch(add);

test('control: adding to a counter instead is wrong at the lost reply to COMMIT', async () => {
  await desk.world.admin.script(`create table public.counted (n integer not null);
    insert into public.counted values (0); grant all on public.counted to rookery_etl`);
  const count = () => askOne<{ n: number }>(desk.world.admin, 'select n from public.counted');
  await startAfresh();
  room.cuts.postgres.arm();
  await addAndRetry();
  const points = pointsOf(room.cuts.postgres.seen());

  const wrong: Point[] = [];
  let hits = 0;
  for (const point of points) {
    await startAfresh();
    const before = await count();
    room.cuts.postgres.arm(point);
    await addAndRetry();
    if (room.cuts.postgres.hit()) hits += 1;
    if ((await count()).n !== before.n + 1) wrong.push(point);
  }

  expect(hits).toBe(points.length);
  expect(wrong.length).toBeGreaterThan(0);
});
