import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Columns } from '@rookery/db/statement';
import { folder } from '@rookery/monitoring/retention/place';
import { asked } from '../contracts/monitoring-rows.ts';
import { openWorld } from '../world/world.ts';

/** A world with an archive, and a clock that tests choose. */
export const openRoom = async () => {
  const world = await openWorld();
  const path = await mkdtemp(join(tmpdir(), 'archive-'));
  const place = folder(path);
  return {
    world,
    path,
    place,
    bench: { db: world.ops, place },
    ask: <C extends Columns>(text: string, columns: C) =>
      world.admin.query(asked(text, columns), null),
    count: async (from: string): Promise<number> =>
      (
        await world.admin.query(
          asked(`select count(*) as n from monitoring.${from}`, { n: 'int8' }),
          null,
        )
      )[0]!.n,
    close: async () => {
      await world.close();
      await rm(path, { recursive: true });
    },
  };
};

/** What `openRoom` opens. */
export type Room = Awaited<ReturnType<typeof openRoom>>;

/** The instant that the tests of retention take for now; everything is placed before it. */
export const now = new Date('2026-06-15T12:00:00Z');

const partitions = `select monitoring.ensure_partitions(timestamptz '${now.toISOString()}' - interval '1 day' * case period when 'day' then 16 else 100 end,
      '${now.toISOString()}', stream)
    from monitoring.streams()`;

/** Makes partitions, services, integrations and groups of errors: 16 days of metrics, 100 of other streams. */
export const stage = ({ world }: Room): Promise<void> =>
  world.admin.script(`
    ${partitions};
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type) values ('a', 's', 's', 'api'), ('b', 's', 's', 'api');
    insert into monitoring.tb_integration_health (tenant_id, id, name, integration_type, configured_at)
      values ('a', 'i', 'i', 'webhook', now()), ('b', 'i', 'i', 'webhook', now());
    insert into monitoring.tb_error_log (tenant_id, id, error_hash, message, error_type, last_seen, first_seen)
      values ('a', 'open', repeat('0', 64), 'm', 'E', '${now.toISOString()}', '2020-01-01Z'), ('b', 'open', repeat('0', 64), 'm', 'E', '${now.toISOString()}', '2020-01-01Z');
    insert into monitoring.tb_alert_rule (tenant_id, id, name, metric_name, comparison_operator, threshold, created_by)
      values ('a', 'r', 'r', 'm', 'gt', 1, 'u'), ('b', 'r', 'r', 'm', 'gt', 1, 'u')`);

const written = [
  'tb_performance_metric', 'tb_performance_metric_5min', 'tb_performance_metric_hourly', 'tb_health_check_log', 'tb_error_instance',
  'tb_integration_event', 'tb_alert', 'tb_user_activity', 'tb_user_activity_hourly', 'tb_user_session', 'legal_hold', 'retention_run',
  'performance_metric_5min_dirty',
]; // prettier-ignore

/** Takes away what a test wrote, and sets the stage's partitions again. */
export const clear = ({ world }: Room): Promise<void> =>
  world.admin.script(
    `${written.map((table) => `delete from monitoring.${table};`).join('')}
     delete from monitoring.retention_policy where tenant_id <> 'platform';
     ${partitions}`,
  );
