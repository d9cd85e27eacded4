import { cors, functions, routes, type FunctionName, type RouteSpec } from '../topology.ts';
import type { Functions } from './functions.ts';
import { logical, physical } from './names.ts';
import type { Settings } from './settings.ts';
import type { Stage } from './stage.ts';

const streaming = new Set<FunctionName>(
  routes.filter((each) => each.streaming).map((each) => each.function),
);

/** Whether a function answers as a stream: by a URL of its own, for the gateway would hold its answers back whole. */
export const isStreaming = (name: FunctionName): boolean => streaming.has(name);

/** What makes a function one with a URL of its own. Whoever may ask is told by the token, which the function checks itself. */
export const streamingUrl = {
  streaming: true,
  url: {
    authorization: 'none',
    cors: {
      allowOrigins: [...cors.origins],
      allowMethods: ['GET'],
      allowHeaders: [...cors.headers],
      exposeHeaders: [...cors.exposed],
      maxAge: `${cors.maxAgeSeconds} seconds`,
    },
  },
} satisfies Partial<sst.aws.FunctionArgs>;

const routeKey = ({ method, path }: RouteSpec): string =>
  path === '$default' ? path : `${method} ${path}`;

// GET /v1/campaigns/{campaign_id}: GetV1CampaignsCampaignId.
const routeName = ({ method, path }: RouteSpec): string =>
  [method.toLowerCase(), ...path.split(/[^a-zA-Z0-9]+/)].filter(Boolean).map(logical).join('');

// One integration a function, whatever the number of its routes: an API may have 300, and SST would make one a route.
const integrate = (api: sst.aws.ApiGatewayV2, name: string, target: sst.aws.Function) => {
  const { api: gateway } = api.nodes;
  const leave = new aws.lambda.Permission(`${logical(name)}FromApi`, {
    action: 'lambda:InvokeFunction',
    function: target.name,
    principal: 'apigateway.amazonaws.com',
    sourceArn: $interpolate`${gateway.executionArn}/*`,
  });
  const { id } = new aws.apigatewayv2.Integration(
    `${logical(name)}Integration`,
    {
      apiId: gateway.id,
      integrationType: 'AWS_PROXY',
      integrationUri: target.arn,
      payloadFormatVersion: '2.0',
      timeoutMilliseconds: 30_000,
    },
    { dependsOn: [leave] },
  );
  return $interpolate`integrations/${id}`;
};

/** The gateway before the functions: it holds off who asks too much. Its address is known before they are. */
export const makeGateway = ({ throttle, logs }: Stage, settings: Settings) =>
  new sst.aws.ApiGatewayV2('Api', {
    ...(settings.API_DOMAIN === undefined ? {} : { domain: settings.API_DOMAIN }),
    accessLog: { retention: logs },
    cors: {
      allowOrigins: [...cors.origins],
      allowMethods: cors.methods as 'GET'[],
      allowHeaders: [...cors.headers],
      exposeHeaders: [...cors.exposed],
      maxAge: `${cors.maxAgeSeconds} seconds`,
    },
    transform: {
      api: (args) => {
        args.name = physical('api');
      },
      stage: (args) => {
        args.defaultRouteSettings = {
          throttlingRateLimit: throttle.rate,
          throttlingBurstLimit: throttle.burst,
          detailedMetricsEnabled: false,
        };
      },
    },
  });

/** The routes of the gateway: it checks tokens first, and the functions check them again. */
export const makeRoutes = (
  api: sst.aws.ApiGatewayV2,
  made: Functions,
  settings: Settings,
): void => {
  const authorizer = api.addAuthorizer({
    name: 'tokens',
    jwt: { issuer: settings.TOKEN_ISSUER, audiences: [settings.TOKEN_AUDIENCE] },
  });
  const reached = routes.filter((each) => each.streaming !== true);
  for (const [name, own] of Map.groupBy(reached, (each) => each.function)) {
    const target = integrate(api, name, made[name as keyof Functions]);
    for (const route of own)
      new aws.apigatewayv2.Route(`${routeName(route)}Route`, {
        apiId: api.nodes.api.id,
        routeKey: routeKey(route),
        target,
        ...(route.auth === 'jwt'
          ? { authorizationType: 'JWT', authorizerId: authorizer.id }
          : { authorizationType: 'NONE' }),
      });
  }
};

/** The URLs of the functions that stream, by name. */
export const streamUrls = (made: Functions): Readonly<Record<string, $util.Output<string>>> =>
  Object.fromEntries(
    (Object.keys(functions) as (keyof Functions)[])
      .filter((name) => isStreaming(name))
      .map((name) => [name, made[name].url]),
  );
