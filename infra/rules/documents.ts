import type { Graph, Resource } from '../graph/graph.ts';
import { at, jsonOf, listOf, textAt } from './read.ts';

/** A policy, whose it is, and what it states. */
export type Document = {
  readonly resource: Resource;
  readonly text: string;
  readonly statements: readonly unknown[];
};

/** The statements of a policy that is written as JSON. */
export const statementsIn = (policy: string): readonly unknown[] =>
  listOf(at(jsonOf(policy), 'Statement'));

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.includes('"Statement"') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
};

/** Every policy in a graph, wherever it is written: of roles, queues, buckets, keys, topics, and kinds that nobody has thought of. */
export const documentsIn = ({ resources }: Pick<Graph, 'resources'>): readonly Document[] =>
  resources.flatMap((resource) =>
    textsIn(resource.inputs).map((text) => ({ resource, text, statements: statementsIn(text) })),
  );

/** The policies that a role has of its own. */
export const inlineOf = (role: Resource): readonly string[] =>
  listOf(at(role.inputs, 'inlinePolicies')).flatMap((each) => textsIn(at(each, 'policy')));

/** The trust policy of a role. */
export const trustOf = (role: Resource): readonly unknown[] =>
  statementsIn(textAt(role, 'assumeRolePolicy'));
