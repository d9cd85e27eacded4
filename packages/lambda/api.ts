// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { problemOf } from '@rookery/http/problem';
import { asError, log } from './log.ts';
import { pack } from './pack.ts';

/** What an endpoint answers: a text under its content type, or an object that becomes JSON. */
export type Answer = {
  readonly status: number;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request as endpoints see it. `base` is the origin that the caller used, such as `https://api.example.com`. */
export type Request = {
  readonly event: APIGatewayProxyEventV2;
  readonly requestId: string;
  readonly base: string;
};

/** The work of an endpoint. */
export type ApiFunction = { readonly handle: (request: Request) => Promise<Answer> };

/** What every answer carries. */
export const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
} as const;

const givenId = /^[\w.:/+=-]{1,128}$/;

/** The caller's own X-Request-Id where it is fit for a header and a log, else Lambda's. */
const requestIdOf = (event: APIGatewayProxyEventV2, context: Context): string => {
  const given = event.headers['x-request-id'];
  return given !== undefined && givenId.test(given) ? given : context.awsRequestId;
};

/** The request of an event. */
export const requestOf = (event: APIGatewayProxyEventV2, context: Context): Request => ({
  event,
  requestId: requestIdOf(event, context),
  base: baseOf(event),
});

const baseOf = ({ headers, requestContext }: APIGatewayProxyEventV2): string =>
  `${headers['x-forwarded-proto'] ?? 'https'}://${requestContext.domainName}`;

/** Logs what is our own fault, whole. */
export const report = (error: unknown, requestId: string): void => {
  log('ERROR', 'request failed', { request_id: requestId, error: asError(error) });
};

/** The answer to a thrown value; what is our own fault is logged whole. */
export const failed = (error: unknown, request: Request): Answer => {
  const answer = problemOf(error, request);
  if (answer.status >= 500) report(error, request.requestId);
  return answer;
};

const textOf = (body: Answer['body']): string =>
  typeof body === 'string' ? body : JSON.stringify(body);

// An answer that does not fit gives way to a problem, and that is short.
const fitting = async (answer: Answer, request: Request) => {
  const accepted = request.event.headers['accept-encoding'];
  try {
    return { answer, packed: await pack(textOf(answer.body), accepted) };
  } catch (error) {
    const problem = failed(error, request);
    return { answer: problem, packed: await pack(textOf(problem.body), accepted) };
  }
};

/**
 * Makes a Lambda handler of an endpoint: JSON out, problem+json on a failure and never an exception, packed with br or
 * gzip where the caller takes it, the request id in every answer; `answer-too-large` instead of one that Lambda refuses.
 */
export const apiFunction = ({ handle }: ApiFunction) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(
    async (event: APIGatewayProxyEventV2, context: Context) => {
      context.callbackWaitsForEmptyEventLoop = false;
      const request = requestOf(event, context);
      const found = await handle(request).catch((error: unknown) => failed(error, request));
      const {
        answer: { status, headers },
        packed: { headers: packing, ...packed },
      } = await fitting(found, request);
      return {
        statusCode: status,
        headers: {
          'content-type': 'application/json',
          vary: 'accept-encoding',
          ...always,
          ...headers,
          ...packing,
          'x-request-id': request.requestId,
        },
        ...packed,
      };
    },
  );
