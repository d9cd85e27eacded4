import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matches, policiesOf, type Kind, type Statement } from '../../test/contracts/account.ts';

const template = readFileSync(join(import.meta.dirname, 'deployer.yml'), 'utf8');

const kinds: readonly Kind[] = [
  {
    kind: 'preview',
    subject: 'pull_request',
    stages: 'pr-*',
    own: 'pr-12',
    foreign: 'production',
  },
  {
    kind: 'production',
    subject: 'environment:production',
    stages: 'production',
    own: 'production',
    foreign: 'pr-12',
  },
];

const statementsOf = (kind: Kind, text: string): readonly Statement[] =>
  Object.entries(policiesOf(text, kind, {}))
    .filter(([name]) => name !== 'Boundary')
    .flatMap(([, all]) => all);

const may = (all: readonly Statement[], action: string, arn: string): readonly Statement[] =>
  all.filter(
    (one) => one.Action.includes(action) && one.Resource?.some((each) => matches(each, arn)),
  );

// What S3 asks of itself before it says that an object is not there: to list the bucket, of no prefix.
const isToldOfNothing = (all: readonly Statement[]): boolean =>
  may(all, 's3:ListBucket', 'arn:aws:s3:::sst-state-abcdefgh').some((one) =>
    Object.entries(one.Condition).every(
      ([operator, keys]) => operator.endsWith('IfExists') || !Object.hasOwn(keys, 's3:prefix'),
    ),
  );

const isHeld = (one: Statement, { stages }: Kind): boolean =>
  one.Condition['StringLike']?.['aws:RequestTag/rookery:stage']?.join() === stages;

describe.each(kinds)('the first deployment of a stage of kind $kind', (kind) => {
  const all = statementsOf(kind, template);

  test('is told that there is no state yet, and not that it may not look', () => {
    expect(isToldOfNothing(all)).toBe(true);
    // Without it SST ends at the 403 of its first GetObject: it takes NoSuchKey alone for a new stage.
    const asBefore = template.replace(/StringLikeIfExists(?=:\s+s3:prefix)/, 'StringLike');
    expect(isToldOfNothing(statementsOf(kind, asBefore))).toBe(false);
  });

  // The provider gives every stage of an API the tags of the app.
  test.each(['/apis', '/apis/0123/stages'])('may make what is below %s with its tags', (path) => {
    const found = may(all, 'apigateway:TagResource', `arn:aws:apigateway:eu-central-1::${path}`);

    expect(found).toHaveLength(1);
    expect(found.every((one) => isHeld(one, kind))).toBe(true);
  });
});
