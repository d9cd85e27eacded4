import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Graph, Resource } from '../../infra/graph/graph.ts';
import { graphFaults } from './account-graph.ts';
import { deployerFaults, type Kind } from './account.ts';
import { preview, production, sweep } from './kinds.ts';
import { root } from './files.ts';

const read = (file: string): string => readFileSync(join(root, 'infra/account', file), 'utf8');
const deployer = read('deployer.yml');

test.each([preview, sweep, production])('the role for $kind keeps every rule', (kind) => {
  expect(deployerFaults(deployer, kind)).toEqual([]);
});

test('nobody can give a kind the stages of another one', () => {
  const mixed = { ...preview, stages: 'production', own: 'production', foreign: 'pr-12' };
  expect(deployerFaults(deployer, mixed)).toContainEqual(expect.stringContaining('must be pr-*'));
  const other = { ...production, stages: 'pr-*', own: 'pr-12', foreign: 'production' };
  expect(deployerFaults(deployer, other)).toContainEqual(
    expect.stringContaining('must be production'),
  );
});

test('staging is out of the reach of previews too', () => {
  expect(deployerFaults(deployer, { ...preview, foreign: 'staging' })).toEqual([]);
});

const thing = (type: string, name: string, inputs: Resource['inputs'], arn = ''): Resource => ({
  type,
  name,
  inputs,
  arn,
  id: name,
  after: [],
  isProtected: false,
  isRetained: false,
});

const policy = (Action: string, on: string) => ({
  policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: on }] }),
});

test('a stage that a role could not make, and a right that the boundary takes away, are told', () => {
  const graph: Graph = {
    app: { name: 'rookery', stage: 'pr-12', removal: 'remove', protect: false, providers: {} },
    builds: [],
    outputs: {},
    unknownCalls: [],
    resources: [
      thing('aws:sns/topic:Topic', 'Far', { name: 'rookery-production-alarms' }),
      thing('aws:sns/topic:Topic', 'Near', { name: 'rookery-pr-12-alarms' }),
      thing('aws:ec2/vpc:Vpc', 'Net', {}),
      thing(
        'aws:iam/role:Role',
        'Greedy',
        { inlinePolicies: [policy('iam:CreateUser', '*'), policy('ses:SendEmail', '*')] },
        'arn:aws:iam::123456789012:role/rookery-pr-12-Greedy',
      ),
    ],
  };

  expect(graphFaults(deployer, preview, graph)).toEqual([
    expect.stringContaining('Far: the role may not touch'),
    expect.stringContaining('Net: nobody knows what a aws:ec2/vpc:Vpc needs'),
    'Greedy: the boundary takes away iam:CreateUser on *',
    'Greedy: the boundary takes away ses:SendEmail on *',
  ]);
});

test('the template of the account parses, and tells of money by e-mail', () => {
  const text = read('account.yml').replaceAll(/!(Ref|ImportValue) /g, '');
  expect(parse(text)).toMatchObject({
    Resources: {
      GitHub: { Type: 'AWS::IAM::OIDCProvider', DeletionPolicy: 'Retain' },
      Budget: { Properties: { Budget: { TimeUnit: 'MONTHLY' } } },
    },
  });
});

describe('a template that breaks a rule is caught', () => {
  const sub = 'token.actions.githubusercontent.com:sub';

  test.each<[string, Kind, string | RegExp, string, string]>([
    ['trusts whoever says so', preview, 'StringEquals:\n', 'StringLike:\n', 'the trust'],
    ['trusts every repository', preview, 'repo:${Repository}:', 'repo:*:', 'the trust'],
    ['asks nobody’s subject', preview, `${sub}:`, `${sub}x:`, 'the trust'],
    ['trusts any audience', preview, /^ +\S+:aud: .*\n/m, '', 'the trust'],
    ['trusts another event', preview, 'Subject: pull_request', 'Subject: push', 'the trust'],
    ['allows a whole service', preview, 'sqs:CreateQueue', "'sqs:*'", 'allows sqs:*'],
    ['allows everything', preview, 'sqs:CreateQueue', "'*'", 'allows *'],
    [
      'reaches every stage',
      preview,
      'function:rookery-${Stages}-*',
      'function:rookery-*',
      'reaches arn:aws:lambda:eu-central-1:111122223333:function:rookery-production',
    ],
    [
      'reaches the state of production',
      preview,
      '*/rookery/${Stages}.json\n              - !Sub arn',
      '*/rookery/p*.json\n              - !Sub arn',
      'app/rookery/production.json',
    ],
    [
      'reaches the state of others',
      preview,
      '/rookery/${Stages}/*\n            C',
      '/*\n            C',
      'app/billing',
    ],
    [
      'forgets what holds keys',
      preview,
      /(Sid: Keys\n(?:.*\n)*?)( +Condition:\n.*\n.*\n)/,
      '$1',
      'Keys: reaches arn:aws:kms',
    ],
    ['writes to anything', preview, 'cloudwatch:DescribeAlarms', 'iam:CreateUser', 'to anything'],
    [
      'makes roles without a boundary',
      preview,
      'StringEquals: { iam:PermissionsBoundary: !Ref Boundary }',
      'StringEquals: { aws:ResourceAccount: !Ref AWS::AccountId }',
      'iam:CreateRole without iam:PermissionsBoundary',
    ],
    [
      'gives roles any policy',
      preview,
      'iam:DetachRolePolicy',
      'iam:AttachRolePolicy',
      'iam:PolicyARN',
    ],
    ['passes roles to anybody', preview, 'iam:PassedToService', 'aws:ResourceAccount', 'PassRole'],
    ['can change itself', preview, 'deploy-rookery-${Kind}\n', 'rookery-pr-${Kind}\n', 'change it'],
    [
      'lets functions of previews read production',
      preview,
      /(Sid: OwnStages\n(?:.*\n)*?) +- !Sub arn:aws:sqs:\S+/,
      '$1              - arn:aws:sqs:*:*:*',
      'OwnStages: reaches',
    ],
    [
      'destroys production',
      production,
      'Condition: IsRemovable',
      'DependsOn: Role',
      'destroy production',
    ],
    [
      'forgets a service',
      preview,
      'schedule/rookery-${Stages}-jobs/rookery-',
      'schedule/default/rookery-',
      'nothing allows',
    ],
    [
      'takes tags away',
      preview,
      /StringLikeIfExists/g,
      'StringNotLikeIfExists',
      'kms:TagResource without',
    ],
    ['is too long for IAM', preview, 'lambda:Get*', `lambda:Get${'x'.repeat(4_000)}`, '6144'],
  ])('a template that %s', (_, kind, from, to, fault) => {
    // Only a pattern's replacement may name its groups: `$` is no stranger to a template.
    const broken =
      typeof from === 'string' ? deployer.replace(from, () => to) : deployer.replace(from, to);
    expect(broken).not.toBe(deployer);
    expect(deployerFaults(broken, kind).join('\n')).toContain(fault);
  });
});
