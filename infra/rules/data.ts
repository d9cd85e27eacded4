import type { Graph, Resource } from '../graph/graph.ts';
import { statementsIn } from './documents.ts';
import { schedules } from '../topology.ts';
import { stageIn, types } from './parts.ts';
import {
  at,
  differs,
  entriesOf,
  listOf,
  numberAt,
  setDiffers,
  textAt,
  textsOf,
  unless,
} from './read.ts';
import { ofType, type Rule } from './rule.ts';

const isProduction = ({ app }: Graph): boolean => app.stage === 'production';

const beside = (graph: Graph, type: string, bucket: Resource): readonly Resource[] =>
  ofType(graph, type).filter((each) => textAt(each, 'bucket') === textAt(bucket, 'bucket'));

const each =
  (faults: (bucket: Resource, graph: Graph) => readonly string[]): Rule['faults'] =>
  (graph) =>
    ofType(graph, types.bucket).flatMap((bucket) => faults(bucket, graph));

const twoBuckets: Rule = {
  name: 'buckets-are-two',
  says: 'archives have a bucket and the checkpoints of the audit another, for its lock is on the whole bucket',
  faults: (graph) =>
    setDiffers(
      types.bucket,
      ofType(graph, types.bucket).map(({ name }) => name),
      ['ArchiveStoreBucket', 'CheckpointStoreBucket'],
    ),
};

const closes = [
  'blockPublicAcls',
  'blockPublicPolicy',
  'ignorePublicAcls',
  'restrictPublicBuckets',
];

const closed: Rule = {
  name: 'bucket-is-closed-to-the-public',
  says: 'nothing in a bucket can be made public, whatever is said of one object',
  faults: each((bucket, graph) => {
    const blocks = beside(graph, types.publicAccess, bucket);
    return [
      ...differs(bucket.name, 'the number of blocks', blocks.length, 1),
      ...blocks.flatMap((block) =>
        closes.flatMap((name) => differs(bucket.name, name, at(block.inputs, name), true)),
      ),
    ];
  }),
};

const secure: Rule = {
  name: 'bucket-speaks-https-only',
  says: 'a bucket refuses whoever asks without TLS',
  faults: each((bucket, graph) => {
    const statements = beside(graph, types.bucketPolicy, bucket).flatMap((policy) =>
      statementsIn(textAt(policy, 'policy')),
    );
    const refuses = statements.some(
      (one) =>
        at(one, 'Effect') === 'Deny' &&
        textsOf(at(one, 'Action')).includes('s3:*') &&
        textsOf(at(one, 'Resource')).includes(`${bucket.arn}/*`) &&
        textsOf(at(one, 'Condition', 'Bool', 'aws:SecureTransport')).includes('false'),
    );
    return [
      ...unless(refuses, `${bucket.name}: lets in who asks without TLS`),
      ...unless(
        statements.every((one) => at(one, 'Effect') === 'Deny'),
        `${bucket.name}: its policy gives leave, which roles alone should`,
      ),
    ];
  }),
};

const versions: Rule = {
  name: 'bucket-keeps-versions',
  says: 'what is overwritten or deleted in a bucket can be had back',
  faults: each((bucket, graph) => {
    const states = beside(graph, types.versioning, bucket).map((one) =>
      textAt(one, 'versioningConfiguration', 'status'),
    );
    return differs(bucket.name, 'its versioning', states, ['Enabled']);
  }),
};

const forgotten: Rule = {
  name: 'deleted-archive-is-forgotten',
  says: 'what was deleted of the archive is gone for good after 30 days, and what was personal in it: versions are no second archive',
  faults: (graph) =>
    ofType(graph, types.bucket)
      .filter(({ name }) => name === 'ArchiveStoreBucket')
      .flatMap((bucket) => {
        const days = beside(graph, types.lifecycle, bucket)
          .flatMap((one) => listOf(at(one.inputs, 'rules')))
          .filter((one) => at(one, 'status') === 'Enabled')
          .map((one) => at(one, 'noncurrentVersionExpiration', 'noncurrentDays'));
        return differs(bucket.name, 'days until old versions end', days, [30]);
      }),
};

