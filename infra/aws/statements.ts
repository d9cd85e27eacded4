import type { QueueName, Use } from '../topology.ts';

/** The ARNs of what uses are about; queues by their name, dead-letter queues as `<name>-dlq`. */
export type Arns<Arn> = {
  readonly queue: (name: QueueName | `${QueueName}-dlq`) => Arn;
  readonly bus: Arn;
  /** The bucket of archives, and the security log where no SIEM of a stage takes it. */
  readonly archive: Arn;
  readonly checkpoints: Arn;
  readonly signKey: Arn;
  readonly sealKey: Arn;
  /** The identity of SES that e-mails come from. */
  readonly sender: Arn;
  /** The objects of a bucket below a folder: `<bucket>/<folder>/*`. */
  readonly below: (bucket: Arn, folder: string) => Arn;
  readonly allQueues: readonly Arn[];
};

/** A condition of IAM, as SST's `permissions` take it. */
export type Condition = {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
};

/** What a use allows. */
export type Statement<Arn> = {
  readonly actions: readonly string[];
  readonly resources: readonly Arn[];
  readonly conditions?: readonly Condition[];
};

/**
 * The folders of buckets that uses write to: the places of the environment (`s3://<bucket>/<folder>`) are made of
 * them too.
 */
export const folders = {
  archive: 'archive',
  siem: 'siem',
  checkpoints: 'audit',
} as const;

const allow = <Arn>(resource: Arn, ...actions: string[]): Statement<Arn> => ({
  actions,
  resources: [resource],
});

const onlyIf = <Arn>(
  statement: Statement<Arn>,
  test: string,
  variable: string,
  value: string,
): Statement<Arn> => ({ ...statement, conditions: [{ test, variable, values: [value] }] });

// As packages/lambda/seal-kms.ts says what a data key is for, and no other.
const sealing = <Arn>(key: Arn, action: string): Statement<Arn> =>
  onlyIf(allow(key, action), 'StringEquals', 'kms:EncryptionContext:purpose', 'rookery-seal');

const forCheckpoints = <Arn>({ checkpoints, below }: Arns<Arn>): readonly Statement<Arn>[] => [
  onlyIf(
    allow(checkpoints, 's3:ListBucket'),
    'StringLike',
    's3:prefix',
    `${folders.checkpoints}/*`,
  ),
  // The second is asked for because each is laid down under its lock.
  allow(
    below(checkpoints, folders.checkpoints),
    's3:PutObject',
    's3:PutObjectRetention',
    's3:GetObject',
  ),
];

const forSigning = <Arn>({ signKey }: Arns<Arn>): readonly Statement<Arn>[] => [
  onlyIf(allow(signKey, 'kms:Sign'), 'StringEquals', 'kms:SigningAlgorithm', 'ECDSA_SHA_256'),
  allow(signKey, 'kms:GetPublicKey'),
];

type Kind = Exclude<Use, `consume:${string}` | `send:${QueueName}` | `send:${QueueName}-dlq`>;

const kinds: { readonly [K in Kind]: <Arn>(arns: Arns<Arn>) => readonly Statement<Arn>[] } = {
  'put:events': ({ bus }) => [allow(bus, 'events:PutEvents')],
  // Nothing lists the archive: the warehouse knows the name of every object. Its bucket keeps versions, so that what
  // is deleted can be had back; s3:DeleteObjectVersion, for good, is nobody's.
  'write:archive': ({ archive, below }) => [
    allow(below(archive, folders.archive), 's3:PutObject', 's3:GetObject', 's3:DeleteObject'),
  ],
  'write:siem': ({ archive, below }) => [allow(below(archive, folders.siem), 's3:PutObject')],
  'write:checkpoints': forCheckpoints,
  'sign:audit': forSigning,
  'seal:secrets': ({ sealKey }) => [sealing(sealKey, 'kms:GenerateDataKey')],
  'unseal:secrets': ({ sealKey }) => [sealing(sealKey, 'kms:Decrypt')],
  'send:email': ({ sender }) => [allow(sender, 'ses:SendEmail')],
  'read:queues': ({ allQueues }) => [{ actions: ['sqs:GetQueueAttributes'], resources: allQueues }],
  // SNS knows no ARN of a telephone: infra/aws allows it in a way of its own.
  'send:sms': () => [],
  // A database and the keys of tokens are reached over the internet: IAM has no part in them.
  'read:source': () => [],
  'verify:token': () => [],
  'migrate:warehouse': () => [],
};

const isKind = (use: Use): use is Kind => Object.hasOwn(kinds, use);

/**
 * The statements of IAM for a use: the actions that the code calls, on the one thing that it is about, and nothing
 * where IAM has no part in it. test/contracts/commands.test.ts holds them against the commands of AWS that the code
 * of each function calls.
 */
export const statementsOf = <Arn>(use: Use, arns: Arns<Arn>): readonly Statement<Arn>[] => {
  if (isKind(use)) return kinds[use](arns);
  const [verb, what = ''] = use.split(':');
  const queue = arns.queue(what as QueueName | `${QueueName}-dlq`);
  return verb === 'consume'
    ? [allow(queue, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes')]
    : [allow(queue, 'sqs:SendMessage')];
};
