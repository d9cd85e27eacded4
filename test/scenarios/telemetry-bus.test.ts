import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { busOfAudit } from '@rookery/lambda/tracking';
import { ingestMessage } from '@rookery/monitoring/ingest/message';
import { openAuditor } from '@rookery/telemetry/audit/audit';
import { auditDetailType, busSource } from '@rookery/telemetry/bus-rules';
import { plan } from '@rookery/telemetry/plan/plan';
import type { Entry } from '@rookery/telemetry/plan/entry';
import { sinkNames } from '@rookery/telemetry/sink';
import { handler as router } from '../../functions/queue/events.ts';
import { ask } from './ask.ts';
import { emptied, noteOf, openTelemetryRoom, type TelemetryRoom } from './telemetry-room.ts';

type Row = {
  readonly tenant_id: string;
  readonly code: string;
  readonly event: string | null;
  readonly door: string;
};

const entries: [string, Entry][] = Object.entries(plan);

let room: TelemetryRoom;
let client: EventBridgeClient;
beforeAll(async () => {
  room = await openTelemetryRoom('heron');
  client = new EventBridgeClient({});
});
afterAll(async () => {
  client.destroy();
  await room.close();
});
beforeEach(() => emptied(room));

const put = async (events: readonly { readonly name: string; readonly detail: object }[]) => {
  for (let at = 0; at < events.length; at += 10)
    await client.send(
      new PutEventsCommand({
        Entries: events.slice(at, at + 10).map(({ name, detail }) => ({
          EventBusName: 'rookery-test',
          Source: busSource,
          DetailType: name,
          Detail: JSON.stringify(detail),
        })),
      }),
    );
  await room.delivered();
};

const rows = () =>
  ask<Row>(
    room.world.admin,
    'select tenant_id, code, event, door from monitoring.rejected_event order by 1, 2, 3',
  );

test('every event of the plan that is put on the bus is in the queues of its category and sinks, none at the router', async () => {
  await put(
    entries.map(([name, { example }]) => ({
      name,
      detail: { tenant_id: 'heron', properties: example },
    })),
  );

  for (const sink of sinkNames) {
    const names = (await room.drain(sink)).map(({ Body = '' }) => JSON.parse(Body)['detail-type']);
    const wanted = entries.flatMap(([name, { sinks }]) =>
      (sinks as readonly string[]).includes(sink) ? [name] : [],
    );
    // A rule is of a category: where its events differ in their sinks, a sink lets some of them pass.
    expect(names).toEqual(expect.arrayContaining(wanted));
    expect(new Set(names).size).toBe(names.length);
  }
  expect(await room.drain('events')).toEqual([]);
});

test('a record of the audit goes to the queue ingest, as the message that its worker takes', async () => {
  const { audit } = openAuditor(busOfAudit(busSource, auditDetailType));
  await audit('tenant.deleted', {
    tenantId: 'heron',
    actor: { id: 'u-1', email: 'ada@heron.example', role: 'owner' },
    resourceId: 'heron',
    reason: 'asked for it',
    ip: '192.0.2.7',
  });
  await room.delivered();

  const bodies = (await room.drain('ingest')).map(({ Body = '' }) => JSON.parse(Body));
  expect(bodies.map((body) => ingestMessage.parse(body))).toMatchObject([
    { tenant_id: 'heron', stream: 'audit-events', items: [{ key: expect.any(String) }] },
  ]);
  expect(await room.drain('events')).toEqual([]);
});

test('names that no category has are counted, with their tenants, and kept with the reason', async () => {
  await put([
    { name: 'page_viewed', detail: { tenant_id: 'heron', properties: {} } },
    { name: 'order.paid', detail: { properties: {} } },
  ]);
  await room.work('events', router);

  expect(await rows()).toEqual([
    { tenant_id: 'heron', code: 'event-unknown', event: 'page_viewed', door: 'bus' },
    { tenant_id: 'platform', code: 'tenant-missing', event: 'order.paid', door: 'bus' },
  ]);
  const dead = await room.drain('events', 'dead');
  expect(dead.map((letter) => noteOf(letter, 'code')).toSorted()).toEqual([
    'event-unknown',
    'tenant-missing',
  ]);
  expect(dead.map((letter) => noteOf(letter, 'reason'))).toContainEqual(
    expect.stringContaining('page_viewed is not in the tracking plan'),
  );
  expect(dead.map(({ Body = '' }) => JSON.parse(Body)['detail-type']).toSorted()).toEqual([
    'order.paid',
    'page_viewed',
  ]);
});
