import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { allowances, type Endpoint, type Endpoints } from '@rookery/http/contract';
import { csvOf } from '@rookery/http/csv';
import { decodeCursor, encodeCursor } from '@rookery/http/cursor';
import { etagOf, matches } from '@rookery/http/etag';
import { columnsOf } from '@rookery/http/flatten';
import { chooseFormat, contentTypes, type Format } from '@rookery/http/format';
import { ndjsonOf } from '@rookery/http/ndjson';
import type { Session, Spent } from '@rookery/db/pool';
import { refusedFor } from './allowance.ts';
import { admit, routeOf, routesOf, type Admitted, type Route } from './admit.ts';
import { apiFunction, type Answer, type Request } from './api.ts';
import { database } from './database.ts';
import { readHeaders, stampsOf, type Fresh } from './stamps.ts';
import { refuseOtherZone, refuseUnknownZone, type Covered } from './zone.ts';

/** What a reader is asked: who asks, the parsed request, and the keys of the last row of the page before. */
export type Ask<E extends Endpoint> = Admitted<E> & {
  readonly after: readonly (string | number)[] | null;
  readonly event: APIGatewayProxyEventV2;
};

type Stamped = 'as_of' | 'complete_through' | 'next_cursor' | 'range';

/** What a reader found: the answer without its stamps; `next` holds the keys of the last row when there are more. */
export type Found<E extends Endpoint> = {
  readonly body: Omit<z.input<E['response']>, Stamped>;
  readonly fresh: Fresh;
  readonly range?: Covered;
  readonly next?: readonly (string | number)[] | null;
};

/** The reader of each endpoint of a function. */
export type Readers<T extends Endpoints> = {
  readonly [K in keyof T]: (session: Session, ask: Ask<T[K]>) => Promise<Found<T[K]>>;
};

const linkTo = ({ event, base }: Request, cursor: string): string => {
  const query = new URLSearchParams(event.rawQueryString);
  query.set('cursor', cursor);
  return `<${base}${event.rawPath}?${query.toString()}>; rel="next"`;
};

const rowsOf = (body: object): readonly object[] => {
  const data: unknown = 'data' in body ? body.data : undefined;
  return Array.isArray(data) ? data : [];
};

// `text` is the JSON of what lasts, already written for the validator: writing 90 buckets a second time was a tenth of the
// CPU of an answer (2026-11). Only lists have rows, and only they were offered in the other formats.
const textOf = (
  format: Format,
  endpoint: Endpoint,
  { lasting, text, stamps }: { lasting: object; text: string; stamps: object },
): string => {
  if (format === 'json' || endpoint.rows === undefined)
    return `${text.slice(0, -1)},${JSON.stringify(stamps).slice(1)}`;
  if (format === 'ndjson') return ndjsonOf(rowsOf(lasting));
  return csvOf(columnsOf(endpoint.rows), rowsOf(lasting));
};

type AnyReader = (session: Session, ask: Ask<Endpoint>) => Promise<Found<Endpoint>>;

// The stamps change from read to read and the facts do not: they are left out of the validator and stand in headers.
const answerOf = (
  request: Request,
  { endpoint, operation }: Route,
  format: Format,
  spent: Spent,
  found: Found<Endpoint>,
  nextCursor: string | null | undefined,
): Answer => {
  const { body, fresh, range } = found;
  const { since, ...facts }: { readonly since?: unknown } = body;
  const lasting = {
    ...facts,
    ...(range === undefined ? {} : { range }),
    ...(nextCursor === undefined ? {} : { next_cursor: nextCursor }),
  };
  // Where a window up to now begins moves with every read, as the stamps do.
  const stamps = { ...(since === undefined ? {} : { since }), ...stampsOf(fresh) };
  const text = JSON.stringify(lasting);
  const etag = etagOf([operation, request.event.rawPath, format, text]);
  const headers = {
    ...readHeaders(endpoint, fresh, spent),
    ...(nextCursor === undefined || nextCursor === null
      ? {}
      : { link: linkTo(request, nextCursor) }),
    ...(endpoint.cache === 'none' ? {} : { etag }),
  };
  if (endpoint.cache !== 'none' && matches(request.event.headers['if-none-match'], etag))
    return { status: 304, body: '', headers };
  return {
    status: 200,
    body: textOf(format, endpoint, { lasting, text, stamps }),
    headers: { ...headers, 'content-type': contentTypes[format] },
  };
};

const readOne = async (request: Request, route: Route, reader: AnyReader): Promise<Answer> => {
  const { event } = request;
  const { endpoint, operation, suffix } = route;
  const admitted = await admit(request, route);
  const { identity, tenantId, params, query } = admitted;
  refuseUnknownZone(query['tz']);
  const format = chooseFormat({
    accept: event.headers['accept'],
    suffix,
    offered: endpoint.rows === undefined ? ['json'] : undefined,
  });
  const { limit: _limit, cursor, ...filters } = query;
  const chosen = { operation, tenantId, ...params, ...filters };
  const start = typeof cursor === 'string' ? decodeCursor(cursor, chosen) : undefined;
  const ask: Ask<Endpoint> = {
    ...admitted,
    // A page goes on in the range where the first one began, also past midnight.
    query: start === undefined ? query : { ...query, ...start.range },
    after: start?.keys ?? null,
    event,
  };
  const read = await database('api').read(
    { tenantId, role: identity.role, allowance: allowances[endpoint.rate] },
    async (session) => reader(session, ask),
  );
  if (!read.allowed) return refusedFor(request, read);
  const { value: found, spent } = read;
  refuseOtherZone(query['tz'], found.range);
  const { next, range } = found;
  const nextCursor =
    next === undefined || next === null
      ? next
      : encodeCursor({ filters: chosen, keys: next, range });
  return answerOf(request, route, format, spent, found, nextCursor);
};

/**
 * Makes the Lambda handler of a group of endpoints: checks the token and the role, parses the request by the contract,
 * reads as one tenant in one transaction, and answers in the format asked for.
 */
export const readFunction = <T extends Endpoints>(endpoints: T, readers: Readers<T>) => {
  const routes = routesOf(endpoints);
  return apiFunction({
    handle: async (request) => {
      const route = routeOf(routes, request.event.routeKey);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Readers<T> has one for every endpoint of T
      const reader = readers[route.operation] as unknown as AnyReader;
      return readOne(request, route, reader);
    },
  });
};
