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

/** A parameter of the path or the query, with the values that examples give it. */
export type Parameter = {
  readonly in: 'path' | 'query';
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

type Described = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, Response>>;
};

/** The OpenAPI document that this very API serves. */
export type Document = {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, { readonly get: Described }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
};

/** One operation as it is listed and shown. */
export type Operation = {
  readonly id: string;
  readonly tag: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** Media types of the answer, the usual one first. */
  readonly formats: readonly string[];
  readonly answer: Schema | undefined;
  readonly statuses: readonly string[];
  readonly words: string;
};

/** Every operation of the document, in its order. */
export const operationsOf = ({ paths }: Document): Operation[] =>
  Object.entries(paths).map(([path, { get }]) => {
    const { operationId, tags, summary, description, parameters = [], responses } = get;
    const tag = tags[0] ?? '';
    const content = responses['200']?.content ?? {};
    const named = parameters.map(({ name, description: text }) => `${name} ${text ?? ''}`);
    return {
      id: operationId,
      tag,
      path,
      summary,
      description,
      parameters,
      formats: Object.keys(content),
      answer: content['application/json']?.schema,
      statuses: Object.keys(responses).filter((status) => Number(status) >= 400),
      words: [operationId, tag, path, summary, description, ...named].join(' ').toLowerCase(),
    };
  });

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
