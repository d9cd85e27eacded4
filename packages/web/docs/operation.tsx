import { useState } from 'preact/hooks';
import type { Body, Document, Operation, Parameter } from './document.ts';
import { BodyInput } from './body.tsx';
import { Fields } from './fields.tsx';
import { Parameters, type Values } from './parameters.tsx';
import { Samples } from './samples.tsx';
import { Problems, Text } from './text.tsx';
import { Try } from './try.tsx';

const given = (parameters: readonly Parameter[], where: Parameter['in'], values: Values): Values =>
  Object.fromEntries(
    parameters.flatMap(({ name, in: place }) => {
      const value = values[name] ?? '';
      return place === where && value !== '' ? [[name, value]] : [];
    }),
  );

type ShownExample = {
  readonly summary: string;
  readonly values: Values;
  readonly body?: string;
};

// Parameters of one example have the same key.
const examplesOf = (parameters: readonly Parameter[], sent: Body | undefined): ShownExample[] => {
  const found = new Map<string, ShownExample>();
  for (const { name, examples = {} } of parameters)
    for (const [key, { summary, value }] of Object.entries(examples))
      found.set(key, { summary, values: { ...found.get(key)?.values, [name]: String(value) } });
  for (const [key, { summary, value }] of Object.entries(sent?.examples ?? {}))
    found.set(key, {
      summary,
      values: {},
      ...found.get(key),
      body: JSON.stringify(value, null, 2),
    });
  return [...found.values()];
};

/** One operation: what it does, its parameters to fill in, the request to try or to take away, and the answer. */
export const Shown = ({
  document,
  operation,
}: {
  readonly document: Document;
  readonly operation: Operation;
}) => {
  const { id, method, path, summary, description, parameters, body, formats, answer, statuses } =
    operation;
  const [values, setValues] = useState<Values>({});
  const examples = examplesOf(parameters, body);
  const [json, setJson] = useState(examples[0]?.body ?? '');
  const [accept, setAccept] = useState(formats[0] ?? 'application/json');
  const filled = {
    path,
    params: given(parameters, 'path', values),
    query: given(parameters, 'query', values),
    method,
    headers: given(parameters, 'header', values),
    ...(body === undefined ? {} : { body: json }),
  };
  const numeric = new Set(
    parameters.flatMap(({ name, schema }) => (schema.type === 'integer' ? [name] : [])),
  );
  return (
    <article aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {summary}
      </h2>
      <p class="route">
        <b>{method}</b> <code>{path}</code>
      </p>
      <Text of={description} />
      <section aria-labelledby="parameters">
        <h3 id="parameters">Parameters</h3>
        <div class="examples">
          {examples.map((example) => (
            <button
              key={example.summary}
              type="button"
              onClick={() => {
                setValues(example.values);
                setJson(example.body ?? '');
              }}
            >
              {example.summary}
            </button>
          ))}
        </div>
        {parameters.length === 0 ? (
          <p>None.</p>
        ) : (
          <Parameters parameters={parameters} values={values} onValues={setValues} />
        )}
        {body === undefined ? null : (
          <BodyInput document={document} body={body} json={json} onJson={setJson} />
        )}
        {formats.length < 2 ? null : (
          <p>
            <label for="format">Format</label>{' '}
            <select
              id="format"
              value={accept}
              onChange={(event) => setAccept(event.currentTarget.value)}
            >
              {formats.map((format) => (
                <option key={format}>{format}</option>
              ))}
            </select>
          </p>
        )}
      </section>
      <Try filled={filled} accept={accept} />
      <Samples filled={filled} accept={accept} numeric={numeric} />
      {answer === undefined ? null : (
        <section aria-labelledby="answer">
          <h3 id="answer">Answer</h3>
          <Fields document={document} schema={answer} />
        </section>
      )}
      <section aria-labelledby="problems">
        <h3 id="problems">Errors</h3>
        <dl class="statuses">
          {statuses.map((status) => (
            <div key={status}>
              <dt>{status}</dt>
              <dd>
                <Problems
                  of={document.components.responses[`Problem${status}`]?.description ?? ''}
                />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </article>
  );
};
