import { defineConfig } from 'vitest/config';
import { SstLater } from './test/world/sequencer.ts';
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
        // The resource graph of a stage, from SST's real components; installs what that needs below .sst at first.
        test: {
          name: 'infra',
          globalSetup: ['test/infra/prepared.ts'],
          include: ['test/infra/**/*.test.ts'],
          exclude: deepOnly,
          environment: 'node',
          testTimeout: 300_000,
          hookTimeout: 600_000,
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
    sequence: { sequencer: SstLater },
    // A third one works while others wait: 1.6 of two cores were busy with two (2026-11).
    maxWorkers: 3,
  },
});
