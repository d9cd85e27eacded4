// oxlint-disable typescript/no-unsafe-type-assertion -- what came over a wire is read as what it must be
import type { Context } from 'aws-lambda';
import { beforeEach, expect, test, vi } from 'vitest';
import { scheduleFunction } from './schedule.ts';

const context = () =>
  ({ awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 }) as unknown as Context;

beforeEach(() => {
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

const lines = async (event: unknown): Promise<unknown[]> => {
  process.env['LOG_LEVEL'] = 'INFO';
  const texts: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  await scheduleFunction({
    jobs: ['changes', 'nightly'],
    run: ({ job }) =>
      job === 'changes'
        ? Promise.resolve({ unit: 'changes', rows: 3 })
        : Promise.reject(new Error('lost')),
  })(event, context()).catch(() => undefined);
  spy.mockRestore();
  return texts.map((text): unknown => JSON.parse(text));
};

test('a firing that is done says whose it was, its slot, and how long after that it was done', async () => {
  const slot = new Date(Date.now() - 90_000).toISOString();

  const [line, ...more] = await lines({ job: 'changes', scheduledTime: slot });

  expect(line).toMatchObject({ unit: 'changes', rows: 3, job: 'changes', slot, outcome: 'done' });
  expect(line).toHaveProperty('request_id', 'r1');
  expect(line).toHaveProperty('lag_ms', expect.closeTo(90_000, -4));
  expect(more).toEqual([]);
});

test('a firing that failed says whose it was, and of no lag: it is not done', async () => {
  const [line] = await lines({ job: 'nightly', scheduledTime: '2026-03-29T01:05:00Z' });

  const slot = '2026-03-29T01:05:00.000Z';
  expect(line).toMatchObject({ job: 'nightly', slot, unit: 'changes, nightly', outcome: 'retry' });
  expect(line).not.toHaveProperty('lag_ms');
});

test('an event that names no job of the function is logged without one', async () => {
  const [line] = await lines({ job: 'hourly', scheduledTime: '2026-03-29T01:05:00Z' });

  expect(line).toMatchObject({ code: 'job-unknown', outcome: 'retry' });
  expect(line).not.toHaveProperty('job');
});
