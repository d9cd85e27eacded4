import type { Graph } from '../graph/graph.ts';
import { environmentOf } from './functions.ts';
import { titleOf, types } from './parts.ts';
import { ofType, type Rule } from './rule.ts';

const isSecret = (variable: string): boolean =>
  /DATABASE_URL|_KEY$|_TOKEN$/.test(variable) && !/^(SST_|SIGN_KEY|SEAL_KEY)/.test(variable);

// Of a login the password alone is as good as the whole.
const partsOf = (value: string): readonly string[] => {
  const password = URL.parse(value)?.password ?? '';
  return password === '' ? [value] : [value, password];
};

// Each secret's value, and under which variables functions have it.
const valuesIn = (graph: Graph): ReadonlyMap<string, string> =>
  new Map(
    ofType(graph, types.function).flatMap((one) =>
      environmentOf(one).flatMap(([variable, value]) =>
        isSecret(variable) && typeof value === 'string'
          ? partsOf(value).map((part) => [part, variable] as const)
          : [],
      ),
    ),
  );

// What SST keeps of a secret lies in its encrypted state; everything else of the graph can be read by who may look at AWS.
const whereElse = (graph: Graph): readonly (readonly [string, string])[] => [
  ...graph.resources
    .filter(({ type }) => !type.startsWith('sst:'))
    .map((resource) => {
      const inputs = structuredClone(resource.inputs) as Record<string, unknown>;
      if (resource.type === types.function) delete inputs['environment'];
      return [titleOf(resource), JSON.stringify(inputs)] as const;
    }),
  ['the outputs', JSON.stringify(graph.outputs) ?? ''],
];

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

const nowhereElse: Rule = {
  name: 'secret-is-in-environments-only',
  says: 'the value of a secret is in the environment of who needs it, and in no description, input, policy, tag or output',
  faults: (graph) => {
    const places = whereElse(graph);
    return [...valuesIn(graph)].flatMap(([value, variable]) =>
      places
        .filter(([, text]) => text.includes(quoted(value)))
        .map(([where]) => `${where}: shows ${variable}`),
    );
  },
};

const oneName: Rule = {
  name: 'secret-has-one-name',
  says: 'a secret is not given to a function under another name, where no list of who needs what would show it',
  faults: (graph) => {
    const values = valuesIn(graph);
    return ofType(graph, types.function).flatMap((one) =>
      environmentOf(one).flatMap(([variable, value]) => {
        const [, owner = variable] =
          [...values].find(([secret]) => typeof value === 'string' && value.includes(secret)) ?? [];
        return owner === variable ? [] : [`${titleOf(one)}: ${variable} holds ${owner}`];
      }),
    );
  },
};

/** Where the values of secrets are. */
export const secretRules: readonly Rule[] = [nowhereElse, oneName];
