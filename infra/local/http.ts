import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { describe } from '@rookery/kernel/failure';
import { readBody } from './body.ts';
import { eventOf, type Claims } from './http-event.ts';
import { chooseRoute, type LocalRoute } from './http-route.ts';

/** What the gateway answers to a browser of another origin; functions add none of these headers themselves. */
export type Cors = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly maxAgeSeconds: number;
};

/** A route with the function behind it. */
export type HttpRoute = LocalRoute & {
  readonly auth: 'public' | 'jwt';
  readonly invoke: (event: unknown) => Promise<unknown>;
};

/** The routes of the API, its port, and who checks tokens: undefined from `authorize` is a 401. */
export type HttpOptions = {
  readonly routes: readonly HttpRoute[];
  readonly port: number;
  readonly onError: (line: string) => void;
  readonly authorize?: (authorization: string | undefined) => Promise<Claims | undefined>;
  readonly cors?: Cors;
  readonly integrationTimeoutMs?: number;
};

/** The API on loopback. */
export type Http = { readonly url: string; readonly stop: () => Promise<void> };

const gatewayLimit = 10 * 1024 * 1024;
const lambdaLimit = 6 * 1024 * 1024;
const headerLimit = 10_240;
const gatewayTimeoutMs = 30_000;

const header = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const structured = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), header).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});
type Structured = z.output<typeof structured>;

// A result without a status is the body of a 200; undefined means a result that the gateway cannot read.
const readResult = (result: unknown): Structured | undefined => {
  if (typeof result === 'object' && result !== null && 'statusCode' in result)
    return structured.safeParse(result).data;
  const body = JSON.stringify(result);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: body ?? '' };
};

const gaveUp = Symbol('gave up');

/**
 * Serves functions as API Gateway's HTTP API does with payload format 2.0, on 127.0.0.1 only.
 * The rules, and which of them AWS documents, are in guide/aws-local.md §3.
 */
export const startHttp = async (options: HttpOptions): Promise<Http> => {
  const { routes, port, onError, authorize, cors } = options;
  const timeoutMs = options.integrationTimeoutMs ?? gatewayTimeoutMs;
  let bound = port;

  const corsHeaders = (request: IncomingMessage): Record<string, string> => {
    const { origin } = request.headers;
    if (cors === undefined || origin === undefined) return {};
    if (!cors.origins.includes('*') && !cors.origins.includes(origin)) return {};
    const allowed = cors.origins.includes('*') ? '*' : origin;
    return { 'access-control-allow-origin': allowed, vary: 'origin' };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: target = '/' } = request;
    const requestId = randomBytes(11).toString('base64');
    const always = { 'apigw-requestid': requestId, ...corsHeaders(request) };
    const say = (status: number, message: string): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...always });
      response.end(JSON.stringify({ message }));
    };

    if (
      method === 'OPTIONS' &&
      cors !== undefined &&
      request.headers['access-control-request-method'] !== undefined
    ) {
      response.writeHead(204, {
        ...always,
        'access-control-allow-methods': cors.methods.join(','),
        'access-control-allow-headers': cors.headers.join(','),
        'access-control-max-age': String(cors.maxAgeSeconds),
      });
      response.end();
      return;
    }

    const chosen = chooseRoute(routes, method, target.split('?')[0] ?? '/');
    if (chosen === undefined) return say(404, 'Not Found');
    const jwt =
      chosen.route.auth === 'jwt' ? await authorize?.(request.headers.authorization) : undefined;
    if (chosen.route.auth === 'jwt' && jwt === undefined) return say(401, 'Unauthorized');

    const body = await readBody(request, gatewayLimit);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      return say(413, 'Request Entity Too Large');
    }
    const event = eventOf(
      {
        method,
        target,
        headers: request.headers,
        body,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        port: bound,
        requestId,
        at: new Date(),
      },
      chosen.match,
      jwt,
    );
    // The gateway takes 10 MB, the function behind it 6 MB: as JSON, base64 included.
    if (Buffer.byteLength(JSON.stringify(event)) > lambdaLimit)
      return say(413, 'Request Entity Too Large');

    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<typeof gaveUp>((resolve) => {
      timer = setTimeout(() => {
        resolve(gaveUp);
      }, timeoutMs);
    });
    const result = await Promise.race([chosen.route.invoke(event), patience])
      .catch((error: unknown) => {
        onError(`${method} ${target}: ${describe(error)}`);
        return Symbol('failed');
      })
      .finally(() => {
        clearTimeout(timer);
      });
    if (result === gaveUp) return say(503, 'Service Unavailable');
    const reply = typeof result === 'symbol' ? undefined : readResult(result);
    if (reply === undefined || Buffer.byteLength(reply.body ?? '') > lambdaLimit) {
      if (typeof result !== 'symbol')
        onError(`${method} ${target}: the result is malformed or over 6 MB`);
      return say(500, 'Internal Server Error');
    }
    for (const [name, value] of Object.entries({ ...reply.headers, ...always }))
      response.setHeader(name, value);
    if (reply.cookies && reply.cookies.length > 0) response.setHeader('set-cookie', reply.cookies);
    if (reply.body && !response.hasHeader('content-type'))
      response.setHeader('content-type', 'text/plain;charset=UTF-8');
    response.statusCode = reply.statusCode;
    response.end(Buffer.from(reply.body ?? '', reply.isBase64Encoded ? 'base64' : 'utf8'));
  };

  const server = createServer({ maxHeaderSize: headerLimit }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      onError(`http: ${describe(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
  const address = server.address();
  if (typeof address === 'object' && address !== null) bound = address.port;
  return {
    url: `http://127.0.0.1:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeIdleConnections();
        setTimeout(() => {
          server.closeAllConnections();
        }, 2_000).unref();
      }),
  };
};
