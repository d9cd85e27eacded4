// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { putEvents } from '@rookery/lambda/outbox';
import { matches, startBus, type Bus, type DeliveredEvent } from './bus.ts';
import { applyEnv } from './function-env.ts';

let bus: Bus;
let client: EventBridgeClient;
let restoreEnv: () => void;
const delivered: DeliveredEvent[] = [];

beforeAll(async () => {
  bus = await startBus({
    name: 'rookery',
    port: 0,
    onError: () => {},
    rules: [
      {
        name: 'completed',
        pattern: { source: ['rookery.warehouse'], 'detail-type': [{ prefix: 'aggregation.' }] },
        deliver: async (event) => {
          delivered.push(event);
        },
      },
    ],
  });
  restoreEnv = applyEnv({
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  }).stop;
  client = new EventBridgeClient({});
});

afterAll(async () => {
  client.destroy();
  restoreEnv();
  await bus.stop();
});

const good = {
  EventBusName: 'rookery',
  Source: 'rookery.warehouse',
  DetailType: 'aggregation.completed',
  Detail: '{"tenant_id":"t1"}',
  Time: new Date('2026-03-29T01:00:00Z'),
};

test('an event reaches the rule it matches, in the shape EventBridge delivers', async () => {
  const answer = await client.send(new PutEventsCommand({ Entries: [good] }));

  expect(answer.FailedEntryCount).toBe(0);
  expect(delivered.at(-1)).toEqual({
    version: '0',
    id: answer.Entries?.[0]?.EventId,
    'detail-type': 'aggregation.completed',
    source: 'rookery.warehouse',
    account: '000000000000',
    time: '2026-03-29T01:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { tenant_id: 't1' },
  });
  const shown = (await (await fetch(`${bus.endpoint}/events`)).json()) as { events: unknown[] };
  expect(shown.events.at(-1)).toEqual(delivered.at(-1));
});

test('malformed entries are refused one by one in a 200, the good ones are kept', async () => {
  const before = bus.events().length;

  const answer = await client.send(
    new PutEventsCommand({
      Entries: [
        good,
        { ...good, Detail: 'not json' },
        { ...good, Detail: '[]' },
        { ...good, Source: 'aws.s3' },
        { ...good, Source: '' },
        { ...good, DetailType: '' },
        { ...good, EventBusName: 'another' },
      ],
    }),
  );

  expect(answer.FailedEntryCount).toBe(6);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'MalformedDetail',
    'NotAuthorizedForSourceException',
    'InvalidArgument',
    'InvalidArgument',
    'ResourceNotFoundException',
  ]);
  expect(bus.events().length).toBe(before + 1);
});

const entries = (count: number) => ({ Entries: Array.from({ length: count }, () => good) });

test('ten entries are taken, eleven are refused as a whole', async () => {
  const before = bus.events().length;

  await client.send(new PutEventsCommand(entries(10)));
  await expect(client.send(new PutEventsCommand(entries(11)))).rejects.toThrow(/at most 10/);

  expect(bus.events().length).toBe(before + 10);
});

test('putEvents splits into calls of ten, and says when an event can never be taken', async () => {
  const before = bus.events().length;
  const event = { source: 'rookery.warehouse', detailType: 'aggregation.completed', detail: {} };

  await putEvents(
    'rookery',
    Array.from({ length: 23 }, () => event),
  );

  expect(bus.events().length).toBe(before + 23);
  await expect(putEvents('rookery', [{ ...event, source: 'aws.rookery' }])).rejects.toThrow(
    new Failure(
      'unavailable',
      'bus-refused',
      'bus refused entries: NotAuthorizedForSourceException',
    ),
  );
});

const event = (source: string, detailType: string): DeliveredEvent => ({
  version: '0',
  id: 'x',
  'detail-type': detailType,
  source,
  account: '',
  time: '',
  region: '',
  resources: [],
  detail: {},
});

test.each([
  [{}, true],
  [{ source: ['a', 'b'] }, true],
  [{ source: ['b'] }, false],
  [{ source: [] }, false],
  [{ 'detail-type': ['thing.done'] }, true],
  [{ 'detail-type': ['thing'] }, false],
  [{ 'detail-type': [{ prefix: 'thing.' }] }, true],
  [{ source: ['a'], 'detail-type': ['other'] }, false],
])('the pattern %j matching {source a, thing.done} is %s', (pattern, expected) => {
  expect(matches(pattern, event('a', 'thing.done'))).toBe(expected);
});

test('an event is underway from before its sender hears of it until its targets have it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const deliver = (): Promise<void> => promise;
  const rules = [{ name: 'slow', pattern: { source: ['rookery.warehouse'] }, deliver }];
  const slow = await startBus({ name: 'rookery', port: 0, onError: () => {}, rules });
  const sender = new EventBridgeClient({ endpoint: slow.endpoint });

  await sender.send(new PutEventsCommand({ Entries: [good] }));
  expect(slow.underway()).toBe(1);
  resolve();
  await slow.stop();

  expect(slow.underway()).toBe(0);
  sender.destroy();
});
