import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedInstant, instant } from '../fields.ts';
import { text } from '../streams/texts.ts';
import {
  changeOf,
  changing,
  dataOf,
  deletionOf,
  idIn,
  integer,
  listOf,
  making,
  making201,
  managedBy,
  oneThing,
  signed,
} from './setting.ts';

const path = '/v1/monitoring/maintenance-windows';
const onePath = `${path}/{window_id}` as const;
const params = z.strictObject({ window_id: idIn('window') });

const needed = {
  name: text(200),
  duration_minutes: integer(1, 10_080).meta({ description: 'How long each lasts.' }),
  ends_at: askedInstant.meta({ description: 'No window lasts longer: every one expires.' }),
};
const optional = {
  services: z.array(text(50)).max(200).meta({
    description: 'Services it is for, with all that depend on them. By default all.',
  }),
  cron: text(100).nullable().meta({
    description: 'When each begins: five fields, in its zone. By default once, at starts_at.',
  }),
  timezone: text(64).meta({ description: 'IANA zone of cron. By default UTC.' }),
  starts_at: askedInstant.meta({ description: 'None begins before. By default now.' }),
};

const window = z
  .object({
    ...signed,
    name: z.string(),
    services: z.array(z.string()),
    cron: z.string().nullable(),
    timezone: z.string(),
    duration_minutes: z.int(),
    starts_at: instant,
    ends_at: instant,
    managed_by: managedBy,
  })
  .meta({ id: 'MaintenanceWindow' });

/** Windows of maintenance: times at which services may be down. */
export const maintenanceWindowEndpoints = {
  listMaintenanceWindows: listOf({
    path,
    row: window,
    component: 'MaintenanceWindowList',
    query: {},
    summary: 'Windows of maintenance, the newest first',
    description: 'Also those that have expired.',
    examples: [{ title: 'All of them' }],
  }),
  getMaintenanceWindow: oneThing({
    path: onePath,
    params,
    row: window,
    component: 'MaintenanceWindowAnswer',
    summary: 'One window of maintenance',
    description: 'When it is, and which services it is for.',
    examples: [{ title: 'One', params: { window_id: 'sunday-night' } }],
  }),
} as const satisfies Endpoints;

/** What people change of windows of maintenance. */
export const maintenanceWindowChangeEndpoints = {
  createMaintenanceWindow: making201({
    path,
    body: making(needed, optional, 'MaintenanceWindowNew'),
    response: dataOf(window, 'MaintenanceWindowMade'),
    summary: 'Makes a window of maintenance',
    description:
      'During it services are not probed, their state is unknown, it counts for no uptime, and nobody is told.',
    examples: [
      {
        title: 'Sunday nights',
        body: {
          name: 'Sunday night',
          cron: '0 2 * * 0',
          timezone: 'Europe/Berlin',
          duration_minutes: 60,
          ends_at: '2999-01-01T00:00:00Z',
        },
      },
    ],
  }),
  changeMaintenanceWindow: changeOf({
    path: onePath,
    params,
    body: changing({ ...needed, ...optional }, 'MaintenanceWindowChange'),
    response: dataOf(window, 'MaintenanceWindowChanged'),
    summary: 'Changes a window of maintenance',
    description: 'What is left out stays. 409 when somebody changed it since you saw it.',
    examples: [
      {
        title: 'Longer',
        params: { window_id: 'sunday-night' },
        body: { revision: 0, duration_minutes: 90 },
      },
    ],
  }),
  deleteMaintenanceWindow: deletionOf({
    path: onePath,
    params,
    response: dataOf(window, 'MaintenanceWindowDeleted'),
    summary: 'Deletes a window of maintenance',
    description: 'Its services are probed again.',
    examples: [{ title: 'Delete it', params: { window_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
