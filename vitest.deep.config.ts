import { defineConfig } from 'vitest/config';

// The race and property tests again, with heavier parameters (test/world/depth.ts).
export default defineConfig({
  test: {
    name: 'deep',
    include: [
      ...[
        'alert-cuts',
        'alert-notices-group',
        'alert-notices-random',
        'audit-chain-tamper',
        'cuts',
        'deadlock',
        'dev-real',
        'health',
        'plan-entry',
        'posthog-faults',
        'posthog-freeze',
        'recount',
        'redelivery',
        'retention-random',
        'telemetry-bus-faults',
        'watermark',
      ].map((name) => `test/scenarios/${name}.test.ts`),
      ...['exports', 'isolation', 'malformed', 'paging', 'real-emails', 'writes'].map(
        (name) => `test/api/${name}.test.ts`,
      ),
    ],
    environment: 'node',
    env: { ROOKERY_DEEP: '1' },
    globalSetup: ['test/world/server.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
