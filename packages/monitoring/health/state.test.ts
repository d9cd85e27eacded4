import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, type Standing, type Terms } from './state.ts';

const terms: Terms = { failureThreshold: 3, successThreshold: 2, degradedMs: 1_000 };
const fresh: Standing = { status: 'unknown', failures: 0, successes: 0 };

type Step = 'ok' | 'slow' | 'soft' | 'bad' | 'lost' | 'blocked';
const checks = {
  ok: { outcome: 'ok', responseMs: 1_000, reason: null },
  slow: { outcome: 'ok', responseMs: 1_001, reason: null },
  soft: { outcome: 'soft', responseMs: 10, reason: 'certificate ends in 5 days' },
  bad: { outcome: 'failed', responseMs: null, reason: 'refused' },
  lost: { outcome: 'unknown', responseMs: null, reason: 'the prober has no network' },
  blocked: { outcome: 'failed', responseMs: null, reason: 'refused' },
} as const;
const parent = { id: 'p', name: 'Postgres' };

const walk = (steps: readonly Step[], start: Standing = fresh) => {
  let standing: ReturnType<typeof judge> = { ...start, reason: null };
  return steps.map((step) => {
    standing = judge(standing, terms, checks[step], step === 'blocked' ? parent : null);
    return standing;
  });
};
const states = (...steps: Step[]): string[] => walk(steps).map(({ status }) => status);

test('one that is down stays so when it is allowed more failures, and is up by good checks alone', () => {
  const down: Standing = { status: 'down', failures: 1, successes: 0 };

  expect(walk(['bad', 'ok', 'ok'], down).map(({ status }) => status)).toEqual([
    'down',
    'down',
    'healthy',
  ]);
  expect(judge(down, { ...terms, failureThreshold: 9 }, checks.ok, null).status).toBe('down');
});

describe('a service', () => {
  test.each<[string, Step[], string[]]>([
    [
      'is down at its third failure, not at its second',
      ['ok', 'bad', 'bad', 'bad'],
      ['healthy', 'healthy', 'healthy', 'down'],
    ],
    [
      'counts failures in a row alone',
      ['ok', 'bad', 'bad', 'ok', 'bad', 'bad'],
      Array.from({ length: 6 }, () => 'healthy'),
    ],
    [
      'that was never good is unknown until it is down',
      ['bad', 'bad', 'bad'],
      ['unknown', 'unknown', 'down'],
    ],
    [
      'is up at its second good check, not at its first',
      ['bad', 'bad', 'bad', 'ok', 'ok'],
      ['unknown', 'unknown', 'down', 'down', 'healthy'],
    ],
    [
      'that fails again on its way up begins anew',
      ['bad', 'bad', 'bad', 'ok', 'bad', 'ok', 'ok'],
      ['unknown', 'unknown', 'down', 'down', 'down', 'down', 'healthy'],
    ],
    [
      'is degraded above its limit, not at it, and where it should be looked at',
      ['ok', 'slow', 'ok', 'soft', 'ok'],
      ['healthy', 'degraded', 'healthy', 'degraded', 'healthy'],
    ],
    [
      'is unknown without our network, and healthy at once after',
      ['ok', 'lost', 'ok'],
      ['healthy', 'unknown', 'healthy'],
    ],
    [
      'that was down stays so over our own outage',
      ['bad', 'bad', 'bad', 'lost', 'ok', 'ok'],
      ['unknown', 'unknown', 'down', 'unknown', 'down', 'healthy'],
    ],
    [
      'is unknown while its parent is down, and its failures then count for nothing',
      ['ok', 'blocked', 'blocked', 'blocked', 'bad', 'ok'],
      ['healthy', 'unknown', 'unknown', 'unknown', 'unknown', 'healthy'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(states(...steps)).toEqual(expected);
  });

  test('says why', () => {
    const reasons = walk(['bad', 'bad', 'bad', 'ok', 'ok', 'slow', 'blocked', 'lost']).map(
      ({ reason }) => reason,
    );

    expect(reasons).toEqual([
      'failed 1 of the 3 checks that make it down: refused',
      'failed 2 of the 3 checks that make it down: refused',
      'refused',
      'passed 1 of the 2 checks that make it up',
      null,
      'took 1001 ms, and may take 1000',
      'because Postgres is down',
      'the prober has no network',
    ]);
  });

  test('random checks: it is down only after three failures in a row, and up only after two good ones', () => {
    const steps = array(constantFrom<Step>('ok', 'bad', 'lost', 'blocked'), {
      maxLength: 60,
    });
    assert(
      property(steps, (all) => {
        let isDown = false;
        let row = { bad: 0, ok: 0 };
        walk(all).forEach(({ status }, n) => {
          const step = all[n]!;
          if (step === 'ok') row = { bad: 0, ok: row.ok + 1 };
          if (step === 'bad') row = { bad: row.bad + 1, ok: 0 };
          if (row.bad >= 3) isDown = true;
          if (row.ok >= 2) isDown = false;
          const counts = step === 'ok' || step === 'bad';
          const isAsDown = counts ? status === 'down' : status === 'unknown';
          expect(isAsDown).toBe(counts ? isDown : true);
        });
      }),
      { numRuns: 500 },
    );
  });
});
