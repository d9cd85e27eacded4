import type { Graph, Resource } from '../graph/graph.ts';
import { cors, functions, routes, type FunctionSpec, type RouteSpec } from '../topology.ts';
import { daysOfLogs } from './functions.ts';
import { functionAt, functionsIn, physicalIn, stageIn, titleOf, types } from './parts.ts';
import { at, differs, numberAt, setDiffers, textAt, textsOf, unless } from './read.ts';
import { ofType, type Rule } from './rule.ts';

const keyOf = ({ method, path }: RouteSpec): string =>
  path === '$default' ? path : `${method} ${path}`;

/** The function that a route of the gateway comes to. */
export const servedBy = (graph: Graph, route: Resource): Resource | undefined => {
  const integration = ofType(graph, types.integration).find(
    ({ id }) => textAt(route, 'target') === `integrations/${id}`,
  );
  return integration && functionAt(graph, textAt(integration, 'integrationUri'));
};

const gatewayRoutes = routes.filter(({ streaming }) => streaming !== true);

const sameRoutes: Rule = {
  name: 'routes-are-the-topologys',
  says: 'the gateway has the routes of the topology, each to its function, and no others',
  faults: (graph) => {
    const found = ofType(graph, types.route).map((route) => {
      const served = servedBy(graph, route);
      return `${textAt(route, 'routeKey')} to ${served === undefined ? 'nothing' : titleOf(served)}`;
    });
    const wanted = gatewayRoutes.map(
      (route) => `${keyOf(route)} to ${physicalIn(graph, route.function)}`,
    );
    return setDiffers(types.route, found, wanted);
  },
};

const isSound = (graph: Graph, authorizer: Resource | undefined): boolean =>
  authorizer !== undefined &&
  textAt(authorizer, 'authorizerType') === 'JWT' &&
  textAt(authorizer, 'jwtConfiguration', 'issuer').startsWith('https://') &&
  textsOf(at(authorizer.inputs, 'jwtConfiguration', 'audiences')).length === 1 &&
  ofType(graph, types.api).some(({ id }) => id === textAt(authorizer, 'apiId'));

const tokens: Rule = {
  name: 'route-asks-for-its-token',
  says: 'the gateway lets nobody without a token of the issuer and for the audience through, but where the topology says that anybody may ask',
  faults: (graph) => {
    const auth = new Map(gatewayRoutes.map((route) => [keyOf(route), route.auth]));
    return ofType(graph, types.route).flatMap((route) => {
      const key = textAt(route, 'routeKey');
      const wanted = auth.get(key) === 'public' ? 'NONE' : 'JWT';
      const authorizer = ofType(graph, types.authorizer).find(
        ({ id }) => id === textAt(route, 'authorizerId'),
      );
      return [
        ...differs(key, 'authorization', textAt(route, 'authorizationType'), wanted),
        ...unless(wanted === 'NONE' || isSound(graph, authorizer), `${key}: checks no token`),
      ];
    });
  },
};

const throttled: Rule = {
  name: 'gateway-holds-off-too-much',
  says: 'the gateway answers 429 before the functions and the database are overrun',
  faults: (graph) =>
    ofType(graph, types.apiStage).flatMap((one) => {
      const { rate, burst } = stageIn(graph).throttle;
      const settings = at(one.inputs, 'defaultRouteSettings');
      return [
        ...differs(one.name, 'requests a second', at(settings, 'throttlingRateLimit'), rate),
        ...differs(one.name, 'requests at once', at(settings, 'throttlingBurstLimit'), burst),
        ...differs(
          one.name,
          'routes with limits of their own',
          at(one.inputs, 'routeSettings'),
          undefined,
        ),
      ];
    }),
};

const logged: Rule = {
  name: 'gateway-logs-access',
  says: 'the gateway logs each request with its route, status and id, and keeps that as long as the stage says',
  faults: (graph) =>
    ofType(graph, types.apiStage).flatMap((one) => {
      const format = textAt(one, 'accessLogSettings', 'format');
      const group = ofType(graph, types.logGroup).find(
        ({ arn }) => arn === textAt(one, 'accessLogSettings', 'destinationArn'),
      );
      const days = group && numberAt(group, 'retentionInDays');
      return [
        ...differs(one.name, 'days of access logs', days, daysOfLogs(graph)),
        ...['$context.requestId', '$context.routeKey', '$context.status']
          .filter((field) => !format.includes(field))
          .map((field) => `${one.name}: does not log ${field}`),
        ...unless(
          !format.includes('authorizer') && !format.includes('header'),
          `${one.name}: logs what may be secret`,
        ),
      ];
    }),
};

