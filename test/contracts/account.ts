import * as z from 'zod';
import { resolveTemplate } from './template.ts';

const strings = z
  .union([z.string(), z.array(z.string())])
  .transform((one) => (typeof one === 'string' ? [one] : one));
const statement = z.strictObject({
  Sid: z.string().default(''),
  Effect: z.literal('Allow'),
  Action: strings,
  Principal: z.unknown().optional(),
  Resource: strings.optional(),
  NotResource: strings.optional(),
  Condition: z.record(z.string(), z.record(z.string(), strings)).default({}),
});
const policy = z.object({
  ManagedPolicyName: z.string(),
  PolicyDocument: z.object({ Version: z.literal('2012-10-17'), Statement: z.array(statement) }),
});
const role = z.object({
  RoleName: z.string(),
  AssumeRolePolicyDocument: z.object({ Statement: z.array(statement) }),
});

/** A statement of a policy, all of its intrinsic functions resolved. */
export type Statement = z.output<typeof statement>;

/** A kind of deployment: whom GitHub says it is, what it may touch, and one thing of each sort that it must not. */
export type Kind = {
  readonly kind: 'preview' | 'sweep' | 'production';
  readonly subject: string;
  readonly stages: string;
  readonly own: string;
  readonly foreign: string;
};

const account = '111122223333';
const at = (service: string, rest: string, region = 'eu-central-1'): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

// What there is of a stage, by ARN, for every service whose names hold the stage.
const thingsOf = (stage: string): readonly string[] => [
  at('lambda', `function:rookery-${stage}-aggregate`),
  at('sqs', `rookery-${stage}-aggregate-dlq`),
  at('events', `event-bus/rookery-${stage}-Bus-abcdefgh`),
  at('events', `rule/rookery-${stage}-Bus-abcdefgh/rookery-${stage}-all`),
  at('scheduler', `schedule/rookery-${stage}-jobs/rookery-${stage}-changes`),
  at('sns', `rookery-${stage}-alarms`),
  at('logs', `log-group:/aws/lambda/rookery-${stage}-aggregate:log-stream:`),
  at('cloudwatch', `alarm:rookery-${stage}-aggregate-age`),
  at('cloudwatch', `dashboard/rookery-${stage}`, ''),
  at('iam', `role/rookery-${stage}-AggregateRole-abcdefgh`, ''),
  `arn:aws:s3:::rookery-${stage}-archivebucket-abcdefgh`,
  `arn:aws:s3:::sst-state-abcdefgh/app/rookery/${stage}.json`,
  `arn:aws:s3:::sst-state-abcdefgh/snapshot/rookery/${stage}/01.json`,
  at('ssm', `parameter/sst/passphrase/rookery/${stage}`),
];

// What no deployment may change: how deployments themselves are bound, and what others keep beside it.
const outside = [
  at('iam', 'role/deploy-rookery-preview', ''),
  at('iam', 'policy/deploy-rookery-preview-boundary', ''),
  at('iam', 'oidc-provider/token.actions.githubusercontent.com', ''),
  at('lambda', 'function:billing'),
  'arn:aws:s3:::billing',
  'arn:aws:s3:::sst-state-abcdefgh/app/billing/pr-1.json',
  // Known by random ids, so that whose they are is a tag: what reaches one must be held by it.
  at('kms', 'key/0123'),
  at('lambda', 'event-source-mapping:0123'),
  at('acm', 'certificate/0123'),
  'arn:aws:apigateway:eu-central-1::/apis/0123/routes',
];

// Statements that write without a name to hold on to, and why each may.
const nameless: Readonly<Record<string, string>> = {
  Mappings: 'a mapping has an id only; its function is a condition',
  MakeKeys: 'a key has no name before it is made; its tag is a condition',
  MakeCertificate: 'a certificate has no name before it is made; its tag is a condition',
  AccessLog: 'CloudWatch Logs knows no resource for deliveries',
  Telephones: 'a telephone has no ARN; topics are left out',
};

const isRead = (action: string): boolean =>
  /^\w+:(Get|List|Describe)\w*\*?$/.test(action) || action === 'apigateway:GET';

/** Whether a pattern of IAM, where `*` stands for anything, takes in a text. */
export const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);

