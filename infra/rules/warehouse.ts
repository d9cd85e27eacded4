import type { Graph, Resource } from '../graph/graph.ts';
import { functionAt, functionsIn, physicalIn, titleOf, types } from './parts.ts';
import { at, differs, jsonOf, numberAt, textAt, unless } from './read.ts';
import { environmentOf } from './functions.ts';
import { ofType, type Rule } from './rule.ts';

const isProduction = ({ app }: Graph): boolean => app.stage === 'production';

const ofNeon = (graph: Graph): readonly Resource[] =>
  graph.resources.filter(({ type }) => type.startsWith('neon:'));

const onlyLooked: Rule = {
  name: 'production-database-is-only-looked-at',
  says: 'a deployment of production makes, changes and removes nothing in Neon: no mistake of it can reach the data',
  faults: (graph) =>
    isProduction(graph)
      ? ofNeon(graph).map(({ type, name }) => `${name}: ${type} is made for production`)
      : [],
};

const branch = 'neon:index/branch:Branch';
const endpoint = 'neon:index/endpoint:Endpoint';
// The default branch of a project, as infra/graph/cloud.ts answers for it.
const defaultBranch = 'br-main';

const ownBranch: Rule = {
  name: 'stage-has-a-branch-of-its-own',
  says: 'a stage other than production has a branch of Neon, grown from a named one without the data of customers, and a compute that sleeps',
  faults: (graph) => {
    if (isProduction(graph)) return [];
    const [branches, endpoints] = [ofType(graph, branch), ofType(graph, endpoint)];
    return [
      ...differs(
        'neon',
        'what is made',
        ofNeon(graph)
          .map(({ type }) => type)
          .toSorted(),
        [branch, endpoint],
      ),
      ...branches.flatMap((one) => [
        ...differs(one.name, 'its name', textAt(one, 'name'), `rookery-${graph.app.stage}`),
        ...unless(
          !['', defaultBranch].includes(textAt(one, 'parentId')),
          `${one.name}: grows from ${textAt(one, 'parentId') || 'no named branch'}`,
        ),
      ]),
      ...endpoints.flatMap((one) => [
        ...unless(
          branches.some(({ id }) => id === textAt(one, 'branchId')),
          `${one.name}: is of no branch here`,
        ),
        // Neon lets a compute sleep after five minutes unless it is told otherwise.
        ...unless(
          [undefined, 0, 300].includes(numberAt(one, 'suspendTimeoutSeconds')),
          `${one.name}: sleeps late or never`,
        ),
      ]),
    ];
  },
};

const partsOf = (url: string) => {
  const parsed = URL.parse(url);
  return {
    user: parsed?.username ?? '',
    host: parsed?.hostname ?? '',
    tls: parsed?.searchParams.get('sslmode') ?? '',
    hasPassword: parsed !== null && parsed.password !== '',
  };
};

const loginFaults = (where: string, variable: string, value: string): readonly string[] => {
  const { user, host, tls, hasPassword } = partsOf(value);
  const isDirect = variable === 'MIGRATION_DATABASE_URL';
  const role = `rookery_${variable.replace('DATABASE_URL_', '').toLowerCase()}`;
  const isPooled = /^[^.]+-pooler\./.test(host);
  return [
    ...unless(
      isDirect ? !user.startsWith('rookery_') : user === role,
      `${where}: ${variable} logs in as ${user}`,
    ),
    ...unless(
      isDirect !== isPooled,
      `${where}: ${variable} goes ${isPooled ? 'by' : 'round'} the pooler`,
    ),
    ...unless(tls === 'require', `${where}: ${variable} does without TLS`),
    ...unless(hasPassword, `${where}: ${variable} has no password`),
  ];
};

const logins: Rule = {
  name: 'login-is-pooled',
  says: 'functions log in by the pooler as the role that they have, over TLS, and migrations past it as the owner',
  faults: (graph) =>
    functionsIn(graph).flatMap(({ name, resource }) =>
      environmentOf(resource)
        .filter(([variable]) => /^(MIGRATION_DATABASE_URL|DATABASE_URL_[A-Z]+)$/.test(variable))
        .flatMap(([variable, value]) => loginFaults(name, variable, String(value))),
    ),
};

const order: Rule = {
  name: 'migration-comes-before-code',
  says: 'no function that logs in is changed before the migrations have run, and each knows which schema it may count on',
  faults: (graph) => {
    const [migration, ...others] = ofType(graph, types.invocation);
    if (migration === undefined || others.length > 0) return ['there is not one migration'];
    return functionsIn(graph)
      .filter(({ spec }) => spec.database !== undefined)
      .flatMap(({ name, resource }) => [
        ...unless(
          resource.after.includes(`${migration.type}::${migration.name}`),
          `${name}: may be changed before the migrations have run`,
        ),
        ...unless(
          textAt(resource, 'environment', 'variables', 'WAREHOUSE_SCHEMA') !== '',
          `${name}: does not know its schema`,
        ),
      ]);
  },
};

const isHash = (value: unknown): boolean => /^[0-9a-f]{64}$/.test(String(value));

/** The migration of a stage runs when this hash changes. */
export const migrationsHash = (graph: Graph): unknown =>
  ofType(graph, types.invocation).map(({ inputs }) => at(inputs, 'triggers', 'migrations'))[0];

const keyed: Rule = {
  name: 'migration-runs-when-it-changes',
  says: 'the migrations run when their folder or a login has changed, and at no other deployment',
  faults: (graph) =>
    ofType(graph, types.invocation).flatMap((one) => {
      const target = functionAt(graph, textAt(one, 'functionName'));
      const input = jsonOf(textAt(one, 'input'));
      return [
        ...differs(
          one.name,
          'its function',
          target && titleOf(target),
          physicalIn(graph, 'migrate'),
        ),
        ...unless(isHash(migrationsHash(graph)), `${one.name}: is not keyed by the folder's hash`),
        ...unless(
          isHash(at(one.inputs, 'triggers', 'logins')),
          `${one.name}: forgets a changed login`,
        ),
        ...differs(one.name, 'what it is told', input, { migrations: migrationsHash(graph) }),
      ];
    }),
};

/** The database: what a deployment makes of it, who logs in how, and when it is migrated. */
export const warehouseRules: readonly Rule[] = [onlyLooked, ownBranch, logins, order, keyed];
