import { beforeAll, expect, test } from 'vitest';
import { functions, type FunctionSpec, type Use } from '../../infra/topology.ts';
import { carriedBy, type Carried } from './carried.ts';
import { arns, calledBy, unfit } from './commands.ts';
import { statementsOf } from '../../infra/aws/statements.ts';

const specs: readonly FunctionSpec[] = Object.values(functions);

let carried: ReadonlyMap<string, Carried>;

beforeAll(async () => {
  const all = await carriedBy(specs.map(({ handler }) => handler));
  carried = new Map(all.map((one) => [one.handler, one]));
});

const codeOf = ({ handler }: Pick<FunctionSpec, 'handler'>): Carried => {
  const found = carried.get(handler);
  if (found === undefined) throw new Error(`no code of ${handler}`);
  return found;
};

const textOf = (handler: FunctionSpec['handler'], file: string): string =>
  codeOf({ handler }).files.get(file) ?? '';

test('the uses of every function allow what its code calls of AWS, and nothing else', () => {
  expect(specs.flatMap((spec) => unfit(spec, codeOf(spec)))).toEqual([]);
});

const unfitWith = (spec: FunctionSpec, ...uses: readonly Use[]): string[] =>
  unfit({ ...spec, uses }, codeOf(spec));

test('a use that is missing, and one that no code needs, are noticed', () => {
  expect(unfitWith(functions.probe, 'send:probe-dlq')).toEqual([
    'functions/queue/probe.ts is not allowed sqs:GetQueueAttributes',
  ]);
  expect(unfitWith(functions.targetChanges, 'seal:secrets', 'unseal:secrets')).toEqual([
    'functions/api/target-changes.ts never calls kms:Decrypt',
  ]);
  expect(unfitWith(functions.campaigns, 'read:queues', 'send:email')).toEqual([
    'functions/api/campaigns.ts never calls ses:SendEmail',
    'functions/api/campaigns.ts never calls sqs:GetQueueAttributes',
  ]);
});

const s3 = (spec: FunctionSpec) =>
  [...calledBy(codeOf(spec)).actions].filter((action) => action.startsWith('s3:')).toSorted();

test('what a bundle carries of a place and never uses is not allowed: nobody but retention removes', () => {
  const { checkpoints, retention, siem } = functions;

  expect(s3(siem)).toEqual(['s3:PutObject']);
  expect(s3(retention)).toEqual(['s3:DeleteObject', 's3:GetObject', 's3:PutObject']);
  expect(s3(checkpoints)).toEqual([
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    's3:PutObjectRetention',
  ]);
});

test('a method of a place that a function begins to use is noticed, and so is a call that nobody knows', () => {
  const { handler, uses, ...rest } = functions.siem;
  const files = new Map(codeOf({ handler }).files);
  files.set(handler, `${files.get(handler)}\nawait archivePlace(place).remove(name);`);
  files.set('packages/lambda/new.ts', 'await client.send(new CopyObjectCommand({}));');

  expect(unfit({ handler, uses, ...rest }, { handler, files })).toEqual([
    'functions/queue/siem.ts calls CopyObjectCommand, whose action nobody wrote down',
    'functions/queue/siem.ts is not allowed s3:DeleteObject',
  ]);
});

const conditions = (use: Use) =>
  statementsOf(use, arns).flatMap((statement) => statement.conditions ?? []);

test('conditions say what the code says', () => {
  const sealing = textOf(functions.notify.handler, 'packages/lambda/seal-kms.ts');
  const signing = textOf(functions.checkpoints.handler, 'packages/lambda/sign-kms.ts');

  for (const use of ['seal:secrets', 'unseal:secrets'] as const)
    expect(conditions(use)).toEqual([
      {
        test: 'StringEquals',
        variable: 'kms:EncryptionContext:purpose',
        values: [/purpose: "([^"]+)"/.exec(sealing)?.[1]],
      },
    ]);
  expect(conditions('sign:audit')).toEqual([
    {
      test: 'StringEquals',
      variable: 'kms:SigningAlgorithm',
      values: [/SigningAlgorithm: "([^"]+)"/.exec(signing)?.[1]],
    },
  ]);
});
