import * as z from 'zod';
import { account, region } from '../../infra/graph/cloud.ts';
import type { Graph, Resource } from '../../infra/graph/graph.ts';
import { matches, policiesOf, type Kind, type Statement } from './account.ts';

// What IAM must allow for a resource of each of Pulumi's types to be made. A type that is not here is not known to be allowed.
const needed: Readonly<Record<string, readonly string[]>> = {
  'aws:acm/certificate:Certificate': ['acm:RequestCertificate'],
  'aws:acm/certificateValidation:CertificateValidation': ['acm:DescribeCertificate'],
  'aws:apigatewayv2/api:Api': ['apigateway:POST', 'apigateway:TagResource'],
  'aws:apigatewayv2/apiMapping:ApiMapping': ['apigateway:POST'],
  'aws:apigatewayv2/authorizer:Authorizer': ['apigateway:POST'],
  'aws:apigatewayv2/domainName:DomainName': ['apigateway:POST', 'apigateway:TagResource'],
  'aws:apigatewayv2/integration:Integration': ['apigateway:POST'],
  'aws:apigatewayv2/route:Route': ['apigateway:POST'],
  'aws:apigatewayv2/stage:Stage': [
    'apigateway:POST',
    'apigateway:TagResource',
    'logs:CreateLogDelivery',
  ],
  'aws:cloudwatch/dashboard:Dashboard': ['cloudwatch:PutDashboard'],
  'aws:cloudwatch/eventBus:EventBus': ['events:CreateEventBus'],
  'aws:cloudwatch/eventRule:EventRule': ['events:PutRule'],
  'aws:cloudwatch/eventTarget:EventTarget': ['events:PutTargets'],
  'aws:cloudwatch/logGroup:LogGroup': ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
  'aws:cloudwatch/logMetricFilter:LogMetricFilter': ['logs:PutMetricFilter'],
  'aws:cloudwatch/metricAlarm:MetricAlarm': ['cloudwatch:PutMetricAlarm'],
  'aws:iam/role:Role': ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PassRole'],
  'aws:kms/key:Key': ['kms:CreateKey', 'kms:EnableKeyRotation'],
  'aws:lambda/eventSourceMapping:EventSourceMapping': ['lambda:CreateEventSourceMapping'],
  'aws:lambda/function:Function': ['lambda:CreateFunction', 'lambda:PutFunctionConcurrency'],
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig': [
    'lambda:PutFunctionEventInvokeConfig',
  ],
  'aws:lambda/functionUrl:FunctionUrl': ['lambda:CreateFunctionUrlConfig'],
  'aws:lambda/invocation:Invocation': ['lambda:InvokeFunction'],
  'aws:lambda/permission:Permission': ['lambda:AddPermission'],
  'aws:route53/record:Record': ['route53:ChangeResourceRecordSets'],
  'aws:s3/bucket:Bucket': ['s3:CreateBucket', 's3:PutBucketTagging'],
  'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration': ['s3:PutBucketCORS'],
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': [
    's3:PutLifecycleConfiguration',
  ],
  'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration': [
    's3:PutBucketObjectLockConfiguration',
  ],
  'aws:s3/bucketObjectv2:BucketObjectv2': ['s3:PutObject', 's3:PutObjectTagging'],
  'aws:s3/bucketPolicy:BucketPolicy': ['s3:PutBucketPolicy'],
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': [
    's3:PutEncryptionConfiguration',
  ],
  'aws:s3/bucketVersioning:BucketVersioning': ['s3:PutBucketVersioning'],
  'aws:scheduler/schedule:Schedule': ['scheduler:CreateSchedule'],
  'aws:scheduler/scheduleGroup:ScheduleGroup': [
    'scheduler:CreateScheduleGroup',
    'scheduler:TagResource',
  ],
  'aws:sns/topic:Topic': ['sns:CreateTopic'],
  'aws:sns/topicPolicy:TopicPolicy': ['sns:SetTopicAttributes'],
  'aws:sns/topicSubscription:TopicSubscription': ['sns:Subscribe'],
  'aws:sqs/queue:Queue': ['sqs:CreateQueue'],
  'aws:sqs/queuePolicy:QueuePolicy': ['sqs:SetQueueAttributes'],
};

