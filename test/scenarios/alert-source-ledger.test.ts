import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSourceRoom, want, type SourceRoom } from './alert-source-room.ts';

let room: SourceRoom;

beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room.world.close());

const period = (id: number, from: string, to: string, emails_sent: number, tenant_id = 'acme') => ({
  id,
  tenant_id,
  emails_sent,
  period_start: `${from}T00:00:00Z`,
  period_end: `${to}T00:00:00Z`,
  first_day: from,
  end_day: to,
});

const sentAt = (slot: string) => room.tell(want('tenant.emails_sent_period', slot));

test('the e-mails of the billing period are those of the period that holds the slot', async () => {
  for (const row of [
    period(1, '2025-02-01', '2025-03-01', 900),
    period(2, '2025-03-01', '2025-04-01', 120),
    period(3, '2025-03-01', '2025-04-01', 5, 'other'),
  ])
    await room.world.admin.script(`insert into olap.billing_analytics
      (tenant_id, emails_sent, period_start, period_end, first_day, end_day) values
      ('${row.tenant_id}', ${row.emails_sent}, '${row.period_start}', '${row.period_end}', '${row.first_day}', '${row.end_day}')`);

  expect(await sentAt('2025-02-28T23:59:59Z')).toEqual([[{}, 900, 900]]);
  expect(await sentAt('2025-03-01T00:00:00Z')).toEqual([[{}, 120, 120]]);
  expect(await sentAt('2025-04-01T00:00:00Z')).toEqual([]);
});

const run = (job: string, slot: string, end: string | null) => ({
  job,
  scheduled_time: `2025-03-10T${slot}Z`,
  started_at: `2025-03-10T${slot}Z`,
  finished_at: end === null ? null : `2025-03-10T${end}Z`,
  cells: 0,
  messages: 0,
  problems: [],
});

test('the delay of a job counts from the slot of the last run that had ended, and is the platform’s alone', async () => {
  await room.put('olap.job_run', [
    run('look', '12:00:00', '12:00:05'),
    run('look', '12:05:00', '12:06:00'),
    run('look', '12:10:00', null),
    run('sweep', '11:00:00', '11:30:00'),
  ]);
  const at = (slot: string, tenantId = 'platform') =>
    room.tell(want('job.lag', `2025-03-10T${slot}Z`, { tenantId }));

  expect(await at('12:06:00')).toEqual([
    [{ job: 'look' }, 360, 1],
    [{ job: 'sweep' }, 3_960, 1],
  ]);
  expect((await at('12:06:01'))[0]).toEqual([{ job: 'look' }, 61, 1]);
  expect(await at('12:06:01', 'acme')).toEqual([]);
});

test('the facts of a tenant are as late as what was found of it and waits', async () => {
  const tenants = ['acme', 'other'].map((tenant_id) => ({
    tenant_id,
    timezone: 'UTC',
    billing_anchor: 1,
    seen_at: '2025-01-01Z',
  }));
  await room.put('olap.tenant', tenants);
  await room.world.admin.script(`
    insert into olap.source (system_identifier, seen_xmax, complete_through) values ('s', '1', '2025-03-10T12:00:00Z');
    insert into olap.pending_cell (tenant_id, day, source_epoch, source_xmax, source_in_progress, complete_through)
      values ('other', '2025-03-10', 1, '1', 0, '2025-03-10T11:00:00Z')`);
  const at = (tenantId: string, slot = '12:10:00') =>
    room.tell(want('tenant.lag', `2025-03-10T${slot}Z`, { tenantId }));

  expect(await at('acme')).toEqual([[{}, 600, 1]]);
  expect(await at('other')).toEqual([[{}, 4_200, 1]]);
  expect(await at('platform')).toEqual([[{}, 4_200, 1]]);
  expect(await at('nobody')).toEqual([]);
  expect(await at('acme', '11:55:00')).toEqual([[{}, 0, 1]]);
  expect(await at('acme', '11:54:59')).toEqual([]);
});
