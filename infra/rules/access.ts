import type { Graph, Resource } from '../graph/graph.ts';
import { streams } from './api.ts';
import { documentsIn, inlineOf, statementsIn, trustOf, type Document } from './documents.ts';
import { functionAt, functionsIn, schedulesIn, titleOf, types } from './parts.ts';
import { at, differs, listOf, setDiffers, textAt, textsOf, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';
import { allowedTo, canonical, textMessages } from './uses.ts';

/** The role that a resource has. */
export const roleWith = (graph: Graph, arn: string): Resource | undefined =>
  ofType(graph, types.role).find((role) => role.arn === arn);

const sameStatements = (
  where: string,
  role: Resource | undefined,
  wanted: readonly unknown[],
): readonly string[] => {
  if (role === undefined) return [`${where}: has no role of its own`];
  const found = inlineOf(role).flatMap(statementsIn);
  return setDiffers(where, found.map(canonical), wanted.map(canonical));
};

const least: Rule = {
  name: 'role-allows-what-its-uses-ask',
  says: 'a function may do what the uses of the topology say, write its log and keep its failed firings, and nothing more',
  faults: (graph) =>
    functionsIn(graph).flatMap(({ name, spec, resource }) =>
      sameStatements(
        name,
        roleWith(graph, textAt(resource, 'role')),
        allowedTo(graph, name, spec, resource),
      ),
    ),
};

const scheduleRoles: Rule = {
  name: 'schedule-may-start-its-function-only',
  says: 'a schedule may start its one function and keep what it could not hand over',
  faults: (graph) =>
    schedulesIn(graph).flatMap(({ name, resource }) =>
      sameStatements(name, roleWith(graph, textAt(resource, 'target', 'roleArn')), [
        {
          Effect: 'Allow',
          Action: ['lambda:InvokeFunction'],
          Resource: [textAt(resource, 'target', 'arn')],
        },
        {
          Effect: 'Allow',
          Action: ['sqs:SendMessage'],
          Resource: [textAt(resource, 'target', 'deadLetterConfig', 'arn')],
        },
      ]),
    ),
};

const usersOf = (graph: Graph, role: Resource): readonly Resource[] => [
  ...ofType(graph, types.function).filter((each) => textAt(each, 'role') === role.arn),
  ...ofType(graph, types.schedule).filter((each) => textAt(each, 'target', 'roleArn') === role.arn),
];

const trust: Rule = {
  name: 'role-trusts-its-service-only',
  says: 'a role is taken by Lambda or by the scheduler, for one function or schedule: by no user and no other account',
  faults: (graph) =>
    ofType(graph, types.role).flatMap((role) => {
      const [user, ...others] = usersOf(graph, role);
      const service = user?.type === types.schedule ? 'scheduler' : 'lambda';
      const wanted = [
        {
          Effect: 'Allow',
          Principal: { Service: `${service}.amazonaws.com` },
          Action: 'sts:AssumeRole',
        },
      ];
      return [
        ...differs(role.name, 'its trust', trustOf(role), wanted),
        ...unless(
          user !== undefined && others.length === 0,
          `${role.name}: is not the role of one`,
        ),
      ];
    }),
};

const managed: Rule = {
  name: 'role-has-no-managed-policy',
  says: "AWS's own policies, which change without us and allow more than we need, are attached to nothing",
  faults: (graph) => [
    ...ofType(graph, types.role).flatMap((role) =>
      differs(role.name, 'managed policies', listOf(at(role.inputs, 'managedPolicyArns')), []),
    ),
    ...graph.resources
      .filter(({ type }) => /^aws:iam\/(?!role:Role$)/.test(type))
      .map(({ type, name }) => `${name}: ${type} gives leave beside the roles`),
  ],
};

const isTail = (graph: Graph, resource: string): boolean => {
  const stem = resource.slice(0, -1);
  return (
    resource.indexOf('*') === resource.length - 1 &&
    graph.resources.some(({ arn }) => stem.startsWith(`${arn}/`) || stem.startsWith(`${arn}:`))
  );
};

const wildcards = (graph: Graph, { resource, statements }: Document): readonly string[] =>
  statements
    .filter((each) => at(each, 'Effect') !== 'Deny')
    .flatMap((each) => {
      const named = textsOf(at(each, 'Resource'));
      const exempt =
        canonical(each) === canonical(textMessages) && resource.name.startsWith('Notify');
      return [
        ...textsOf(at(each, 'Action')).filter((action) => action.includes('*')),
        ...named.filter((one) => one.includes('*') && !isTail(graph, one)),
        ...(at(each, 'NotAction') === undefined ? [] : ['NotAction']),
        ...(at(each, 'NotResource') === undefined || exempt ? [] : ['NotResource']),
        ...(JSON.stringify(at(each, 'Principal') ?? '').includes('*') ? ['everybody'] : []),
        ...(at(each, 'NotPrincipal') === undefined ? [] : ['NotPrincipal']),
      ].map((what) => `${resource.name}: allows ${what}`);
    });

const noWildcard: Rule = {
  name: 'policy-has-no-wildcard',
  says: 'policies name actions, resources and who may; a * is only the tail below a resource of ours, and a text message, which has no ARN, goes to whatever is no topic',
  faults: (graph) => documentsIn(graph).flatMap((document) => wildcards(graph, document)),
};

const urlActions = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];

