import { Failure } from '@rookery/kernel/failure';
import type { Place } from './place.ts';
import { knownTenants } from './tenants.sql.ts';
import { shown } from './table.ts';

const named = 5;

/**
 * Fails with `tenant-unknown` for a tenant of which nothing is known, naming some that there are. Where the place has no
 * database of operators nobody can tell, and every tenant is let through.
 */
export const refuseUnknownTenant = async (place: Place, tenantId: string): Promise<void> => {
  if (tenantId === 'platform' || place.url('ops') === undefined) return;
  const found = await place.db('ops').query(knownTenants, { tenantId, most: named });
  const [first] = found;
  if (first?.tenant_id === tenantId) return;
  const names = found.map((row) => row.tenant_id).join(', ');
  const more = (first?.tenants ?? 0) - found.length;
  const there =
    first === undefined
      ? 'there is none yet'
      : `there are ${names}${more > 0 ? ` and ${shown(more)} more` : ''}`;
  throw new Failure('missing', 'tenant-unknown', `there is no tenant ${tenantId}: ${there}`);
};
