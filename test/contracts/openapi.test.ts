import { describe, expect, test } from 'vitest';
import { operations } from '@rookery/http/api';
import { pathsOf } from '@rookery/http/contract';
import { openApiDocument } from '@rookery/http/openapi';
import { routes } from '../../infra/topology.ts';
import { rules } from './openapi-rules.ts';

type Rules = keyof typeof rules;
type Document = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- fixtures break it anywhere

const document = JSON.parse(JSON.stringify(openApiDocument())) as Document;
const names = Object.keys(rules) as Rules[];

test.each(names)('%s', (name) => {
  expect(rules[name](document)).toEqual([]);
});

const list = (broken: Document): Document => broken['paths']['/v1/campaigns']['get'];
const one = (broken: Document): Document => broken['paths']['/v1/campaigns/{campaign_id}']['get'];
const campaign = (broken: Document): Document => broken['components']['schemas']['Campaign'];
const parameter = (operation: Document, name: string): Document =>
  operation['parameters'].find((each: Document) => each['name'] === name);

// How to break each rule, in the true document.
const breaks: Record<Rules, (broken: Document) => void> = {
  'the version is 3.1': (broken) => (broken['openapi'] = '3.0.3'),
  'info has title, version, description, license and contact': (broken) =>
    delete broken['info'].contact,
  'the license has a URL or an identifier': (broken) => delete broken['info'].license.url,
  'there are servers, without a slash at the end of their path': (broken) =>
    (broken['servers'] = [{ url: 'https://api.example.com/' }]),
  'operation ids are there and unique': (broken) => (one(broken)['operationId'] = 'listCampaigns'),
  'operation ids are camelCase verbs with a noun': (broken) =>
    (one(broken)['operationId'] = 'get_campaign'),
  'operations have exactly one tag': (broken) => (one(broken)['tags'] = []),
  'tags are declared': (broken) => (one(broken)['tags'] = ['Campaign']),
  'declared tags are used, once': (broken) => broken['tags'].push({ name: 'Orphans' }),
  'operations have a summary without a full stop': (broken) =>
    (one(broken)['summary'] = 'One campaign.'),
  'operations have a description': (broken) => delete one(broken)['description'],
  'operations need a token': (broken) => (one(broken)['security'] = [{}]),
  'security schemes are defined': (broken) => (one(broken)['security'] = [{ key: [] }]),
  'operations have a response of success': (broken) => delete one(broken)['responses']['200'],
  'operations say 400, 401, 403, 404, 422 and 429': (broken) =>
    delete one(broken)['responses']['429'],
  'every error is problem+json alone': (broken) =>
    (one(broken)['responses']['404'] = { content: { 'application/json': {} } }),
  'a GET has no body': (broken) => (one(broken)['requestBody'] = {}),
  'paths do not end in a slash': (broken) => (broken['paths']['/v1/campaigns/'] = {}),
  'paths hold no query': (broken) => (broken['paths']['/v1/campaigns?id'] = {}),
  'paths are kebab-case, their parameters snake_case': (broken) =>
    (broken['paths']['/v1/warm_ups/{mailboxId}'] = {}),
  'no two paths mean the same': (broken) => (broken['paths']['/v1/campaigns/{id}'] = {}),
  'parameters of the path are declared once, required, and no others are': (broken) =>
    delete parameter(one(broken), 'campaign_id')['required'],
  'parameters are declared once': (broken) =>
    list(broken)['parameters'].push(parameter(list(broken), 'from')),
  'parameters are snake_case': (broken) => (parameter(list(broken), 'from')['name'] = 'fromDay'),
  'parameters have a description and a schema': (broken) =>
    delete parameter(list(broken), 'from')['description'],
  'a parameter with a default is not required': (broken) =>
    (parameter(list(broken), 'limit')['required'] = true),
  'media types have no parameters': (broken) =>
    (list(broken)['responses']['200'].content['text/csv; header=present'] = {}),
  'references lead somewhere': (broken) =>
    (one(broken)['responses']['404'] = { $ref: '#/components/responses/Problem499' }),
  'components are used': (broken) => (broken['components'].headers.Lost = {}),
  'components of schemas are PascalCase': (broken) =>
    (broken['components'].schemas['campaign_list'] = { type: 'object' }),
  'schemas say their type, or in words that it is any': (broken) =>
    (campaign(broken)['properties'].sent = { minimum: 0 }),
  'required fields exist': (broken) => campaign(broken)['required'].push('nothing'),
  'values of an enum are of its type, and once': (broken) =>
    parameter(list(broken), 'sort')['schema'].enum.push('id'),
  'defaults and limits agree': (broken) =>
    (parameter(list(broken), 'limit')['schema'].default = 501),
  'fields of answers are snake_case': (broken) =>
    (campaign(broken)['properties'].openRate = { type: 'number' }),
  'examples are valid': (broken) =>
    (parameter(list(broken), 'limit')['examples'] = { many: { value: 1_000 } }),
  'a POST and a PATCH say what they take': (broken) => (broken['paths']['/v1/campaigns'].post = {}),
  'descriptions end with a full stop': (broken) => (one(broken)['description'] = 'One campaign'),
  'descriptions hold no HTML': (broken) => (one(broken)['description'] = '<b>One</b> campaign.'),
};

describe('a document that breaks a rule is noticed', () => {
  test.each(names)('%s', (name) => {
    const broken = structuredClone(document);
    breaks[name](broken);

    expect(rules[name](broken)).not.toEqual([]);
  });
});

const inDocument = Object.entries(document['paths'] as Record<string, Document>).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
);

test('the document has every operation of the contract table, and no other', () => {
  const inContract = operations.map(
    ({ operation, endpoint }) => `${endpoint.method.toLowerCase()} ${endpoint.path} ${operation}`,
  );
  expect(inDocument.toSorted()).toEqual(inContract.toSorted());
});

test('every operation of the contract is a route with a token, but for those that take API keys, and there is no other under /v1', () => {
  const routed = routes.filter(({ path }) => path.startsWith('/v1')).map((route) => ({ ...route }));
  const contracted = operations.flatMap(({ endpoint }) =>
    pathsOf(endpoint).map(
      (path) => `${endpoint.method} ${path} ${endpoint.apiKey === undefined ? 'jwt' : 'public'}`,
    ),
  );

  expect(routed.map(({ method, path, auth }) => `${method} ${path} ${auth}`).toSorted()).toEqual(
    contracted.toSorted(),
  );
});

test('every example of the contract that names a parameter is in the document', () => {
  const missing = operations.flatMap(({ endpoint: { path, method, examples } }) =>
    examples.flatMap(({ title, params, query }) =>
      Object.keys({ ...params, ...query }).filter((name) => {
        const given =
          parameter(document['paths'][path][method.toLowerCase()], name)?.['examples'] ?? {};
        return !Object.values<Document>(given).some(({ summary }) => summary === title);
      }),
    ),
  );
  expect(missing).toEqual([]);
});
