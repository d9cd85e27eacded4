import { expect, test } from 'vitest';
import * as z from 'zod';
import { ingestExamples } from './examples.ts';
import { streamNames, type StreamName } from './names.ts';
import { sentItems } from './streams.ts';

const request = z.object({ body: z.object({ items: z.tuple([z.looseObject({})]) }) });
const exampleOf = (stream: StreamName): object =>
  request.parse(ingestExamples[streamNames.indexOf(stream)]).body.items[0];
const faultOf = (stream: StreamName, more: object): string | undefined =>
  sentItems[stream].safeParse({ ...exampleOf(stream), ...more }).error?.issues[0]?.message;

// Postgres refuses each of these, however long it is tried.
const bad = [
  '2026-03-10T12:00:00+20:00',
  '2026-03-10T12:00:00-14:01',
  '0000-03-10T12:00:00Z',
  '1999-12-31T23:59:59Z',
  '3000-01-01T00:00:00Z',
  `2026-03-10T12:00:00.${'1'.repeat(200)}Z`,
];
const good = [
  '2026-03-10T12:00:00.123456789Z',
  '2026-03-10T12:00:00+14:00',
  '2026-03-10T12:00:00-14:00',
  '2000-01-01T00:00:00Z',
  '2999-12-31T23:59:59Z',
];

const times = streamNames.map((stream) => {
  const name = 'time' in exampleOf(stream) ? 'time' : 'occurred_at';
  return [stream, name] as const;
});

test.each([...times, ['integration-events', 'rate_limit_reset'] as const])(
  'in %s, %s is from 2000 on and of a zone that exists, or is refused with one reason',
  (stream, name) => {
    for (const text of good)
      expect([text, faultOf(stream, { [name]: text })]).toEqual([text, undefined]);
    for (const text of bad)
      expect([text, faultOf(stream, { [name]: text })]).toEqual([
        text,
        expect.stringContaining('from 2000 on, with a zone of at most 14 hours'),
      ]);
    expect(
      sentItems[stream].safeParse({ ...exampleOf(stream), [name]: 'x' }).error?.issues,
    ).toHaveLength(1);
  },
);

test.each(['\0', '\ud83d', 'a\udc26'])('a tag whose name or value holds %j is refused', (text) => {
  for (const tags of [{ zone: text }, { [text]: 'a' }])
    expect(
      sentItems['performance-metrics'].safeParse({ ...exampleOf('performance-metrics'), tags })
        .success,
    ).toBe(false);
  expect(faultOf('performance-metrics', { tags: { zone: '', host: '🐦' } })).toBeUndefined();
});
