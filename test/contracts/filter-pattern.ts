type Term = { readonly field: string; readonly is: string; readonly wanted: string };

const termOf = (text: string): Term => {
  const [, field, is, wanted] = /^\$\.(\w+) (=|>|<) (".*"|-?\d+)$/.exec(text) ?? [];
  if (field === undefined || is === undefined || wanted === undefined)
    throw new Error(`not a term of a filter pattern that is known here: ${text}`);
  return { field, is, wanted };
};

// A text is compared with a text alone, an asterisk being any; a number with a number alone.
const holds = ({ is, wanted }: Term, value: unknown): boolean => {
  if (wanted.startsWith('"'))
    return is === '=' && typeof value === 'string' && (wanted === '"*"' || wanted === `"${value}"`);
  if (typeof value !== 'number') return false;
  const limit = Number(wanted);
  return is === '=' ? value === limit : is === '>' ? value > limit : value < limit;
};

/** Whether CloudWatch's filter pattern matches a line of a log, of the part of its syntax that infra/aws/log-filters.ts uses. */
export const matches = (pattern: string, line: Readonly<Record<string, unknown>>): boolean => {
  const [, inside] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (inside === undefined) throw new Error(`not a pattern of JSON: ${pattern}`);
  return inside
    .split(' && ')
    .map(termOf)
    .every((term) => holds(term, line[term.field]));
};
