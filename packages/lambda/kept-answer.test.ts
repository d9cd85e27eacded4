import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { keptForm, readForm } from './kept-answer.ts';

const answer = (items: number, reason: (index: number) => string): string =>
  JSON.stringify(
    Array.from({ length: items }, (_, index) => ({ index, id: null, reason: reason(index) })),
  );

test.each([
  ['nothing', '{}'],
  ['one byte less than is packed', `"${'x'.repeat(2_045)}"`],
  ['what is packed', `"${'x'.repeat(2_046)}"`],
  ['any script', JSON.stringify('ü鳥🐦'.repeat(2_000))],
])('an answer of %s reads back as it was', async (_, body) => {
  expect(await readForm((await keptForm(body)) ?? '')).toBe(body);
});

test('500 like faults are kept in less than 4 kB, 500 unlike ones of chance not at all', async () => {
  const like = await keptForm(answer(500, () => 'time is more than 28 days ago'));
  const unlike = answer(500, () => randomBytes(150).toString('base64'));

  expect(like?.length).toBeLessThan(4_096);
  expect(await keptForm(unlike)).toBeNull();
});
