import { finished, pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { allowances, cacheControl, type Endpoint, type Endpoints } from '@rookery/http/contract';
import { csvLines, csvOf } from '@rookery/http/csv';
import { chooseEncoding } from '@rookery/http/encoding';
import { columnsOf } from '@rookery/http/flatten';
import { chooseFormat, contentTypes } from '@rookery/http/format';
import { ndjsonOf } from '@rookery/http/ndjson';
import type { ReadScope, Session, Spent } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { refusedFor, spentHeaders } from './allowance.ts';
import { admit, routesOf, type Admitted, type Route } from './admit.ts';
import { always, failed, report, requestOf, type Request } from './api.ts';
import { database } from './database.ts';
import { refuseOtherZone, refuseUnknownZone, type Covered } from './zone.ts';

/** What an exporter found: its range and freshness, and the rows in parts, each read when the one before was taken. */
export type Exported = {
  readonly range: Covered;
  readonly fresh: { readonly as_of: Date; readonly complete_through: Date | null };
  readonly parts: AsyncIterable<readonly object[]>;
};

/** The exporter of each endpoint of a function. */
export type Exporters<T extends Endpoints> = {
  readonly [K in keyof T]: (
    session: Session,
    ask: Admitted<T[K]> & { readonly tenantId: string },
  ) => Promise<Exported>;
};

type Exporter = (
  session: Session,
  ask: Admitted & { readonly tenantId: string },
) => Promise<Exported>;

type Streamed = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Readable;
};

// Text of the parts; a fault in the middle breaks the connection, so that nobody takes a part for the whole.
const linesOf = async function* (
  request: Request,
  { rows }: Endpoint,
  format: 'csv' | 'ndjson',
  parts: Exported['parts'],
): AsyncGenerator<string> {
  const columns = rows === undefined ? [] : columnsOf(rows);
  try {
    if (format === 'csv') yield csvOf(columns, []);
    for await (const part of parts)
      yield format === 'csv' ? csvLines(columns, part) : ndjsonOf(part);
  } catch (error) {
    report(error, request.requestId);
    throw error;
  }
};

// What a table is called in its path: `campaign-days`.
const nameOf = ({ path }: Endpoint): string => path.slice(path.lastIndexOf('/') + 1);

const headersOf = (
  { endpoint }: Route,
  format: 'csv' | 'ndjson',
  { fresh, range }: Exported,
  spent: Spent,
): Record<string, string> => ({
  'content-type': contentTypes[format],
  'content-disposition': `attachment; filename="${nameOf(endpoint)}_${range.from}_${range.to}.${format}"`,
  'cache-control': cacheControl[endpoint.cache],
  vary: 'accept, accept-encoding, authorization',
  'rookery-as-of': fresh.as_of.toISOString(),
  ...(fresh.complete_through === null
    ? {}
    : { 'rookery-complete-through': fresh.complete_through.toISOString() }),
  ...spentHeaders(spent),
});

const settled = promisify(finished);

const gzipped = async (text: Readable): Promise<Readable> => {
  const { createGzip } = await import('node:zlib');
  // The callback is only there so that a broken stream is no uncaught error: both ends are destroyed with it.
  return pipeline(text, createGzip(), () => {});
};

// The transaction stays open until the last part is taken, or until the caller hangs up: the rows are one snapshot.
const stream = async (request: Request, route: Route, exporter: Exporter): Promise<Streamed> => {
  const { event } = request;
  const { endpoint, suffix } = route;
  const { identity, params, query } = await admit(request, route);
  refuseUnknownZone(query['tz']);
  const chosen = chooseFormat({
    accept: event.headers['accept'],
    suffix,
    offered: ['ndjson', 'csv'],
  });
  const format = chosen === 'csv' ? 'csv' : 'ndjson';
  const { tenantId, role } = identity;
  const scope: ReadScope = {
    tenantId,
    role,
    allowance: allowances[endpoint.rate],
    snapshot: true,
  };
  const opened = Promise.withResolvers<Streamed>();
  const reading = database('api').read(scope, async (session, spent) => {
    const found = await exporter(session, { identity, params, query, tenantId });
    refuseOtherZone(query['tz'], found.range);
    const text = Readable.from(linesOf(request, endpoint, format, found.parts));
    const packed = chooseEncoding(event.headers['accept-encoding'], ['gzip']) !== undefined;
    const headers = {
      ...always,
      ...headersOf(route, format, found, spent),
      'x-request-id': request.requestId,
    };
    const ended = settled(text);
    opened.resolve({
      statusCode: 200,
      headers: packed ? { ...headers, 'content-encoding': 'gzip' } : headers,
      body: packed ? await gzipped(text) : text,
    });
    await ended;
  });
  reading.then(
    (read) => {
      if (read.allowed) return;
      const { status, headers, body } = refusedFor(request, read);
      opened.resolve({
        statusCode: status,
        headers: { ...always, ...headers, 'x-request-id': request.requestId },
        body: JSON.stringify(body),
      });
    },
    // After the first part this says nothing new: the stream has broken, and linesOf has told the log.
    (error: unknown) => {
      opened.reject(error);
    },
  );
  return opened.promise;
};

// A function URL knows no routes and fills in none: the path itself is the key.
const keyOf = ({ requestContext, rawPath }: APIGatewayProxyEventV2): string =>
  `${requestContext.http.method} ${rawPath}`;

/**
 * Makes the Lambda handler of exports, which stream: through a function URL in the cloud, since API Gateway's HTTP API
 * holds an answer back whole. The token is checked here and nowhere else.
 */
export const exportFunction = <T extends Endpoints>(endpoints: T, exporters: Exporters<T>) => {
  const routes = routesOf(endpoints);
  return middy<APIGatewayProxyEventV2, Streamed>({
    executionMode: executionModeStreamifyResponse,
  }).handler(async (event: APIGatewayProxyEventV2, context: Context) => {
    context.callbackWaitsForEmptyEventLoop = false;
    const request = requestOf(event, context);
    try {
      const route = routes.get(keyOf(event));
      if (route === undefined)
        throw new Failure('missing', 'route-unknown', `there is no ${keyOf(event)}`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Exporters<T> has one for every endpoint of T
      const exporter = exporters[route.operation] as unknown as Exporter;
      return await stream(request, route, exporter);
    } catch (error) {
      const { status, headers, body } = failed(error, request);
      return {
        statusCode: status,
        headers: { ...always, ...headers, 'x-request-id': request.requestId },
        body: JSON.stringify(body),
      };
    }
  });
};
