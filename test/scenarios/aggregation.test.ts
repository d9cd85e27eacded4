import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk } from '../world/desk.ts';
import { emails, tenant } from '../world/builders.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test('two days of a campaign do not overwrite each other (C3)', async () => {
  await tenant(desk.world.admin, { tenant_id: 'c3', timezone: 'UTC' });
  await emails(desk.world.admin, [
    ...Array.from({ length: 100 }, () => ({
      tenant_id: 'c3',
      campaign_id: 'c',
      sent_at: '2025-03-10T10:00:00Z',
    })),
    ...Array.from({ length: 7 }, () => ({
      tenant_id: 'c3',
      campaign_id: 'c',
      sent_at: '2025-03-11T10:00:00Z',
    })),
  ]);

  await desk.settle();

  expect(await desk.rows('campaign_analytics', 'c3', 'day, sent')).toEqual([
    { day: '2025-03-10', sent: 100 },
    { day: '2025-03-11', sent: 7 },
  ]);
  expect(await desk.rows('campaign_analytics_total', 'c3', 'sent')).toEqual([{ sent: 107 }]);
});
