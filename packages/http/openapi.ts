import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { operations } from './api.ts';
import { allowances, cacheControl, pathsOf, type Endpoint } from './contract.ts';
import { contentTypes } from './format.ts';
import { problemSchema } from './problem.ts';
import { problemCodes, problems } from './problems.ts';

const header = (description: string) => ({ description, schema: { type: 'string' as const } });

const successHeaders = (endpoint: Endpoint) => ({
  'X-Request-Id': header('The one given, or one of ours: tell it when you ask for help.'),
  'Rookery-As-Of': header('When the facts were read, as in `as_of`.'),
  'Rookery-Complete-Through': header('As `complete_through`; absent while that is null.'),
  'RateLimit-Limit': header('Requests at once for the tenant in this class.'),
  'RateLimit-Remaining': header('Requests left at once.'),
  'RateLimit-Reset': header('Seconds until all of them are there again.'),
  'Cache-Control': header(cacheControl[endpoint.cache]),
  ...(endpoint.cache === 'none'
    ? {}
    : { ETag: header('Changes when the facts do: for If-None-Match.') }),
  ...(endpoint.rows === undefined
    ? {}
    : { Link: header('The next page, rel="next"; absent on the last.') }),
});

// What a read can be answered with, by status; the codes of one status share a response.
const failures = (): ZodOpenApiOperationObject['responses'] => {
  const statuses = [...new Set(problemCodes.map((code) => problems[code].status))].toSorted(
    (a, b) => a - b,
  );
  return Object.fromEntries(
    statuses.map((status) => [
      `${status}` as const,
      {
        id: `Problem${status}`,
        description: problemCodes
          .filter((code) => problems[code].status === status)
          .map((code) => `\`${code}\`: ${problems[code].title}`)
          .join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
};

const contentOf = ({ rows, response }: Endpoint) => {
  const text = { schema: { type: 'string' as const } };
  return {
    [contentTypes.json]: { schema: response },
    ...(rows === undefined ? {} : { [contentTypes.csv]: text, [contentTypes.ndjson]: text }),
  };
};

const described = (endpoint: Endpoint): string => {
  const { perMinute, burst } = allowances[endpoint.rate];
  const others = pathsOf(endpoint).slice(1);
  return [
    endpoint.description,
    ...(others.length === 0
      ? []
      : [
          `The format is chosen by Accept, or by the path: ${others.map((path) => `\`${path}\``).join(', ')}.`,
        ]),
    `For the roles ${endpoint.roles.join(', ')}; ${perMinute} requests a minute and ${burst} at once for a tenant.`,
  ].join('\n\n');
};

const problemResponses = failures();

const operationOf = (operation: string, endpoint: Endpoint): ZodOpenApiOperationObject => ({
  operationId: operation,
  tags: [endpoint.tag],
  summary: endpoint.summary,
  description: described(endpoint),
  requestParams: { path: endpoint.params, query: endpoint.query },
  responses: {
    '200': {
      description: 'What was asked for.',
      headers: successHeaders(endpoint),
      content: contentOf(endpoint),
    },
    ...(endpoint.cache === 'none'
      ? {}
      : { '304': { description: 'Nothing changed since the ETag in If-None-Match.' } }),
    ...problemResponses,
  },
});

const paths = (): ZodOpenApiPathsObject =>
  Object.fromEntries(
    operations.map(({ operation, endpoint }) => [
      endpoint.path,
      { get: operationOf(operation, endpoint) },
    ]),
  );

/** The OpenAPI 3.1 document of the whole API, from the contract table. */
export const openApiDocument = () =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Rookery',
      version: '1.0.0',
      summary: 'What campaigns, mailboxes, leads and warm-ups did, and what a billing period used.',
      description:
        'Every answer is about one tenant: that of the token. Days are half-open ranges [from, to) in the zone of the tenant; figures count e-mails on the day they were sent.',
      license: { name: 'Proprietary', url: 'https://penguinmails.example/terms' },
    },
    servers: [{ url: '/', description: 'Where this document came from.' }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ endpoint }) => endpoint.tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token with `sub`, `tenant_id` and `role`, by the issuer of the stage.',
        },
      },
    },
  });
