import type { Graph, Resource } from '../graph/graph.ts';
import { guarded, Unjudged } from './unknown.ts';

/** What a policy pack is shown of a resource, as far as a graph goes by it. */
export type Shown = {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** What it is made of while it is on its way, and what the cloud made of it afterwards. */
  readonly props: object;
  readonly isProtected: boolean;
};

/** A resource of a deployment: Pulumi names it by its URN. */
export type Deployed = Resource & { readonly urn: string };

const never = (what: string): never => {
  throw new Unjudged(`a deployment does not tell ${what}`, true);
};

const notYet = (what: string): never => {
  throw new Unjudged(what, false);
};

/**
 * What a resource is made of, as a rule may read it. @pulumi/policy hands properties out in a proxy that throws an error of its
 * own at unknown ones; their descriptors are not guarded.
 */
export const read = (name: string, props: object): Resource['inputs'] =>
  guarded(
    Object.fromEntries(
      Object.entries(Object.getOwnPropertyDescriptors(props)).map(([key, each]) => [
        key,
        each.value as unknown,
      ]),
    ),
    name,
  );

const textOf = (props: Resource['inputs'], key: string): string => {
  const value = props[key];
  return typeof value === 'string' ? value : '';
};

const stackType = 'pulumi:pulumi:Stack';

/**
 * A resource that exists, or would: made of `inputs` where they were seen on their way to the cloud. The stack is made of nothing:
 * what there is of it is the outputs of the program.
 */
export const deployed = (
  { type, name, urn, props, isProtected }: Shown,
  dependencies: readonly { readonly type: string; readonly name: string }[],
  inputs: Resource['inputs'] | undefined,
): Deployed => {
  const outputs = read(name, props);
  const after = dependencies.map((each) => `${each.type}::${each.name}`).toSorted();
  return {
    type,
    name,
    urn,
    inputs: inputs === undefined || type === stackType ? outputs : inputs,
    isProtected,
    after,
    get id() {
      return textOf(outputs, 'id');
    },
    get arn() {
      return textOf(outputs, 'arn');
    },
    get isRetained() {
      return never('what it would retain');
    },
  };
};

/** A resource on its way to the cloud, which has neither an id nor an ARN yet. */
export const coming = ({ type, name, urn, props, isProtected }: Shown): Deployed => ({
  type,
  name,
  urn,
  inputs: read(name, props),
  isProtected,
  get id() {
    return notYet(`${name}.id`);
  },
  get arn() {
    return notYet(`${name}.arn`);
  },
  get isRetained() {
    return never('what it would retain');
  },
  get after() {
    return notYet(`what ${name} comes after`);
  },
});

// urn:pulumi:<stage>::<app>::<types>::<name>
const placeOf = (urn: string): { readonly stage: string; readonly name: string } => {
  const [, stage, name] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
  if (stage === undefined || name === undefined) throw new Error(`${urn} is not a URN of Pulumi`);
  return { stage, name };
};

// Pulumi writes what is nested in a provider's configuration as JSON.
const defaultTags = (resources: readonly Deployed[]): unknown => {
  const provider = resources.find(({ type }) => type === 'pulumi:providers:aws');
  const told = provider?.inputs['defaultTags'];
  if (told === undefined) return never('the tags of all resources');
  return typeof told === 'string' ? (JSON.parse(told) as unknown) : told;
};

/**
 * The graph that these resources are. What a deployment does not tell (bundles, what SST does on removal) throws an Unjudged at
 * whoever asks, so that no rule takes its absence for an answer.
 */
export const graphOf = (resources: readonly Deployed[]): Graph => {
  const { stage, name } = placeOf(resources[0]?.urn ?? '');
  const stack = resources.find(({ type }) => type === stackType);
  return {
    app: {
      name,
      stage,
      get removal() {
        return never('what becomes of a stage that is removed');
      },
      get protect() {
        // What SST's own run() adds to the outputs of a program (sst: platform/src/auto/run.ts).
        const told = stack?.inputs['_protect'];
        return typeof told === 'boolean' ? told : never('whether the stage may be removed');
      },
      get providers() {
        return { aws: { defaultTags: defaultTags(resources) } };
      },
    },
    resources,
    get builds() {
      return never('how functions were built');
    },
    get outputs() {
      return stack === undefined ? never('the outputs of its program') : stack.inputs;
    },
    get unknownCalls() {
      return never('what its program asked of providers');
    },
  };
};
