import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { addDays, parseDay } from '@rookery/kernel/day';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import { emails, tenant, warmup, warmupMessages } from '../world/builders.ts';
import { depth } from '../world/depth.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import type { EmailRow } from '../world/rows.ts';
import { askOne } from './ask.ts';
import { chance, inParallel, shuffled } from './chance.ts';
import { digestOf } from './digest.ts';

const deliveries = depth(1_000, 10_000);
const workers = 8;
const tenants = Array.from({ length: depth(100, 200) }, (_, n) => `r${String(n).padStart(3, '0')}`);
const days = Array.from({ length: depth(4, 17) }, (_, n) => addDays(parseDay('2025-03-28'), n));
const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia', 'America/Sao_Paulo'];

const emailsOf = (tenantId: string, random: () => number): Partial<EmailRow>[] =>
  days.flatMap((day, d) =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, (_, n) => {
      const sent_at = new Date(
        Date.parse(`${day}T06:00:00Z`) + random() * 10 * 3_600_000,
      ).toISOString();
      const happens = (share: number) => (random() < share ? sent_at : null);
      return {
        email_id: `${tenantId}-${d}-${n}`,
        tenant_id: tenantId,
        campaign_id: `c${Math.floor(random() * 3)}`,
        step_id: `s${Math.floor(random() * 2)}`,
        mailbox_id: `m${Math.floor(random() * 2)}`,
        lead_id: `l${Math.floor(random() * 8)}`,
        sent_at,
        opened: happens(0.4),
        replied: happens(0.1),
        bounce_type: random() < 0.1 ? ('hard' as const) : null,
      };
    }),
  );

const fill = async (desk: Desk): Promise<void> => {
  const random = chance(11);
  const { admin } = desk.world;
  for (const [n, tenant_id] of tenants.entries())
    await tenant(admin, {
      tenant_id,
      timezone: zones[n % zones.length]!,
      billing_anchor: 1 + (n % 31),
    });
  await emails(
    admin,
    tenants.flatMap((tenantId) => emailsOf(tenantId, random)),
  );
  for (const tenant_id of tenants.slice(0, 20)) {
    const moments = days.map((day) => `${day}T12:00:00Z`);
    await warmup(admin, { tenant_id, mailbox_id: 'm0', started_at: moments[0]! });
    await warmupMessages(
      admin,
      moments.flatMap((sent_at, d) =>
        Array.from({ length: 8 }, (_, n) => ({
          message_id: `w-${tenant_id}-${d}-${n}`,
          tenant_id,
          mailbox_id: 'm0',
          sent_at,
        })),
      ),
    );
  }
};

// Each message once, then again and again up to five times, until there are exactly as many as asked for.
const storm = (messages: readonly CellsMessage[], random: () => number): CellsMessage[] => {
  const times = messages.map(() => 1);
  for (let left = deliveries - messages.length; left > 0;) {
    const n = Math.floor(random() * messages.length);
    const so = times[n] ?? 5;
    if (so === 5) continue;
    times[n] = so + 1;
    left -= 1;
  }
  return shuffled(
    messages.flatMap((message, n) => Array.from({ length: times[n]! }, () => message)),
    random,
  );
};

let once: Desk;
let stormy: Desk;
let pools: { source: Db; warehouse: Db };
beforeAll(async () => {
  [once, stormy] = await Promise.all([openDesk(), openDesk()]);
  await Promise.all([fill(once), fill(stormy)]);
  const open = (role: 'rookery_source' | 'rookery_etl') =>
    openDb({
      url: stormy.world.url(role),
      proxyPort: stormy.world.proxyPort,
      max: workers,
    });
  pools = { source: open('rookery_source'), warehouse: open('rookery_etl') };
}, 120_000);
afterAll(async () => {
  await Promise.all([pools.source.close(), pools.warehouse.close()]);
  await Promise.all([once.close(), stormy.close()]);
});

test(
  `twice, out of order and beside itself: ${deliveries} shuffled deliveries of one to five times each, ` +
    `${workers} workers and ${tenants.length} tenants, equal a single run byte for byte`,
  async () => {
    await once.settle();
    await stormy.look();
    const asked = stormy.inbox.splice(0);
    const messages = asked.flatMap((message) =>
      message.days.map((day): CellsMessage => ({ ...message, days: [day] })),
    );
    const place = { ...pools, now: () => new Date() };
    let stale = 0;

    const sent = storm(messages, chance(12));
    await inParallel(workers, sent, async ({ tenant_id: tenantId, ...cells }) => {
      const done = await aggregate(place, { tenantId, ...cells });
      stale += done.stale.length;
    });

    expect(sent).toHaveLength(deliveries);
    expect(await digestOf(stormy.world.admin)).toEqual(await digestOf(once.world.admin));
    // Nothing moved, so nothing may look stale; and what is equal was really counted.
    expect(stale).toBe(0);
    const total = await askOne<{ facts: number; source: number }>(
      stormy.world.admin,
      `select (select sum(sent) from olap.campaign_analytics) as facts, (select count(*) from source.emails) as source`,
    );
    expect(total.facts).toBe(total.source);
  },
  depth(120_000, 400_000),
);

test('control: a worker that adds what each delivery counts is wrong after the same kind of storm', async () => {
  const { admin } = stormy.world;
  await admin.script(
    'create table public.added (tenant_id text primary key, sent bigint not null)',
  );
  const cells = tenants.slice(0, 10).map((tenant_id): CellsMessage => ({
    kind: 'cells',
    tenant_id,
    days,
    leads: [],
    reason: 'changed',
  }));
  const sent = cells.flatMap((message, n) => Array.from({ length: 1 + (n % 5) }, () => message));

  await inParallel(workers, shuffled(sent, chance(13)), ({ tenant_id }) =>
    admin.script(`insert into public.added as a select tenant_id, count(*) from source.emails
      where tenant_id = '${tenant_id}' group by 1 on conflict (tenant_id) do update set sent = a.sent + excluded.sent`),
  );

  const { wrong } = await askOne<{ wrong: number }>(
    admin,
    `select count(*) as wrong from public.added a
      where sent <> (select count(*) from source.emails e where e.tenant_id = a.tenant_id)`,
  );
  expect(wrong).toBe(8);
});
