import { expect, test } from 'vitest';
import * as z from 'zod';
import { ingestExamples } from './examples.ts';
import { streamNames } from './names.ts';
import { sentItems } from './streams.ts';

const request = z.object({
  params: z.object({ stream: z.enum(streamNames) }),
  body: z.object({ items: z.tuple([z.unknown()]) }),
});

test('there is an example of every stream, and the door takes each', () => {
  const shown = ingestExamples.map((example) => request.parse(example));

  expect(shown.map(({ params }) => params.stream)).toEqual(streamNames);
  for (const { params, body } of shown)
    expect([
      params.stream,
      sentItems[params.stream].safeParse(body.items[0]).error?.message,
    ]).toEqual([params.stream, undefined]);
});