const oneApi: Rule = {
  name: 'gateway-is-one',
  says: 'a stage has one HTTP API, deployed as it changes, whose default stage answers without a prefix',
  faults: (graph) => [
    ...differs('gateway', 'the number of APIs', ofType(graph, types.api).length, 1),
    ...differs('gateway', 'the names of stages', ofType(graph, types.apiStage).map(titleOf), [
      '$default',
    ]),
    ...ofType(graph, types.apiStage).flatMap((one) =>
      unless(at(one.inputs, 'autoDeploy') === true, `${one.name}: is not deployed as it changes`),
    ),
    ...ofType(graph, types.integration).flatMap((one) =>
      differs(one.name, 'the form of events', textAt(one, 'payloadFormatVersion'), '2.0'),
    ),
  ],
};

const corsFaults = (where: string, found: unknown, methods: readonly string[]) => [
  ...differs(where, 'origins', at(found, 'allowOrigins'), cors.origins),
  ...differs(where, 'methods', at(found, 'allowMethods'), methods),
  ...differs(where, 'headers', at(found, 'allowHeaders'), cors.headers),
  ...differs(where, 'headers shown', at(found, 'exposeHeaders'), cors.exposed),
  ...differs(where, 'seconds kept', at(found, 'maxAge'), cors.maxAgeSeconds),
  ...unless(at(found, 'allowCredentials') !== true, `${where}: lets cookies of other sites in`),
];

const browsers: Rule = {
  name: 'browsers-may-ask',
  says: 'the gateway and the URLs of functions answer browsers as the topology says, without cookies',
  faults: (graph) => [
    ...ofType(graph, types.api).flatMap((api) =>
      corsFaults(api.name, at(api.inputs, 'corsConfiguration'), cors.methods),
    ),
    ...ofType(graph, types.url).flatMap((url) =>
      corsFaults(url.name, at(url.inputs, 'cors'), ['GET']),
    ),
  ],
};

/** Whether a function of the topology answers as a stream. */
export const streams = (name: string): boolean =>
  routes.some((route) => route.function === name && route.streaming === true);

const streaming: Rule = {
  name: 'stream-has-a-url',
  says: 'functions that stream, and no others, have a URL of their own, which streams: the gateway would hold answers back whole',
  faults: (graph) => {
    const urls = ofType(graph, types.url);
    const owners = urls.map((url) => functionAt(graph, textAt(url, 'functionName')));
    const found = owners.map((owner) => (owner === undefined ? 'nothing' : titleOf(owner)));
    const wanted = Object.keys(functions).filter(streams);
    return [
      ...setDiffers(
        types.url,
        found,
        wanted.map((name) => physicalIn(graph, name)),
      ),
      ...urls.flatMap((url) => [
        ...differs(url.name, 'how it answers', textAt(url, 'invokeMode'), 'RESPONSE_STREAM'),
        ...differs(url.name, 'authorization', textAt(url, 'authorizationType'), 'NONE'),
      ]),
    ];
  },
};

const own = (spec: FunctionSpec): boolean => spec.uses.includes('verify:token');

const checksItself: Rule = {
  name: 'stream-checks-tokens-itself',
  says: 'a function that anybody may reach by its URL is given what it takes to check tokens',
  faults: (graph) =>
    functionsIn(graph)
      .filter(({ resource }) =>
        ofType(graph, types.url).some(
          (url) => functionAt(graph, textAt(url, 'functionName')) === resource,
        ),
      )
      .flatMap(({ name, spec, resource }) =>
        unless(
          own(spec) && textAt(resource, 'environment', 'variables', 'TOKEN_ISSUER') !== '',
          `${name}: is open to all and checks no token`,
        ),
      ),
};

/** What is reached over HTTP, by whom and how much of it. */
export const apiRules: readonly Rule[] = [
  sameRoutes,
  tokens,
  throttled,
  logged,
  oneApi,
  browsers,
  streaming,
  checksItself,
];
