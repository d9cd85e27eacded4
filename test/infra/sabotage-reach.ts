import { allow, another, drop, mark, set, swap, type Sabotage } from './sabotage.ts';

const everybody = {
  Principal: '*',
  Action: 'sqs:SendMessage',
  Resource: 'arn:aws:sqs:eu-central-1:123456789012:rookery-production-siem',
};
const open = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...everybody }],
});
const lead = 'GetV1CampaignsRoute';
const gateway = 'arn:aws:execute-api:eu-central-1:123456789012:SomebodyElses/*';

const queue = 'arn:aws:sqs:eu-central-1:123456789012:rookery-production-';

/** What breaks each rule about the bus, HTTP, policies and secrets, of production. */
export const reach: Readonly<Record<string, Readonly<Record<string, Sabotage>>>> = {
  'bus-rules-are-the-topologys': {
    'a rule is missing': drop('rule', 'AuditRule'),
    'a rule takes everything': set(
      'rule',
      'AuditRule',
      'eventPattern',
      '{"source":[{"prefix":""}]}',
    ),
    'a rule is off': set('rule', 'AuditRule', 'state', 'DISABLED'),
    'a rule of another bus': set('rule', 'AuditRule', 'eventBusName', 'default'),
    'a rule without a target': drop('target', 'AuditTarget'),
    'a rule to another queue': set('target', 'AuditTarget', 'arn', `${queue}aggregate`),
    'the whole event, not its detail': set('target', 'AuditTarget', 'inputPath', '$.source'),
  },
  'bus-keeps-what-it-cannot-deliver': {
    'it does not': set('target', 'AuditTarget', 'deadLetterConfig'),
    'it gives up after a minute': set(
      'target',
      'AuditTarget',
      'retryPolicy.maximumEventAgeInSeconds',
      60,
    ),
  },
  'queue-lets-only-its-rules-in': {
    anybody: set('queuePolicy', 'SiemPolicy', 'policy', open),
    'another service': swap(
      'queuePolicy',
      'SiemPolicy',
      'events.amazonaws.com',
      'sns.amazonaws.com',
    ),
    'the service for anybody': swap('queuePolicy', 'SiemPolicy', 'ArnEquals', 'ArnLike'),
    everything: swap('queuePolicy', 'SiemPolicy', 'sqs:SendMessage', 'sqs:*'),
    'not one rule': drop('queuePolicy', 'SiemPolicy'),
  },
  'routes-are-the-topologys': {
    'a route is missing': drop('route', lead),
    'a route is too much': another('route', lead, { routeKey: 'DELETE /v1/campaigns' }),
    'a route leads to nothing': set('route', lead, 'target', 'integrations/gone'),
    'a route leads to another function': set(
      'route',
      lead,
      'target',
      'integrations/LeadsIntegration-id',
    ),
  },
  'route-asks-for-its-token': {
    'it does not': set('route', lead, 'authorizationType', 'NONE'),
    'nobody checks it': set('route', lead, 'authorizerId'),
    'of any audience': set(
      'authorizer',
      'ApiAuthorizerTokensAuthorizer',
      'jwtConfiguration.audiences',
      [],
    ),
    'of another gateway': set('authorizer', 'ApiAuthorizerTokensAuthorizer', 'apiId', 'another'),
  },
  'gateway-holds-off-too-much': {
    nothing: set('apiStage', 'ApiStage', 'defaultRouteSettings'),
    later: set('apiStage', 'ApiStage', 'defaultRouteSettings.throttlingRateLimit', 10_000),
    'but not of one route': set('apiStage', 'ApiStage', 'routeSettings', [
      { routeKey: '$default', throttlingRateLimit: 10_000 },
    ]),
  },
  'gateway-logs-access': {
    'it does not': set('apiStage', 'ApiStage', 'accessLogSettings'),
    'for ever': set('logGroup', 'ApiAccessLog', 'retentionInDays'),
    'not which route': swap('apiStage', 'ApiStage', '$context.routeKey', ''),
    'tokens, too': swap(
      'apiStage',
      'ApiStage',
      '$context.routeKey',
      '$context.routeKey $request.header.Authorization',
    ),
  },
  'gateway-is-one': {
    two: another('api', 'ApiApi', { name: 'rookery-production-more' }),
    'it is deployed by hand': set('apiStage', 'ApiStage', 'autoDeploy', false),
    'events of an old form': set('integration', 'LeadsIntegration', 'payloadFormatVersion', '1.0'),
  },
  'browsers-may-ask': {
    'with cookies': set('api', 'ApiApi', 'corsConfiguration.allowCredentials', true),
    'of one origin': set('url', 'ExportsUrl', 'cors.allowOrigins', ['https://one.example']),
    'without a token': set('api', 'ApiApi', 'corsConfiguration.allowHeaders', ['accept']),
  },
  'stream-has-a-url': {
    'it has none': drop('url', 'ExportsUrl'),
    'it does not stream': set('url', 'ExportsUrl', 'invokeMode', 'BUFFERED'),
    'others have one': another('url', 'ExportsUrl', { functionName: 'rookery-production-leads' }),
  },
  'stream-checks-tokens-itself': {
    'it cannot': set('function', 'ExportsFunction', 'environment.variables.TOKEN_ISSUER'),
    'another that checks none is open': another('url', 'ExportsUrl', {
      functionName: 'rookery-production-status',
    }),
  },
  'role-allows-what-its-uses-ask': {
    more: allow('LeadsRole', {
      Action: ['sqs:PurgeQueue'],
      Resource: ['arn:aws:sqs:eu-central-1:123456789012:rookery-production-siem'],
    }),
    'other objects': swap('role', 'RetentionRole', '/archive/*', '/siem/*'),
    less: swap('role', 'NotifyRole', 'ses:SendEmail', 'ses:SendRawEmail'),
    'under no condition': swap(
      'role',
      'NotifyRole',
      'kms:EncryptionContext:purpose',
      'kms:EncryptionContext:other',
    ),
    'no role': drop('role', 'LeadsRole'),
  },
  'schedule-may-start-its-function-only': {
    another: swap('role', 'NightlyScheduleRole', 'production-look', 'production-migrate'),
    any: swap('role', 'NightlyScheduleRole', 'function:rookery-production-look', 'function:*'),
  },
  'role-trusts-its-service-only': {
    'the account': swap(
      'role',
      'LeadsRole',
      '"Service":"lambda.amazonaws.com"',
      '"AWS":"arn:aws:iam::123456789012:root"',
    ),
    'another service': swap('role', 'LeadsRole', 'lambda.amazonaws.com', 'ec2.amazonaws.com'),
    'two functions have it': set(
      'function',
      'BillingFunction',
      'role',
      'arn:aws:iam::123456789012:role/rookery-production-LeadsRole-beaevwmz',
    ),
  },
  'role-has-no-managed-policy': {
    'it has': set('role', 'LeadsRole', 'managedPolicyArns', [
      'arn:aws:iam::aws:policy/AmazonSQSFullAccess',
    ]),
    'by an attachment': mark('random:index/randomBytes:RandomBytes', 'LambdaEncryptionKey', {
      type: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
    }),
  },
  'policy-has-no-wildcard': {
    'every action': allow('LeadsRole', { Action: ['s3:*'], Resource: ['arn:aws:s3:::one'] }),
    'some actions': allow('LeadsRole', { Action: ['s3:Get*'], Resource: ['arn:aws:s3:::one'] }),
    'every resource': allow('LeadsRole', { Action: ['s3:GetObject'], Resource: '*' }),
    'every queue': swap('role', 'ProbeRole', 'rookery-production-probe-dlq', '*'),
    'what is below somebody else': allow('LeadsRole', {
      Action: ['s3:GetObject'],
      Resource: ['arn:aws:s3:::else/*'],
    }),
    'all but': allow('LeadsRole', {
      NotAction: ['iam:CreateUser'],
      Resource: ['arn:aws:s3:::one'],
    }),
    'text messages for others': allow('LeadsRole', {
      Action: ['sns:Publish'],
      NotResource: ['arn:aws:sns:*:*:*'],
    }),
    'more than text messages': allow('NotifyRole', {
      Action: ['sns:Subscribe'],
      NotResource: ['arn:aws:sns:*:*:*'],
    }),
    everybody: set('queuePolicy', 'SiemPolicy', 'policy', open),
  },
  'function-is-invoked-by-whom-it-serves': {
    anybody: set('permission', 'LeadsFromApi', 'principal', '*'),
    'anybody, past the URL': set('permission', 'ExportsInvokeFunction', 'invokedViaFunctionUrl'),
    'another gateway': set('permission', 'LeadsFromApi', 'sourceArn', gateway),
    'every gateway': set('permission', 'LeadsFromApi', 'sourceArn'),
    'another service': set('permission', 'LeadsFromApi', 'principal', 's3.amazonaws.com'),
    'of no function here': set('permission', 'LeadsFromApi', 'function', 'somebody-elses'),
  },
  'gateway-may-invoke-what-it-serves': {
    'it may not': drop('permission', 'LeadsFromApi'),
    'it serves nothing': set('integration', 'LeadsIntegration', 'integrationUri', 'arn:gone'),
  },
};
