import type { Writable } from 'node:stream';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { allowances, type Endpoint, type Endpoints } from '@rookery/http/contract';
import { chooseEncoding } from '@rookery/http/encoding';
import { chooseFormat, contentTypes } from '@rookery/http/format';
import type { Read, ReadScope, Session, Spent } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { refusedFor } from './allowance.ts';
import { admit, routeOf, routesOf, type Admitted, type Route } from './admit.ts';
import { always, failed, report, requestOf, type Answer, type Request } from './api.ts';
import { readConfig } from './config.ts';
import { database } from './database.ts';
import { linesOf, type ExportFormat } from './export-lines.ts';
import { digestOf, faithful, reprDigest, type SealedExport } from './export-sealed.ts';
import { readHeaders, type Fresh } from './stamps.ts';
import { send, type Head } from './streamed-answer.ts';
import { refuseOtherZone, refuseUnknownZone, type Covered } from './zone.ts';

/** What an exporter found: its range and freshness, and the rows in parts, each read when the one before was taken. */
export type Exported = {
  readonly range: Covered;
  readonly fresh: Fresh;
  readonly parts: AsyncIterable<readonly object[]>;
};

/** What an exporter is asked: who asks, and what. */
export type ExportAsk<E extends Endpoint = Endpoint> = Admitted<E> & {
  readonly event: APIGatewayProxyEventV2;
};

/** The exporter of each endpoint of a function. */
export type Exporters<T extends Endpoints> = {
  readonly [K in keyof T]: (
    session: Session,
    ask: ExportAsk<T[K]>,
  ) => Promise<Exported | SealedExport>;
};

type Exporter = (session: Session, ask: ExportAsk) => Promise<Exported | SealedExport>;

type Rows = readonly object[];

