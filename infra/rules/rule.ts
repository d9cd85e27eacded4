import type { Graph, Resource } from '../graph/graph.ts';

/** What must hold of every stage. `faults` names each place where it does not, and what is wrong there. */
export type Rule = {
  /** As the policy pack lists it: `queue-has-dead-letters`. */
  readonly name: string;
  /** What it demands and why, in a sentence. */
  readonly says: string;
  readonly faults: (graph: Graph) => readonly string[];
};

/** The resources of a Pulumi type. */
export const ofType = (graph: Pick<Graph, 'resources'>, type: string): readonly Resource[] =>
  graph.resources.filter((resource) => resource.type === type);
