import { useState } from 'preact/hooks';
import { resolve, type Document, type Schema } from './document.ts';
import { Line } from './text.tsx';

type Inner = { readonly schema: Schema; readonly text: string; readonly isNullable: boolean };

const plain = ({ type, format, enum: values, const: only }: Schema): string => {
  if (only !== undefined) return JSON.stringify(only);
  if (values !== undefined)
    return values.length > 8 ? `${values.length} values` : values.join(' | ');
  const name = typeof type === 'string' ? type : (type?.filter((each) => each !== 'null')[0] ?? '');
  return format === undefined ? name : `${name}, ${format}`;
};

// What a reader sees of a schema: arrays and "or null" are words, objects can be opened.
const innerOf = (document: Document, given: Schema): Inner => {
  const { schema, name } = resolve(document, given);
  const arms = schema.anyOf?.filter((arm) => arm.type !== 'null') ?? [];
  if (arms.length === 1 && arms[0] !== undefined)
    return { ...innerOf(document, arms[0]), isNullable: true };
  if (schema.items !== undefined) {
    const items = innerOf(document, schema.items);
    return { ...items, text: `list of ${items.text}`, isNullable: false };
  }
  if (arms.length > 1) return { schema, text: `any of ${arms.length}`, isNullable: false };
  const isNullable = Array.isArray(schema.type) && schema.type.includes('null');
  const text = schema.properties === undefined ? plain(schema) : (name ?? 'object');
  return { schema, text, isNullable };
};

type FieldProps = {
  readonly document: Document;
  readonly name: string;
  readonly schema: Schema;
  readonly isOptional: boolean;
  readonly open: boolean;
};

const Field = ({ document, name, schema, isOptional, open }: FieldProps) => {
  const [isOpen, setOpen] = useState(open);
  const inner = innerOf(document, schema);
  const description = schema.description ?? resolve(document, schema).schema.description;
  const head = (
    <>
      <code class="name">{name}</code>{' '}
      <span class="type">
        {inner.text}
        {inner.isNullable ? ' or null' : ''}
        {isOptional ? ', optional' : ''}
      </span>
      {description === undefined ? null : (
        <span class="what">
          {' '}
          <Line of={description} />
        </span>
      )}
    </>
  );
  if (inner.schema.properties === undefined && armsOf(document, inner.schema).length === 0)
    return <li>{head}</li>;
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{head}</summary>
        {isOpen ? <Fields document={document} schema={inner.schema} /> : null}
      </details>
    </li>
  );
};

// Of several kinds of object each can be opened, under the name of its component.
const armsOf = (document: Document, { anyOf = [] }: Schema): [string, Schema][] =>
  anyOf.flatMap((arm): [string, Schema][] => {
    const { name } = resolve(document, arm);
    return name === undefined ? [] : [[name, arm]];
  });

/** The fields of an object as a tree: objects in it open on demand, lists of rows are open. */
export const Fields = ({
  document,
  schema: given,
}: {
  readonly document: Document;
  readonly schema: Schema;
}) => {
  const { schema } = resolve(document, given);
  return (
    <ul class="fields">
      {[...Object.entries(schema.properties ?? {}), ...armsOf(document, schema)].map(
        ([name, field]) => (
          <Field
            key={name}
            document={document}
            name={name}
            schema={field}
            isOptional={schema.properties !== undefined && schema.required?.includes(name) !== true}
            open={name === 'data'}
          />
        ),
      )}
    </ul>
  );
};
