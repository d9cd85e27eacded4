import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { text } from '../streams/texts.ts';
import {
  changeOf,
  changing,
  dataOf,
  deletionOf,
  idIn,
  keptMatcher,
  listOf,
  making,
  making201,
  managedBy,
  matcher,
  oneThing,
  signed,
} from './setting.ts';

const path = '/v1/monitoring/inhibitions';
const onePath = `${path}/{inhibition_id}` as const;
const params = z.strictObject({ inhibition_id: idIn('inhibition') });
const matchers = z.array(matcher).min(1).max(20);

const needed = {
  name: text(200),
  source_matchers: matchers.meta({ description: 'Alerts that inhibit others while they fire.' }),
  target_matchers: matchers.meta({ description: 'Alerts of which nobody is told meanwhile.' }),
};
const optional = {
  equal: z.array(text(100)).max(10).meta({
    description: 'Labels that must have the same value on both sides. By default none.',
  }),
};

const inhibition = z
  .object({
    ...signed,
    name: z.string(),
    source_matchers: z.array(keptMatcher),
    target_matchers: z.array(keptMatcher),
    equal: z.array(z.string()),
    managed_by: managedBy,
  })
  .meta({ id: 'Inhibition' });

/** Inhibitions: alerts that make others not worth telling. */
export const inhibitionEndpoints = {
  listInhibitions: listOf({
    path,
    row: inhibition,
    component: 'InhibitionList',
    query: {},
    summary: 'Inhibitions, the newest first',
    description: 'Which alerts keep people from being told of which others.',
    examples: [{ title: 'All of them' }],
  }),
  getInhibition: oneThing({
    path: onePath,
    params,
    row: inhibition,
    component: 'InhibitionAnswer',
    summary: 'One inhibition',
    description: 'Which alerts it is about.',
    examples: [{ title: 'One', params: { inhibition_id: 'database-down' } }],
  }),
} as const satisfies Endpoints;

/** What people change of inhibitions. */
export const inhibitionChangeEndpoints = {
  createInhibition: making201({
    path,
    body: making(needed, optional, 'InhibitionNew'),
    response: dataOf(inhibition, 'InhibitionMade'),
    summary: 'Lets alerts inhibit others',
    description: 'While an alert of the source fires, nobody is told of those of the target.',
    examples: [
      {
        title: 'What hangs on a host',
        body: {
          name: 'Host down',
          source_matchers: [{ label: 'severity', op: '=', value: 'critical' }],
          target_matchers: [{ label: 'severity', op: '=', value: 'warning' }],
          equal: ['host'],
        },
      },
    ],
  }),
  changeInhibition: changeOf({
    path: onePath,
    params,
    body: changing({ ...needed, ...optional }, 'InhibitionChange'),
    response: dataOf(inhibition, 'InhibitionChanged'),
    summary: 'Changes an inhibition',
    description: 'What is left out stays. 409 when somebody changed it since you saw it.',
    examples: [
      {
        title: 'Another name',
        params: { inhibition_id: 'database-down' },
        body: { revision: 0, name: 'Database down' },
      },
    ],
  }),
  deleteInhibition: deletionOf({
    path: onePath,
    params,
    response: dataOf(inhibition, 'InhibitionDeleted'),
    summary: 'Deletes an inhibition',
    description: 'What it hid and still fires is told from now on.',
    examples: [{ title: 'Delete it', params: { inhibition_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
