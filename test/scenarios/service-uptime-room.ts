import type { World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { chance } from './chance.ts';
import { at, hour } from './service-room.ts';
import type { Check } from './service-uptime-model.ts';

/** Writes checks of a service into the log as they are. */
export const logChecks = (world: World, id: string, checks: readonly Check[]): Promise<void> =>
  world.admin.script(
    checks.length === 0
      ? 'select 1'
      : `insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at) values ${checks
          .map((c) => `('t', '${id}', '${c.status}', '${new Date(c.at).toISOString()}')`)
          .join(', ')}`,
  );

/** The seconds healthy, degraded, down and under maintenance of each hour that has any. */
export const hoursOf = async (world: World, id: string) =>
  Object.fromEntries(
    (
      await ask<{ at: number; seconds: number[] }>(
        world.admin,
        `select extract(epoch from hour)::bigint * 1000 as at,
          array[healthy_seconds, degraded_seconds, down_seconds, maintenance_seconds] as seconds
        from monitoring.service_uptime_hour where service_id = '${id}'`,
      )
    )
      .filter(({ seconds }) => seconds.some((n) => n > 0))
      .map((row) => [row.at, row.seconds]),
  );

/** The uptimes of a service as they are shown. */
export const uptimesOf = (world: World, id: string) =>
  askOne<{ day: number | null; week: number | null; month: number | null }>(
    world.admin,
    `select uptime_24h::float8 as day, uptime_7d::float8 as week, uptime_30d::float8 as month
     from monitoring.tb_service_health where id = '${id}'`,
  );

const states = ['healthy', 'degraded', 'down', 'unknown'] as const;

/** Checks of some days, most of them an interval apart, with gaps and bursts, and sometimes two in one second. */
export const history = (seed: number, days: number, intervalMs: number): Check[] => {
  const random = chance(seed);
  const checks: Check[] = [];
  let time = at(-days * 24 * hour).getTime();
  let status: Check['status'] = 'healthy';
  while (time < at(hour).getTime()) {
    if (random() < 0.15) status = states[Math.floor(random() * 4)]!;
    checks.push({ at: time, status });
    const jump = random();
    if (jump < 0.02) time += Math.floor(random() * 9 * hour);
    else if (jump < 0.05) time += Math.floor(random() * 900);
    else time += Math.floor(intervalMs * (0.5 + random()));
  }
  return checks;
};
