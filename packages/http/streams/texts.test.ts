import { expect, test } from 'vitest';
import { user } from './texts.ts';

test('a user that looks like a pseudonym of ours is refused: it would pass for anonymised', () => {
  expect(user.safeParse(`anon_${'0a'.repeat(16)}`).success).toBe(false);
  expect(user.safeParse(`anon_${'0A'.repeat(16)}`).success).toBe(true);
  expect(user.safeParse('anon_ymous').success).toBe(true);
  expect(user.safeParse('').success).toBe(false);
});
