import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { rulesSchema, sectionNames, type RulesFile } from './rules-schema.ts';

type Path = readonly (string | number)[];
type Fault = { readonly at: number; readonly text: string };

const mostFaults = 20;

const written = (path: Path): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('');

// Where a path is in the text; of one that is not there, where the nearest thing around it is.
const placeOf = (document: Document, path: Path, key?: string): number => {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node)) continue;
    const pair =
      isMap(node) && key !== undefined
        ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
    const found = pair !== undefined && isNode(pair.key) ? pair.key : node;
    return found.range?.[0] ?? 0;
  }
  return 0;
};

const isIndexOrName = (part: PropertyKey): part is string | number => typeof part !== 'symbol';

const missing = /expected \w+, received undefined/;

const faultsOf = (document: Document, { issues }: z.ZodError): Fault[] =>
  issues.flatMap(({ path: given, message, ...issue }) => {
    const path = given.filter(isIndexOrName);
    const at = (key?: string) => placeOf(document, path, key);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        at: at(key),
        text: `${written([...path, key])} is not a field here`,
      }));
    const said = missing.test(message) ? 'is missing' : message;
    return [{ at: at(), text: `${written(path)} ${said}`.trimStart() }];
  });

const refuse = (name: string, lines: LineCounter, faults: readonly Fault[]): Failure => {
  const told = faults
    .toSorted((a, b) => a.at - b.at)
    .slice(0, mostFaults)
    .map(({ at, text }) => `${name}:${lines.linePos(at).line}: ${text}`);
  const more = faults.length - told.length;
  if (more > 0) told.push(`and ${more} more`);
  return new Failure('invalid', 'rules-file-invalid', `correct these:\n${told.join('\n')}`);
};

// Aliases that multiply are an attack, or an accident that looks like one.
const valueOf = (name: string, document: Document): unknown => {
  try {
    return document.toJS({ maxAliasCount: 1_000 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('invalid', 'rules-file-invalid', `${name}: ${why}`, { cause });
  }
};

/**
 * Reads a text of YAML by a schema; fails with `rules-file-invalid`, naming the line and the path of every fault. `twice`
 * finds the paths of what may not be there a second time.
 */
export const readYaml = <S extends z.ZodType>(
  { name, text }: { readonly name: string; readonly text: string },
  schema: S,
  twice: (value: z.output<S>) => readonly Path[] = () => [],
): z.output<S> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0)
    throw refuse(
      name,
      lines,
      wrong.map(({ pos, message }) => ({ at: pos[0], text: message })),
    );
  const parsed = schema.safeParse(valueOf(name, document));
  if (!parsed.success) throw refuse(name, lines, faultsOf(document, parsed.error));
  const again = twice(parsed.data);
  if (again.length === 0) return parsed.data;
  throw refuse(
    name,
    lines,
    again.map((path) => ({ at: placeOf(document, path), text: `${written(path)} is there twice` })),
  );
};

const idsTwice = (file: RulesFile): Path[] =>
  sectionNames.flatMap((section) => {
    const ids = file[section].map(({ id }) => id);
    return ids.flatMap((id, at) => (ids.indexOf(id) < at ? [[section, at, 'id']] : []));
  });

/** Reads a file of rules; fails with `rules-file-invalid`. */
export const readRulesFile = (file: { readonly name: string; readonly text: string }): RulesFile =>
  readYaml(file, rulesSchema, idsTwice);
