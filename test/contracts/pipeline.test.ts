import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readSettings } from '../../infra/aws/settings.ts';
import { filesIn, root } from './files.ts';
import { readWorkflow, workflowFaults, type Step, type Surroundings } from './pipeline.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const around: Surroundings = {
  scripts: Object.keys(
    z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')))
      .scripts,
  ),
  isExecutable: (path) => {
    try {
      accessSync(join(root, path), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};

const workflows = filesIn('.github/workflows/*.yml');

test('there are four workflows', () => {
  expect(workflows.map((file) => file.split('/').at(-1))).toEqual([
    'check.yml',
    'preview.yml',
    'production.yml',
    'sweep.yml',
  ]);
});

test.each(workflows)('%s keeps every rule of the pipeline', (file) => {
  expect(workflowFaults(read(file), around)).toEqual([]);
});

// A value that a setting takes; where any text will do, one that a shell would spoil.
const sample = (name: string): string => {
  if (name === 'EXTERNAL_AGGREGATES') return 'on';
  if (name.includes('EMAIL')) return 'rookery@example.com';
  return /_(URL|ISSUER|HOST)$/.test(name) ? 'https://example.com/a' : 'a b#c "d" $HOME';
};

describe('settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  // Names that the schema knows, and a value for each that it takes.
  const known = [...read('infra/aws/settings.ts').matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map(
    ([, name = '']) => name,
  );
  const stages = [
    { file: 'preview.yml', stage: { name: 'pr-12', kind: 'preview' }, without: ['API_DOMAIN'] },
    // Production is no branch of anything.
    {
      file: 'production.yml',
      stage: { name: 'production', kind: 'production' },
      without: ['NEON_PARENT_BRANCH_ID'],
    },
  ] as const;

  const stepOf = (file: string): Step => {
    const { jobs } = readWorkflow(read(`.github/workflows/${file}`));
    const found = jobs['deploy']?.steps.find(
      ({ name }) => name === 'Write the settings of the stage',
    );
    if (found === undefined) throw new Error(`${file} writes no settings`);
    return found;
  };

  const written = (file: string, stage: string, values: Record<string, string>) => {
    execFileSync('bash', ['-eo', 'pipefail', '-c', stepOf(file).run ?? ''], {
      cwd: folder,
      env: { PATH: process.env['PATH'], STAGE: stage, ...values },
      stdio: 'pipe',
    });
    return parseEnv(readFileSync(join(folder, `.env.${stage}`), 'utf8'));
  };

  test.each(stages)('$file gives every setting that there is, and no other', (one) => {
    const given = Object.keys(stepOf(one.file).env ?? {});
    expect([...given, ...one.without].toSorted()).toEqual(known.toSorted());
  });

  test.each(stages)('$file writes what infra/aws/settings.ts reads', ({ file, stage }) => {
    const names = Object.keys(stepOf(file).env ?? {});
    const values = Object.fromEntries(names.map((name) => [name, sample(name)]));

    const found = written(file, stage.name, values);

    expect(found).toEqual(values);
    expect(readSettings(stage, found)).toEqual(values);
  });

  test.each(stages)('$file leaves out what has no value: $stage.name', ({ file, stage }) => {
    const names = Object.keys(stepOf(file).env ?? {});
    const empty = Object.fromEntries(names.map((name) => [name, '']));

    const found = written(file, stage.name, empty);

    expect(found).toEqual({});
    expect(() => readSettings(stage, found)).toThrow('NEON_PROJECT_ID is not set');
  });

  test.each(["it's", 'two\nlines'])('a value that the file cannot hold fails: %j', (value) => {
    expect(() => written('preview.yml', 'pr-12', { EMAIL_FROM: value })).toThrow('Command failed');
  });
});

describe('a workflow that breaks a rule is caught', () => {
  const preview = read('.github/workflows/preview.yml');
  const production = read('.github/workflows/production.yml');

  test.each<[string, string, string | RegExp, string, string]>([
    ['runs foreign code', preview, 'pull_request:', 'pull_request_target:', 'with our rights'],
    ['has GitHub’s own rights', preview, 'permissions: {}\n', '', 'no permissions'],
    ['writes contents', preview, 'contents: read', 'contents: write', 'contents: write'],
    ['logs in without a token', preview, /^ +id-token: write\n/m, '', 'id-token'],
    [
      'has a token for nothing',
      preview,
      'pull-requests: write',
      'id-token: write',
      'for a job that logs in',
    ],
    [
      'comments where code runs',
      preview,
      'id-token: write',
      'id-token: write\n      pull-requests: write',
      'must not run its code',
    ],
    ['moves with a tag', preview, /@[0-9a-f]{40} # v7\.0\.1/, '@v7', 'not pinned'],
    ['says no version', preview, / # v7\.0\.1/, '', 'not pinned'],
    ['kills a deployment', preview, 'progress: false', 'progress: true', 'cancels'],
    ['deploys twice at once', preview, /^concurrency:\n.*\n.*\n/m, '', 'without a concurrency'],
    ['deploys forks', preview, / &&\n.*head\.repo.*$/m, '', 'runs for forks'],
    ['has another subject', preview, 'runs-on:', 'environment: x\n    runs-on:', 'subject'],
    ['installs late', preview, 'run: scripts/smoke', 'run: npm ci && scripts/smoke', 'installs'],
    ['takes a title for code', preview, '"$NUMBER"', '${{ github.head_ref }}', 'expression'],
    ['knows no such script', preview, 'npm run sst', 'npm run stt', 'no script stt'],
    ['knows no such file', preview, 'scripts/smoke', 'scripts/smoek', 'cannot be executed'],
    ['asks no rules', preview, ' --policy .sst/policy', '', 'the rules have no say'],
    ['hides a failure', preview, 'echo "$COST"', 'echo "$(cat x)"', 'assign first'],
    ['uses another shell', preview, 'shell: bash', 'shell: sh', 'broken pipe'],
    ['has no end', preview, /^ +timeout-minutes: 5\n/m, '', 'six hours'],
    ['takes a key', preview, 'secrets.PREVIEW_NEON_API_KEY', 'secrets.AWS_KEY', 'AWS_KEY'],
    ['is given production’s', preview, 'vars.PREVIEW_ROLE_ARN', 'vars.ROLE_ARN', 'ROLE_ARN'],
    ['is given a preview’s', production, 'vars.SIEM', 'vars.PREVIEW_SIEM', 'PREVIEW_SIEM_URL'],
  ])('a workflow that %s', (_, text, from, to, fault) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(workflowFaults(broken, around).join('\n')).toContain(fault);
  });
});
