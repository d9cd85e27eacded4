import { cut } from './capped.ts';
import { isSecretName } from './secret-name.ts';
import { isCard, mark, withoutSecrets } from './text.ts';

const deepest = 32;
const mostValues = 20_000;

type Walk = { left: number };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const withoutValue = (value: unknown): unknown =>
  value === null || value === undefined || typeof value === 'boolean' ? (value ?? null) : mark;

// Two names may become one; both values are kept.
const freeName = (name: string, taken: ReadonlySet<string>): string => {
  const clean = withoutSecrets(name);
  if (!taken.has(clean)) return clean;
  return `${clean} ${taken.size + 1}`;
};

// Headers, cookies and form fields as lists: {name: 'Authorization', value: …}.
const nameFields = new Set(['name', 'key', 'header', 'field', 'param', 'k']);
const valueFields = new Set(['value', 'values', 'val', 'v']);

const isNamedSecret = (fields: readonly (readonly [string, unknown])[]): boolean =>
  fields.some(
    ([name, field]) =>
      nameFields.has(name.toLowerCase()) && typeof field === 'string' && isSecretName(field),
  );

const record = (value: Record<string, unknown>, depth: number, walk: Walk): unknown => {
  const taken = new Set<string>();
  const all = Object.entries(value);
  const entries: [string, unknown][] = [];
  const isPair = isNamedSecret(all);
  for (const [name, field] of all) {
    if (walk.left <= 0) break;
    const kept = freeName(name, taken);
    taken.add(kept);
    walk.left -= 1;
    const isSecret = isSecretName(name) || (isPair && valueFields.has(name.toLowerCase()));
    entries.push([kept, isSecret ? withoutValue(field) : without(field, depth, walk)]);
  }
  const missing = all.length - entries.length;
  return Object.fromEntries(missing === 0 ? entries : [...entries, [cut, missing]]);
};

const list = (value: readonly unknown[], depth: number, walk: Walk): unknown => {
  const kept: unknown[] = [];
  for (const item of value) {
    if (walk.left <= 0) break;
    walk.left -= 1;
    kept.push(without(item, depth, walk));
  }
  const missing = value.length - kept.length;
  return missing === 0 ? kept : [...kept, `${cut} ${missing}`];
};

const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return withoutSecrets(String(value));
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return isCard(String(value)) ? mark : value;
};

const without = (value: unknown, depth: number, walk: Walk): unknown => {
  if (!isRecord(value)) return plain(value);
  if (value instanceof Date) return value.toJSON();
  if (depth === deepest) return cut;
  if (Array.isArray(value)) return list(value, depth + 1, walk);
  return record(value, depth + 1, walk);
};

/**
 * JSON without secrets and personal data: values of secret names become `[redacted]`, whatever they are, and in all texts,
 * names included, what `withoutSecrets` finds. What is nested deeper than 32, and all after 20,000 values, is cut. Null
 * stays null; what JSON cannot hold becomes null. Never throws.
 */
export const redacted = (value: unknown): unknown => without(value, 0, { left: mostValues });

/** A text redacted and then cut to so many characters (UTF-16 units), the last of them `…` when something is missing. */
export const redactedText = (text: string, characters: number): string => {
  const clean = withoutSecrets(text);
  return clean.length <= characters
    ? clean
    : `${clean.slice(0, Math.max(0, characters - 1))}…`.replace(/[\uD800-\uDBFF]…$/, '…');
};

export { capped } from './capped.ts';
