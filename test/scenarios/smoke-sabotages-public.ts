import {
  at,
  all,
  preflight,
  signed,
  both,
  less,
  without,
  json,
  problem,
  serverError,
  html,
  exported,
  type Row,
} from './smoke-breaks.ts';

type Document = { readonly info: object; readonly paths: Record<string, object> };

/** What may be wrong with what everybody sees of a stage, or with all of it. */
export const publicSabotages: readonly Row[] = [
  {
    title: 'a route of a read is not in the gateway',
    fails: ['routes', 'functions'],
    sabotage: { on: at('/v1/leads'), coming: problem(404, 'route-unknown') },
  },
  {
    title: 'a route of a change is not in the gateway',
    fails: ['routes', 'functions'],
    sabotage: {
      on: ({ method, path }) => method === 'PATCH' && path.startsWith('/v1/errors/'),
      coming: problem(405, 'method-not-allowed'),
    },
  },
  {
    title: 'a suffix of a list is not in the gateway',
    fails: ['routes'],
    sabotage: { on: at('/v1/campaigns.ndjson'), coming: problem(404, 'route-unknown') },
  },
  {
    title: 'the gateway may not call a function',
    fails: ['functions'],
    sabotage: { on: both(signed, at('/v1/leads')), coming: serverError },
  },
  {
    title: 'a function that only changes things fails at its start',
    fails: ['functions'],
    sabotage: {
      on: both(signed, ({ method, path }) => method !== 'GET' && path.includes('smoke_test')),
      coming: serverError,
    },
  },
  {
    title: 'the database is too slow',
    patienceMs: 3_000,
    fails: ['health'],
    sabotage: {
      on: at('/health'),
      coming: (coming) => ({
        ...coming,
        status: 503,
        body: '{"status":"unavailable","database":"database-too-slow"}',
      }),
    },
  },
  {
    title: 'health says nothing of the database',
    patienceMs: 3_000,
    fails: ['health'],
    sabotage: { on: at('/health'), coming: (coming) => ({ ...coming, body: '{"status":"ok"}' }) },
  },
  {
    title: 'an older version is deployed',
    fails: ['openapi'],
    sabotage: {
      on: at('/openapi.json'),
      coming: json((document: Document) => ({
        ...document,
        paths: Object.fromEntries(Object.entries(document.paths).slice(1)),
      })),
    },
  },
  {
    title: 'a newer version is deployed',
    fails: ['openapi'],
    sabotage: {
      on: at('/openapi.json'),
      coming: json(({ paths, ...rest }: Document) => ({
        ...rest,
        paths: { ...paths, '/v1/new': { get: {} } },
      })),
    },
  },
  {
    title: 'a description differs and no path does',
    fails: ['openapi'],
    sabotage: {
      on: at('/openapi.json'),
      coming: json((document: Document) => ({ ...document, info: { title: 'Crow' } })),
    },
  },
  {
    title: 'the document is of Swagger 2',
    fails: ['openapi'],
    sabotage: {
      on: at('/openapi.json'),
      coming: json((document: Document) => ({ ...document, openapi: '2.0' })),
    },
  },
  {
    title: 'the documentation is gone',
    fails: ['docs'],
    sabotage: { on: at('/docs'), coming: problem(404, 'route-unknown') },
  },
  {
    title: 'an unknown path is answered by somebody else, as HTML',
    fails: ['unknown path'],
    sabotage: { on: at('/v1/smoke-test-of-no-path'), coming: html },
  },
  {
    title: 'the page of a problem is not there',
    fails: ['unknown path'],
    sabotage: { on: ({ path }) => path.startsWith('/docs/errors/'), coming: html },
  },
  {
    title: 'the id of a request is lost on the way',
    fails: ['headers'],
    sabotage: { on: all, going: without('x-request-id') },
  },
  {
    title: 'a security header is taken away',
    fails: ['headers'],
    sabotage: { on: at('/health'), coming: less('strict-transport-security') },
  },
  {
    title: 'the status page fails',
    fails: ['status page'],
    sabotage: { on: ({ path }) => path.startsWith('/status/'), coming: serverError },
  },
  {
    title: 'browsers may not send a token',
    fails: ['cors'],
    sabotage: {
      on: both(preflight, at('/v1/overview')),
      coming: (coming) => ({
        ...coming,
        headers: { ...coming.headers, 'access-control-allow-headers': 'content-type' },
      }),
    },
  },
  {
    title: 'browsers may not read etag',
    fails: ['cors'],
    sabotage: { on: at('/health'), coming: less('access-control-expose-headers') },
  },
  {
    title: 'a function URL knows no CORS',
    fails: ['cors'],
    sabotage: { on: both(preflight, exported), coming: problem(405, 'method-not-allowed') },
  },
];
