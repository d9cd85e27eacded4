import type { Use } from '../topology.ts';

type Text = $util.Input<string>;

/** What one statement of a policy allows, and under which conditions. */
export type Allowed = {
  readonly actions: readonly string[];
  readonly resources?: readonly Text[];
  readonly notResources?: readonly Text[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly Text[];
  }[];
};

/** Who may take a role, or ask for what a resource's own policy allows: a service of AWS, by its short name. */
export type Service = 'lambda' | 'scheduler' | 'events' | 'cloudwatch';

const conditionsOf = (conditions: Allowed['conditions'] = []) =>
  Object.fromEntries(
    [...Map.groupBy(conditions, ({ test }) => test)].map(([test, those]) => [
      test,
      Object.fromEntries(those.map(({ variable, values }) => [variable, values])),
    ]),
  );

const document = (statements: readonly object[]): $util.Output<string> =>
  $util.jsonStringify({ Version: '2012-10-17', Statement: statements });

/** A policy of IAM as JSON. Elements that are left out are not in it. */
export const policyOf = (statements: readonly Allowed[]): $util.Output<string> =>
  document(
    statements.map(({ actions, resources, notResources, conditions }) => ({
      Effect: 'Allow',
      Action: actions,
      ...(resources === undefined ? {} : { Resource: resources }),
      ...(notResources === undefined ? {} : { NotResource: notResources }),
      ...(conditions === undefined ? {} : { Condition: conditionsOf(conditions) }),
    })),
  );

/** The policy of a resource that lets a service act on it, for those of ours that `sources` names and no other account's. */
export const grantTo = (
  service: Service,
  action: string,
  resource: Text,
  sources: readonly Text[],
) =>
  document([
    {
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Action: action,
      Resource: resource,
      Condition: { ArnEquals: { 'aws:SourceArn': sources } },
    },
  ]);

/** The trust of a role: this service and nobody else, the account's own users neither. */
export const trust = (service: Service): $util.Output<string> =>
  document([
    {
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Action: 'sts:AssumeRole',
    },
  ]);

/** Leave to write lines to the streams of one log group. */
export const logging = (
  functionName: string,
  at: { readonly region: Text; readonly account: Text },
): Allowed => ({
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [
    $interpolate`arn:aws:logs:${at.region}:${at.account}:log-group:/aws/lambda/${functionName}:log-stream:*`,
  ],
});

/** SNS knows no ARN of a telephone: a text message may be sent to whatever is not a topic. */
export const textMessages = (uses: readonly Use[]): readonly Allowed[] =>
  uses.includes('send:sms')
    ? [{ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }]
    : [];
