import { expect, test } from 'vitest';
import { moves, obstacle, statuses } from './status.ts';

test('the table of moves: open work goes anywhere, what is over is opened first', () => {
  const allowed = statuses.map((from) =>
    statuses.map((to) => (obstacle(from, to, true) === null ? 'x' : '.')).join(''),
  );
  // new, acknowledged, in-progress, resolved, ignored
  expect(allowed).toEqual(['.xxxx', 'x.xxx', 'xx.xx', 'xxx..', 'xxx..']);
});

test('to ignore needs a note, nothing else does; a refusal says what is allowed', () => {
  for (const from of statuses)
    for (const to of moves[from]) expect(obstacle(from, to, false) === null).toBe(to !== 'ignored');
  expect(obstacle('resolved', 'ignored', true)).toBe(
    'an error that is resolved cannot become ignored, but new, acknowledged, in-progress',
  );
});
