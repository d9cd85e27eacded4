// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import type { Context } from 'aws-lambda';
import { beforeAll, expect, test } from 'vitest';
import { scheduleFunction } from './schedule.ts';

const context = () =>
  ({ awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 }) as unknown as Context;

beforeAll(() => {
  process.env['LOG_LEVEL'] = 'SILENT';
});

const slots: Date[] = [];
const handler = scheduleFunction({
  jobs: ['changes'],
  run: async ({ slot }) => {
    slots.push(slot);
    return { unit: 'changes', rows: 3 };
  },
});

test.each([
  ['our fixed input', { job: 'changes', scheduledTime: '2026-03-29T01:05:00Z' }],
  [
    'our input with the placeholders of a later try',
    { job: 'changes', scheduledTime: '2026-03-29T01:05:00Z', attempt: '2', executionId: 'x' },
  ],
  [
    'the envelope of an EventBridge rule',
    {
      version: '0',
      id: 'x',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: '2026-03-29T01:05:00Z',
      detail: {},
    },
  ],
])('%s gives the slot', async (_, event) => {
  expect(await handler(event, context())).toEqual({ unit: 'changes', rows: 3 });
  expect(slots.at(-1)).toEqual(new Date('2026-03-29T01:05:00Z'));
});

test.each([
  [{}, /neither/],
  [{ job: 'changes', scheduledTime: 'now' }, /neither/],
  [{ job: 'changes', scheduledTime: '2026-02-30T00:00:00Z' }, /neither/],
  [{ job: 'nightly', scheduledTime: '2026-03-29T01:05:00Z' }, /runs changes, not nightly/],
])('%j is refused and nothing runs', async (event, message) => {
  const before = slots.length;

  await expect(handler(event, context())).rejects.toThrow(message);

  expect(slots.length).toBe(before);
});
