import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readSettings } from '../../infra/aws/settings.ts';
import { stageOf, type Stage } from '../../infra/aws/stage.ts';
import { rules } from '../../infra/rules/rules.ts';
import {
  bus,
  functions,
  queues,
  routes,
  schedules,
  secrets,
  type FunctionSpec,
} from '../../infra/topology.ts';
import { tableBelow, testsIn } from '../api/guide-parts.ts';
import { alarms, anchorsOf, fences, guide, textOf, withCost } from './deploy-guide.ts';
import { filesIn, root } from './files.ts';

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const cells = (header: string, file: string = guide): string[][] => {
  const rows = tableBelow(file, header).map(cellsOf);
  expect(rows).not.toEqual([]);
  return rows;
};
const quoted = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

test('what a stage costs is told as the model has it', async () => {
  await expect(withCost(textOf(guide))).toMatchFileSnapshot(join(root, guide));
});

test('every setting of a stage is told, and those that are needed are said to be', () => {
  const rows = cells('| setting | needed | is |');
  const known = [...textOf('infra/aws/settings.ts').matchAll(/^ {4}([A-Z][A-Z_]+): (.*)$/gm)];
  expect(rows.map(([name]) => name)).toEqual(known.map(([, name]) => `\`${name}\``));

  const always = rows
    .filter(([, needed]) => needed === 'always')
    .flatMap(([name = '']) => quoted(name));
  const example = parseEnv(fences(guide).find(({ info }) => info === 'ini')?.code ?? '');
  expect(Object.keys(example).toSorted()).toEqual([...always, 'NEON_PARENT_BRANCH_ID'].toSorted());
  expect(readSettings(stageOf('pr-12'), example)).toMatchObject({ EXTERNAL_AGGREGATES: 'off' });
  for (const name of Object.keys(example))
    expect(() => readSettings(stageOf('pr-12'), { ...example, [name]: undefined })).toThrow(name);
});

test('every secret is told by the name that SST has for it', () => {
  const named = secrets.map((name) =>
    name.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
  expect(cells('| secret | needed | is |').map(([name]) => name)).toEqual(
    named.map((name) => `\`${name}\``),
  );
});

test('kinds of stages are told as infra/aws has them', () => {
  const rows = new Map(
    cells('| | production | staging | preview |').map(([what = '', ...kinds]) => [what, kinds]),
  );
  const kinds = ['production', 'staging', 'pr-12'].map((name): Stage => stageOf(name));
  expect(rows.get('logs are kept')).toEqual(kinds.map(({ logs }) => logs));
  expect(rows.get('requests a second, and at once')).toEqual(
    kinds.map(({ throttle }) => `${throttle.rate}, ${throttle.burst}`),
  );
  expect(rows.get('concurrency set aside')?.map((cell) => cell === 'yes')).toEqual(
    kinds.map(({ isReserved }) => isReserved),
  );
});

test('what a stage takes of quotas is what the topology makes of it', () => {
  const specs: readonly FunctionSpec[] = Object.values(functions);
  const held = specs.reduce((sum, { atOnce = 0 }) => sum + atOnce, 0);
  const polled = Object.values(queues).reduce((sum, { maxConcurrency }) => sum + maxConcurrency, 0);
  const on = (kind: 'production' | 'preview'): number =>
    specs.length + Object.values(schedules).filter(({ cadence }) => cadence[kind] !== 'off').length;
  const reached = routes.filter(({ streaming }) => streaming !== true);
  const takes = new Map(
    cells('| quota | AWS or Neon gives | a stage takes |').map(([quota, , taken]) => [
      quota,
      taken,
    ]),
  );

  expect(takes.get('concurrency of Lambda')).toContain(`${held} set aside, ${polled} for queues`);
  expect(textOf(guide)).toContain(`two stages with shares of their own need ${2 * held + 100}`);
  expect(takes.get('roles of IAM')).toContain(`${on('production')}, a preview ${on('preview')}:`);
  expect(takes.get('routes, integrations of an HTTP API')).toBe(
    `${reached.length}, ${new Set(reached.map((route) => route.function)).size}`,
  );
  expect(takes.get('rules of a bus')).toBe(String(bus.rules.length));
  expect(takes.get('functions, log groups')).toBe(`${specs.length}, ${specs.length + 1}`);
});

const dashed = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

test('each job is fired by hand at its function', () => {
  const rows = cells('| job | function |').flatMap(([jobs = '', name = '']) =>
    quoted(jobs).map((job) => `${job} ${quoted(name).join()}`),
  );
  expect(rows.toSorted()).toEqual(
    Object.values(schedules)
      .map((each) => `${each.job} rookery-<stage>-${dashed(each.function)}`)
      .toSorted(),
  );
});

test('every rule that the guide names is one', () => {
  const section = /^\*\*The rules at a deployment[\s\S]*?^## /m.exec(textOf(guide))?.[0] ?? '';
  const named = quoted(section).filter((word) => /^[a-z]+(-[a-z]+){2,}$/.test(word));
  const known = new Set([...rules.map(({ name }) => name), 'what-waits-for-the-deployment']);

  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

const patternOf = (name: string): RegExp =>
  new RegExp(`^${name.replaceAll(/<\w+>/g, '[a-z0-9-]+')}$`);

test('every alarm is told, none that is not there, and each names a section that is', () => {
  const file = 'docs/operations.md';
  const told = cells('| alarm | sounds when | means, and what to do |', file).flatMap(
    ([names = '']) => quoted(names).map(patternOf),
  );
  const names = alarms().map(({ name }) => name);

  expect(names.filter((name) => !told.some((pattern) => pattern.test(name)))).toEqual([]);
  expect(told.filter((pattern) => !names.some((name) => pattern.test(name)))).toEqual([]);
  const anchors = anchorsOf(file);
  expect(alarms().filter(({ doc }) => !anchors.has(doc.replace(`${file}#`, '')))).toEqual([]);
});

test('every link of these documents leads somewhere', () => {
  const files = [
    'README.md',
    'docs/operations.md',
    'docs/architecture.md',
    'infra/README.md',
    guide,
  ];
  const lost = files.flatMap((file) =>
    [...textOf(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
      .filter(([, path = '', anchor]) => {
        const target = path === '' ? file : normalize(join(dirname(file), path));
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
      })
      .map(([link]) => `${file}${link}`),
  );
  expect(lost).toEqual([]);
});

const matches = (name: string): RegExp => new RegExp(`(^|/)${name.replaceAll('*', '[^/]*')}$`);

test('every test that the guide names is there', () => {
  const files = filesIn('{functions,infra,packages,test}/**/*.test.ts');
  const named = testsIn(guide);

  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((name) => !files.some((file) => matches(name).test(file)))).toEqual([]);
});
