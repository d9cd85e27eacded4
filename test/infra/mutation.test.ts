import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { prepare } from '../../infra/prepare.ts';
import { broken } from '../../infra/rules/rules.ts';
import { depth } from '../world/depth.ts';
import { runStage } from './graph.ts';
import { more, usual, type Mistake } from './mutations.ts';

await prepare();

// Each runs SST's components in a process that is busy for 5 s and holds 400 MB.
const two = pLimit(2);

const noticedBy = async ({ stage = 'production', file, from, to }: Mistake): Promise<string> => {
  const outcome = await runStage(stage, [{ file, from, to }]);
  return 'failure' in outcome ? outcome.failure : Object.keys(broken(outcome.graph)).join(' ');
};

// Deep runs do the others: every one is 6 s of CPU.
const mistakes = depth(usual, more);
const runs = mistakes.map((mistake) => ({ ...mistake, noticed: two(() => noticedBy(mistake)) }));

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
