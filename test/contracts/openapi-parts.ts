import * as z from 'zod';

/** A JSON object, of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The object, or an empty one for anything else. */
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
/** The list, or an empty one for anything else. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** The text, or an empty one for anything else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An operation and where it is. */
export type Operation = { readonly path: string; readonly method: string; readonly get: Json };

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation of a document. */
export const operationsOf = (document: Json): Operation[] =>
  Object.entries(objectOf(document['paths'])).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).flatMap(([method, get]) =>
      methods.includes(method) ? [{ path, method, get: objectOf(get) }] : [],
    ),
  );

/** The parameters of an operation. */
export const parametersOf = ({ get }: Operation): Json[] => listOf(get['parameters']).map(objectOf);

/** Every value of the document with its place in it, as a JSON pointer. */
export const walk = (value: unknown, place = '#'): { place: string; value: unknown }[] => [
  { place, value },
  ...(isObject(value) || Array.isArray(value)
    ? Object.entries(value).flatMap(([key, each]) =>
        walk(each, `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
      )
    : []),
];

/** The value at a place of the document. */
export const at = (document: Json, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => objectOf(value)[key], document);

/** Every reference of a document. */
export const refsOf = (document: Json): string[] =>
  walk(document).flatMap(({ value }) =>
    isObject(value) && '$ref' in value ? [textOf(value['$ref'])] : [],
  );

/** The responses of an operation by status, references followed. */
export const responsesOf = (document: Json, { get }: Operation): [string, Json][] =>
  Object.entries(objectOf(get['responses'])).map(([status, response]) => {
    const ref = textOf(objectOf(response)['$ref']);
    return [status, objectOf(ref === '' ? response : at(document, ref))];
  });

/** Every schema of a document with its place: they hang under these keys, and in one another. */
export const schemasOf = (document: Json): { place: string; schema: Json }[] =>
  walk(document).flatMap(({ place, value }) =>
    isObject(value) &&
    !place.includes('/examples/') &&
    (/\/(schema|items|additionalProperties)$/.test(place) ||
      /\/(anyOf|allOf|oneOf|properties|components\/schemas)\/[^/]+$/.test(place))
      ? [{ place, schema: value }]
      : [],
  );

/** A validator of a schema: z.fromJSONSchema reads draft 2020-12, as OpenAPI 3.1 does, with components as definitions. */
export const validatorOf = (document: Json, schema: Json): z.ZodType => {
  const definitions = objectOf(objectOf(document['components'])['schemas']);
  const text = JSON.stringify({ ...schema, $defs: definitions }).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  );
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
};

/** The names of the parameters in a path. */
export const namesIn = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The values that occur more than once. */
export const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, i) => values.indexOf(value) !== i)),
];

/** Every description that people read first, with its place. */
export const describedPlaces = (document: Json): { place: string; description: string }[] => [
  ...operationsOf(document).flatMap((operation) => [
    { place: operation.path, description: textOf(operation.get['description']) },
    ...parametersOf(operation).map((parameter) => ({
      place: `${operation.path} ${textOf(parameter['name'])}`,
      description: textOf(parameter['description']),
    })),
    ...responsesOf(document, operation).map(([status, response]) => ({
      place: `${operation.path} ${status}`,
      description: textOf(response['description']),
    })),
  ]),
  { place: 'info', description: textOf(objectOf(document['info'])['description']) },
];
