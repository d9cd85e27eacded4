import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { askedInstant, instant } from '../fields.ts';
import { text } from '../streams/texts.ts';
import { someOf } from './monitoring-window.ts';
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
  matcher,
  oneThing,
  signed,
} from './setting.ts';

const path = '/v1/monitoring/silences';
const onePath = `${path}/{silence_id}` as const;
const params = z.strictObject({ silence_id: idIn('silence') });

const matchers = z.array(matcher).min(1).max(20).meta({
  description: 'All must agree with an alert; rule and severity are labels, too.',
});
const ends = {
  ends_at: askedInstant.meta({ description: 'At most 366 days from now, or from its beginning.' }),
  comment: text(2_000),
};
const begins = { starts_at: askedInstant.meta({ description: 'By default now.' }) };

const silence = z
  .object({
    ...signed,
    matchers: z.array(keptMatcher),
    starts_at: instant,
    ends_at: instant,
    comment: z.string(),
    reminded_at: instant.nullable().meta({
      description: 'When it was told that it ends soon while alerts under it fire.',
    }),
  })
  .meta({ id: 'Silence' });

const changed = dataOf(silence, 'SilenceChanged');

/** Silences: alerts of which nobody is told for a while. */
export const silenceEndpoints = {
  listSilences: listOf({
    path,
    row: silence,
    component: 'SilenceList',
    query: {
      state: someOf(['coming', 'active', 'over'])
        .optional()
        .meta({ description: 'Only these, by commas: coming, active, over.' }),
    },
    summary: 'Silences, the newest first',
    description: 'Also those that are over.',
    examples: [{ title: 'What is silent now', query: { state: 'active' } }],
  }),
  getSilence: oneThing({
    path: onePath,
    params,
    row: silence,
    component: 'SilenceAnswer',
    summary: 'One silence',
    description: 'Whom it silences, why and until when.',
    examples: [{ title: 'One silence', params: { silence_id: 'night-work' } }],
  }),
} as const satisfies Endpoints;

/** What people change of silences. */
export const silenceChangeEndpoints = {
  createSilence: making201({
    path,
    body: making(
      ends,
      {
        matchers,
        ...begins,
        alert_id: text(50).meta({
          description: 'Instead of matchers: the rule and the labels of this alert.',
        }),
      },
      'SilenceNew',
    ),
    response: changed,
    summary: 'Silences alerts until a moment',
    description:
      'Alerts go on to be raised, and nobody is told. What still fires when the silence ends is told then.',
    examples: [
      {
        title: 'A rule, over the night',
        body: {
          matchers: [{ label: 'rule', op: '=', value: 'latency' }],
          starts_at: '2999-01-01T00:00:00Z',
          ends_at: '2999-01-01T06:00:00Z',
          comment: 'We move the database',
        },
      },
    ],
  }),
  changeSilence: changeOf({
    path: onePath,
    params,
    body: changing({ matchers, ...begins, ...ends }, 'SilenceChange'),
    response: changed,
    summary: 'Changes a silence',
    description: 'An `ends_at` of now ends it. 409 when somebody changed it since you saw it.',
    examples: [
      {
        title: 'Longer',
        params: { silence_id: 'night-work' },
        body: {
          revision: 0,
          starts_at: '2999-01-01T00:00:00Z',
          ends_at: '2999-01-02T06:00:00Z',
        },
      },
    ],
  }),
  deleteSilence: deletionOf({
    path: onePath,
    params,
    response: dataOf(silence, 'SilenceDeleted'),
    summary: 'Deletes a silence',
    description: 'What it hid and still fires is told from now on.',
    examples: [{ title: 'Delete it', params: { silence_id: 'idle' }, query: { revision: '0' } }],
  }),
} as const satisfies Endpoints;
