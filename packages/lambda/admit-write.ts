import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { BodyOf, Endpoint } from '@rookery/http/contract';
import type { Identity } from '@rookery/http/identity';
import { invalidFields } from '@rookery/http/problem';
import { Failure } from '@rookery/kernel/failure';
import { callerOf, nowOf, parse, refuseBody, type Admitted, type Route } from './admit.ts';
import type { Request } from './api.ts';
import { verifyApiKey } from './api-key.ts';
import { jsonBodyOf } from './body.ts';

/** Who asks to change something, and what, both checked. */
export type AdmittedWrite<E extends Endpoint = Endpoint> = Admitted<E> & {
  readonly body: BodyOf<E>;
  /** The caller's Idempotency-Key, or null. */
  readonly idempotencyKey: string | null;
};

const idempotencyKeyOf = ({ headers }: APIGatewayProxyEventV2): string | null => {
  const key = headers['idempotency-key'];
  if (key === undefined || /^[!-~]{1,200}$/.test(key)) return key ?? null;
  const message = 'is not 1 to 200 visible ASCII characters';
  throw invalidFields('request-malformed', `the header idempotency-key ${message}`, [
    { path: 'header.idempotency-key', message },
  ]);
};

// The scope is a part of the path, so that it is known before anything else of the request is looked at.
const holderOf = async (
  { event }: Request,
  { endpoint }: Route,
  scope: string,
): Promise<Identity> => {
  const { authorization, 'x-api-key': key } = event.headers;
  if (key !== undefined && authorization !== undefined)
    throw new Failure('invalid', 'request-malformed', 'send a token or an API key, not both');
  if (key === undefined && authorization === undefined)
    throw new Failure(
      'forbidden',
      'token-missing',
      'send a token of the issuer in the header "Authorization: Bearer <token>", or an API key in X-Api-Key',
    );
  if (key === undefined) return callerOf(event, endpoint);
  const { identity, scopes } = await verifyApiKey(key, nowOf(event));
  const wanted = scope.replace(
    /\{(\w+)\}/,
    (_, name: string) => event.pathParameters?.[name] ?? '',
  );
  // One thing, or all of its kind: `heartbeats` of /v1/heartbeats/{heartbeat_id}.
  const [, , kind = ''] = endpoint.path.split('/');
  if (scopes.includes(wanted) || scopes.includes(kind)) return identity;
  throw new Failure(
    'forbidden',
    'forbidden',
    `this API key may not be used here; it is for ${scopes.join(', ')}`,
  );
};

/**
 * Checks the token or the API key, and the request with its body against the contract; fails with the code of each.
 * `json` is the body as it was sent, undefined where the endpoint takes none.
 */
export const admitWrite = async (
  request: Request,
  route: Route,
): Promise<AdmittedWrite & { readonly json: unknown }> => {
  const { event } = request;
  const { endpoint } = route;
  const identity = await (endpoint.apiKey === undefined
    ? callerOf(event, endpoint)
    : holderOf(request, route, endpoint.apiKey));
  const params = parse(endpoint.params, event.pathParameters ?? {}, 'path');
  const query = parse(endpoint.query, event.queryStringParameters ?? {}, 'query');
  const idempotencyKey = idempotencyKeyOf(event);
  if (endpoint.body === undefined) refuseBody(event);
  const json = endpoint.body === undefined ? undefined : jsonBodyOf(event);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what the endpoint's own schema made of it
  const body = (
    endpoint.body === undefined ? undefined : parse(endpoint.body, json, 'body')
  ) as BodyOf<Endpoint>;
  const { tenantId } = identity;
  return { identity, tenantId, now: nowOf(event), params, query, body, idempotencyKey, json };
};
