/** A JSON Schema of the document, as far as the page shows it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly default?: string | number;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** A parameter of the path, the query or the head, with the values that examples give it. */
export type Parameter = {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { summary: string; value: string | number }>>;
};

type Response = {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
};

type Shown = { readonly summary: string; readonly value: unknown };

/** What an operation takes beside its parameters: the schema of its JSON, and examples of it by the key of an example. */
export type Body = {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, Shown>>;
};

const methods = ['get', 'post', 'patch', 'delete'] as const;
type Method = (typeof methods)[number];

type Described = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Body>> };
  readonly responses: Readonly<Record<string, Response>>;
};

/** The OpenAPI document that this very API serves. */
export type Document = {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, { readonly [M in Method]?: Described }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
};

/** One operation as it is listed and shown. */
export type Operation = {
  readonly id: string;
  readonly tag: string;
  readonly method: Uppercase<Method>;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  /** Media types of the answer, the usual one first. */
  readonly formats: readonly string[];
  readonly answer: Schema | undefined;
  readonly statuses: readonly string[];
  readonly words: string;
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what toUpperCase does to one of three words
const upper = (method: Method) => method.toUpperCase() as Uppercase<Method>;

const operationOf = (path: string, method: Method, described: Described): Operation => {
  const { operationId, tags, summary, description, parameters = [], responses } = described;
  const tag = tags[0] ?? '';
  const content = (responses['200'] ?? responses['202'])?.content ?? {};
  const named = parameters.map(({ name, description: text }) => `${name} ${text ?? ''}`);
  const words = [operationId, tag, method, path, summary, description, ...named];
  return {
    id: operationId,
    tag,
    method: upper(method),
    path,
    summary,
    description,
    parameters,
    body: described.requestBody?.content['application/json'],
    formats: Object.keys(content),
    answer: content['application/json']?.schema,
    statuses: Object.keys(responses).filter((status) => Number(status) >= 400),
    words: words.join(' ').toLowerCase(),
  };
};

/** Every operation of the document, in its order. */
export const operationsOf = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const described = item[method];
      return described === undefined ? [] : [operationOf(path, method, described)];
    }),
  );

/** The operations in which every word of the text occurs. */
export const matching = (operations: readonly Operation[], text: string): Operation[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter((operation) => words.every((word) => operation.words.includes(word)));
};

/** The schema itself, or the component that it refers to, and its name. */
export const resolve = (document: Document, schema: Schema): { schema: Schema; name?: string } => {
  const name = schema.$ref?.split('/').at(-1);
  const target = name === undefined ? undefined : document.components.schemas[name];
  return name === undefined || target === undefined
    ? { schema }
    : {
        schema: { ...target, ...(schema.description && { description: schema.description }) },
        name,
      };
};

/** Every problem that may be answered: a status, and codes with titles as the document says them. */
export const problemsOf = ({ components }: Document): { status: string; text: string }[] =>
  Object.entries(components.responses).map(([name, { description = '' }]) => ({
    status: name.replace('Problem', ''),
    text: description,
  }));
