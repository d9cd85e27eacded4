import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, Failure } from '@rookery/kernel/failure';
import type { CorsSpec } from '../topology.ts';
import { readBody } from './body.ts';
import { eventOf, type Claims } from './http-event.ts';
import { readResult, setHead } from './http-result.ts';
import { chooseRoute, type LocalRoute } from './http-route.ts';
import { serveStream } from './http-stream.ts';
import { listenOnLoopback } from './loopback.ts';
import { Streamed } from './stream.ts';

/** A route with the function behind it. */
export type HttpRoute = LocalRoute & {
  readonly auth: 'public' | 'jwt';
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** The answer may be streamed: up to 200 MB, for as long as the function may run. */
  readonly streaming?: boolean;
};

/** The routes of the API, its port, and who checks tokens: undefined from `authorize` is a 401. */
export type HttpOptions = {
  readonly routes: readonly HttpRoute[];
  readonly port: number;
  readonly onError: (line: string) => void;
  readonly authorize?: (authorization: string | undefined) => Promise<Claims | undefined>;
  readonly cors?: CorsSpec;
  readonly integrationTimeoutMs?: number;
};

/** The API on loopback. */
export type Http = { readonly url: string; readonly stop: () => Promise<void> };

const gatewayLimit = 10 * 1024 * 1024;
const lambdaLimit = 6 * 1024 * 1024;
const headerLimit = 10_240;
const gatewayTimeoutMs = 30_000;

const gaveUp = Symbol('gave up');

// The gateway's patience with an answer that it has to wait for as a whole.
const withPatience = (answer: Promise<unknown>, timeoutMs: number): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<typeof gaveUp>((resolve) => {
    timer = setTimeout(() => {
      resolve(gaveUp);
    }, timeoutMs);
  });
  return Promise.race([answer, patience]).finally(() => {
    clearTimeout(timer);
  });
};

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
    return {
      'access-control-allow-origin': allowed,
      vary: 'origin',
      ...(cors.exposed.length === 0
        ? {}
        : { 'access-control-expose-headers': cors.exposed.join(',') }),
    };
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

    const fail = (reason: string): void => {
      onError(`${method} ${target}: ${reason}`);
      if (response.headersSent || response.destroyed) return;
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      say(500, 'Internal Server Error');
    };
    const { invoke, streaming = false } = chosen.route;
    try {
      const result = await (streaming ? invoke(event) : withPatience(invoke(event), timeoutMs));
      if (result === gaveUp) return say(503, 'Service Unavailable');
      if (result instanceof Streamed) {
        if (streaming) return await serveStream(response, result, always);
        result.abort(new Error('the route is not marked as streaming'));
        return fail('the function streams, but its route is not marked as streaming');
      }
      const reply = readResult(result);
      if (reply === undefined || Buffer.byteLength(reply.body ?? '') > lambdaLimit)
        return fail('the result is malformed or over 6 MB');
      setHead(response, reply, always);
      if (reply.body && !response.hasHeader('content-type'))
        response.setHeader('content-type', 'text/plain;charset=UTF-8');
      response.end(Buffer.from(reply.body ?? '', reply.isBase64Encoded ? 'base64' : 'utf8'));
    } catch (error) {
      // A client that hung up is not the function's fault.
      if (!(error instanceof Failure && error.code === 'client-gone')) fail(describe(error));
    }
  };

  const server = createServer({ maxHeaderSize: headerLimit }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      onError(`http: ${describe(error)}`);
      response.destroy();
    });
  });
  bound = await listenOnLoopback(server, port);
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
