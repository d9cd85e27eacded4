/** A request as it is filled in: the path of the contract, and what goes into it and behind it. */
export type Filled = {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** GET where it is not given. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON that is sent along. */
  readonly body?: string;
};

// encodeURIComponent leaves the apostrophe, which would end a quoted text of a shell.
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/** Path and query of a request, encoded; what is not filled in keeps its braces. */
export const targetOf = ({ path, params, query }: Filled): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined || value === '' ? whole : encoded(value);
  });
  const pairs = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
};

const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The request as a line for a POSIX shell, with the token in $TOKEN. `accept` is said where it is not JSON. */
export const curlOf = (base: string, filled: Filled, accept = 'application/json'): string => {
  const { method = 'GET', headers = {}, body } = filled;
  const lines = [
    `curl -H "Authorization: Bearer $TOKEN"`,
    ...(accept === 'application/json' ? [] : [`-H 'Accept: ${accept}'`]),
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${inShell(`${name}: ${value}`)}`),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `--data-raw ${inShell(body)}`]),
    `'${base}${targetOf(filled)}'`,
  ];
  return lines.join(' \\\n  ');
};

const quoted = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;

const literal = (values: Readonly<Record<string, string>>, numeric: ReadonlySet<string>): string =>
  `{ ${Object.entries(values)
    .map(([name, value]) => `${name}: ${numeric.has(name) ? Number(value) : quoted(value)}`)
    .join(', ')} }`;

// Names of headers have hyphens.
const named = (values: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(values)
    .map(([name, value]) => `${quoted(name)}: ${quoted(value)}`)
    .join(', ')} }`;

/** The request as a call of createRookery's client; the parameters in `numeric` are numbers there. */
export const callOf = (filled: Filled, numeric: ReadonlySet<string> = new Set()): string => {
  const { method = 'GET', headers = {}, body } = filled;
  const parts = [
    ...(Object.keys(filled.params).length === 0
      ? []
      : [`path: ${literal(filled.params, numeric)}`]),
    ...(Object.keys(filled.query).length === 0 ? [] : [`query: ${literal(filled.query, numeric)}`]),
    ...(Object.keys(headers).length === 0 ? [] : [`header: ${named(headers)}`]),
  ];
  const lines = [
    ...(parts.length === 0 ? [] : [`  params: { ${parts.join(', ')} },`]),
    ...(body === undefined ? [] : [`  body: ${body.replaceAll('\n', '\n  ')},`]),
  ];
  const init = lines.length === 0 ? '' : `, {\n${lines.join('\n')}\n}`;
  return `const { data, error } = await rookery.${method}(${quoted(filled.path)}${init});`;
};
