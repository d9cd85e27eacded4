import { expect, test } from 'vitest';
import type { Rule } from '../rules/rule.ts';
import { coming, graphOf, type Deployed } from './carried.ts';
import { namedBy, verdictOf } from './verdict.ts';

const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

const made = (type: string, name: string, props: object): Deployed => {
  const urn = `urn:pulumi:pr-7::rookery::${type}::${name}`;
  return coming({ type, name, urn, props: { ...props }, isProtected: false });
};

const lambda = made('aws:lambda/function:Function', 'NotifyFunction', {
  name: 'rookery-pr-7-notify',
});
const queue = made('aws:sqs/queue:Queue', 'NotifyQueueQueue', { name: 'rookery-pr-7-notify' });
const route = made('aws:apigatewayv2/route:Route', 'GetV1LeadsRoute', {
  routeKey: 'GET /v1/leads',
  target: unknownText,
});
const resources = [lambda, queue, route];

const rule = (name: string, faults: Rule['faults'] = () => []): Rule => ({
  name,
  says: '',
  faults,
});

test.each([
  ['its name in the topology, and the kind in the rule', 'queue-waits', 'notify: is short', queue],
  ['its name in the topology, and functions otherwise', 'role-allows', 'notify: too much', lambda],
  [
    'its name in AWS, and its type',
    'all-there',
    `${queue.type}: rookery-pr-7-notify is odd`,
    queue,
  ],
  ['its name in the program', 'route-leads', 'GetV1LeadsRoute: leads nowhere', route],
  ['what people know a route by', 'route-leads', 'GET /v1/leads: asks no token', route],
  ['the longest name that it mentions', 'any', 'there is not one NotifyQueueQueue', queue],
  ['nothing that is there', 'all-there', `${queue.type}: rookery-pr-7-siem is missing`, undefined],
])('a fault is about the resource of %s', (_, name, fault, expected) => {
  const { app } = graphOf(resources);

  expect(namedBy(fault, rule(name), { app, resources })).toBe(expected);
});

test('a rule that meets what is not known yet says nothing, and one that does not meet it is judged', () => {
  const graph = graphOf(resources);
  const targets = rule('targets', (all) =>
    all.resources.flatMap(({ inputs }) => (inputs['target'] === 'x' ? ['x'] : [])),
  );
  const names = rule('names', (all) => all.resources.map(({ name }) => `${name}: is odd`));

  expect(verdictOf(targets, graph)).toEqual({ lacks: 'GetV1LeadsRoute.target', isForEver: false });
  expect(verdictOf(names, graph)).toHaveProperty('faults.length', 3);
});

test.each([
  ['copies', () => structuredClone(route.inputs)],
  ['prints', () => JSON.stringify(route.inputs)],
  ['lists', () => Object.values(route.inputs)],
])('a rule that %s what is not known yet says nothing, too', (_, look) => {
  const looks = rule('looks', () => [typeof look()]);

  expect(verdictOf(looks, graphOf(resources))).toHaveProperty('lacks', 'GetV1LeadsRoute.target');
});

test.each([
  ['builds', (all) => all.builds.map(({ source }) => source)],
  ['removal', (all) => [all.app.removal]],
  ['what it retains', (all) => all.resources.map(({ isRetained }) => String(isRetained))],
] satisfies [string, Rule['faults']][])(
  'a rule that asks for what a deployment never tells is left out: %s',
  (_, faults) => {
    expect(verdictOf(rule('asks', faults), graphOf(resources))).toHaveProperty('isForEver', true);
  },
);

test('a rule that fails is not taken for one that says nothing', () => {
  const fails = rule('fails', () => {
    throw new TypeError('of its own');
  });

  expect(() => verdictOf(fails, graphOf(resources))).toThrow('of its own');
});
