import type { Session } from '@rookery/db/pool';
import { freshRows } from '../reports/freshness.ts';
import { countServices } from '../settings/crowd.sql.ts';
import { fieldsSet, merged, type Some } from '../settings/fields.ts';
import { settingOfId, type Kind } from '../settings/setting.ts';
import type { RowWith, SetName, SettingAsk } from '../settings/setting.sql.ts';
import { parentFault } from './parent.ts';
import { takeParents } from './parent.sql.ts';
import {
  dropService,
  holdService,
  lastChecks,
  listServices,
  makeService,
  putService,
  serviceFields,
  serviceOfId,
  servicesBelow,
  usualService,
} from './service-change.sql.ts';

type Row = RowWith<typeof serviceFields>;

/** What people set of a service, by column. */
export type ServiceFields = Pick<Row, SetName<typeof serviceFields>>;

/** A new service with all that it does not say. */
export const wholeService = (
  wish: Some<ServiceFields> & Pick<ServiceFields, 'name'>,
): ServiceFields => {
  const kind = wish.probe?.kind ?? 'other';
  // One ping tells that a job runs; one good answer of a server tells little.
  const own = { service_type: kind, success_threshold: kind === 'heartbeat' ? 1 : 2 };
  return merged<ServiceFields>({ ...usualService, ...own, name: wish.name }, wish);
};

const urlOf = (probe: ServiceFields['probe']): string | null => {
  const url = probe?.kind === 'http' ? probe['url'] : null;
  return typeof url === 'string' ? url : null;
};

/** Services, as people set them up. One that is changed is due at once; one that others depend on cannot be deleted. */
export const serviceKind: Kind<Row, ServiceFields> = {
  type: 'service',
  module: 'health',
  statements: {
    list: listServices,
    one: serviceOfId,
    hold: holdService,
    make: makeService,
    put: putService,
    drop: dropService,
  },
  crowd: { count: countServices, most: 1_000, instead: 'delete one that need not be watched' },
  fieldsOf: fieldsSet(serviceFields),
  settled: (fields) => ({ ...fields, health_check_url: urlOf(fields.probe), next_check_at: null }),
  fault: async (tx, { tenantId, id, fields: { parent_id: parentId }, before }) =>
    parentId === null || parentId === before?.parent_id
      ? null
      : parentFault(tx, { tenantId, id, parentId }),
  inUse: async (tx, service) => {
    await tx.query(takeParents, { tenantId: service.tenantId });
    const below = await tx.query(servicesBelow, service);
    return below.length === 0
      ? null
      : `services depend on it, such as ${below.map(({ id }) => id).join(', ')}: change them first`;
  },
};

/** A service with its last checks, and how fresh that is; fails with `not-found`. */
export const serviceAnswer = async (
  session: Session,
  { most, ...ask }: SettingAsk & { readonly most: number },
) => {
  const fresh = await freshRows(session);
  const service = await settingOfId(session, serviceKind, ask);
  const checks = await session.query(lastChecks, { ...ask, most });
  return { body: { data: { ...service, checks } }, fresh };
};
