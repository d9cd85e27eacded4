import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { allowances, cacheControl, type Endpoint, type Endpoints } from '@rookery/http/contract';
import type { Session } from '@rookery/db/pool';
import { refusedFor, spentHeaders } from './allowance.ts';
import { routeOf, routesOf, type Route } from './admit.ts';
import { admitWrite, type AdmittedWrite } from './admit-write.ts';
import { apiFunction, type Answer, type Request } from './api.ts';
import { database, type Purpose } from './database.ts';
import { once, type Done } from './idempotency.ts';

/** What a writer is asked: who asks, the parsed request, and a way into the databases. */
export type WriteAsk<E extends Endpoint> = AdmittedWrite<E> & {
  readonly event: APIGatewayProxyEventV2;
  readonly requestId: string;
  /** Runs `work` in one transaction of the caller's tenant and role, on the pool of a purpose. */
  readonly transaction: <T>(purpose: Purpose, work: (tx: Session) => Promise<T>) => Promise<T>;
};

/** What a writer answers: the body that the contract promises. */
export type Wrote<E extends Endpoint> = { readonly body: z.input<E['response']> };

/** The writer of each endpoint of a function. A writer that throws has changed nothing: its key may be used again. */
export type Writers<T extends Endpoints> = {
  readonly [K in keyof T]: (ask: WriteAsk<T[K]>) => Promise<Wrote<T[K]>>;
};

type AnyWriter = (ask: WriteAsk<Endpoint>) => Promise<Wrote<Endpoint>>;

const writeOne = async (request: Request, route: Route, writer: AnyWriter): Promise<Answer> => {
  const { endpoint, operation } = route;
  const { json, ...admitted } = await admitWrite(request, route);
  const { tenantId, identity, params, query, idempotencyKey } = admitted;
  const { role } = identity;
  const took = await database('api').read(
    { tenantId, role, allowance: allowances[endpoint.rate] },
    async () => null,
  );
  if (!took.allowed) return refusedFor(request, took);
  const work = async (): Promise<Done> => {
    const { body } = await writer({
      ...admitted,
      event: request.event,
      requestId: request.requestId,
      transaction: (purpose, inside) => database(purpose).transaction(inside, { tenantId, role }),
    });
    return { status: endpoint.status ?? 200, body: JSON.stringify(body) };
  };
  const wish = { tenantId, operation, asked: [params, query, json], attempt: randomUUID() };
  const answer: Answer =
    idempotencyKey === null
      ? await work()
      : await once(request, { ...wish, key: idempotencyKey }, work);
  const headers = { 'cache-control': cacheControl.none, ...spentHeaders(took.spent) };
  return { ...answer, headers: { ...headers, ...answer.headers } };
};

/**
 * Makes the Lambda handler of a group of endpoints that change something: checks who asks and the request by the contract,
 * takes it from the tenant's allowance, and has one writer answer it; under an Idempotency-Key once for all its repeats.
 */
export const writeFunction = <T extends Endpoints>(endpoints: T, writers: Writers<T>) => {
  const routes = routesOf(endpoints);
  return apiFunction({
    handle: async (request) => {
      const route = routeOf(routes, request.event.routeKey);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Writers<T> has one for every endpoint of T
      const writer = writers[route.operation] as unknown as AnyWriter;
      return writeOne(request, route, writer);
    },
  });
};
