import type { Session } from '@rookery/db/pool';
import { readUntoldPagers } from './acknowledged.sql.ts';
import { readAlerts, readGroups, readRules, wakeAlerts } from './dispatch.sql.ts';
import { readClimbs, readEnds } from './escalation.sql.ts';
import { maintenanceAt } from './maintenance.ts';
import { readMutings } from './muting.ts';
import { sceneOf, seriesOf, type Rows, type Scene } from './scene.ts';

/** Whom a dispatch is for; null is all. */
export type Tenants = readonly string[] | null;

const byTenant = <Row extends { readonly tenant_id: string }>(
  rows: readonly Row[],
): ((tenantId: string) => Row[]) => {
  const all = new Map<string, Row[]>();
  for (const row of rows) {
    const own = all.get(row.tenant_id);
    if (own === undefined) all.set(row.tenant_id, [row]);
    else own.push(row);
  }
  return (tenantId) => all.get(tenantId) ?? [];
};

/** Wakes what is due and reads all that a dispatch goes by, of all tenants. */
export const readDispatch = async (tx: Session, now: Date, tenants: Tenants) => {
  const at = { now: now.toISOString() };
  const woken = await tx.query(wakeAlerts, { ...at, tenants });
  const alerts = await tx.query(readAlerts, null);
  const ends = await tx.query(readEnds, null);
  const keys = new Map(
    [...alerts, ...ends].map((row) => [JSON.stringify([row.tenant_id, row.rule_id]), row] as const),
  );
  const rules = await tx.query(readRules, {
    ...at,
    tenants: [...keys.values()].map((row) => row.tenant_id),
    ids: [...keys.values()].map((row) => row.rule_id),
  });
  const groups = await tx.query(readGroups, null);
  const climbs = await tx.query(readClimbs, null);
  const taken = alerts.filter(({ status }) => status === 'acknowledged');
  const pagers = await tx.query(readUntoldPagers, {
    tenants: taken.map((row) => row.tenant_id),
    ids: taken.map((row) => row.id),
  });
  const mutings = await readMutings(tx, now, await maintenanceAt(tx, now));
  return { woken, alerts, ends, rules, groups, climbs, pagers, mutings };
};

/** What a dispatch read. */
export type DispatchRead = Awaited<ReturnType<typeof readDispatch>>;

/** The tenants that a dispatch has to do with, in order. */
export const tenantsOf = ({ rules, groups }: DispatchRead): string[] =>
  [...new Set([...rules, ...groups].map(({ tenant_id: id }) => id))].toSorted();

/** What a dispatch read of each of these tenants, put together. */
export const scenesOf = (found: DispatchRead, now: Date, tenants: readonly string[]): Scene[] => {
  const of = {
    alerts: byTenant(found.alerts),
    ends: byTenant(found.ends),
    rules: byTenant(found.rules),
    groups: byTenant(found.groups),
    climbs: byTenant(found.climbs),
    lapsed: byTenant(found.woken.filter(({ kind }) => kind === 'lapsed')),
    pagers: byTenant(found.pagers),
  };
  return tenants.map((tenantId) => {
    const rows: Rows = {
      alerts: of.alerts(tenantId),
      ends: of.ends(tenantId),
      rules: of.rules(tenantId),
      groups: of.groups(tenantId),
      climbs: of.climbs(tenantId),
      lapsed: new Set(of.lapsed(tenantId).map(seriesOf)),
      pagers: of.pagers(tenantId),
    };
    return sceneOf(tenantId, now, rows, found.mutings.of(tenantId));
  });
};
