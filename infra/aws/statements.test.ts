import { expect, test } from 'vitest';
import { functions, queues, type FunctionSpec, type Use } from '../topology.ts';
import { folders, statementsOf, type Arns, type Statement } from './statements.ts';

const arns: Arns<string> = {
  queue: (name) => `queue/${name}`,
  bus: 'bus',
  archive: 'archive',
  checkpoints: 'checkpoints',
  signKey: 'sign-key',
  sealKey: 'seal-key',
  sender: 'sender',
  below: (bucket, folder) => `${bucket}/${folder}/*`,
  allQueues: Object.keys(queues).flatMap((name) => [`queue/${name}`, `queue/${name}-dlq`]),
};

const all: readonly (readonly [string, Use, Statement<string>])[] = Object.entries<FunctionSpec>(
  functions,
).flatMap(([name, { uses }]) =>
  uses.flatMap((use) =>
    statementsOf(use, arns).map((statement) => [name, use, statement] as const),
  ),
);

test('every statement names its actions and what they are about to the letter; only objects of a bucket lie below a folder', () => {
  const objects = Object.values(folders).map((folder) => `/${folder}/*`);
  expect(all.length).toBeGreaterThan(20);
  for (const [name, use, { actions, resources }] of all) {
    const wide = [
      ...actions.filter((action) => !/^[a-z0-9]+:[A-Za-z0-9]+$/.test(action)),
      ...resources.filter(
        (one) => one.includes('*') && !objects.some((folder) => one.endsWith(folder)),
      ),
    ];
    expect([name, use, wide, actions.length > 0, resources.length > 0]).toEqual([
      name,
      use,
      [],
      true,
      true,
    ]);
  }
});

test('who sends to a queue may send to that one alone, and who consumes it receives and deletes there', () => {
  expect(statementsOf('send:notify', arns)).toEqual([
    { actions: ['sqs:SendMessage'], resources: ['queue/notify'] },
  ]);
  expect(statementsOf('send:notify-dlq', arns)).toEqual([
    { actions: ['sqs:SendMessage'], resources: ['queue/notify-dlq'] },
  ]);
  expect(statementsOf('consume:notify', arns)).toEqual([
    {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: ['queue/notify'],
    },
  ]);
});

const who = (action: RegExp): string[] => [
  ...new Set(
    all.filter(([, , { actions }]) => actions.some((one) => action.test(one))).map(([n]) => n),
  ),
];

test('only retention deletes objects, only what notifies opens secrets, and nobody touches versions or holds of objects', () => {
  expect(who(/^s3:Delete/)).toEqual(['retention']);
  expect(who(/^kms:Decrypt$/)).toEqual(['notify']);
  expect(who(/^kms:Sign$/)).toEqual(['checkpoints', 'auditExport']);
  expect(who(/Version|LegalHold|Bypass|Policy$/)).toEqual([]);
});

test('the security log, the archive and the checkpoints do not lie in one folder', () => {
  const places = (['write:archive', 'write:siem', 'write:checkpoints'] as const).map((use) =>
    statementsOf(use, arns)
      .flatMap(({ resources }) => resources)
      .filter((one) => one.endsWith('/*')),
  );

  expect(places).toEqual([['archive/archive/*'], ['archive/siem/*'], ['checkpoints/audit/*']]);
});

test('what IAM has no part in needs no statement', () => {
  for (const use of ['read:source', 'verify:token', 'migrate:warehouse', 'send:sms'] as const)
    expect(statementsOf(use, arns)).toEqual([]);
});
