import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Db } from '@rookery/db/pool';
import { writeFindings } from '@rookery/monitoring/health/check';
import { lookForChecks } from '@rookery/monitoring/health/due';
import type { Finding } from '@rookery/monitoring/health/finding';
import type { ProbeMessage } from '@rookery/monitoring/health/message';
import { settle } from '@rookery/monitoring/health/settle';
import { windowsAt } from '@rookery/monitoring/health/windows';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';

/** Milliseconds. */
export const minute = 60_000;
/** Milliseconds. */
export const hour = 60 * minute;
/** The beginning of this hour: what tests take for now. */
const now = new Date(Math.floor(Date.now() / hour) * hour);
/** So many milliseconds after `now`. */
export const at = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);

/** A service row; columns by name, and the rest as a service that is asked each minute has it. */
export type ServiceRow = Readonly<Record<string, unknown>>;

const literal = (value: unknown): string => {
  if (value === null) return 'null';
  if (value instanceof Date) return `'${value.toISOString()}'`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
};

/** Adds services of tenant `t`, unless another is given: `{id, …columns}`. */
export const addServices = (world: World, ...rows: readonly ServiceRow[]): Promise<void> =>
  world.admin.script(
    rows
      .map((given) => {
        const row: ServiceRow = {
          tenant_id: 't',
          name: given['id'],
          service_type: 'api',
          probe: { kind: 'tcp', host: 'a.example', port: 80 },
          check_interval: 60,
          last_check: at(-hour),
          created_at: at(-24 * hour),
          ...given,
        };
        return `insert into monitoring.tb_service_health (${Object.keys(row).join(', ')})
          values (${Object.values(row).map(literal).join(', ')});`;
      })
      .join('\n'),
  );

/** Adds a window of maintenance of tenant `t`. */
export const addWindow = (world: World, row: ServiceRow): Promise<void> => {
  const all: ServiceRow = { tenant_id: 't', name: row['id'], created_by: 'ann', ...row };
  const values = Object.entries(all).map(([name, value]) =>
    name === 'services' && Array.isArray(value)
      ? `array[${value.map(literal).join(', ')}]::text[]`
      : literal(value),
  );
  return world.admin.script(
    `insert into monitoring.maintenance_window (${Object.keys(all).join(', ')}) values (${values.join(', ')})`,
  );
};

/** A good finding of a service of tenant `t` at a slot, checked two seconds after, but for what is given. */
export const found = (serviceId: string, slot: Date, given: Partial<Finding> = {}): Finding => ({
  tenantId: 't',
  serviceId,
  slot,
  checkedAt: new Date(slot.getTime() + 2_000),
  outcome: 'ok',
  responseMs: 20,
  reason: null,
  details: {},
  ...given,
});

/** A finding of a check that failed. */
export const bad = (serviceId: string, slot: Date, given: Partial<Finding> = {}): Finding =>
  found(serviceId, slot, { outcome: 'failed', responseMs: null, reason: 'no answer', ...given });

/** Notes findings of one slot. */
export const note = (world: World, ...findings: readonly Finding[]) =>
  writeFindings(world.ops, findings[0]!.slot, findings);

/** What the look for checks sends at a slot. */
export const lookAt = async (ops: Db, slot: Date): Promise<ProbeMessage[]> => {
  const sent: ProbeMessage[] = [];
  const send = async (messages: readonly ProbeMessage[]) => void sent.push(...messages);
  await lookForChecks(ops, { slot, windows: await windowsAt(ops, slot), send });
  return sent;
};

/** The services that messages ask, in their order. */
export const idsOf = (messages: readonly ProbeMessage[]): string[] =>
  messages.flatMap(({ services }) => services.map(({ service_id: id }) => id));

/** Settles services at a slot, with the windows of maintenance that there are. */
export const settleAt = async (ops: Db, slot: Date) =>
  settle(ops, slot, await windowsAt(ops, slot));

/** The state of a service. */
export const stateOf = (world: World, id: string) =>
  askOne<{
    status: string;
    reason: string | null;
    failures: number;
    successes: number;
    blocked_by: string | null;
  }>(
    world.admin,
    `select status, reason, failures, successes, blocked_by from monitoring.tb_service_health where id = '${id}'`,
  );

/** The states of the log of a service, the oldest first. */
export const logOf = async (world: World, id: string): Promise<string[]> =>
  (
    await ask<{ status: string }>(
      world.admin,
      `select status from monitoring.tb_health_check_log where service_id = '${id}' order by checked_at, id`,
    )
  ).map(({ status }) => status);

/** Empties everything of services. */
export const clearServices = (world: World): Promise<void> =>
  world.admin.script(
    'truncate monitoring.tb_service_health, monitoring.tb_health_check_log, monitoring.maintenance_window, monitoring.service_uptime_hour',
  );

/** A world with partitions for the checks of a month. */
export const openServiceWorld = async (): Promise<World> => {
  const world = await openWorld();
  await world.admin.script(
    `select monitoring.ensure_partitions(now() - interval '40 days', now() + interval '2 days', 'tb_health_check_log')`,
  );
  return world;
};

/** Hands such a world to a file's tests before the first, empty of services before each, and closes it after the last. */
export const useServiceWorld = (take: (opened: World) => void): void => {
  let world: World;
  beforeAll(async () => {
    world = await openServiceWorld();
    take(world);
  });
  afterAll(() => world.close());
  beforeEach(() => clearServices(world));
};