// Held to its stages by what must be true of the request: a condition that may be absent holds nobody.
const isHeld = ({ Condition }: Statement, stages: string): boolean =>
  Object.entries(Condition)
    .filter(([operator]) => ['StringLike', 'ArnLike', 'StringEquals'].includes(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .some(
      ([key, values]) =>
        /^(aws:(Request|Resource)Tag\/rookery:stage|lambda:FunctionArn)$/.test(key) &&
        values.every((value) => value === stages || value.includes(`function:rookery-${stages}-`)),
    );

const reaches = (one: Statement, arn: string): boolean =>
  (one.Resource ?? []).some((pattern) => matches(pattern, arn));

const statementFaults = (one: Statement, { stages, foreign }: Kind): string[] => {
  const wide = one.Action.filter(
    (action) => action.includes('*') && !/:(Get|List)\w*\*/.test(action),
  );
  const writes = !one.Action.every(isRead);
  const wrong = wide.map((action) => `${one.Sid}: allows ${action}`);
  if (!writes) return wrong;
  const isNameless = one.Resource === undefined || one.Resource.includes('*');
  if (isNameless && nameless[one.Sid] === undefined) wrong.push(`${one.Sid}: writes to anything`);
  const far = [...thingsOf(foreign), ...outside].filter((arn) => reaches(one, arn));
  if (isNameless || isHeld(one, stages)) return wrong;
  return [...wrong, ...far.map((arn) => `${one.Sid}: reaches ${arn}`)];
};

const demanded: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  'iam:CreateRole': ['StringEquals', 'iam:PermissionsBoundary'],
  'iam:PutRolePolicy': ['StringEquals', 'iam:PermissionsBoundary'],
  'iam:PutRolePermissionsBoundary': ['StringEquals', 'iam:PermissionsBoundary'],
  'iam:AttachRolePolicy': ['ArnEquals', 'iam:PolicyARN'],
  'iam:PassRole': ['StringEquals', 'iam:PassedToService'],
  'iam:CreateServiceLinkedRole': ['StringEquals', 'iam:AWSServiceName'],
  'lambda:CreateEventSourceMapping': ['ArnLike', 'lambda:FunctionArn'],
  'kms:CreateKey': ['StringLike', 'aws:RequestTag/rookery:stage'],
  // Or else it could tag what is another stage's, and then change that.
  'kms:TagResource': ['StringLikeIfExists', 'aws:ResourceTag/rookery:stage'],
};

const conditionFaults = (one: Statement): string[] =>
  one.Action.flatMap((action) => {
    const [operator = '', key = ''] = demanded[action] ?? [];
    const isMissing = key !== '' && one.Condition[operator]?.[key] === undefined;
    return isMissing ? [`${one.Sid}: ${action} without ${key}`] : [];
  });

const destroys = [
  's3:DeleteBucket',
  's3:DeleteObjectVersion',
  'kms:ScheduleKeyDeletion',
  'ssm:DeleteParameter',
];

const trustFaults = (trust: readonly Statement[], subject: string): string[] => {
  const issuer = 'token.actions.githubusercontent.com';
  const wanted = {
    StringEquals: { [`${issuer}:aud`]: ['sts.amazonaws.com'], [`${issuer}:sub`]: [subject] },
  };
  const [only, ...more] = trust;
  const isExact =
    more.length === 0 &&
    JSON.stringify(only?.Condition) === JSON.stringify(wanted) &&
    JSON.stringify(only?.Action) === JSON.stringify(['sts:AssumeRoleWithWebIdentity']) &&
    JSON.stringify(only?.Principal) === JSON.stringify({ Federated: 'import-of-rookery-github' });
  return isExact ? [] : [`the trust is not for ${subject} alone`];
};

const parametersOf = ({ kind, stages }: Kind) => ({
  Kind: kind,
  Stages: stages,
  Repository: 'penguin@1/rookery@2',
  HostedZoneId: 'Z1',
});

/** The statements of each policy that infra/account/deployer.yml makes for a kind of deployment. */
export const policiesOf = (
  text: string,
  kind: Kind,
  place: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly Statement[]>> => {
  const { resources } = resolveTemplate(text, { ...parametersOf(kind), ...place });
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([, { type }]) => type === 'AWS::IAM::ManagedPolicy')
      .map(([name, one]) => [name, policy.parse(one.properties).PolicyDocument.Statement]),
  );
};

/** Every rule that infra/account/deployer.yml breaks for a kind of deployment, and what of its own stages nothing allows. */
export const deployerFaults = (text: string, kind: Kind): string[] => {
  const { refusals, resources } = resolveTemplate(text, parametersOf(kind));
  const wrong = [...refusals];
  const all: Statement[] = [];
  for (const [name, { type, properties }] of Object.entries(resources)) {
    if (type === 'AWS::IAM::Role') {
      const { AssumeRolePolicyDocument: trust, RoleName } = role.parse(properties);
      wrong.push(...trustFaults(trust.Statement, `repo:penguin@1/rookery@2:${kind.subject}`));
      if (RoleName.startsWith('rookery-')) wrong.push(`${RoleName}: a deployment could change it`);
      continue;
    }
    const { PolicyDocument: document } = policy.parse(properties);
    const size = JSON.stringify(document).length;
    if (size > 6_144) wrong.push(`${name}: ${size} characters, and IAM takes 6144`);
    for (const one of document.Statement)
      wrong.push(...statementFaults(one, kind), ...conditionFaults(one));
    if (name !== 'Boundary') all.push(...document.Statement);
  }
  const named = all.filter(({ Resource }) => Resource?.includes('*') !== true);
  const lost = thingsOf(kind.own).filter((arn) => !named.some((one) => reaches(one, arn)));
  wrong.push(...lost.map((arn) => `nothing allows ${arn}`));
  if (kind.kind === 'production')
    for (const one of all)
      if (one.Action.some((action) => destroys.includes(action)) && one.Sid !== 'KeepState')
        wrong.push(`${one.Sid}: a deployment could destroy production's data`);
  return wrong;
};
