import type { Graph } from '../graph/graph.ts';
import { physicalIn } from '../rules/parts.ts';
import type { Rule } from '../rules/rule.ts';
import type { Deployed } from './carried.ts';
import { known, Unjudged } from './unknown.ts';

/** What a rule says of a deployment: its faults, or why it says nothing. */
export type Verdict =
  | { readonly faults: readonly string[] }
  | { readonly lacks: string; readonly isForEver: boolean };

/** Asks a rule; one that meets what is not known says nothing. */
export const verdictOf = ({ faults }: Rule, graph: Graph): Verdict => {
  try {
    return { faults: faults(graph) };
  } catch (error) {
    if (error instanceof Unjudged) return { lacks: error.message, isForEver: error.isForEver };
    throw error;
  }
};

const ofWords = /[\w-]/;

const isWordOf = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = [text.charAt(at - 1), text.charAt(at + word.length)];
    if (!around.some((letter) => ofWords.test(letter))) return true;
  }
  return false;
};

// Which of its properties people know a resource by.
const labels = ['name', 'bucket', 'routeKey'];

const namesOf = ({ name, inputs }: Deployed): readonly string[] =>
  [name, ...labels.map((label) => known(inputs, label))].filter((each) => typeof each === 'string');

const mentioned = (fault: string, resources: readonly Deployed[]): readonly Deployed[] => {
  const found = resources.map((resource) => {
    const names = namesOf(resource).filter((name) => isWordOf(fault, name));
    return { resource, length: Math.max(0, ...names.map((name) => name.length)) };
  });
  const longest = Math.max(1, ...found.map(({ length }) => length));
  return found.filter(({ length }) => length === longest).map(({ resource }) => resource);
};

const kindOf = ({ type }: Deployed): string => (type.split(':').at(-1) ?? '').toLowerCase();

// A queue, the function that consumes it and that function's role may have one name: what tells them apart is the fault, the name
// of the rule, and at last that most of what is said by a name of the topology is said of functions.
const tellApart = (found: readonly Deployed[], fault: string, rule: Rule): readonly Deployed[] => {
  const words = rule.name.split('-');
  const ways: readonly ((each: Deployed) => boolean)[] = [
    ({ type }) => fault.startsWith(type),
    (each) => words.includes(kindOf(each)),
    (each) => kindOf(each) === 'function',
  ];
  const fitting = ways.map((way) => found.filter(way)).find(({ length }) => length === 1);
  return fitting ?? found;
};

/**
 * The resource that a fault of a rule is about: a fault begins with its name, the one in infra/topology.ts, in AWS or in the
 * program. Undefined where no one resource can be told.
 */
export const namedBy = (
  fault: string,
  rule: Rule,
  { app, resources }: { readonly app: Graph['app']; readonly resources: readonly Deployed[] },
): Deployed | undefined => {
  const where = fault.slice(0, fault.indexOf(':'));
  const wanted = new Set([where, physicalIn({ app }, where)]);
  const own = resources.filter((each) => namesOf(each).some((name) => wanted.has(name)));
  const found = tellApart(own.length > 0 ? own : mentioned(fault, resources), fault, rule);
  return found.length === 1 ? found[0] : undefined;
};
