import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDb, type Db } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';
import { deployWarehouse, loginsOf, type RoleUrls } from '@rookery/lambda/deploy';
import { installContract } from '@rookery/source/install';
import { choosePort } from '../../infra/local/endpoint.ts';
import { emails, tenant } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';
import { openNeon, type Neon } from '../world/neon.ts';
import { poolerMissing, startPooler, type Pooler } from '../world/pooler.ts';

// Two connections a role, whoever asks: sessions meet in them all the time.
const size = 2;
const tenants = ['heron', 'stork', 'crane', 'egret'];
const days = ['2025-03-10', '2025-03-11', '2025-03-12'];

const missing = poolerMissing();

const seen = statement({
  title: 'the tenants whose rows are seen',
  on: 'warehouse',
  columns: { tenants: '_text', sent: 'int8' },
  example: null,
  sql: () => sql`select coalesce(array_agg(distinct tenant_id), '{}') as tenants, coalesce(sum(sent), 0) as sent
    from olap.campaign_analytics`,
});
const who = statement({
  title: 'who is logged in',
  on: 'warehouse',
  columns: { role: 'text', zone: 'text', patience: 'text', backend: 'int4' },
  example: null,
  sql: () => sql`select current_user::text as role, current_setting('timezone') as zone,
    current_setting('statement_timeout') as patience, pg_backend_pid() as backend`,
});
const leave = statement({
  title: 'set the tenant for the session',
  on: 'warehouse',
  columns: { left: 'text' },
  example: '',
  sql: (tenantId: string) => sql`select set_config('app.tenant_id', ${tenantId}, false) as "left"`,
});

describe.skipIf(missing !== undefined)(
  `through PgBouncer, ${missing ?? 'in transaction mode'}`,
  () => {
    let neon: Neon;
    let pooler: Pooler;
    let urls: RoleUrls;
    let desk: Desk;
    let admin: Db;
    const opened: Db[] = [];
    const open = (url: string): Db => {
      const at = new URL(url);
      at.port = String(pooler.port);
      const db = openDb({ url: at.href, proxyPort: neon.proxyPort, max: 4 });
      opened.push(db);
      return db;
    };
    const close = async () => {
      await Promise.all(opened.splice(0).map((db) => db.close()));
    };

    beforeAll(async () => {
      vi.stubEnv('LOG_LEVEL', 'SILENT');
      const port = await choosePort();
      neon = await openNeon([{ host: '127.0.0.1', port }]);
      const database = await neon.branch();
      urls = neon.roleUrls(database, 'pooled');
      const { proxyPort } = neon;
      await deployWarehouse({ url: neon.ownerUrl(database), proxyPort }, urls);
      admin = neon.admin(database);
      await installContract(admin);
      await admin.script(`alter role rookery_source password 'source'`);
      const logins = { ...loginsOf(urls), rookery_source: 'source' };
      pooler = await startPooler(neon.postgres, logins, { port, size });
      const source = open(neon.url('rookery_source', 'source', database));
      const [etl, api, ops] = [open(urls.etl), open(urls.api), open(urls.ops)];
      const url = () => neon.ownerUrl(database);
      const world = { admin, source, etl, api, ops, database, proxyPort, url, close };
      desk = await openDesk(undefined, world);
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await close();
      await admin?.close();
      await pooler?.stop();
      await neon?.close();
    });

    test('a role has its settings, and many clients share its connections', async () => {
      const clients = Array.from({ length: 6 }, () => open(urls.ops));

      const rows = (await Promise.all(clients.map((db) => db.query(who, null)))).flat();

      for (const { role, zone, patience } of rows)
        expect([role, zone, patience]).toEqual(['rookery_ops', 'UTC', '100s']);
      expect(new Set(rows.map(({ backend }) => backend)).size).toBeLessThanOrEqual(size);
    });

    test('cells are aggregated by eight workers beside each other, and none is lost or doubled', async () => {
      for (const tenant_id of tenants) {
        await tenant(admin, { tenant_id });
        await emails(
          admin,
          days.flatMap((day) =>
            Array.from({ length: 20 }, () => ({ tenant_id, sent_at: `${day}T10:00:00Z` })),
          ),
        );
      }

      await desk.look();
      const found = desk.inbox.splice(0);
      expect(found.length).toBeGreaterThan(0);
      // Each message twice, as a queue may deliver it.
      const twice = [...found, ...found];
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let one = twice.pop(); one !== undefined; one = twice.pop()) await desk.work(one);
        }),
      );
      await desk.settle();

      for (const tenant_id of tenants) {
        expect(await desk.rows('campaign_analytics', tenant_id, 'day, sent')).toEqual(
          days.map((day) => ({ day, sent: 20 })),
        );
      }
    });

    test('readers of four tenants at once, over two connections, each see their own', async () => {
      const clients = tenants.map((tenantId) => ({ tenantId, db: open(urls.api) }));
      const allowance = { name: 'reads', perMinute: 6_000, burst: 1_000 };
      const reads = Array.from({ length: 25 }, () => clients)
        .flat()
        .map(async ({ tenantId, db }) => {
          const scope = { tenantId, role: 'operator', allowance };
          const read = await db.read(scope, (tx) => tx.query(seen, null));
          return { tenantId, rows: read.allowed ? read.value : 'not allowed' };
        });

      for (const { tenantId, rows } of await Promise.all(reads))
        expect(rows).toEqual([{ tenants: [tenantId], sent: 60 }]);
      expect(await open(urls.api).query(seen, null)).toEqual([{ tenants: [], sent: 0 }]);
    });

    test('a statement that is refused is refused again alike, and the connection lives on', async () => {
      const at = new URL(urls.ingest);
      at.port = String(pooler.port);
      const db = openDb({ url: at.href, proxyPort: neon.proxyPort, max: 1 });
      opened.push(db);
      // The schema is closed to the role: Postgres says so when it prepares the statement.
      for (let time = 0; time < 3; time += 1)
        await expect(db.query(seen, null)).rejects.toThrow(/permission denied for schema olap/);
      expect(await db.query(who, null)).toMatchObject([{ role: 'rookery_ingest' }]);
    });

    test('control: a tenant that is set for the session is seen by the next client', async () => {
      await open(urls.etl).query(leave, 'stork');
      const [{ tenants: others } = { tenants: [] }] = await open(urls.etl).query(seen, null);

      expect(others).toEqual(['stork']);
    });
  },
);
