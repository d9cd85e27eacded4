import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Arriving, Read, SinkChannel } from './sink-arrival.ts';

const none = { html: null, key: null, signature: null } as const;
const json = 'application/json';

const mail = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.array(z.string()) }),
  Content: z.object({
    Simple: z.object({
      Subject: z.object({ Data: z.string() }),
      Body: z.object({
        Text: z.object({ Data: z.string() }),
        Html: z.object({ Data: z.string() }),
      }),
    }),
  }),
});

const readEmail = ({ body, at }: Arriving): Read => {
  const sent = mail.parse(JSON.parse(body));
  const { Subject, Body } = sent.Content.Simple;
  const to = sent.Destination.ToAddresses.join(', ');
  const said = { title: Subject.Data, text: Body.Text.Data, html: Body.Html.Data };
  const answer = JSON.stringify({ MessageId: `ses-${randomUUID()}` });
  return {
    arrival: { ...none, channel: 'email', at, to, ...said, body: sent },
    answer: { status: 200, type: json, body: answer },
  };
};

const readSms = ({ body, at }: Arriving): Read => {
  const form = Object.fromEntries(new URLSearchParams(body));
  const { PhoneNumber: to = '', Message: title = '' } = form;
  const xml =
    `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>sns-${randomUUID()}` +
    '</MessageId></PublishResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></PublishResponse>';
  return {
    arrival: { ...none, channel: 'sms', at, to, title, text: '', body: form },
    answer: { status: 200, type: 'text/xml', body: xml },
  };
};

const words = z.object({ text: z.string() });
const slackMessage = z.object({
  text: z.string(),
  blocks: z.array(
    z.object({ text: words.optional(), elements: z.array(words).optional() }).loose(),
  ),
});

const readSlack = ({ path, body, at }: Arriving): Read => {
  const sent = slackMessage.parse(JSON.parse(body));
  const text = sent.blocks
    .slice(1)
    .map((block) => block.text?.text ?? (block.elements ?? []).map((one) => one.text).join('\n'))
    .join('\n\n');
  return {
    arrival: { ...none, channel: 'slack', at, to: path, title: sent.text, text, body: sent },
    answer: { status: 200, type: 'text/html', body: 'ok' },
  };
};

const event = z
  .object({
    routing_key: z.string(),
    event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
    dedup_key: z.string(),
    payload: z.object({ summary: z.string(), severity: z.string() }).loose().optional(),
  })
  .loose();

const readPagerduty = ({ body, at }: Arriving): Read => {
  const sent = event.parse(JSON.parse(body));
  const { routing_key, event_action, dedup_key: key, payload } = sent;
  const title = `${event_action}: ${payload?.summary ?? key}`;
  const to = `routing key ${routing_key.slice(0, 4)}…`;
  const shown = { ...sent, routing_key: `${routing_key.slice(0, 4)}…` };
  const text = payload === undefined ? '' : `severity: ${payload.severity}`;
  const answer = JSON.stringify({ status: 'success', message: 'Event processed', dedup_key: key });
  return {
    arrival: { ...none, channel: 'pagerduty', at, to, title, text, key, body: shown },
    answer: { status: 202, type: json, body: answer },
  };
};

// Written out, not taken from the code that signs: the sink is the other side.
const signatureOf = ({ headers, body, secret }: Arriving): 'good' | 'bad' | 'unchecked' => {
  if (secret === undefined) return 'unchecked';
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', key).update(content).digest();
  const isGood = (headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isGood ? 'good' : 'bad';
};

const payload = z.object({
  type: z.string(),
  data: z.object({
    alerts: z.array(
      z.object({ state: z.string(), rule_name: z.string(), message: z.string() }).loose(),
    ),
  }),
});

const readWebhook = (arriving: Arriving): Read => {
  const { path, headers, body, at } = arriving;
  const sent: unknown = JSON.parse(body);
  const signature = signatureOf(arriving);
  const { type: title, data } = payload.parse(sent);
  const key = headers['webhook-id'] ?? null;
  const text = data.alerts
    .map(({ state, rule_name, message }) => `${state}: ${rule_name}: ${message}`)
    .join('\n');
  return {
    arrival: { ...none, channel: 'webhook', at, to: path, title, text, key, signature, body: sent },
    answer: { status: signature === 'bad' ? 401 : 204, type: json, body: '' },
  };
};

/** How each channel's request is read, and answered as the real service would. */
export const readers: Record<SinkChannel, (arriving: Arriving) => Read> = {
  email: readEmail,
  sms: readSms,
  slack: readSlack,
  pagerduty: readPagerduty,
  webhook: readWebhook,
};

/** The channel that a path of the sink belongs to; null for none. SNS has the root to itself. */
export const channelOfPath = (path: string): SinkChannel | null => {
  if (path === '/') return 'sms';
  if (path === '/v2/email/outbound-emails') return 'email';
  if (path === '/v2/enqueue') return 'pagerduty';
  if (path.startsWith('/slack/')) return 'slack';
  return path.startsWith('/webhook/') ? 'webhook' : null;
};
