import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { account } from './invoke.ts';
import type { RouteMatch } from './http-route.ts';

/** A request as it came over the wire. */
export type WireRequest = {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly port: number;
  readonly requestId: string;
  readonly at: Date;
};

/** The claims of a verified token; API Gateway hands every claim over as text. */
export type Claims = {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
};

const textTypes =
  /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)|[^;]+\+(json|xml))/;

/** True for content types whose body travels as text; every other body is base64. */
const isText = (contentType: string | undefined): boolean =>
  contentType !== undefined && textTypes.test(contentType.toLowerCase());

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A time as API Gateway writes it: `21/Nov/2026:01:22:53 +0000`. */
export const commonLogTime = (at: Date): string => {
  const [date = '', time = ''] = at.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
};

const queryOf = (raw: string): Record<string, string> | undefined => {
  if (raw === '') return undefined;
  const query: Record<string, string> = {};
  // Repeated keys are joined with a comma: format 2.0 has no multi-value fields.
  for (const [key, value] of new URLSearchParams(raw))
    query[key] = key in query ? `${query[key]},${value}` : value;
  return query;
};

const headersOf = (request: WireRequest): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'cookie' || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return {
    ...headers,
    'x-forwarded-for': request.sourceIp,
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(request.port),
    'x-amzn-trace-id': `Root=1-${Math.floor(request.at.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
  };
};

const bodyOf = (request: WireRequest): { body?: string; isBase64Encoded: boolean } => {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const text = isText(request.headers['content-type']);
  return { body: request.body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };
};

/** The event a function gets for a request: payload format 2.0, where what is absent is left out and never null. */
export const eventOf = (
  request: WireRequest,
  { routeKey, parameters }: RouteMatch,
  jwt?: Claims,
): APIGatewayProxyEventV2 => {
  const split = request.target.indexOf('?');
  const rawPath = split < 0 ? request.target : request.target.slice(0, split);
  const rawQueryString = split < 0 ? '' : request.target.slice(split + 1);
  const query = queryOf(rawQueryString);
  const cookies = request.headers.cookie?.split(/;\s*/).filter((cookie) => cookie !== '');
  const host = request.headers.host ?? '127.0.0.1';
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    headers: headersOf(request),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: host,
      domainPrefix: host.split('.')[0] ?? host,
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(request.at),
      timeEpoch: request.at.getTime(),
    },
    ...(cookies === undefined || cookies.length === 0 ? {} : { cookies }),
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(Object.keys(parameters).length === 0 ? {} : { pathParameters: { ...parameters } }),
    ...bodyOf(request),
  };
  if (jwt === undefined) return event;
  // The general event type has no authorizer: the JWT variant of it does.
  return Object.assign(event, { requestContext: { ...event.requestContext, authorizer: { jwt } } });
};
