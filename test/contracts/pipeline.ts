import { parse } from 'yaml';
import * as z from 'zod';

const access = z.record(z.string(), z.string());
const concurrency = z.object({
  group: z.string(),
  'cancel-in-progress': z.union([z.boolean(), z.string()]),
});
const step = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const job = z.object({
  if: z.string().optional(),
  environment: z.string().optional(),
  permissions: access.optional(),
  concurrency: concurrency.optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(step).default([]),
});
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: access.optional(),
  concurrency: concurrency.optional(),
  defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
  jobs: z.record(z.string(), job),
});

/** A step of a workflow. */
export type Step = z.output<typeof step>;
type Job = z.output<typeof job>;
type Workflow = z.output<typeof workflow>;

/** What commands of a workflow can name: the scripts of package.json, and the files that can be executed. */
export type Surroundings = {
  readonly scripts: readonly string[];
  readonly isExecutable: (path: string) => boolean;
};

// Where infra/sst.ts lays the pack of infra/rules.
const policyPack = '.sst/policy';

// The most that a job may ask of GitHub.
const grants: Readonly<Record<string, readonly string[]>> = {
  contents: ['read'],
  'id-token': ['write'],
  'pull-requests': ['read', 'write'],
};

/** The workflow that a text says. */
export const readWorkflow = (text: string): Workflow => workflow.parse(parse(text));

const uses = (one: Job, action: string): boolean =>
  one.steps.some((each) => each.uses?.startsWith(`${action}@`));

const logsIn = (one: Job): boolean => uses(one, 'aws-actions/configure-aws-credentials');

const accessFaults = (name: string, one: Job, all: Workflow): string[] => {
  const given = one.permissions ?? all.permissions ?? {};
  const wrong = Object.entries(given)
    .filter(([what, how]) => grants[what]?.includes(how) !== true)
    .map(([what, how]) => `${name}: may not have ${what}: ${how}`);
  if (logsIn(one) !== (given['id-token'] === 'write'))
    wrong.push(`${name}: id-token: write is for a job that logs in to AWS, and for no other`);
  if (given['pull-requests'] === 'write' && uses(one, 'actions/checkout'))
    wrong.push(`${name}: what may write to the pull request must not run its code`);
  return wrong;
};

const loginFaults = (name: string, one: Job, all: Workflow): string[] => {
  if (!logsIn(one)) return [];
  const wrong: string[] = [];
  const turn = one.concurrency ?? all.concurrency;
  if (turn === undefined) wrong.push(`${name}: touches AWS without a concurrency group`);
  else if (turn['cancel-in-progress'] !== false)
    wrong.push(`${name}: cancels a deployment that runs`);
  const login = one.steps.findIndex((each) => each.uses?.startsWith('aws-actions/'));
  if (one.steps.some((each, at) => at > login && /\bnpm (ci|install)\b/.test(each.run ?? '')))
    wrong.push(`${name}: installs packages when it is logged in already`);
  if ('pull_request' in all.on) {
    if (one.if?.includes('head.repo.full_name == github.repository') !== true)
      wrong.push(`${name}: runs for forks`);
    if (one.environment !== undefined)
      wrong.push(`${name}: an environment changes the subject of the token`);
  }
  return wrong;
};

const commandFaults = (name: string, run: string, around: Surroundings): string[] => [
  ...[...run.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g)]
    .filter(([, script = '']) => !around.scripts.includes(script))
    .map(([, script]) => `${name}: package.json has no script ${script}`),
  ...[...run.matchAll(/^(?:.*\s)?((?:scripts|\.ci)\/[\w-]+)/gm)]
    .filter(([, path = '']) => !around.isExecutable(path))
    .map(([, path]) => `${name}: ${path} cannot be executed`),
  ...[...run.matchAll(/npm run sst -- (?:deploy|diff)\b(.*)/g)]
    .filter(([, rest = '']) => !rest.includes(`--policy ${policyPack}`))
    .map(([whole]) => `${name}: the rules have no say in: ${whole}`),
  ...(run.includes('${{') ? [`${name}: writes an expression into a command: give it by env`] : []),
  ...(/echo "[^"]*\$\(/.test(run)
    ? [`${name}: echo hides that the command in it failed: assign first`]
    : []),
];

const pinFaults = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => /^\s*(- )?uses: (?!\.\/)/.test(line))
    .filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
    .map((line) => `not pinned by commit and version: ${line.trim()}`);

// Repository-wide values are for previews; production's are its environment's, under other names: none can stand in for another.
const contextFaults = (text: string, isProduction: boolean): string[] =>
  [...text.matchAll(/\b(vars|secrets)\.(\w+)/g)]
    .filter(([, where, name = '']) => {
      if (where === 'vars' && name === 'AWS_REGION') return false;
      if (where === 'secrets' && !name.endsWith('NEON_API_KEY')) return true;
      return isProduction === /^(PREVIEW|SWEEP)_/.test(name);
    })
    .map(([whole]) => `takes ${whole}, which is not for it`);

/** Every rule of the pipeline that a workflow breaks. */
export const workflowFaults = (text: string, around: Surroundings): string[] => {
  const all = readWorkflow(text);
  const jobs = Object.entries(all.jobs);
  const isProduction = jobs.some(([, one]) => one.environment === 'production');
  const wrong = [...pinFaults(text), ...contextFaults(text, isProduction)];
  for (const event of ['pull_request_target', 'workflow_run'])
    if (event in all.on) wrong.push(`on ${event}: runs foreign code with our rights`);
  if (all.permissions === undefined) wrong.push('no permissions: GitHub gives its own');
  if (all.defaults?.run.shell !== 'bash') wrong.push('its shell goes on after a broken pipe');
  for (const [name, one] of jobs) {
    wrong.push(...accessFaults(name, one, all), ...loginFaults(name, one, all));
    if (one.steps.length > 0 && one['timeout-minutes'] === undefined)
      wrong.push(`${name}: may run for six hours`);
    if (isProduction && logsIn(one) && one.environment !== 'production')
      wrong.push(`${name}: touches production without its approval`);
    for (const { run } of one.steps)
      if (run !== undefined) wrong.push(...commandFaults(name, run, around));
  }
  return wrong;
};
