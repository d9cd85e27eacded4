import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/world/sequencer.ts';

/** Too long for every day: `npm run test:deep -- test/scenarios/watermark.test.ts` runs one of them, with its heavier parameters. */
export const deepOnly = [
  'test/api/exports.test.ts',
  'test/api/formats.test.ts',
  'test/api/isolation.test.ts',
  'test/api/malformed.test.ts',
  'test/api/paging.test.ts',
  'test/api/real-emails.test.ts',
  'test/api/writes.test.ts',
  'test/infra/policy.test.ts',
  'test/scenarios/alert-backtest.test.ts',
  'test/scenarios/alert-beside.test.ts',
  'test/scenarios/alert-cuts.test.ts',
  'test/scenarios/alert-notices-group.test.ts',
  'test/scenarios/alert-notices-moved.test.ts',
  'test/scenarios/alert-notices-random.test.ts',
  'test/scenarios/audit-chain-tamper.test.ts',
  'test/scenarios/cli.test.ts',
  'test/scenarios/cuts.test.ts',
  'test/scenarios/deadlock.test.ts',
  'test/scenarios/dev-real.test.ts',
  'test/scenarios/errors-race.test.ts',
  'test/scenarios/health.test.ts',
  'test/scenarios/notify-outage.test.ts',
  'test/scenarios/overtaken.test.ts',
  'test/scenarios/plan-entry.test.ts',
  'test/scenarios/posthog-faults.test.ts',
  'test/scenarios/posthog-freeze.test.ts',
  'test/scenarios/real-emails.test.ts',
  'test/scenarios/recount.test.ts',
  'test/scenarios/redelivery.test.ts',
  'test/scenarios/retention-cli.test.ts',
  'test/scenarios/retention-random.test.ts',
  'test/scenarios/service-uptime-random.test.ts',
  'test/scenarios/smoke-sabotage.test.ts',
  'test/scenarios/smoke.test.ts',
  'test/scenarios/telemetry-bus-faults.test.ts',
  'test/scenarios/watermark.test.ts',
];

export default defineConfig({
  test: {
    name: 'deep',
    include: [
      ...deepOnly,
      // Its rarer mistakes.
      'test/infra/mutation.test.ts',
    ],
    environment: 'node',
    env: { ROOKERY_DEEP: '1' },
    globalSetup: ['test/world/server.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // Many wait for clocks and time-outs: two of three are busy.
    maxWorkers: 3,
  },
});
