import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSourceRoom, want, type SourceRoom } from './alert-source-room.ts';

let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room.world.close());
beforeEach(() =>
  room.world.admin.script(
    'truncate monitoring.tb_service_health, monitoring.tb_health_check_log, monitoring.maintenance_window cascade',
  ),
);

const at = (clock: string): string => `2025-03-10T${clock}Z`;

// jsonb_populate_recordset knows no defaults.
const usual = {
  last_check: '2025-03-10Z',
  timeout: 30,
  retry_count: 3,
  metrics: {},
  failure_threshold: 1,
  success_threshold: 2,
  is_active: true,
  is_public: false,
  failures: 0,
  successes: 0,
  revision: 0,
  created_at: '2025-03-01Z',
  updated_at: '2025-03-01Z',
};

const service = (id: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> =>
  room.put('monitoring.tb_service_health', [
    {
      id,
      tenant_id: 'acme',
      name: id,
      service_type: 'api',
      status: 'healthy',
      check_interval: 60,
      ...usual,
      ...more,
    },
  ]);

let made = 0;
type Check = readonly [
  service: string,
  clock: string,
  status: string,
  more?: Record<string, unknown>,
];
const checks = (all: readonly Check[]): Promise<void> =>
  room.put(
    'monitoring.tb_health_check_log',
    all.map(([service_id, clock, status, more = {}]) => ({
      id: (made += 1),
      tenant_id: 'acme',
      service_id,
      status,
      checked_at: at(clock),
      response_time: 20,
      error_message: null,
      details: null,
      ...more,
    })),
  );

const down = async (clock: string, tenantId = 'acme') =>
  (await room.tell(want('service.down', at(clock), { tenantId }))).map(
    ([labels, value]) => [labels['service_id'], value] as const,
  );

test('a service is as its last check before the slot found it, for three of its intervals', async () => {
  await service('api');
  await checks([
    ['api', '12:00:00', 'healthy', { response_time: 31 }],
    ['api', '12:01:00', 'down', { response_time: null }],
    ['api', '12:02:00', 'degraded', { response_time: 900 }],
  ]);

  expect(await down('12:00:00')).toEqual([]);
  expect(await down('12:00:01')).toEqual([['api', 0]]);
  expect(await down('12:01:00')).toEqual([['api', 0]]);
  expect(await down('12:01:01')).toEqual([['api', 1]]);
  expect(await down('12:02:01')).toEqual([['api', 0]]);
  expect(await down('12:05:00')).toEqual([['api', 0]]);
  expect(await down('12:05:01')).toEqual([]);
  expect(await down('12:01:01', 'other')).toEqual([]);
  expect(await room.tell(want('service.response_time', at('12:01:00')))).toEqual([
    [{ service_id: 'api' }, 31, 1],
  ]);
  expect(await room.tell(want('service.response_time', at('12:01:30')))).toEqual([]);
});

test('a service below one that is down says nothing, and speaks again when that is up', async () => {
  await service('net');
  await service('proxy', { parent_id: 'net' });
  await service('api', { parent_id: 'proxy' });
  await checks([
    ['net', '12:00:00', 'healthy'],
    ['api', '12:00:30', 'down'],
    ['net', '12:01:00', 'down'],
    ['net', '12:02:00', 'healthy'],
  ]);

  expect(await down('12:00:59')).toEqual([
    ['api', 1],
    ['net', 0],
  ]);
  expect(await down('12:01:01')).toEqual([['net', 1]]);
  expect(await down('12:02:01')).toEqual([
    ['api', 1],
    ['net', 0],
  ]);
});

test('under maintenance a service and what depends on it say nothing, to the second', async () => {
  await service('api');
  await service('child', { parent_id: 'api' });
  await service('apart');
  await checks([
    ['api', '12:00:00', 'degraded'],
    ['child', '12:00:00', 'down'],
    ['apart', '12:00:00', 'down'],
  ]);
  await room.world.admin.script(`insert into monitoring.maintenance_window
    (id, tenant_id, name, services, duration_minutes, starts_at, ends_at, created_by) values
    ('w', 'acme', 'move', '{api}', 1, '${at('12:01:00')}', '${at('18:00:00')}', 'me'),
    ('v', 'other', 'all', '{}', 60, '${at('12:00:00')}', '${at('18:00:00')}', 'me')`);

  expect((await down('12:00:59')).map(([id]) => id)).toEqual(['apart', 'api', 'child']);
  expect((await down('12:01:00')).map(([id]) => id)).toEqual(['apart']);
  expect((await down('12:01:59')).map(([id]) => id)).toEqual(['apart']);
  expect((await down('12:02:00')).map(([id]) => id)).toEqual(['apart', 'api', 'child']);
});

test('an unknown, inactive or deleted service says nothing', async () => {
  await service('lost', { status: 'unknown', changed_at: at('12:01:00') });
  await service('off', { status: 'unknown', is_active: false });
  await service('gone', { deleted_at: at('12:01:00') });
  await service('blank');
  await checks([
    ['lost', '12:00:00', 'down'],
    ['off', '12:00:00', 'down'],
    ['gone', '12:00:00', 'down'],
    ['blank', '12:00:00', 'down'],
    ['blank', '12:00:30', 'unknown'],
  ]);

  expect((await down('12:00:20')).map(([id]) => id)).toEqual(['blank', 'gone', 'lost']);
  expect((await down('12:01:00')).map(([id]) => id)).toEqual(['lost']);
  expect(await down('12:01:01')).toEqual([]);
});

const search = (pattern: string, counts: 'with' | 'without') =>
  room.tell(want('service.status', at('12:05:00'), { search: { pattern, counts } }));

test('texts of checks are searched in state and reason, whatever their case, with or without', async () => {
  await service('api');
  await checks([
    ['api', '11:59:59', 'down', { error_message: 'Connection refused' }],
    ['api', '12:00:00', 'down', { error_message: 'Connection refused' }],
    ['api', '12:01:00', 'down', { error_message: 'timed out' }],
    ['api', '12:02:00', 'unknown', { error_message: 'refused too' }],
    ['api', '12:03:00', 'healthy'],
    ['api', '12:05:00', 'down', { error_message: 'refused' }],
  ]);
  const api = { service_id: 'api' };

  expect(await search('refused', 'with')).toEqual([[api, 1, 3]]);
  expect(await search('REFUSED', 'without')).toEqual([[api, 2, 3]]);
  expect(await search('down: t', 'with')).toEqual([[api, 1, 3]]);
  expect(await search('nothing like it', 'with')).toEqual([[api, 0, 3]]);
});

test('a queue has what its last check saw; other services have none', async () => {
  const probe = { kind: 'sqs', queue: 'aggregate', max_depth: 10 };
  await service('q', { probe });
  await service('api');
  await checks([
    ['q', '12:00:00', 'healthy', { details: { visible: 7, in_flight: 1, delayed: 0, dead: 0 } }],
    ['q', '12:01:00', 'degraded', { details: { visible: 0, in_flight: 0, delayed: 0, dead: 3 } }],
    ['q', '12:02:00', 'down', { details: {} }],
    ['api', '12:00:00', 'healthy', { details: { status: 200 } }],
  ]);
  const queue = { service_id: 'q', queue: 'aggregate' };

  expect(await room.tell(want('queue.depth', at('12:01:00')))).toEqual([[queue, 7, 1]]);
  expect(await room.tell(want('queue.depth', at('12:01:01')))).toEqual([[queue, 0, 1]]);
  expect(await room.tell(want('queue.dead', at('12:01:01')))).toEqual([[queue, 3, 1]]);
  expect(await room.tell(want('queue.dead', at('12:02:01')))).toEqual([]);
});
