import { countServices } from '../settings/crowd.sql.ts';
import { fieldsSet, merged, type Some } from '../settings/fields.ts';
import type { Kind } from '../settings/setting.ts';
import type { RowWith, SetName } from '../settings/field.sql.ts';
import { parentFault } from './parent.ts';
import { takeParents } from './parent.sql.ts';
import {
  dropService,
  holdService,
  integrationOfId,
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
  const kind = kindOf({ probe: wish.probe ?? null });
  // One ping tells that a job runs; one good answer of a server tells little.
  const own = { service_type: kind, success_threshold: kind === 'heartbeat' ? 1 : 2 };
  return merged<ServiceFields>({ ...usualService, ...own, name: wish.name }, wish);
};

const urlOf = (probe: ServiceFields['probe']): string | null => {
  const url = probe?.kind === 'http' ? probe['url'] : null;
  return typeof url === 'string' ? url : null;
};

const kindOf = ({ probe }: Pick<ServiceFields, 'probe'>): string => probe?.kind ?? 'other';

// A type that was the kind of the probe follows the probe, unless somebody names another.
const typeOf = (fields: ServiceFields, before: ServiceFields | null): string => {
  const isNamed = before === null || fields.service_type !== before.service_type;
  return isNamed || before.service_type !== kindOf(before) ? fields.service_type : kindOf(fields);
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
  settled: (fields, before) => ({
    ...fields,
    service_type: typeOf(fields, before),
    health_check_url: urlOf(fields.probe),
    next_check_at: null,
  }),
  fault: async (tx, { tenantId, id, fields, before }) => {
    const { parent_id: parentId, integration_id: integrationId } = fields;
    if (integrationId !== null && integrationId !== before?.integration_id) {
      const [known] = await tx.query(integrationOfId, { tenantId, id: integrationId });
      if (known === undefined)
        return `there is no integration ${integrationId}: GET /v1/monitoring/integrations lists them`;
    }
    return parentId === null || parentId === before?.parent_id
      ? null
      : parentFault(tx, { tenantId, id, parentId });
  },
  inUse: async (tx, service) => {
    await tx.query(takeParents, { tenantId: service.tenantId });
    const below = await tx.query(servicesBelow, service);
    return below.length === 0
      ? null
      : `services depend on it, such as ${below.map(({ id }) => id).join(', ')}: change them first`;
  },
};
