import { expect, test } from 'vitest';
import * as z from 'zod';
import { judgeEvents } from './door.ts';
import type { Envelope } from './envelope.ts';
import { judgeBy, type Queued } from './opened.ts';
import type { Plan } from './plan/entry.ts';
import { plan } from './plan/plan.ts';
import { queuedMessage } from './queued.ts';
import { routeBatch } from './router.ts';
import type { SinkName } from './sink.ts';
import { takeBatch } from './take-batch.ts';

const receivedAt = new Date('2026-11-21T12:00:00Z');
const docket = { tenantId: 'heron', receivedAt, keys: 'k' };
const { signal } = new AbortController();

const queuedOf = (body: string): Queued => ({
  messageId: 'm',
  sentAt: receivedAt,
  message: queuedMessage.parse(JSON.parse(body)),
  body,
});

const count = async (rejections: readonly unknown[]) => rejections.length;

// What a sink whose function has this plan makes of a message of its queue.
const taken = async (sink: SinkName, body: string, known: Plan) => {
  const arrived: Envelope[] = [];
  const forwarded: string[] = [];
  const deliver = async (events: readonly Envelope[]) => {
    arrived.push(...events);
    return [];
  };
  const forward = async (messages: readonly { body: string }[]) => {
    forwarded.push(...messages.map((each) => each.body));
  };
  const taking = { sink: { name: sink, deliver }, judge: judgeBy(known), forward };
  const { retry, dead } = await takeBatch(taking, [queuedOf(body)], signal);
  return { arrived, forwarded, retry, dead };
};

const clicked = {
  id: 'c',
  event: 'email_clicked',
  properties: plan.email_clicked.example,
};
const loadsOf = (...events: object[]) =>
  judgeEvents(events, docket).loads.flatMap(({ queue, messages }) =>
    messages.map((message) => ({ queue, body: JSON.stringify(message) })),
  );

const later: readonly (readonly [string, Plan])[] = [
  ['counts its version up', { ...plan, email_clicked: { ...plan.email_clicked, version: 2 } }],
  [
    'narrows its properties',
    { ...plan, email_clicked: { ...plan.email_clicked, properties: z.strictObject({}), pii: [] } },
  ],
  [
    'sends it elsewhere',
    {
      ...plan,
      email_clicked: { ...plan.security_data_access, properties: plan.email_clicked.properties },
    },
  ],
];

test.each(later)(
  'an event that was accepted arrives as it was accepted, though a deployment meanwhile %s',
  async (_, known) => {
    const [load] = loadsOf(clicked);

    const { arrived, forwarded, retry } = await taken('posthog', load?.body ?? '', known);

    expect(load?.queue).toBe('posthog');
    expect(arrived).toMatchObject([{ event: 'email_clicked', version: 1, tenant_id: 'heron' }]);
    expect([forwarded, retry]).toEqual([[], []]);
  },
);

test('what is about persons is in no message but those of the security log', () => {
  const events = Object.entries(plan).map(([event, { example }]) => ({
    id: event,
    event,
    properties: example,
  }));

  for (const { queue, body } of loadsOf(...events))
    expect([queue, /ada(@|%40)example|203\.0\.113|Mozilla/.test(body)]).toEqual([
      queue,
      queue === 'siem',
    ]);
});

// A deployment brings functions the plan one after another: the router has it before the sink does.
test('an event that only the router knows yet comes again to its sink, and is not sent to and fro', async () => {
  const newer: Plan = { ...plan, email_seen: plan.email_opened };
  const bus = {
    id: 'b1',
    source: 'penguinmails',
    'detail-type': 'email_seen',
    detail: { tenant_id: 'heron', properties: plan.email_opened.example },
  };
  const first = await taken('posthog', JSON.stringify(bus), plan);
  const sent: string[] = [];
  const send = async (_: SinkName, bodies: readonly string[]) => void sent.push(...bodies);
  await routeBatch(
    { judge: judgeBy(newer), send, count },
    first.forwarded.map((body) => queuedOf(body)),
  );
  const second = await taken('posthog', sent[0] ?? '', plan);
  const deployed = await taken('posthog', sent[0] ?? '', newer);

  expect([first.forwarded.length, sent.length]).toEqual([1, 1]);
  expect(second).toMatchObject({ arrived: [], forwarded: [], retry: ['m'], dead: [] });
  expect(deployed).toMatchObject({ arrived: [{ event: 'email_seen' }], retry: [] });
});
