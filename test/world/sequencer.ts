import { BaseSequencer, type TestSpecification } from 'vitest/node';

type Files = TestSpecification[];

const isCalled =
  (pattern: RegExp) =>
  ({ moduleId }: TestSpecification): boolean =>
    pattern.test(moduleId);

// While so many files run, what the tests of infra need is laid ready (test/infra/prepared.ts): none then waits for it.
const others = 60;
const needsSst = isCalled(/\/test\/infra\/|deploy-commands/);

/** The usual order, but that tests of infra come when what they need is there. */
export class SstLater extends BaseSequencer {
  override async sort(files: Files): Promise<Files> {
    const sorted = await super.sort(files);
    const rest = sorted.filter((file) => !needsSst(file));
    return [...rest.slice(0, others), ...sorted.filter(needsSst), ...rest.slice(others)];
  }
}

// Two minutes and more of each: begun last, one of them would run on alone.
const isLong = isCalled(/\/(cuts|isolation|malformed|recount|redelivery|writes)\.test/);

/** The longest batteries first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Files): Promise<Files> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
