import {
  at,
  describedPlaces,
  listOf,
  namesIn,
  objectOf,
  operationsOf,
  parametersOf,
  refsOf,
  repeated,
  responsesOf,
  schemasOf,
  textOf,
  validatorOf,
  walk,
  isObject,
  type Json,
  type Operation,
} from './openapi-parts.ts';

/** One rule of a linter of OpenAPI: the places where a document breaks it. */
export type Rule = (document: Json) => string[];

const wrongOperations =
  (isWrong: (operation: Operation, document: Json) => boolean): Rule =>
  (document) =>
    operationsOf(document)
      .filter((operation) => isWrong(operation, document))
      .map(({ method, path }) => `${method} ${path}`);

const wrongParameters =
  (isWrong: (parameter: Json) => boolean): Rule =>
  (document) =>
    operationsOf(document).flatMap((operation) =>
      parametersOf(operation)
        .filter(isWrong)
        .map(({ name }) => `${operation.path} ${textOf(name)}`),
    );

const badExamples: Rule = (document) => [
  ...schemasOf(document).flatMap(({ place, schema }) =>
    listOf(schema['examples']).flatMap((example) =>
      validatorOf(document, schema).safeParse(example).success ? [] : [place],
    ),
  ),
  ...operationsOf(document).flatMap((operation) =>
    parametersOf(operation).flatMap((parameter) =>
      Object.entries(objectOf(parameter['examples'])).flatMap(([key, example]) =>
        validatorOf(document, objectOf(parameter['schema'])).safeParse(objectOf(example)['value'])
          .success
          ? []
          : [`${operation.path} ${textOf(parameter['name'])} ${key}`],
      ),
    ),
  ),
];

const badBodies: Rule = (document) =>
  operationsOf(document).flatMap(({ method, path, get }) => {
    const json = objectOf(objectOf(objectOf(get['requestBody'])['content'])['application/json']);
    return Object.entries(objectOf(json['examples'])).flatMap(([key, example]) =>
      validatorOf(document, objectOf(json['schema'])).safeParse(objectOf(example)['value']).success
        ? []
        : [`${method} ${path} ${key}`],
    );
  });

