import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../infra/graph/graph.ts';
import { work as workFolder } from '../../infra/graph/places.ts';
import { judgedAlone } from '../../infra/policy/alone.ts';
import { buildPolicyPack } from '../../infra/policy/build.ts';
import { verdictOf } from '../../infra/policy/verdict.ts';
import { rules } from '../../infra/rules/rules.ts';
import { graphOf } from './graph.ts';
import { levels, startPack, type Diagnostic } from './policy-engine.ts';
import { asDeployed, asPulumi, elsewhere, sabotaged, sabotages, unborn } from './policy-graphs.ts';
import { urnOf } from './policy-wire.ts';
import { alarms } from './sabotage-alarms.ts';
import { cloud } from './sabotage-cloud.ts';
import { keep, previewKeep } from './sabotage-keep.ts';
import { reach } from './sabotage-reach.ts';
import { times } from './sabotage-schedules.ts';
import { previewWork, work } from './sabotage-work.ts';
import type { Sabotage } from './sabotage.ts';

const waiting = 'what-waits-for-the-deployment';

// They ask for what a deployment does not tell.
const leftOut = [
  'checkpoints-are-locked',
  'function-is-built-of-its-handler',
  'nothing-unknown-is-asked',
  'production-is-kept',
];

let folder: string;
let pack: Awaited<ReturnType<typeof startPack>>;
let production: Graph;
let preview: Graph;

// One deployment, or one preview: everything is shown before it is made, and again at the end.
const deploy = async (graph: Graph) => {
  const before = await pack.before(graph);
  return { before, ...(await pack.after(graph)) };
};

const mandatory = (all: readonly Diagnostic[]): readonly Diagnostic[] =>
  all.filter(({ enforcementlevel }) => enforcementlevel === levels.mandatory);

const blames = (all: readonly Diagnostic[]): readonly string[] =>
  mandatory(all).map(({ policyname, urn }) => `${policyname} ${urn}`);

beforeAll(async () => {
  const graphs = await Promise.all([graphOf('production'), graphOf('pr-7')]);
  [production, preview] = graphs.map(asPulumi) as [Graph, Graph];
  folder = await mkdtemp(join(workFolder, 'policy-'));
  pack = await startPack(await buildPolicyPack({ folder }));
});

afterAll(async () => {
  pack.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the pack judges every rule, and each says what it demands', async () => {
  const { policiesList } = await pack.info();

  const judged = policiesList.filter(({ name }) => name !== waiting);
  expect(judged.map(({ name, description }) => ({ name, says: description }))).toEqual(
    rules.map(({ name, says }) => ({ name, says })),
  );
  expect(new Set(judged.map(({ enforcementlevel }) => enforcementlevel))).toEqual(
    new Set([levels.mandatory]),
  );
});

test('every rule that judges a resource alone is a rule', () => {
  expect(judgedAlone.filter((name) => !rules.some((rule) => rule.name === name))).toEqual([]);
});

describe('a sound stage', () => {
  // First, while the pack has seen nothing on its way: a deployment of --target shows it only a part.
  test('passes by what the cloud made of it', async () => {
    expect((await pack.after(production)).diagnosticsList).toEqual([]);
  });

  test.each(['production', 'pr-7'])('%s passes, before and after', async (name) => {
    const said = await deploy(elsewhere(name === 'production' ? production : preview));

    expect(said.before).toEqual([]);
    expect(said.diagnosticsList).toEqual([]);
    const silent = said.notApplicableList.map(({ policyName }) => policyName);
    expect(silent.toSorted()).toEqual(leftOut);
  });
});

describe('a broken stage', () => {
  let said: Awaited<ReturnType<typeof deploy>>;

  beforeAll(async () => {
    said = await deploy(sabotaged(production));
  });

  test.each(sabotages)('$rule refuses it, and blames $name', ({ rule, type, name, blamed }) => {
    const [of, whom] = blamed ?? [type, name];

    const urn = urnOf(production, of, whom);
    const all = mandatory([...said.before, ...said.diagnosticsList])
      .filter((each) => each.policyname === rule && each.urn === urn)
      .map(({ message }) => message);
    expect(all).not.toEqual([]);
    // What was told of the resource before is not told again at the end.
    expect(new Set(all).size).toBe(all.length);
  });

  test('is refused for what its program gives back, and nothing of it is blamed', () => {
    expect(blames(said.diagnosticsList)).toContain('secret-is-in-environments-only ');
  });

  test('is refused before the resource is made where the resource alone shows it', () => {
    expect(new Set(mandatory(said.before).map(({ policyname }) => policyname))).toEqual(
      new Set([
        'function-runs-on-node-24-arm64',
        'queue-has-dead-letters',
        'queue-hides-for-six-timeouts',
        'queue-keeps-two-weeks',
        'schedule-tells-its-slot',
      ]),
    );
  });
});

test('a preview of a stage that does not exist is refused what is known to be wrong, and nothing for what is not known yet', async () => {
  const wrong = sabotages.filter(({ rule }) => rule === 'function-runs-on-node-24-arm64');
  const { before, diagnosticsList } = await deploy(sabotaged(unborn(production), wrong));

  const blame = wrong.map(({ rule, type, name }) => `${rule} ${urnOf(production, type, name)}`);
  expect(blames(before)).toEqual(blame);
  expect(diagnosticsList).toMatchObject([
    { policyname: waiting, enforcementlevel: levels.advisory },
  ]);
  expect(diagnosticsList[0]?.message).toContain('queue-has-dead-letters');
});

test('the same rules refuse that preview where they take what is not known for an answer', () => {
  const naive = rules.find(({ name }) => name === 'queue-has-dead-letters');

  expect(naive?.faults(unborn(production))).not.toEqual([]);
});

type Table = Readonly<Record<string, Readonly<Record<string, Sabotage>>>>;

const rows = (...tables: readonly Table[]) =>
  tables
    .flatMap((table) => Object.entries(table))
    .filter(([rule]) => !leftOut.includes(rule))
    .flatMap(([rule, all]) =>
      Object.entries(all).map(([title, sabotage]) => ({ rule, title, sabotage })),
    );

const verdict = (name: string, graph: Graph) =>
  verdictOf(
    rules.find((rule) => rule.name === name)!,
    asDeployed(asPulumi(graph)),
  );

describe('no rule loses its bite by what a deployment tells of resources', () => {
  test.each(rows(work, times, reach, alarms, keep, cloud))(
    'production: $rule: $title',
    ({ rule, sabotage }) => {
      expect(verdict(rule, sabotage(production))).toHaveProperty('faults.0');
    },
  );

  test.each(rows(previewWork, previewKeep))('a preview: $rule: $title', ({ rule, sabotage }) => {
    expect(verdict(rule, sabotage(preview))).toHaveProperty('faults.0');
  });
});
