import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { redriveLetters } from '../../packages/cli/dead-letters.ts';
import { handler } from '../../functions/queue/posthog.ts';
import type { Asking } from '../../infra/local/telemetry-sink.ts';
import type { TelemetryFault } from '../../infra/local/telemetry-sink-fault.ts';
import { contextOf, failedOf } from './function-room.ts';
import {
  batchOf,
  idsOf,
  messagesOf,
  openPosthogRoom,
  someEvents,
  type PosthogRoom,
} from './posthog-room.ts';

let decide: (asking: Asking) => TelemetryFault | null = () => null;
let requests = 0;
let room: PosthogRoom;
beforeAll(async () => {
  room = await openPosthogRoom({
    queue: { maxReceiveCount: 3, visibilitySeconds: 2 },
    decide: (asking) => {
      requests += 1;
      return decide(asking);
    },
  });
});
afterEach(() => {
  decide = () => null;
});
afterAll(() => room.close());

const heldOf = (tenant: string) => room.sink.events().filter((event) => event.tenant === tenant);
const arrived = (tenant: string): string[] =>
  heldOf(tenant)
    .map(({ id }) => id)
    .toSorted();

const letters = async () => {
  const { Messages = [] } = await room.sqs.client.send(
    new ReceiveMessageCommand({
      QueueUrl: room.sqs.urls.posthog.dlqUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(({ Body = '', MessageAttributes: notes }) => ({
    body: JSON.parse(Body) as { events?: { id: string }[]; detail?: { id: string } },
    reason: notes?.['reason']?.StringValue,
    code: notes?.['code']?.StringValue,
  }));
};

const redrive = () =>
  redriveLetters(
    room.sqs.client,
    { name: 'posthog', ...room.sqs.urls.posthog },
    undefined,
    () => {},
  );

for (const fault of ['400', '413'] as const)
  test(`an event that PostHog answers ${fault} to is dead with its reason, and the 99 beside it arrive`, async () => {
    const tenant = `owl-${fault}`;
    const events = someEvents(tenant, 0, 100);
    const [poison] = idsOf(tenant, events.slice(57, 58));
    decide = ({ ids }) => (ids.includes(poison ?? '') ? fault : null);
    requests = 0;

    const answer = await handler(batchOf(messagesOf(tenant, events, 20)), contextOf());

    expect(failedOf(answer)).toEqual([]);
    expect(arrived(tenant)).toEqual(idsOf(tenant, events).filter((id) => id !== poison));
    const [letter] = await letters();
    expect(await room.dead()).toBe(1);
    expect(letter?.body.events?.map(({ id }) => id)).toEqual([`${tenant}-57`]);
    expect(letter?.code).toBe('events-refused');
    expect(letter?.reason).toContain(`email_clicked ${poison}: PostHog answered ${fault}`);
    // Halving 100 takes seven steps; the client itself halves once more what is too large.
    expect(requests).toBeLessThanOrEqual(fault === '400' ? 15 : 60);

    decide = () => null;
    expect(await redrive()).toHaveLength(1);
    const worker = room.work(1);
    await room.emptied();
    await worker.stop();
    expect(arrived(tenant)).toEqual(idsOf(tenant, events));
    expect(await room.dead()).toBe(0);
  });

test('a PostHog that is down, or refuses our key, loses nothing: all is tried again, then kept, then arrives', async () => {
  const events = someEvents('crane', 0, 60);
  await room.send(messagesOf('crane', events, 10));
  let asked = 0;
  const downs = ['503', 'reset', '401', '429', '404', 'redirect', 'page'] as const;
  decide = () => downs[(asked += 1) % downs.length] ?? '503';

  const worker = room.work(2);
  await room.emptied();
  expect(arrived('crane')).toEqual([]);
  expect(await room.dead()).toBe(12);
  expect(asked).toBeLessThanOrEqual(12 * 3 * 2);

  decide = () => null;
  await redrive();
  await room.emptied();
  await worker.stop();
  expect(arrived('crane')).toEqual(idsOf('crane', events));
  expect(await room.dead()).toBe(0);
  expect(heldOf('crane').every(({ deliveries }) => deliveries === 1)).toBe(true);
});

test('what a batch has delivered before PostHog goes down comes again, and counts once', async () => {
  const events = someEvents('stork', 0, 1_200);
  let asked = 0;
  decide = () => ((asked += 1) > 1 ? '429' : null);
  const messages = messagesOf('stork', events, 300);

  const answer = await handler(batchOf(messages), contextOf());

  const first = arrived('stork').length;
  expect(first).toBe(500);
  expect(asked).toBe(2);
  expect(failedOf(answer).length).toBeGreaterThan(0);
  expect(failedOf(answer).length).toBeLessThan(messages.length);

  decide = () => null;
  const again = failedOf(answer).map((id) => messages[Number(id.slice(1))] ?? {});
  expect(failedOf(await handler(batchOf(again), contextOf()))).toEqual([]);
  expect(arrived('stork')).toEqual(idsOf('stork', events));
});
