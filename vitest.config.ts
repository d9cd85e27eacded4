import { defineConfig } from 'vitest/config';
import { deepOnly } from './vitest.deep.config.ts';

// unit: pure files beside their sources. scenarios and contracts: real Postgres, one database a file.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Property tests on two busy cores.
          testTimeout: 30_000,
          include: ['packages/**/*.test.ts', 'functions/**/*.test.ts', 'infra/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'contracts',
          include: ['test/contracts/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/world/server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.ts'],
          exclude: deepOnly,
          environment: 'node',
          globalSetup: ['test/world/server.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'api',
          include: ['test/api/**/*.test.ts'],
          exclude: deepOnly,
          environment: 'node',
          globalSetup: ['test/world/server.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
    maxWorkers: 2,
  },
});
