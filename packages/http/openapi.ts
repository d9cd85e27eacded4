import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { operations } from './api.ts';
import { allowances, cacheControl, pathsOf, type Endpoint } from './contract.ts';
import { contentTypes, type Format } from './format.ts';
import { requestBodyOf } from './openapi-body.ts';
import { complete } from './openapi-parameters.ts';
import { problemSchema } from './problem-schema.ts';
import { problemCodes, problems } from './problems.ts';
import { sentItems } from './streams/streams.ts';

const sentences = {
  'X-Request-Id': 'The one given, or one of ours: tell it when you ask for help.',
  'RateLimit-Limit': 'Requests at once for the tenant in this class.',
  'RateLimit-Remaining': 'Requests left at once.',
  'RateLimit-Reset': 'Seconds until all of them are there again.',
  'Rookery-As-Of': 'When the facts were read, as in `as_of`.',
  'Rookery-Complete-Through': 'As `complete_through`; absent while that is null.',
  ETag: 'Changes when the facts do: for If-None-Match.',
  Link: 'The next page, rel="next"; absent on the last.',
  'Idempotency-Replayed': 'true when this is the answer that the first request with the key got.',
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
] as const satisfies readonly (keyof typeof sentences)[];

const ofReads = [
  'Rookery-As-Of',
  'Rookery-Complete-Through',
] as const satisfies readonly (keyof typeof sentences)[];

// One object for all: whatever shares it shares the component.
const writeHeaders = z.object({
  'Idempotency-Key': z.string().min(1).max(200).optional().meta({
    description:
      'A key of your own for this request, 1 to 200 visible ASCII characters, such as a UUID. Repeat a request under its key as often as you like: it is done once, and every repeat within a day gets the answer of the first.',
  }),
});

const referred = (names: readonly (keyof typeof sentences)[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const successHeaders = (endpoint: Endpoint) => ({
  ...referred(always),
  ...referred(endpoint.method === 'GET' ? ofReads : ['Idempotency-Replayed']),
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

const outcomes = {
  200: 'What was asked for.',
  201: 'What was made.',
  202: 'What was taken, to be done later.',
} as const;

const problemResponses = failures();

const operationOf = (operation: string, endpoint: Endpoint): ZodOpenApiOperationObject => ({
  operationId: operation,
  tags: [endpoint.tag],
  summary: endpoint.summary,
  description: described(endpoint),
  requestParams: {
    path: endpoint.params,
    query: endpoint.query,
    ...(endpoint.method === 'GET' ? {} : { header: writeHeaders }),
  },
  ...(endpoint.body === undefined
    ? {}
    : { requestBody: requestBodyOf(endpoint.body, endpoint.examples) }),
  ...(endpoint.apiKey === undefined ? {} : { security: [{ token: [] }, { apiKey: [] }] }),
  responses: {
    [`${endpoint.status ?? 200}` as const]: {
      description: outcomes[endpoint.status ?? 200],
      headers: successHeaders(endpoint),
      content: contentOf(endpoint),
    },
    ...(endpoint.cache === 'none'
      ? {}
      : { '304': { description: 'Nothing changed since the ETag in If-None-Match.' } }),
    ...problemResponses,
  },
});

const methodOf = ({ method }: Endpoint) =>
  ({ GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const)[method];

const paths = (): ZodOpenApiPathsObject => {
  const found: Record<string, ZodOpenApiPathsObject[string]> = {};
  for (const { operation, endpoint } of operations)
    found[endpoint.path] = {
      ...found[endpoint.path],
      [methodOf(endpoint)]: operationOf(operation, endpoint),
    };
  return found;
};

type Document = ReturnType<typeof createDocument>;

// zod names what refers to itself by a number. All of that is z.json(): any JSON, which needs no schema of six arms.
const withoutNumbers = (document: Document): Document => {
  const text = JSON.stringify(document).replaceAll(
    /"#\/components\/schemas\/__schema\d+"/g,
    '"#/components/schemas/Json"',
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document, with other names in it
  const renamed = JSON.parse(text) as Document;
  const schemas = Object.entries(renamed.components?.schemas ?? {});
  const kept = schemas.filter(([name]) => !name.startsWith('__schema'));
  if (kept.length === schemas.length) return renamed;
  const json = { description: 'Any JSON: a text, a number, true, false, null, a list, an object.' };
  return {
    ...renamed,
    components: { ...renamed.components, schemas: { ...Object.fromEntries(kept), Json: json } },
  };
};

/** The OpenAPI 3.1 document of the whole API, from the contract table. */
export const openApiDocument = (): Document => {
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Rookery',
      version: '1.0.0',
      summary: 'What campaigns, mailboxes, leads and warm-ups did, and what a billing period used.',
      description:
        'Every answer is about one tenant: that of the token or the API key. Days are half-open ranges [from, to) in the zone of the tenant; figures count e-mails on the day they were sent.',
      license: { name: 'Proprietary', url: 'https://penguinmails.example/terms' },
      contact: { name: 'PenguinMails', url: 'https://penguinmails.example/support' },
    },
    servers: [{ url: '/', description: 'Where this document came from.' }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ endpoint }) => endpoint.tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      headers,
      // The body of the door refers to them by name.
      schemas: Object.fromEntries(
        Object.values(sentItems).map((schema) => [schema.meta()?.id ?? '', schema]),
      ),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token with `sub`, `tenant_id` and `role`, by the issuer of the stage.',
        },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Api-Key',
          description: 'A key of a tenant for machines that send data in; its scopes are streams.',
        },
      },
    },
  });
  for (const { endpoint } of operations) {
    const { parameters = [] } = document.paths?.[endpoint.path]?.[methodOf(endpoint)] ?? {};
    complete(parameters, endpoint.examples);
  }
  return withoutNumbers(document);
};
