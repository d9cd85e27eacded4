import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { openDb, type Session } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { namedByRule } from '@rookery/monitoring/alerts/recipients.sql';
import { takeParents } from '@rookery/monitoring/health/parent.sql';
import { ask, askOne } from './ask.ts';
import { handlerOf } from './alerting-api-handler.ts';
import { openAlertingRoom, type AlertingRoom, type Wish } from './alerting-api-room.ts';

const root = '/v1/monitoring';
const scope = { tenantId: 'acme', role: 'operator' };

let room: AlertingRoom;
beforeAll(async () => {
  room = await openAlertingRoom();
});
afterAll(() => room.close());

const send = async (route: string, wish: Wish) => room.ask(await handlerOf(route), route, wish);

const hook = (id: string) =>
  send(`POST ${root}/notification-targets`, {
    body: {
      id,
      name: 'Hook',
      channel: 'webhook',
      address: 'https://hooks.example.com/x',
      secret: `whsec_${Buffer.from('a'.repeat(32)).toString('base64')}`,
    },
  });
const dropHook = (id: string) =>
  send(`DELETE ${root}/notification-targets/{target_id}`, {
    params: { target_id: id },
    query: { revision: '0' },
  });
const ruleOf = (id: string, target: string) =>
  send(`POST ${root}/alert-rules`, {
    body: {
      id,
      name: 'Bounces',
      metric_name: 'mailbox.bounce_rate',
      comparison_operator: 'gt',
      threshold: 0.05,
      notification_channels: ['webhook'],
      notification_recipients: { webhook: [target] },
    },
  });

// How many sessions of this database wait for a lock.
const waiting = async (): Promise<number> =>
  (
    await askOne<{ n: number }>(
      room.world.admin,
      `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).n;
const untilWaiting = async (count: number): Promise<void> => {
  await expect.poll(waiting, { timeout: 5_000 }).toBe(count);
};

// Does `first` in a transaction that stays open while `beside` runs, then `then` in it.
const around = async (
  first: (tx: Session) => Promise<unknown>,
  beside: () => Promise<void>,
  then: (tx: Session) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> => {
  const db = openDb({ url: room.world.url('rookery_api'), proxyPort: room.world.proxyPort });
  await db.transaction(async (tx) => {
    await first(tx);
    await beside();
    await then(tx);
  }, scope);
  await db.close();
};

const insertRule = `insert into monitoring.tb_alert_rule
    (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by, notification_channels, notification_recipients)
  values ('acme', '$', '$', 'm', 'gt', 1, 'ann', '{webhook}', '{"webhook": ["$"]}')`;
const writeRule = (id: string) => (tx: Session) =>
  tx.query(
    statement({
      title: 'rule',
      on: 'warehouse',
      columns: { id: 'varchar' },
      example: null,
      sql: () => sql.raw(`${insertRule.replaceAll('$', id)} returning id`),
    }),
    null,
  );

test('a target that a rule is about to name is not deleted before that rule is written', async () => {
  await hook('late');
  const gone: Promise<{ status: number }>[] = [];
  await around(
    (tx) => tx.query(namedByRule, { tenantId: 'acme', targets: ['late'], policyId: null }),
    async () => {
      gone.push(dropHook('late'));
      await untilWaiting(1);
    },
    writeRule('late'),
  );

  expect((await gone[0])?.status).toBe(409);
});

test('control: a look at the target without a lock lets it go, and the rule names nothing', async () => {
  await hook('naive');
  await around(
    (tx) => ask(tx, `select id from monitoring.notification_target where id = 'naive'`),
    async () => {
      expect((await dropHook('naive')).status).toBe(200);
    },
    writeRule('naive'),
  );
});

test('rules that name a target and its deletion, at once: never both', async () => {
  for (let n = 0; n < 8; n += 1) {
    await hook(`race-${n}`);
    const [rule, gone] = await Promise.all([
      ruleOf(`racer-${n}`, `race-${n}`),
      dropHook(`race-${n}`),
    ]);
    expect([rule.status === 201, gone.status === 200].filter(Boolean)).toHaveLength(1);
  }
});

const make = (id: string, parent_id: string | null = null) =>
  send(`POST ${root}/services`, { body: { id, name: id, parent_id } });

const deadlocks = async (): Promise<number> =>
  (
    await askOne<{ deadlocks: number }>(
      room.world.admin,
      `select deadlocks from pg_stat_database, pg_sleep(1.1), pg_stat_clear_snapshot() where datname = current_database()`,
    )
  ).deadlocks;

test('a service that gets a child while it is deleted: one of both, and no deadlock', async () => {
  await make('base');
  const before = await deadlocks();
  const both: Promise<{ status: number }>[] = [];
  await around(
    (tx) => tx.query(takeParents, { tenantId: 'acme' }),
    async () => {
      both.push(make('child', 'base'));
      await untilWaiting(1);
      const gone = { params: { service_id: 'base' }, query: { revision: '0' } };
      both.push(send(`DELETE ${root}/services/{service_id}`, gone));
      await untilWaiting(2);
    },
  );
  const [child, gone] = await Promise.all(both);

  expect([child?.status, gone?.status]).toEqual([201, 409]);
  expect(await deadlocks()).toBe(before);
});
