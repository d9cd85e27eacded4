import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { instant } from '../fields.ts';
import { text } from '../streams/texts.ts';
import { oneOf, someOf } from './monitoring-window.ts';
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
  oneThing,
  signed,
} from './setting.ts';

const path = '/v1/monitoring/notification-targets';
const onePath = `${path}/{target_id}` as const;
const params = z.strictObject({ target_id: idIn('target') });
const targetChannels = ['slack', 'webhook', 'pagerduty'] as const;

const name = text(200);
const address = text(500).nullable().meta({
  description: 'URL of a webhook. The others have none: their secret says where they are.',
});
const secret = text(500).meta({
  description:
    'URL of the incoming webhook of slack, signing secret of a webhook (`whsec_` and 24 to 64 bytes in base64), routing key of pagerduty. It is kept encrypted and never shown.',
});

const target = z
  .object({
    ...signed,
    channel: oneOf(targetChannels),
    name: z.string(),
    address: z.string().nullable(),
    previous_until: instant.nullable().meta({
      description: 'Until when the secret before the last rotation counts as well.',
    }),
    is_active: z.boolean(),
  })
  .meta({ id: 'NotificationTarget' });

const changed = dataOf(target, 'NotificationTargetChanged');

/** Notification targets: where notices of slack, webhook and pagerduty go. */
export const notificationTargetEndpoints = {
  listNotificationTargets: listOf({
    path,
    row: target,
    component: 'NotificationTargetList',
    query: {
      channel: someOf(targetChannels).optional().meta({ description: 'Only these, by commas.' }),
    },
    summary: 'Notification targets, the newest first',
    description: 'Rules name them in notification_recipients. Secrets are never shown.',
    examples: [{ title: 'All of them' }],
  }),
  getNotificationTarget: oneThing({
    path: onePath,
    params,
    row: target,
    component: 'NotificationTargetAnswer',
    summary: 'One notification target',
    description: 'Without its secret.',
    examples: [{ title: 'One', params: { target_id: 'ops-hook' } }],
  }),
} as const satisfies Endpoints;

/** What people change of notification targets. */
export const notificationTargetChangeEndpoints = {
  createNotificationTarget: making201({
    path,
    body: making(
      { name, channel: z.enum(targetChannels), secret },
      { address },
      'NotificationTargetNew',
    ),
    response: dataOf(target, 'NotificationTargetMade'),
    summary: 'Sets a notification target up',
    description: 'Its secret is sealed for this target and never shown again.',
    examples: [
      {
        title: 'A webhook',
        body: {
          name: 'Operations',
          channel: 'webhook',
          address: 'https://hooks.example.com/alerts',
          secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
        },
      },
    ],
  }),
  changeNotificationTarget: changeOf({
    path: onePath,
    params,
    body: changing({ name, address, is_active: z.boolean() }, 'NotificationTargetChange'),
    response: changed,
    summary: 'Changes a notification target',
    description: 'What is left out stays. Notices for one that is not active fail, saying so.',
    examples: [
      {
        title: 'Another name',
        params: { target_id: 'ops-hook' },
        body: { revision: 0, name: 'Operations by day' },
      },
    ],
  }),
  rotateNotificationTarget: changeOf({
    path: `${onePath}/secret`,
    params,
    body: z
      .strictObject({
        revision: integer(0).meta({ description: 'The `revision` as you saw it.' }),
        secret,
        overlap_hours: integer(0, 720).optional().meta({
          description:
            'How long webhooks are signed with the secret before as well. By default 24.',
        }),
      })
      .meta({ id: 'NotificationTargetSecret' }),
    response: dataOf(target, 'NotificationTargetRotated'),
    summary: 'Gives a notification target a new secret',
    description: 'Meanwhile the receiver may check with either.',
    examples: [
      {
        title: 'A new one, with a day to change',
        params: { target_id: 'spare-hook' },
        body: { revision: 0, secret: 'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=' },
      },
    ],
  }),
  deleteNotificationTarget: deletionOf({
    path: onePath,
    params,
    response: dataOf(target, 'NotificationTargetDeleted'),
    summary: 'Deletes a notification target',
    description:
      'Its secrets are gone, and notices for it fail. 409 while a rule or a policy names it.',
    examples: [{ title: 'Delete it', params: { target_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