const strings = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]);
const policies = z
  .array(z.object({ policy: z.string() }))
  .default([])
  .transform((all) => all.map(({ policy }) => JSON.parse(policy) as unknown));
const document = z.object({
  Statement: z.array(z.object({ Action: strings, Resource: strings })),
});

const allows = (one: Statement, action: string): boolean =>
  one.Action.some((pattern) => matches(pattern, action));

const at = (service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

// The ARN by which IAM knows a resource that has a name; the graph knows only those of what others refer to.
const known = ({ type, arn, inputs }: Resource): string | undefined => {
  const name = String(inputs['name']);
  if (type === 'aws:cloudwatch/eventRule:EventRule')
    return at('events', `rule/${String(inputs['eventBusName'])}/${name}`);
  if (type === 'aws:cloudwatch/metricAlarm:MetricAlarm') return at('cloudwatch', `alarm:${name}`);
  if (type === 'aws:scheduler/schedule:Schedule')
    return at('scheduler', `schedule/${String(inputs['groupName'])}/${name}`);
  if (type === 'aws:scheduler/scheduleGroup:ScheduleGroup')
    return at('scheduler', `schedule-group/${name}`);
  if (type === 'aws:sns/topic:Topic') return at('sns', name);
  return /:(Function|Queue|Bucket|Role|EventBus|LogGroup)$/.test(type) ? arn : undefined;
};

const makingFaults = ({ type, name }: Resource, role: readonly Statement[]): string[] => {
  if (!type.startsWith('aws:')) return [];
  const actions = needed[type];
  if (actions === undefined) return [`${name}: nobody knows what a ${type} needs of IAM`];
  return actions
    .filter((action) => !role.some((one) => allows(one, action)))
    .map((action) => `${name}: the role may not ${action}`);
};

const runningFaults = ({ type, name, inputs }: Resource, most: readonly Statement[]): string[] => {
  if (type !== 'aws:iam/role:Role') return [];
  return policies
    .parse(inputs['inlinePolicies'])
    .flatMap((one) => document.parse(one).Statement)
    .flatMap(({ Action, Resource: on }) =>
      Action.flatMap((action) => on.map((arn) => [action, arn] as const)),
    )
    .filter(
      ([action, arn]) =>
        !most.some(
          (one) => allows(one, action) && one.Resource?.some((each) => matches(each, arn)),
        ),
    )
    .map(([action, arn]) => `${name}: the boundary takes away ${action} on ${arn}`);
};

/**
 * What of a stage's graph the role of its kind of deployment could not make, by its action or its name, and what of the rights
 * of its functions the boundary would take away.
 */
export const graphFaults = (text: string, kind: Kind, graph: Graph): string[] => {
  const found = policiesOf(text, kind, { 'AWS::AccountId': account, 'AWS::Region': region });
  const role = Object.entries(found).flatMap(([name, all]) => (name === 'Boundary' ? [] : all));
  const named = role.filter(({ Resource: on }) => on?.includes('*') !== true);
  const strange = graph.resources.flatMap((one) => {
    const arn = known(one);
    if (arn === undefined || !one.type.startsWith('aws:')) return [];
    const isNamed = named.some(({ Resource: on }) => on?.some((each) => matches(each, arn)));
    return isNamed ? [] : [`${one.name}: the role may not touch ${arn}`];
  });
  return [
    ...strange,
    ...graph.resources.flatMap((one) => [
      ...makingFaults(one, role),
      ...runningFaults(one, found['Boundary'] ?? []),
    ]),
  ];
};
