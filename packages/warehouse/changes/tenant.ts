import type { Db } from '@rookery/db/pool';
import { isZone } from '@rookery/kernel/day';
import type { Zones } from './dirty.sql.ts';
import { readTenants } from './position.sql.ts';

/** A tenant as the source has it: where its days begin, and the day of the month its billing periods begin. */
export type Tenant = {
  readonly tenant_id: string;
  readonly timezone: string;
  readonly billing_anchor: number;
};

/** The tenants that can be worked on, those that cannot, and why not, in words. */
export type Tenants = {
  readonly good: readonly Tenant[];
  readonly bad: readonly Tenant[];
  readonly problems: readonly string[];
};

const longestId = 200;

const faultOf = (
  { tenant_id: id, timezone, billing_anchor: anchor }: Tenant,
  postgresKnowsZone: boolean,
  rows: number,
): string | undefined => {
  if (id === '' || id.length > longestId)
    return `its id must have 1 to ${longestId} characters, not ${id.length}`;
  if (rows > 1) return `source.tenants has it ${rows} times; correct the view`;
  if (!postgresKnowsZone || !isZone(timezone))
    return `"${timezone}" is not an IANA time zone; correct source.tenants.timezone`;
  if (!Number.isInteger(anchor) || anchor < 1 || anchor > 31)
    return `billing anchor ${anchor} is not a day 1–31; correct source.tenants.billing_anchor`;
  return undefined;
};

/** The tenants as the two arrays the statements take. */
export const zonesOf = (tenants: readonly Tenant[]): Zones => ({
  tenantIds: tenants.map((t) => t.tenant_id),
  timezones: tenants.map((t) => t.timezone),
});

/** Reads the tenants of the source; one that cannot be worked on never stops the others. */
export const readUsableTenants = async (source: Db): Promise<Tenants> => {
  const rows = await source.query(readTenants, {});
  const judged = rows.map(({ zone_known: zoneKnown, rows: count, ...tenant }) => ({
    tenant,
    fault: faultOf(tenant, zoneKnown, count),
  }));
  return {
    good: judged.filter(({ fault }) => fault === undefined).map(({ tenant }) => tenant),
    bad: judged.filter(({ fault }) => fault !== undefined).map(({ tenant }) => tenant),
    problems: judged.flatMap(({ tenant, fault }) =>
      fault === undefined ? [] : [`tenant "${tenant.tenant_id.slice(0, longestId)}": ${fault}`],
    ),
  };
};
