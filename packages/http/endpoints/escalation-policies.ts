import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { channels } from '../words.ts';
import { text } from '../streams/texts.ts';
import {
  changeOf,
  changing,
  dataOf,
  deletionOf,
  idIn,
  integer,
  keptRecipients,
  listOf,
  making,
  making201,
  managedBy,
  oneThing,
  setUp,
  words,
} from './setting.ts';

const path = '/v1/monitoring/escalation-policies';
const onePath = `${path}/{policy_id}` as const;
const params = z.strictObject({ policy_id: idIn('policy') });
const names = z.array(text(320)).max(50);

const level = z.strictObject({
  after_minutes: integer(0, 43_200).meta({
    description:
      'Minutes after the level before; of the first after the alert, unless its rule has an escalation_delay.',
  }),
  channels: z.array(z.enum(channels)).min(1).max(channels.length),
  recipients: z
    .partialRecord(z.enum(channels), names)
    .meta({ description: 'Whom to tell by each channel, as in a rule.' }),
});

const needed = {
  name: text(200),
  levels: z.array(level).min(1).max(10).meta({ description: 'Told one after another.' }),
};
const optional = { description: words };

const policy = z
  .object({
    ...setUp,
    name: z.string(),
    description: z.string().nullable(),
    levels: z.array(
      z.object({
        after_minutes: z.number(),
        channels: z.array(z.string()),
        recipients: keptRecipients,
      }),
    ),
    managed_by: managedBy,
  })
  .meta({ id: 'EscalationPolicy' });

/** Escalation policies: who is told next when nobody takes an alert on. */
export const escalationPolicyEndpoints = {
  listEscalationPolicies: listOf({
    path,
    row: policy,
    component: 'EscalationPolicyList',
    query: {},
    summary: 'Escalation policies, the newest first',
    description: 'Rules name them in escalation_policy_id.',
    examples: [{ title: 'All of them' }],
  }),
  getEscalationPolicy: oneThing({
    path: onePath,
    params,
    row: policy,
    component: 'EscalationPolicyAnswer',
    summary: 'One escalation policy',
    description: 'Whom it tells, level by level.',
    examples: [{ title: 'One', params: { policy_id: 'nights' } }],
  }),
} as const satisfies Endpoints;

/** What people change of escalation policies. */
export const escalationPolicyChangeEndpoints = {
  createEscalationPolicy: making201({
    path,
    body: making(needed, optional, 'EscalationPolicyNew'),
    response: dataOf(policy, 'EscalationPolicyMade'),
    summary: 'Makes an escalation policy',
    description: 'Each level is told once, while the alert is active and nobody acknowledged it.',
    examples: [
      {
        title: 'Everybody after ten minutes',
        body: {
          name: 'Nights',
          levels: [{ after_minutes: 10, channels: ['in-app'], recipients: {} }],
        },
      },
    ],
  }),
  changeEscalationPolicy: changeOf({
    path: onePath,
    params,
    body: changing({ ...needed, ...optional }, 'EscalationPolicyChange'),
    response: dataOf(policy, 'EscalationPolicyChanged'),
    summary: 'Changes an escalation policy',
    description:
      'What is left out stays; levels that an alert reached are not told again. 409 when somebody changed it since you saw it.',
    examples: [
      {
        title: 'Another name',
        params: { policy_id: 'nights' },
        body: { revision: 0, name: 'At night' },
      },
    ],
  }),
  deleteEscalationPolicy: deletionOf({
    path: onePath,
    params,
    response: dataOf(policy, 'EscalationPolicyDeleted'),
    summary: 'Deletes an escalation policy',
    description: 'While a rule names it the answer is 409: change the rule first.',
    examples: [{ title: 'Delete it', params: { policy_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
