// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { Failure, type FailureKind } from '@rookery/kernel/failure';
import { asError, log } from './log.ts';

/** What an endpoint answers; the body becomes JSON. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The work of an endpoint. */
export type ApiFunction = { readonly handle: (event: APIGatewayProxyEventV2) => Promise<Answer> };

const statuses = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  unavailable: 503,
} as const satisfies Record<FailureKind, number>;

const titles = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

/** The answer to a thrown value, as RFC 9457 says. Above 499 it holds no message: that is for the log. */
export const problem = (error: unknown, requestId: string): APIGatewayProxyStructuredResultV2 => {
  const status = error instanceof Failure ? statuses[error.kind] : 500;
  const code = error instanceof Failure ? error.code : 'internal';
  const detail = error instanceof Failure && status < 500 ? { detail: error.message } : {};
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      type: `urn:rookery:problem:${code}`,
      title: titles[status],
      status,
      ...detail,
      code,
      request_id: requestId,
    }),
  };
};

/** Makes a Lambda handler of an endpoint: JSON out, problem+json on a failure, never an exception. */
export const apiFunction = ({ handle }: ApiFunction) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .before(({ context }) => {
      context.callbackWaitsForEmptyEventLoop = false;
    })
    .onError((request) => {
      const { error, context } = request;
      const answer = problem(error, context.awsRequestId);
      if ((answer.statusCode ?? 500) >= 500)
        log().error('request failed', {
          request_id: context.awsRequestId,
          error: asError(error),
        });
      request.response = answer;
    })
    .handler(async (event: APIGatewayProxyEventV2, _context: Context) => {
      const { status, body, headers } = await handle(event);
      return {
        statusCode: status,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      };
    });
