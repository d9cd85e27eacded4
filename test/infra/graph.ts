import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Graph, Mutation } from '../../infra/graph/graph.ts';
import { root, work } from '../../infra/graph/places.ts';
import { prepare } from '../../infra/prepare.ts';

// What a stage cannot do without.
const settings = {
  NEON_PROJECT_ID: 'project-of-tests',
  NEON_PARENT_BRANCH_ID: 'br-without-customers',
  TOKEN_ISSUER: 'https://issuer.example/',
  TOKEN_AUDIENCE: 'rookery',
  TOKEN_JWKS_URL: 'https://issuer.example/jwks.json',
  EMAIL_FROM: 'Rookery <alerts@rookery.example>',
  POSTHOG_HOST: 'https://eu.posthog.example',
  SST_SECRET_SourceDatabaseUrl: 'postgresql://reader:of-source@source.example/penguinmails',
  SST_SECRET_PosthogApiKey: 'phc_of-tests',
};

// And what it may have besides.
const more = {
  API_DOMAIN: 'api.rookery.example',
  ALARM_EMAIL: 'on-call@rookery.example',
  EXTERNAL_AGGREGATES: 'on',
  POSTHOG_PROJECT_ID: '4711',
  SIEM_URL: 'https://siem.example/in',
  PROBE_REFERENCES: 'https://reference.example',
  PAGERDUTY_URL: 'https://events.pagerduty.example/v2/enqueue',
  DASHBOARD_URL: 'https://app.rookery.example',
  SST_SECRET_PosthogQueryKey: 'phx_of-tests',
  SST_SECRET_SiemToken: 'siem-of-tests',
};

/** The stages that are proved: one with every setting there is, one with those alone that it cannot do without. */
export const stages = { 'pr-7': settings, staging: settings, production: { ...settings, ...more } };
export type StageName = keyof typeof stages;

/** What became of a stage's program: its graph, or what it complained of. */
export type Outcome = { readonly graph: Graph } | { readonly failure: string };

/**
 * Runs a stage's program over SST's components, changed or as it is, in a process of its own. Its environment is made here whole:
 * a machine that is logged in to AWS gives the same graph as one that has never heard of it.
 */
export const runStage = async (
  stage: StageName,
  mutations: readonly Mutation[] = [],
  isBundling = false,
): Promise<Outcome> => {
  await prepare();
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_COMPILE_CACHE: join(work, 'compile-cache'),
    ...stages[stage],
  };
  const asked = JSON.stringify({ stage, mutations, isBundling });
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'infra/graph/main.ts'), asked],
      { cwd: root, env, maxBuffer: 64 * 1_024 * 1_024, timeout: 290_000 },
      (error, stdout, stderr) => {
        if (error === null) resolve({ graph: JSON.parse(stdout) as Graph });
        else resolve({ failure: `${error.message}\n${stderr}` });
      },
    );
  });
};

/** The graph of a stage as it is; `isBundling` has each function really built. */
export const graphOf = async (stage: StageName, isBundling = false): Promise<Graph> => {
  const outcome = await runStage(stage, [], isBundling);
  if ('graph' in outcome) return outcome.graph;
  throw new Error(outcome.failure);
};
