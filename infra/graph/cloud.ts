/** The account and region of everything in a graph; the account is made up. */
export const account = '123456789012';
export const region = 'eu-central-1';

type Inputs = Readonly<Record<string, unknown>>;

/** The ARN that the cloud would give a thing of this Pulumi type and physical name. */
export const arnOf = (type: string, name: string): string => {
  const [, service = '', thing = ''] = type.split(/[:/]/);
  const kinds: Record<string, string> = {
    'aws:lambda/function:Function': `arn:aws:lambda:${region}:${account}:function:${name}`,
    'aws:sqs/queue:Queue': `arn:aws:sqs:${region}:${account}:${name}`,
    'aws:s3/bucket:Bucket': `arn:aws:s3:::${name}`,
    'aws:iam/role:Role': `arn:aws:iam::${account}:role/${name}`,
    'aws:kms/key:Key': `arn:aws:kms:${region}:${account}:key/${name}`,
    'aws:cloudwatch/eventBus:EventBus': `arn:aws:events:${region}:${account}:event-bus/${name}`,
    'aws:cloudwatch/logGroup:LogGroup': `arn:aws:logs:${region}:${account}:log-group:${name}`,
  };
  return kinds[type] ?? `arn:aws:${service}:${region}:${account}:${thing}/${name}`;
};

// What a certificate and a domain of the gateway tell, for the records that prove and point at them.
const domainOf = ({ domainName }: Inputs) => ({
  domainValidationOptions: [
    {
      domainName,
      resourceRecordName: `_proof.${String(domainName)}`,
      resourceRecordType: 'CNAME',
      resourceRecordValue: '_proof.acm-validations.aws',
    },
  ],
  domainNameConfiguration: {
    targetDomainName: `d-gateway.execute-api.${region}.amazonaws.com`,
    hostedZoneId: 'Z-gateway',
  },
});

/** What the cloud adds to a resource that is made of these inputs: its ids, its addresses, its secrets. */
export const madeOf = (type: string, name: string, inputs: Inputs) => {
  const called =
    [inputs['name'], inputs['bucket']].find((each) => typeof each === 'string') ?? name;
  const arn = arnOf(type, called);
  return {
    id:
      type === 'aws:sqs/queue:Queue'
        ? `https://sqs.${region}.amazonaws.com/${account}/${called}`
        : `${name}-id`,
    arn,
    state: {
      domainValidationOptions: [
        {
          domainName: inputs['domainName'],
          resourceRecordName: 'r',
          resourceRecordType: 'CNAME',
          resourceRecordValue: 'v',
        },
      ],
      host: `ep-${name.toLowerCase()}.${region}.aws.neon.tech`,
      base64: Buffer.alloc(32).toString('base64'),
      result:
        type === 'aws:lambda/invocation:Invocation'
          ? JSON.stringify({ schema: '9999_last' })
          : `of-${name}`,
      ...(inputs['domainName'] === undefined ? {} : domainOf(inputs)),
      ...inputs,
      name: called,
      bucket: called,
      arn,
      invokeArn: arn,
      executionArn: `arn:aws:execute-api:${region}:${account}:${name}-id`,
      url: `https://sqs.${region}.amazonaws.com/${account}/${called}`,
      apiEndpoint: `https://${name.toLowerCase()}.execute-api.${region}.amazonaws.com`,
      functionUrl: `https://${name.toLowerCase()}.lambda-url.${region}.on.aws/`,
    },
  };
};

type Principal = { readonly type: string; readonly identifiers: readonly string[] };
type Condition = {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
};
type PolicyStatement = {
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notResources?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly Principal[];
  readonly conditions?: readonly Condition[];
};

// As the provider writes them: `*` alone where anybody is meant, else by the kind of who is.
const principalOf = (principals: readonly Principal[]): unknown => {
  if (principals.some(({ type }) => type === '*')) return '*';
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers]));
};

const conditionOf = (conditions: readonly Condition[]): unknown =>
  Object.fromEntries(
    conditions.map(({ test, variable, values }) => [test, { [variable]: values }]),
  );

const policyDocument = (inputs: Inputs) => {
  const statements = (inputs['statements'] ?? []) as readonly PolicyStatement[];
  const Statement = statements.map((each) => ({
    Effect: each.effect ?? 'Allow',
    Action: each.actions,
    Resource: each.resources,
    NotResource: each.notResources,
    Principal: each.principals && principalOf(each.principals),
    Condition: each.conditions && conditionOf(each.conditions),
  }));
  return { ...inputs, id: 'document', json: JSON.stringify({ Version: '2012-10-17', Statement }) };
};

/** What providers answer when a program asks them something. */
export const answers: Readonly<Record<string, (inputs: Inputs) => object>> = {
  'aws:index/getRegion:getRegion': () => ({ id: region, name: region, region }),
  'aws:index/getPartition:getPartition': () => ({ partition: 'aws', dnsSuffix: 'amazonaws.com' }),
  'aws:index/getCallerIdentity:getCallerIdentity': () => ({
    accountId: account,
    arn: `arn:aws:iam::${account}:user/test`,
  }),
  'aws:iam/getPolicyDocument:getPolicyDocument': policyDocument,
  'neon:index/getProject:getProject': (inputs) => ({
    ...inputs,
    defaultBranchId: 'br-main',
    databaseHost: `ep-main.${region}.aws.neon.tech`,
    databaseName: 'rookery',
    databaseUser: 'neondb_owner',
  }),
  'neon:index/getBranchRolePassword:getBranchRolePassword': (inputs) => ({
    ...inputs,
    password: 'owner-password',
  }),
};