// Reads the first part at once: what fails by then is an answer of its own, and may be tried again.
const opened = async (parts: AsyncIterable<Rows>): Promise<AsyncIterable<Rows>> => {
  const iterator = parts[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
};

// What a table is called in its path: `campaign-days`.
const nameOf = ({ path }: Endpoint): string => path.slice(path.lastIndexOf('/') + 1);

const headersOf = (
  { endpoint }: Route,
  format: ExportFormat,
  found: Exported | SealedExport,
  spent: Spent,
): Record<string, string> => {
  const name =
    'seal' in found ? found.name : `${nameOf(endpoint)}_${found.range.from}_${found.range.to}`;
  return {
    ...always,
    'content-type': contentTypes[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
    ...readHeaders(endpoint, found.fresh, spent),
  };
};

// Room to roll back and to say so before Lambda freezes or ends what runs.
const lastMs = 2_000;

const tooLong = (): Failure =>
  new Failure(
    'unavailable',
    'export-too-long',
    'the export was not taken in the time that a function has; ask for a shorter range',
  );

// How an answer ended once it had begun: whole, or broken by something.
type Ended = { readonly broken?: unknown };

type Exchange = {
  readonly request: Request;
  readonly response: Writable;
  /** Aborted shortly before the function's time is over. */
  readonly late: AbortSignal;
};

const sendAnswer = (
  { request, response, late }: Exchange,
  { status, headers, body }: Answer,
): Promise<void> =>
  send(
    response,
    {
      statusCode: status,
      headers: { ...always, ...headers, 'x-request-id': request.requestId },
    },
    [typeof body === 'string' ? body : JSON.stringify(body)],
    { signal: late },
  );

// A fault in the middle breaks the connection, so that nobody takes a part for the whole. It is never thrown: what is
// thrown may be tried again, and there is only one caller to answer. That a caller hung up is no news.
const sendLines = async (
  { request, response, late }: Exchange,
  head: Head,
  lines: AsyncIterable<string>,
  { packed, lost }: { readonly packed: boolean; readonly lost: AbortSignal },
): Promise<Ended> => {
  let fault: unknown;
  const noted = async function* () {
    try {
      yield* lines;
    } catch (error) {
      fault = error;
      throw error;
    }
  };
  const signal = AbortSignal.any([late, lost]);
  try {
    await send(response, head, noted(), { packed, signal });
    return {};
  } catch (error) {
    if (signal.aborted) fault ??= signal.reason;
    if (fault !== undefined) report(fault, request.requestId);
    return { broken: fault ?? error };
  }
};

const gone = (response: Writable) => ({
  broken: response.errored ?? new Error('the caller is gone'),
});

type Sent = {
  readonly endpoint: Endpoint;
  readonly format: ExportFormat;
  readonly headers: Readonly<Record<string, string>>;
  readonly lost: AbortSignal;
};

// Read twice; what fails before the first byte of the second reading is an answer of its own.
const sendSealed = async (
  exchange: Exchange,
  { endpoint, format, headers, lost }: Sent,
  { parts, seal }: SealedExport,
): Promise<Ended> => {
  const { response, late } = exchange;
  const text = () => linesOf(endpoint, format, parts);
  const signal = AbortSignal.any([late, lost]);
  const digest = await digestOf(text(), () => response.destroyed, signal);
  if (digest === undefined) return gone(response);
  const head = {
    statusCode: 200,
    headers: {
      ...headers,
      'repr-digest': reprDigest(digest),
      ...(await seal({ format, ...digest })),
    },
  };
  return sendLines(exchange, head, faithful(text(), digest), { packed: false, lost });
};

// The transaction stays open until the last part is taken, or until the caller hangs up: the rows are one snapshot.
const stream = async (
  exchange: Exchange,
  route: Route,
  exporter: Exporter,
): Promise<Read<Ended>> => {
  const { request, response } = exchange;
  const { event } = request;
  const { endpoint, suffix } = route;
  const admitted = await admit(request, route);
  const { identity, tenantId, query } = admitted;
  refuseUnknownZone(query['tz']);
  const chosen = chooseFormat({
    accept: event.headers['accept'],
    suffix,
    offered: ['ndjson', 'csv'],
  });
  const format = chosen === 'csv' ? 'csv' : 'ndjson';
  const packed = chooseEncoding(event.headers['accept-encoding'], ['gzip']) !== undefined;
  const { role } = identity;
  const scope: ReadScope = {
    tenantId,
    role,
    allowance: allowances[endpoint.rate],
    snapshot: true,
  };
  return database('exports').read(scope, async (session, spent, lost) => {
    // Many wait here when many hang up: what nobody waits for is not read.
    if (response.destroyed) return gone(response);
    const found = await exporter(session, { ...admitted, event });
    const headers = {
      ...headersOf(route, format, found, spent),
      'x-request-id': request.requestId,
    };
    if ('seal' in found) return sendSealed(exchange, { endpoint, format, headers, lost }, found);
    refuseOtherZone(query['tz'], found.range);
    const lines = linesOf(endpoint, format, await opened(found.parts));
    const packing = packed ? { 'content-encoding': 'gzip' } : {};
    const head = { statusCode: 200, headers: { ...headers, ...packing } };
    return sendLines(exchange, head, lines, { packed, lost });
  });
};

// A function URL knows no routes and fills in none: the path itself is the key.
const keyOf = ({ requestContext, rawPath }: APIGatewayProxyEventV2): string =>
  `${requestContext.http.method} ${rawPath}`;

// At the address of a function URL there are no pages of errors: they are where the API is.
const apiOrigin = (own: string): string => {
  const { apiUrl } = readConfig(['apiUrl']);
  return apiUrl === undefined ? own : new URL(apiUrl).origin;
};

/**
 * Makes the Lambda handler of exports, which stream: through a function URL in the cloud, since API Gateway's HTTP API
 * holds an answer back whole. The token is checked here and nowhere else. No middy here: it hands the body over to a
 * stream that the handler never sees, and a body that nobody takes holds its transaction for ever.
 */
export const exportFunction = <T extends Endpoints>(endpoints: T, exporters: Exporters<T>) => {
  const routes = routesOf(endpoints);
  const answer = async (exchange: Exchange): Promise<Read<Ended>> => {
    const { event } = exchange.request;
    const route = routeOf(routes, keyOf(event));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Exporters<T> has one for every endpoint of T
    const exporter = exporters[route.operation] as unknown as Exporter;
    return stream(exchange, route, exporter);
  };
  return awslambda.streamifyResponse(
    async (event: APIGatewayProxyEventV2, response: Writable, context: Context): Promise<void> => {
      context.callbackWaitsForEmptyEventLoop = false;
      const asked = requestOf(event, context);
      const request = { ...asked, base: apiOrigin(asked.base) };
      const late = new AbortController();
      const timer = setTimeout(
        () => late.abort(tooLong()),
        Math.max(0, context.getRemainingTimeInMillis() - lastMs),
      );
      const exchange = { request, response, late: late.signal };
      try {
        const read = await answer(exchange).catch((error: unknown) => failed(error, request));
        if ('status' in read) return await sendAnswer(exchange, read);
        if (!read.allowed) return await sendAnswer(exchange, refusedFor(request, read));
        if (read.value.broken !== undefined) throw read.value.broken;
      } finally {
        clearTimeout(timer);
      }
    },
  );
};
