import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import type { Mutation } from '../../infra/graph/graph.ts';
import { prepare } from '../../infra/prepare.ts';
import { broken } from '../../infra/rules/rules.ts';
import { depth } from '../world/depth.ts';
import { runStage, type StageName } from './graph.ts';
import { more, usual, type Mistake } from './mutations.ts';

await prepare();

// Each runs SST's components in a process that is busy for 5 s and holds 400 MB.
const two = pLimit(2);

const noticed = async (stage: StageName, mutations: readonly Mutation[]): Promise<string> => {
  const outcome = await two(() => runStage(stage, mutations));
  return 'failure' in outcome ? outcome.failure : Object.keys(broken(outcome.graph)).join(' ');
};

const alone = (mistake: Mistake) => ({
  ...mistake,
  noticed: noticed(mistake.stage ?? 'production', [mistake]),
});

// The rarer ones are made seven at a time, for the sake of time: that its rule complains of each by itself, the doctored graphs of
// graph.test.ts show. What makes the program fail is made alone.
const together = (mistakes: readonly Mistake[]) => {
  const silent = mistakes.filter((each) => 'rule' in each && each.stage === undefined);
  const groups = [silent.slice(0, 7), silent.slice(7)];
  return [
    ...groups.flatMap((group) => {
      const found = noticed('production', group);
      return group.map((mistake) => ({ ...mistake, noticed: found }));
    }),
    ...mistakes.filter((each) => !silent.includes(each)).map(alone),
  ];
};

const runs = depth(
  () => usual.map(alone),
  () => together(more),
)();

test.each(runs)('$what: it is noticed', async (run) => {
  const wanted = 'rule' in run ? run.rule : run.says;

  expect(await run.noticed).toContain(wanted);
});

test('a change that nobody could make says so, instead of proving nothing', async () => {
  const outcome = await runStage('pr-7', [
    { file: 'infra/aws/queues.ts', from: 'no such text', to: '' },
  ]);

  expect(outcome).toEqual({
    failure: expect.stringContaining('has no no such text to change') as string,
  });
});
