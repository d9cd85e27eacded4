import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { operations } from './api.ts';
import { allowances, cacheControl, pathsOf, type Endpoint } from './contract.ts';
import { contentTypes, type Format } from './format.ts';
import { complete } from './openapi-parameters.ts';
import { problemSchema } from './problem-schema.ts';
import { problemCodes, problems } from './problems.ts';

const sentences = {
  'X-Request-Id': 'The one given, or one of ours: tell it when you ask for help.',
  'RateLimit-Limit': 'Requests at once for the tenant in this class.',
  'RateLimit-Remaining': 'Requests left at once.',
  'RateLimit-Reset': 'Seconds until all of them are there again.',
  'Rookery-As-Of': 'When the facts were read, as in `as_of`.',
  'Rookery-Complete-Through': 'As `complete_through`; absent while that is null.',
  ETag: 'Changes when the facts do: for If-None-Match.',
  Link: 'The next page, rel="next"; absent on the last.',
} as const;

const headerOf = (description: string) => ({ description, schema: { type: 'string' as const } });

const headers = Object.fromEntries(
  Object.entries(sentences).map(([name, sentence]) => [name, headerOf(sentence)]),
);

const always = [
  'X-Request-Id',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Rookery-As-Of',
  'Rookery-Complete-Through',
] as const satisfies readonly (keyof typeof sentences)[];

const referred = (names: readonly (keyof typeof sentences)[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const successHeaders = (endpoint: Endpoint) => ({
  ...referred(always),
  'Cache-Control': headerOf(`How long it may be kept: ${cacheControl[endpoint.cache]}.`),
  ...referred(endpoint.cache === 'none' ? [] : ['ETag']),
  ...referred('next_cursor' in endpoint.response.shape ? ['Link'] : []),
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
          .map((code) => `\`${code}\`: ${problems[code].title}.`)
          .join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
};

// Without parameters: a document names media types, and clients look for them by name.
const mediaTypeOf = (format: Format): string => contentTypes[format].split(';')[0] ?? '';

const contentOf = ({ rows, response, streaming }: Endpoint) => {
  const text = { schema: { type: 'string' as const } };
  return {
    ...(streaming === undefined ? { [mediaTypeOf('json')]: { schema: response } } : {}),
    ...(rows === undefined ? {} : { [mediaTypeOf('csv')]: text, [mediaTypeOf('ndjson')]: text }),
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
export const openApiDocument = () => {
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Rookery',
      version: '1.0.0',
      summary: 'What campaigns, mailboxes, leads and warm-ups did, and what a billing period used.',
      description:
        'Every answer is about one tenant: that of the token. Days are half-open ranges [from, to) in the zone of the tenant; figures count e-mails on the day they were sent.',
      license: { name: 'Proprietary', url: 'https://penguinmails.example/terms' },
      contact: { name: 'PenguinMails', url: 'https://penguinmails.example/support' },
    },
    servers: [{ url: '/', description: 'Where this document came from.' }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ endpoint }) => endpoint.tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      headers,
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
  for (const { endpoint } of operations)
    complete(document.paths?.[endpoint.path]?.get?.parameters ?? [], endpoint.examples);
  return document;
};
