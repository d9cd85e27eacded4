import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { pathsOf, suffixes, type Endpoint, type Endpoints } from '@rookery/http/contract';
import type { Identity } from '@rookery/http/identity';
import { invalidFields } from '@rookery/http/problem';
import { Failure } from '@rookery/kernel/failure';
import type { Request } from './api.ts';
import { verifyToken } from './token.ts';

/** An endpoint as one path reaches it. */
export type Route = {
  readonly operation: string;
  readonly endpoint: Endpoint;
  readonly suffix?: string;
};

/** The routes of some endpoints, by route key: `GET /v1/campaigns.csv`. */
export const routesOf = (endpoints: Endpoints): ReadonlyMap<string, Route> =>
  new Map(
    Object.entries(endpoints).flatMap(([operation, endpoint]) =>
      pathsOf(endpoint).map((path): [string, Route] => {
        const suffix = suffixes.find((each) => path.endsWith(each));
        return [
          `${endpoint.method} ${path}`,
          { operation, endpoint, ...(suffix === undefined ? {} : { suffix }) },
        ];
      }),
    ),
  );

/** The route that the gateway chose; fails with `route-unknown`. */
export const routeOf = (routes: ReadonlyMap<string, Route>, routeKey: string): Route => {
  const route = routes.get(routeKey);
  if (route !== undefined) return route;
  throw new Failure('missing', 'route-unknown', `there is no ${routeKey}`);
};

/** Who asks, and what, both checked. */
export type Admitted<E extends Endpoint = Endpoint> = {
  readonly identity: Identity;
  readonly tenantId: string;
  /** When the gateway took the request. */
  readonly now: Date;
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
};

const bodyLimit = 64 * 1024;

/** Fails for a body where the endpoint takes none: it is a mistake worth telling. */
export const refuseBody = ({ body }: APIGatewayProxyEventV2): void => {
  if (body === undefined || body === '') return;
  if (body.length > bodyLimit)
    throw new Failure('invalid', 'body-too-large', 'the body is too large; a read takes none');
  throw new Failure('invalid', 'body-unexpected', 'a read takes no body; send a GET without one');
};

/** Parses a part of the request; fails with `request-malformed`, naming every field at fault. */
export const parse = <S extends z.ZodType>(
  schema: S,
  given: unknown,
  where: string,
): z.output<S> => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap(({ path, message, ...issue }) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: `${where}.${key}`, message: 'is not a parameter here' }))
      : [{ path: [where, ...path.map(String)].join('.'), message }],
  );
  throw invalidFields(
    'request-malformed',
    `the ${where} is malformed: ${fields.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
    fields,
  );
};

/** The bearer of the token, whose role must be one of the endpoint's. */
export const callerOf = async (
  event: APIGatewayProxyEventV2,
  { roles }: Endpoint,
): Promise<Identity> => {
  const identity = await verifyToken(event.headers['authorization']);
  if (roles.includes(identity.role)) return identity;
  throw new Failure(
    'forbidden',
    'forbidden',
    `the role ${identity.role} may not do this; it is for ${roles.join(', ')}`,
  );
};

/** When the gateway took the request. */
export const nowOf = ({ requestContext }: APIGatewayProxyEventV2): Date =>
  new Date(requestContext.timeEpoch);

/** Checks the token, the role, and the request against the contract, in this order; fails with the code of each. */
export const admit = async ({ event }: Request, { endpoint }: Route): Promise<Admitted> => {
  const identity = await callerOf(event, endpoint);
  refuseBody(event);
  const params = parse(endpoint.params, event.pathParameters ?? {}, 'path');
  const query = parse(endpoint.query, event.queryStringParameters ?? {}, 'query');
  return { identity, tenantId: identity.tenantId, now: nowOf(event), params, query };
};