/** The rules that spectral:oas and redocly's recommended set agree on, and some of the house. */
export const rules = {
  'the version is 3.1': (document) =>
    /^3\.1\.\d+$/.test(textOf(document['openapi'])) ? [] : [textOf(document['openapi'])],
  'info has title, version, description, license and contact': (document) => {
    const info = objectOf(document['info']);
    return ['title', 'version', 'description', 'license', 'contact'].filter(
      (name) => info[name] === undefined,
    );
  },
  'the license has a URL or an identifier': (document) => {
    const license = objectOf(objectOf(document['info'])['license']);
    return 'url' in license || 'identifier' in license ? [] : ['license'];
  },
  'there are servers, without a slash at the end of their path': (document) => {
    const urls = listOf(document['servers']).map((server) => textOf(objectOf(server)['url']));
    return urls.length === 0 ? ['servers'] : urls.filter((url) => url !== '/' && url.endsWith('/'));
  },
  'operation ids are there and unique': (document) => {
    const ids = operationsOf(document).map(({ get }) => textOf(get['operationId']));
    return [...repeated(ids), ...ids.filter((id) => id === '')];
  },
  'operation ids are camelCase verbs with a noun': wrongOperations(
    ({ get }) => !/^[a-z]+([A-Z][a-z]*)+$/.test(textOf(get['operationId'])),
  ),
  'operations have exactly one tag': wrongOperations(({ get }) => listOf(get['tags']).length !== 1),
  'tags are declared': wrongOperations(({ get }, document) => {
    const declared = listOf(document['tags']).map((tag) => objectOf(tag)['name']);
    return listOf(get['tags']).some((tag) => !declared.includes(tag));
  }),
  'declared tags are used, once': (document) => {
    const declared = listOf(document['tags']).map((tag) => textOf(objectOf(tag)['name']));
    const used = new Set(operationsOf(document).flatMap(({ get }) => listOf(get['tags'])));
    return [...repeated(declared), ...declared.filter((tag) => !used.has(tag))];
  },
  'operations have a summary without a full stop': wrongOperations(
    ({ get }) => !/[^.]$/.test(textOf(get['summary'])),
  ),
  'operations have a description': wrongOperations(({ get }) => textOf(get['description']) === ''),
  'operations need a token': wrongOperations(({ get }, document) => {
    const wanted = listOf(get['security'] ?? document['security']).map(objectOf);
    return wanted.length === 0 || wanted.some((each) => Object.keys(each).length === 0);
  }),
  'security schemes are defined': (document) => {
    const schemes = objectOf(objectOf(document['components'])['securitySchemes']);
    const asked = [document, ...operationsOf(document).map(({ get }) => get)].flatMap((each) =>
      listOf(each['security']).flatMap((one) => Object.keys(objectOf(one))),
    );
    return asked.filter((name) => !(name in schemes));
  },
  'operations have a response of success': wrongOperations(
    ({ get }) => !Object.keys(objectOf(get['responses'])).some((status) => /^2\d\d$/.test(status)),
  ),
  'operations say 400, 401, 403, 404, 422 and 429': wrongOperations(({ get }) =>
    ['400', '401', '403', '404', '422', '429'].some(
      (status) => !(status in objectOf(get['responses'])),
    ),
  ),
  'every error is problem+json alone': wrongOperations((operation, document) =>
    responsesOf(document, operation).some(
      ([status, { content }]) =>
        /^[45]/.test(status) &&
        Object.keys(objectOf(content)).join() !== 'application/problem+json',
    ),
  ),
  'a GET has no body': wrongOperations(
    ({ method, get }) => method === 'get' && 'requestBody' in get,
  ),
  'paths do not end in a slash': (document) =>
    Object.keys(objectOf(document['paths'])).filter((path) => path.endsWith('/')),
  'paths hold no query': (document) =>
    Object.keys(objectOf(document['paths'])).filter((path) => path.includes('?')),
  'paths are kebab-case, their parameters snake_case': (document) =>
    Object.keys(objectOf(document['paths'])).filter(
      (path) => !/^(\/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z]+(_[a-z]+)*\}))+$/.test(path),
    ),
  'no two paths mean the same': (document) =>
    repeated(
      Object.keys(objectOf(document['paths'])).map((path) => path.replaceAll(/\{\w+\}/g, '{}')),
    ),
  'parameters of the path are declared once, required, and no others are': wrongOperations(
    (operation) => {
      const declared = parametersOf(operation).filter((each) => each['in'] === 'path');
      const names = declared.map(({ name }) => textOf(name));
      return (
        names.toSorted().join() !== namesIn(operation.path).toSorted().join() ||
        declared.some(({ required }) => required !== true)
      );
    },
  ),
  'parameters are declared once': wrongOperations(
    (operation) =>
      repeated(
        parametersOf(operation).map((each) => `${textOf(each['in'])} ${textOf(each['name'])}`),
      ).length > 0,
  ),
  'parameters are snake_case': wrongParameters(
    // Headers have manners of their own.
    ({ in: place, name }) =>
      place !== 'header' && !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(textOf(name)),
  ),
  'parameters have a description and a schema': wrongParameters(
    ({ description, schema }) => textOf(description) === '' || !isObject(schema),
  ),
  'a parameter with a default is not required': wrongParameters(
    ({ required, schema }) => required === true && 'default' in objectOf(schema),
  ),
  'media types have no parameters': wrongOperations((operation, document) =>
    responsesOf(document, operation).some(([, { content }]) =>
      Object.keys(objectOf(content)).some((type) => type.includes(';')),
    ),
  ),
  'references lead somewhere': (document) =>
    refsOf(document).filter((ref) => !ref.startsWith('#/') || at(document, ref) === undefined),
  'components are used': (document) => {
    const used = new Set(refsOf(document));
    return Object.entries(objectOf(document['components']))
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, parts]) =>
        Object.keys(objectOf(parts)).map((name) => `#/components/${kind}/${name}`),
      )
      .filter((ref) => !used.has(ref));
  },
  'components of schemas are PascalCase': (document) =>
    Object.keys(objectOf(objectOf(document['components'])['schemas'])).filter(
      (name) => !/^([A-Z][a-z0-9]*)+$/.test(name),
    ),
  'schemas say their type, or in words that it is any': (document) =>
    schemasOf(document)
      .filter(
        ({ schema }) =>
          // What may be anything says so in words.
          textOf(schema['description']) === '' &&
          Object.keys(schema).length > 0 &&
          !['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'const', 'enum'].some(
            (key) => key in schema,
          ),
      )
      .map(({ place }) => place),
  'required fields exist': (document) =>
    schemasOf(document)
      .filter(({ schema }) =>
        listOf(schema['required']).some(
          (name) => !(textOf(name) in objectOf(schema['properties'])),
        ),
      )
      .map(({ place }) => place),
  'values of an enum are of its type, and once': (document) =>
    schemasOf(document)
      .filter(({ schema }) => {
        const values = listOf(schema['enum']);
        const wanted = schema['type'] === 'integer' ? 'number' : schema['type'];
        return (
          repeated(values.map(String)).length > 0 ||
          (typeof wanted === 'string' && values.some((value) => typeof value !== wanted))
        );
      })
      .map(({ place }) => place),
  'defaults and limits agree': (document) =>
    schemasOf(document)
      .filter(
        ({ schema }) =>
          'default' in schema &&
          !validatorOf(document, schema).safeParse(schema['default']).success,
      )
      .map(({ place }) => place),
  'fields of answers are snake_case': (document) =>
    schemasOf(document)
      .flatMap(({ schema }) => Object.keys(objectOf(schema['properties'])))
      .filter((name) => !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)),
  'examples are valid': (document) => [...badExamples(document), ...badBodies(document)],
  'a POST and a PATCH say what they take': wrongOperations(
    ({ method, get }) => ['post', 'patch'].includes(method) && !('requestBody' in get),
  ),
  'descriptions end with a full stop': (document) =>
    describedPlaces(document)
      .filter(({ description }) => description !== '' && !description.trimEnd().endsWith('.'))
      .map(({ place }) => place),
  'descriptions hold no HTML': (document) =>
    walk(document).flatMap(({ place, value }) =>
      place.endsWith('/description') && /<\/?[a-z]+>/.test(textOf(value)) ? [place] : [],
    ),
} as const satisfies Readonly<Record<string, Rule>>;