// Where no checkpoint is laid down by itself there is nothing that is locked for years.
const locks = (graph: Graph): boolean =>
  schedules.checkpoints.cadence[stageIn(graph).kind] !== 'off';

const locked: Rule = {
  name: 'checkpoints-are-locked',
  says: 'nobody, root included, changes or removes a checkpoint of the audit before its time, nor its bucket with the stage',
  faults: (graph) =>
    ofType(graph, types.bucket)
      .filter(({ name }) => name === 'CheckpointStoreBucket')
      .flatMap((bucket) => [
        ...differs(bucket.name, 'Object Lock', at(bucket.inputs, 'objectLockEnabled'), true),
        ...unless(bucket.isRetained || !locks(graph), `${bucket.name}: goes with the stage`),
      ]),
};

const emptied: Rule = {
  name: 'bucket-is-emptied-only-where-it-may',
  says: 'a bucket with objects in it is removed only with a stage that may be removed, and never one that locks its objects',
  faults: each((bucket, graph) => {
    const isLocked = bucket.name === 'CheckpointStoreBucket' && locks(graph);
    const mayGo = !isProduction(graph) && !isLocked;
    return differs(bucket.name, 'forceDestroy', at(bucket.inputs, 'forceDestroy'), mayGo);
  }),
};

const keys: Rule = {
  name: 'keys-can-be-had-back',
  says: 'a key of KMS stays for 30 days after it was removed, and what seals secrets is renewed every year',
  faults: (graph) => [
    ...setDiffers(
      types.key,
      ofType(graph, types.key).map(({ name }) => name),
      ['SealKey', 'SignKey'],
    ),
    ...ofType(graph, types.key).flatMap((key) => [
      ...differs(key.name, 'days to have it back', numberAt(key, 'deletionWindowInDays'), 30),
      // Only keys that encrypt can be renewed.
      ...unless(
        textAt(key, 'keyUsage') === 'SIGN_VERIFY' || at(key.inputs, 'enableKeyRotation') === true,
        `${key.name}: is never renewed`,
      ),
      ...unless(at(key.inputs, 'policy') === undefined, `${key.name}: has a policy of its own`),
    ]),
  ],
};

const lasting = new Set<string>([
  types.bucket,
  types.versioning,
  types.publicAccess,
  types.bucketPolicy,
  types.key,
]);

const kept: Rule = {
  name: 'production-is-kept',
  says: 'nobody removes production, its buckets or its keys by mistake, and any other stage can be removed',
  faults: (graph) => {
    const { app } = graph;
    const is = isProduction(graph);
    return [
      ...differs('app', 'removal', app.removal, is ? 'retain' : 'remove'),
      ...differs('app', 'protect', app.protect, is),
      ...graph.resources
        .filter(({ type }) => lasting.has(type))
        .flatMap(({ name, isProtected, isRetained }) => [
          ...differs(name, 'protected', isProtected, is),
          ...unless(isRetained || !is, `${name}: goes with production`),
        ]),
    ];
  },
};

const tagged: Rule = {
  name: 'bill-says-whose-it-is',
  says: 'every resource carries its stage and its cost centre, so that a bill can be read by them',
  faults: ({ app }) => {
    const tags = new Map(entriesOf(at(app.providers, 'aws', 'defaultTags', 'tags')));
    return [
      ...differs('aws', 'rookery:stage', tags.get('rookery:stage'), app.stage),
      ...differs('aws', 'rookery:cost-centre', tags.get('rookery:cost-centre'), 'analytics'),
    ];
  },
};

/** What holds data: buckets and keys, and what becomes of them with their stage. */
export const dataRules: readonly Rule[] = [
  twoBuckets,
  closed,
  secure,
  versions,
  forgotten,
  locked,
  emptied,
  keys,
  kept,
  tagged,
];
