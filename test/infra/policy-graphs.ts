import { account, region } from '../../infra/graph/cloud.ts';
import type { Graph, Resource } from '../../infra/graph/graph.ts';
import { deployed, graphOf } from '../../infra/policy/carried.ts';
import { dependenciesOf, outputsOf, urnOf } from './policy-wire.ts';

/** A change of one resource, the rule that it breaks, and the resource to blame where that is another. */
export type Sabotage = {
  readonly rule: string;
  readonly type: string;
  readonly name: string;
  readonly change: (inputs: Resource['inputs']) => Record<string, unknown>;
  readonly blamed?: readonly [type: string, name: string];
};

const queue = 'aws:sqs/queue:Queue';
const lambda = 'aws:lambda/function:Function';

const widened = (policies: unknown): unknown =>
  (policies as readonly { name: string; policy: string }[]).map(({ name, policy }) => ({
    name,
    policy: policy.replace('"sqs:SendMessage"', '"sqs:*"'),
  }));

/** One broken resource each, in one graph without being in each other's way. */
export const sabotages: readonly Sabotage[] = [
  {
    rule: 'queue-has-dead-letters',
    type: queue,
    name: 'AggregateQueueQueue',
    change: (inputs) => ({ ...inputs, redrivePolicy: '' }),
  },
  {
    rule: 'queue-hides-for-six-timeouts',
    type: queue,
    name: 'PosthogQueueQueue',
    change: (inputs) => ({ ...inputs, visibilityTimeoutSeconds: 30 }),
  },
  {
    rule: 'queue-keeps-two-weeks',
    type: queue,
    name: 'BusDlqQueue',
    change: (inputs) => ({ ...inputs, messageRetentionSeconds: 345_600 }),
  },
  {
    rule: 'function-runs-on-node-24-arm64',
    type: lambda,
    name: 'AggregateFunction',
    change: (inputs) => ({ ...inputs, runtime: 'nodejs20.x' }),
  },
  {
    rule: 'policy-has-no-wildcard',
    type: 'aws:iam/role:Role',
    name: 'AggregateRole',
    change: (inputs) => ({ ...inputs, inlinePolicies: widened(inputs['inlinePolicies']) }),
  },
  {
    rule: 'schedule-tells-its-slot',
    type: 'aws:scheduler/schedule:Schedule',
    name: 'AlertsScheduleSchedule',
    change: (inputs) => ({
      ...inputs,
      target: { ...(inputs['target'] as object), input: '{"job":"alerts"}' },
    }),
  },
  {
    rule: 'bucket-keeps-versions',
    type: 'aws:s3/bucketVersioning:BucketVersioning',
    name: 'ArchiveStoreVersioning',
    change: (inputs) => ({ ...inputs, versioningConfiguration: { status: 'Suspended' } }),
    blamed: ['aws:s3/bucket:Bucket', 'ArchiveStoreBucket'],
  },
  {
    rule: 'route-asks-for-its-token',
    type: 'aws:apigatewayv2/route:Route',
    name: 'GetV1CampaignsRoute',
    change: (inputs) => ({ ...inputs, authorizationType: 'NONE' }),
  },
];

/** The graph with what breaks it, and a secret among its outputs. */
export const sabotaged = (graph: Graph, all: readonly Sabotage[] = sabotages): Graph => ({
  ...graph,
  outputs: { ...(graph.outputs as object), key: 'phc_of-tests' },
  resources: graph.resources.map((resource) => {
    const own = all.filter(({ type, name }) => type === resource.type && name === resource.name);
    return own.reduce((made, { change }) => ({ ...made, inputs: change(made.inputs) }), resource);
  }),
});

/** The graph as Pulumi has it: with the provider that all resources are made by. */
export const asPulumi = (graph: Graph): Graph => {
  const { defaultTags = {} } = (graph.app.providers['aws'] ?? {}) as { defaultTags?: object };
  const provider: Resource = {
    type: 'pulumi:providers:aws',
    name: 'default_7_20_0',
    inputs: { region: 'eu-central-1', defaultTags: JSON.stringify(defaultTags) },
    id: 'provider',
    arn: '',
    isProtected: false,
    isRetained: false,
    after: [],
  };
  const others = graph.resources.filter(({ type }) => type !== provider.type);
  return { ...graph, resources: [...others, provider] };
};

/** The graph as the pack makes it, at the end of a deployment, of what it was shown. */
export const asDeployed = (graph: Graph): Graph =>
  graphOf(
    graph.resources.map((resource) => {
      const { type, name, inputs, isProtected } = resource;
      const props = outputsOf(graph, resource);
      const shown = { type, name, urn: urnOf(graph, type, name), props, isProtected };
      return deployed(shown, dependenciesOf(resource), inputs);
    }),
  );

const opaque = (index: number): string => `a1b2c3${String(index).padStart(4, '0')}`;

/**
 * The graph as another account in another region would have it, with ids that say nothing: what of a graph only infra/graph/cloud.ts
 * makes up, no rule may lean on.
 */
export const elsewhere = (graph: Graph): Graph => {
  const made = graph.resources.filter(({ id, name }) => id === `${name}-id`);
  const longestFirst = made.toSorted((a, b) => b.id.length - a.id.length);
  const text = longestFirst.reduce((before, { id, name, type }, index) => {
    const renamed = before.replaceAll(id, opaque(index));
    // The one ARN that is made of an id.
    return type === 'aws:apigatewayv2/api:Api'
      ? renamed.replaceAll(RegExp(`(execute-api:[^:]*:\\d*:)${name}`, 'g'), `$1${opaque(index)}`)
      : renamed;
  }, JSON.stringify(graph));
  return JSON.parse(
    text.replaceAll(region, 'us-west-2').replaceAll(account, '998877665544'),
  ) as Graph;
};

// Pulumi's sign for a text that is not known before a deployment.
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

const hidden = (value: unknown, ids: ReadonlySet<string>): unknown => {
  if (typeof value === 'string') {
    const isOfOthers = /arn:aws:|https:\/\/sqs\.|of-\w+Password|-id$/.test(value);
    return isOfOthers || ids.has(value) ? unknown : value;
  }
  if (Array.isArray(value)) return value.map((each) => hidden(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each, ids)]));
};

/** The graph in a preview of a stage that does not exist yet: no id, no ARN and nothing that is made of them is known. */
export const unborn = (graph: Graph): Graph => {
  const ids = new Set(graph.resources.map(({ id }) => id));
  return {
    ...graph,
    outputs: hidden(graph.outputs, ids),
    resources: graph.resources.map((resource) => ({
      ...resource,
      inputs: hidden(resource.inputs, ids) as Resource['inputs'],
      id: unknown,
      arn: unknown,
    })),
  };
};
