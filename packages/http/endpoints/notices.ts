import * as z from 'zod';
import { analysts, type Endpoints } from '../contract.ts';
import { askedId, id, instant } from '../fields.ts';
import { channels, severities } from '../words.ts';
import { oneOf, someOf } from './monitoring-window.ts';
import { idIn, listOf } from './setting.ts';

const states = ['pending', 'sending', 'sent', 'failed'] as const;

const notice = z
  .object({
    id,
    kind: oneOf([
      'firing',
      'resolved',
      'repeat',
      'digest',
      'escalation',
      'reminder',
      'acknowledged',
    ]),
    channel: oneOf(channels),
    recipient: z.string(),
    alert_ids: z.array(z.string()),
    state: oneOf(states),
    attempts: z.int(),
    created_at: instant,
    next_attempt_at: instant,
    sent_at: instant.nullable(),
    provider_id: z.string().nullable().meta({ description: 'What the channel calls it.' }),
    problem: z.string().nullable().meta({ description: 'Why the last attempt failed.' }),
  })
  .meta({ id: 'Notice' });

const letter = z
  .object({
    id,
    recipient: z.string().meta({ description: 'You, or * for everybody.' }),
    title: z.string(),
    body: z.string(),
    severity: oneOf(severities),
    alert_ids: z.array(z.string()),
    created_at: instant,
    read_at: instant
      .nullable()
      .meta({ description: 'When you first read it. Null: you have not.' }),
  })
  .meta({ id: 'InAppNotice' });

/** Who was told of what: the delivery record, and what the caller has to read. */
export const noticeEndpoints = {
  listNotices: listOf({
    path: '/v1/monitoring/notices',
    row: notice,
    component: 'NoticeList',
    query: {
      state: someOf(states).optional().meta({ description: 'Only these, by commas.' }),
      channel: someOf(channels).optional().meta({ description: 'Only by these, by commas.' }),
      alert_id: askedId.optional().meta({ description: 'Only those that tell of this alert.' }),
    },
    summary: 'Notices and how they fared, the newest first',
    description: 'Every notice of the last 90 days, by channel and recipient.',
    examples: [{ title: 'What could not be sent', query: { state: 'failed' } }],
  }),
  listInbox: listOf({
    path: '/v1/monitoring/inbox',
    row: letter,
    component: 'InAppNoticeList',
    query: {
      state: someOf(['read', 'unread']).optional().meta({ description: 'Only these.' }),
    },
    summary: 'Your notices of the channel in-app, the newest first',
    description: 'Those that are for you and those that are for everybody of the tenant.',
    examples: [{ title: 'What is new', query: { state: 'unread' } }],
  }),
} as const satisfies Endpoints;

/** What a reader does about his notices. */
export const noticeChangeEndpoints = {
  changeInAppNotice: {
    method: 'PATCH',
    path: '/v1/monitoring/inbox/{notice_id}',
    tag: 'Alerting',
    summary: 'Marks one of your notices as read or unread',
    description: 'For you alone: one for everybody stays new for the others.',
    roles: analysts,
    params: z.strictObject({ notice_id: idIn('notice') }),
    query: z.strictObject({}),
    body: z.strictObject({ read: z.boolean() }).meta({ id: 'InAppNoticeChange' }),
    response: z.object({ data: letter }).meta({ id: 'InAppNoticeChanged' }),
    cache: 'none',
    rate: 'change',
    examples: [{ title: 'Read it', params: { notice_id: 'letter' }, body: { read: true } }],
  },
} as const satisfies Endpoints;
