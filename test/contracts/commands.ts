import { statementsOf, type Arns } from '../../infra/aws/statements.ts';
import { queues, type FunctionSpec, type Use } from '../../infra/topology.ts';
import type { Carried } from './carried.ts';

/** What IAM calls each call of an AWS SDK. */
const actionOf: Readonly<Record<string, string>> = {
  SendMessageBatchCommand: 'sqs:SendMessage',
  GetQueueAttributesCommand: 'sqs:GetQueueAttributes',
  PutEventsCommand: 'events:PutEvents',
  SendEmailCommand: 'ses:SendEmail',
  PublishCommand: 'sns:Publish',
  SignCommand: 'kms:Sign',
  GetPublicKeyCommand: 'kms:GetPublicKey',
  GenerateDataKeyCommand: 'kms:GenerateDataKey',
  DecryptCommand: 'kms:Decrypt',
  PutObjectCommand: 's3:PutObject',
  // No call, but what S3 asks for beside PutObject where a call says how long an object is locked.
  ObjectLockMode: 's3:PutObjectRetention',
  GetObjectCommand: 's3:GetObject',
  paginateListObjectsV2: 's3:ListBucket',
  DeleteObjectCommand: 's3:DeleteObject',
};

// The methods by which each of these calls is reached, and how it reads when one of them is used: a bundle carries all
// methods of what it opens, and a function that never uses one must not be allowed what it would call.
type Door = { readonly by: RegExp; readonly calls: Readonly<Record<string, readonly string[]>> };

const doors: Readonly<Record<string, Door>> = {
  'packages/monitoring/retention/place.ts': {
    by: /(?:\b(?:place|shelf)\d*|\barchivePlace\d*\(\w+\))\.(\w+)\b/g,
    calls: {
      PutObjectCommand: ['write', 'create'],
      ObjectLockMode: ['create'],
      GetObjectCommand: ['read'],
      paginateListObjectsV2: ['list'],
      DeleteObjectCommand: ['remove'],
    },
  },
  'packages/lambda/seal-kms.ts': {
    by: /\.(seal|unseal)\(|\{ (seal|unseal) \} = sealOf\(/g,
    calls: { GenerateDataKeyCommand: ['seal'], DecryptCommand: ['unseal'] },
  },
};

// What seals by a file has the same methods, and would seem to call those of KMS.
const behindDoors = new Set([...Object.keys(doors), 'packages/lambda/seal-file.ts']);

const word = /\b(\w+Command|paginate\w+|ObjectLockMode|waitUntil[A-Z]\w+)\b/g;

const methodsUsed = ({ files }: Carried, by: RegExp): ReadonlySet<string> =>
  new Set(
    [...files]
      .filter(([file]) => !behindDoors.has(file))
      .flatMap(([, text]) => [...text.matchAll(by)])
      .flatMap(([, ...names]) => names.filter((name) => name !== undefined)),
  );

/** What a function's code can call of AWS, as actions of IAM, and calls that the table does not know. */
export const calledBy = (carried: Carried) => {
  const called = [...carried.files].flatMap(([file, text]) => {
    const all = [...new Set([...text.matchAll(word)].map(([, name = '']) => name))];
    const door = doors[file];
    if (door === undefined) return all;
    const used = methodsUsed(carried, door.by);
    return all.filter((name) => door.calls[name]?.some((method) => used.has(method)) ?? true);
  });
  return {
    actions: new Set(called.flatMap((name) => actionOf[name] ?? [])),
    unknown: called.filter((name) => actionOf[name] === undefined),
  };
};

/** ARNs that can be told apart; every one of them names one thing. */
export const arns: Arns<string> = {
  queue: (name) => `arn:aws:sqs:eu-west-1:000000000000:${name}`,
  bus: 'arn:aws:events:eu-west-1:000000000000:event-bus/rookery',
  archive: 'arn:aws:s3:::archive',
  checkpoints: 'arn:aws:s3:::checkpoints',
  signKey: 'arn:aws:kms:eu-west-1:000000000000:key/sign',
  sealKey: 'arn:aws:kms:eu-west-1:000000000000:key/seal',
  sender: 'arn:aws:ses:eu-west-1:000000000000:identity/rookery.example',
  below: (bucket, folder) => `${bucket}/${folder}/*`,
  allQueues: Object.keys(queues).flatMap((name) => [
    `arn:aws:sqs:eu-west-1:000000000000:${name}`,
    `arn:aws:sqs:eu-west-1:000000000000:${name}-dlq`,
  ]),
};

// SNS knows no ARN of a telephone: infra/aws allows that beside the statements.
const besides = (use: Use): readonly string[] => (use === 'send:sms' ? ['sns:Publish'] : []);

const actionsOf = (use: Use): readonly string[] => [
  ...statementsOf(use, arns).flatMap(({ actions }) => actions),
  ...besides(use),
];

/** What a function calls without leave, and what it is allowed though its code never calls it. */
export const unfit = ({ handler, uses }: FunctionSpec, carried: Carried): string[] => {
  const { actions, unknown } = calledBy(carried);
  // Those of a consumer are called by Lambda's poller, with the function's role.
  const forCode = new Set(uses.filter((use) => !use.startsWith('consume:')).flatMap(actionsOf));
  return [
    ...unknown.map((name) => `${handler} calls ${name}, whose action nobody wrote down`),
    ...[...actions]
      .filter((action) => !forCode.has(action))
      .map((action) => `${handler} is not allowed ${action}`),
    ...[...forCode]
      .filter((action) => !actions.has(action))
      .map((action) => `${handler} never calls ${action}`),
  ].toSorted();
};
