import { expect, test } from 'vitest';
import { nextAttempt } from './outbox.ts';

const decidedAt = new Date('2026-11-20T10:00:00Z');
const wait = (
  attempt: number,
  given: { chance?: number; retryAfterSeconds?: number | null } = {},
) => {
  const failed = { attempt, decidedAt, now: decidedAt, chance: 1, retryAfterSeconds: null };
  const next = nextAttempt({ ...failed, ...given });
  return next === null ? null : (next.getTime() - decidedAt.getTime()) / 1_000;
};

test('waits grow from 10 seconds to 3 hours, half of them by chance', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => wait(attempt))).toEqual([
    10, 40, 160, 640, 2_560, 10_240, 10_800, 10_800,
  ]);
  expect(wait(1, { chance: 0 })).toBe(5);
});

test('a channel that asks for time gets it, though not for ever', () => {
  expect(wait(1, { retryAfterSeconds: 300 })).toBe(300);
  expect(wait(6, { retryAfterSeconds: 1 })).toBe(10_240);
  expect(wait(1, { retryAfterSeconds: 1e9 })).toBe(86_400);
});

test('it is tried for three days, and not a second longer', () => {
  const at = (seconds: number) =>
    nextAttempt({
      attempt: 1,
      decidedAt,
      now: new Date(decidedAt.getTime() + seconds * 1_000),
      chance: 1,
      retryAfterSeconds: null,
    });

  expect(at(3 * 86_400 - 10)).not.toBeNull();
  expect(at(3 * 86_400 - 9)).toBeNull();
  let now = decidedAt;
  let attempts = 1;
  for (; ; attempts += 1) {
    const next = nextAttempt({
      attempt: attempts,
      decidedAt,
      now,
      chance: 0.5,
      retryAfterSeconds: null,
    });
    if (next === null) break;
    now = next;
  }
  expect(attempts).toBeGreaterThan(30);
  expect(attempts).toBeLessThan(45);
});
