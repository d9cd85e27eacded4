import type { Graph, Resource } from '../graph/graph.ts';
import { stageOf, type Stage } from '../aws/stage.ts';
import {
  functions,
  queues,
  schedules,
  type FunctionSpec,
  type QueueSpec,
  type ScheduleSpec,
} from '../topology.ts';
import { textAt } from './read.ts';
import { ofType } from './rule.ts';

/** Pulumi's types of what the rules look at. */
export const types = {
  function: 'aws:lambda/function:Function',
  mapping: 'aws:lambda/eventSourceMapping:EventSourceMapping',
  invokeConfig: 'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig',
  invocation: 'aws:lambda/invocation:Invocation',
  permission: 'aws:lambda/permission:Permission',
  url: 'aws:lambda/functionUrl:FunctionUrl',
  queue: 'aws:sqs/queue:Queue',
  queuePolicy: 'aws:sqs/queuePolicy:QueuePolicy',
  schedule: 'aws:scheduler/schedule:Schedule',
  scheduleGroup: 'aws:scheduler/scheduleGroup:ScheduleGroup',
  role: 'aws:iam/role:Role',
  logGroup: 'aws:cloudwatch/logGroup:LogGroup',
  bus: 'aws:cloudwatch/eventBus:EventBus',
  rule: 'aws:cloudwatch/eventRule:EventRule',
  target: 'aws:cloudwatch/eventTarget:EventTarget',
  api: 'aws:apigatewayv2/api:Api',
  apiStage: 'aws:apigatewayv2/stage:Stage',
  authorizer: 'aws:apigatewayv2/authorizer:Authorizer',
  integration: 'aws:apigatewayv2/integration:Integration',
  route: 'aws:apigatewayv2/route:Route',
  bucket: 'aws:s3/bucket:Bucket',
  bucketPolicy: 'aws:s3/bucketPolicy:BucketPolicy',
  publicAccess: 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock',
  versioning: 'aws:s3/bucketVersioning:BucketVersioning',
  lifecycle: 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
  key: 'aws:kms/key:Key',
} as const;

/** A thing of the topology and the resource that it became. */
export type Made<Spec> = {
  readonly name: string;
  readonly spec: Spec;
  readonly resource: Resource;
};

/** What goes by the kind of a graph's stage. */
export const stageIn = ({ app }: Pick<Graph, 'app'>): Stage => stageOf(app.stage);

/** The name that AWS shows of a thing of the topology. */
export const physicalIn = ({ app }: Pick<Graph, 'app'>, name: string): string =>
  `${app.name}-${app.stage}-${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`;

/** The resource of a type with this physical name. */
export const called = (graph: Graph, type: string, name: string): Resource | undefined =>
  ofType(graph, type).find((each) => textAt(each, 'name') === name);

const made = <Spec>(
  graph: Graph,
  type: string,
  specs: Readonly<Record<string, Spec>>,
): readonly Made<Spec>[] =>
  Object.entries<Spec>(specs).flatMap(([name, spec]) => {
    const resource = called(graph, type, physicalIn(graph, name));
    return resource === undefined ? [] : [{ name, spec, resource }];
  });

/** The functions of the topology that the graph has. */
export const functionsIn = (graph: Graph): readonly Made<FunctionSpec>[] =>
  made<FunctionSpec>(graph, types.function, functions);

/** The queues of the topology that the graph has, their dead-letter queues not among them. */
export const queuesIn = (graph: Graph): readonly Made<QueueSpec>[] =>
  made<QueueSpec>(graph, types.queue, queues);

/** The schedules of the topology that the graph has. */
export const schedulesIn = (graph: Graph): readonly Made<ScheduleSpec>[] =>
  made<ScheduleSpec>(graph, types.schedule, schedules);

/** The queue with this ARN. */
export const queueAt = (graph: Graph, arn: string): Resource | undefined =>
  ofType(graph, types.queue).find((each) => each.arn === arn);

/** The function that a name or an ARN means. */
export const functionAt = (graph: Graph, reference: string): Resource | undefined =>
  ofType(graph, types.function).find(
    (each) => each.arn === reference || textAt(each, 'name') === reference,
  );

/** How a fault says which resource it is of. */
export const titleOf = (resource: Resource): string => textAt(resource, 'name') || resource.name;
