import type { Parameter } from './document.ts';
import { Line } from './text.tsx';

/** What is typed into the parameters of an operation; empty is not sent. */
export type Values = Readonly<Record<string, string>>;

const facts = ({ in: place, required, schema }: Parameter): string =>
  [
    place,
    schema.enum === undefined ? String(schema.type ?? '') : '',
    schema.format ?? '',
    required === true ? 'required' : '',
    schema.default === undefined ? '' : `default ${schema.default}`,
    schema.type === 'integer' && schema.minimum !== undefined
      ? `${schema.minimum} to ${schema.maximum}`
      : '',
  ]
    .filter(Boolean)
    .join(', ');

const placeholderOf = ({ schema, required }: Parameter): string => {
  if (schema.format === 'date') return 'YYYY-MM-DD';
  if (schema.default !== undefined) return String(schema.default);
  return required === true ? 'required' : '';
};

const Input = ({
  parameter,
  value,
  onValue,
}: {
  readonly parameter: Parameter;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) => {
  const { name, schema, required } = parameter;
  const id = `p-${name}`;
  if (schema.enum !== undefined)
    return (
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">
          {schema.default === undefined ? '—' : `${schema.default} (default)`}
        </option>
        {schema.enum.map((each) => (
          <option key={each} value={String(each)}>
            {each}
          </option>
        ))}
      </select>
    );
  return (
    <input
      id={id}
      value={value}
      required={required === true}
      inputMode={schema.type === 'integer' ? 'numeric' : 'text'}
      placeholder={placeholderOf(parameter)}
      autocomplete="off"
      spellcheck={false}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
};

/** The parameters of an operation, each with its type, default and description, to be filled in. */
export const Parameters = ({
  parameters,
  values,
  onValues,
}: {
  readonly parameters: readonly Parameter[];
  readonly values: Values;
  readonly onValues: (values: Values) => void;
}) => (
  <table class="parameters">
    <thead>
      <tr>
        <th scope="col">Parameter</th>
        <th scope="col">Value</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      {parameters.map((parameter) => (
        <tr key={parameter.name}>
          <th scope="row">
            <label for={`p-${parameter.name}`}>
              <code>{parameter.name}</code>
            </label>
            <div class="type">{facts(parameter)}</div>
          </th>
          <td>
            <Input
              parameter={parameter}
              value={values[parameter.name] ?? ''}
              onValue={(value) => onValues({ ...values, [parameter.name]: value })}
            />
          </td>
          <td>
            <Line of={parameter.description ?? ''} />
            {parameter.schema.enum === undefined ? null : (
              <div class="type">one of {parameter.schema.enum.join(', ')}</div>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