const invokable: Rule = {
  name: 'function-is-invoked-by-whom-it-serves',
  says: "the gateway of the stage may invoke what it serves, anybody the URLs of functions that stream by their URLs, and nobody else's account anything",
  faults: (graph) => {
    const names = new Map(functionsIn(graph).map(({ name, resource }) => [resource, name]));
    return ofType(graph, types.permission).flatMap((one) => {
      const target = functionAt(graph, textAt(one, 'function'));
      const name = target && names.get(target);
      const [principal, action] = [textAt(one, 'principal'), textAt(one, 'action')];
      if (name === undefined) return [`${one.name}: is for no function of the topology`];
      if (principal === '*') {
        const byUrl =
          textAt(one, 'functionUrlAuthType') === 'NONE' ||
          at(one.inputs, 'invokedViaFunctionUrl') === true;
        return unless(
          streams(name) && byUrl && urlActions.includes(action),
          `${name}: anybody may invoke it`,
        );
      }
      const ofOurs = ofType(graph, types.api).some(({ id }) =>
        new RegExp(`^arn:aws:execute-api:[a-z0-9-]+:\\d+:${id}/\\*$`).test(
          textAt(one, 'sourceArn'),
        ),
      );
      return unless(
        principal === 'apigateway.amazonaws.com' && action === 'lambda:InvokeFunction' && ofOurs,
        `${name}: ${principal} may ${action} for ${textAt(one, 'sourceArn') || 'anything'}`,
      );
    });
  },
};

const reached: Rule = {
  name: 'gateway-may-invoke-what-it-serves',
  says: 'each function behind the gateway may be invoked by it: without leave every request is a 500',
  faults: (graph) =>
    ofType(graph, types.integration).flatMap((integration) => {
      const target = functionAt(graph, textAt(integration, 'integrationUri'));
      if (target === undefined) return [`${integration.name}: leads to no function`];
      const isAllowed = ofType(graph, types.permission).some(
        (one) =>
          functionAt(graph, textAt(one, 'function')) === target &&
          textAt(one, 'principal') === 'apigateway.amazonaws.com',
      );
      return unless(isAllowed, `${titleOf(target)}: the gateway may not invoke it`);
    }),
};

/** Who may do what. */
export const accessRules: readonly Rule[] = [
  least,
  scheduleRoles,
  trust,
  managed,
  noWildcard,
  invokable,
  reached,
];
