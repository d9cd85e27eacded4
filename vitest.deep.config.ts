import { defineConfig } from 'vitest/config';

/** Too long for every day: `npm run test:deep -- test/scenarios/watermark.test.ts` runs one of them. */
export const deepOnly = [
  'test/api/exports.test.ts',
  'test/api/paging.test.ts',
  'test/api/real-emails.test.ts',
  'test/scenarios/alert-notices-group.test.ts',
  'test/scenarios/alert-notices-random.test.ts',
  'test/scenarios/cuts.test.ts',
  'test/scenarios/dev-real.test.ts',
  'test/scenarios/notify-outage.test.ts',
  'test/scenarios/plan-entry.test.ts',
  'test/scenarios/posthog-faults.test.ts',
  'test/scenarios/posthog-freeze.test.ts',
  'test/scenarios/recount.test.ts',
  'test/scenarios/redelivery.test.ts',
  'test/scenarios/smoke-sabotage.test.ts',
  'test/scenarios/telemetry-bus-faults.test.ts',
  'test/scenarios/watermark.test.ts',
];

// Those, and race and property tests again, with heavier parameters (test/world/depth.ts).
export default defineConfig({
  test: {
    name: 'deep',
    include: [
      ...deepOnly,
      ...['alert-cuts', 'audit-chain-tamper', 'deadlock', 'health', 'retention-random'].map(
        (name) => `test/scenarios/${name}.test.ts`,
      ),
      'test/infra/mutation.test.ts',
      ...['isolation', 'malformed', 'writes'].map((name) => `test/api/${name}.test.ts`),
    ],
    environment: 'node',
    env: { ROOKERY_DEEP: '1' },
    globalSetup: ['test/world/server.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
