import type { Graph, Resource } from '../../infra/graph/graph.ts';
import { types } from '../../infra/rules/parts.ts';

/** What is done to a sound graph so that a rule must complain; it fails when the graph has nothing to do it to. */
export type Sabotage = (graph: Graph) => Graph;

type Type = keyof typeof types | `${string}:${string}`;

const typeOf = (type: Type): string =>
  Object.entries(types).find(([key]) => key === type)?.[1] ?? type;

const changed =
  (type: Type, name: string, change: (resource: Resource) => readonly Resource[]): Sabotage =>
  (graph) => {
    const isIt = (each: Resource) => each.type === typeOf(type) && each.name === name;
    if (!graph.resources.some(isIt)) throw new Error(`the graph has no ${type} ${name}`);
    const resources = graph.resources.flatMap((each) =>
      isIt(each) ? change(structuredClone(each)) : [each],
    );
    return { ...graph, resources };
  };

const put = (target: object, path: string, value: unknown): void => {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let here = target;
  for (const key of keys) here = Reflect.get(here, key) as object;
  if (value === undefined) Reflect.deleteProperty(here, last);
  else Reflect.set(here, last, value);
};

/** Sets what lies at a path of a resource's inputs, or takes it away when no value is given. */
export const set = (type: Type, name: string, path: string, value?: unknown): Sabotage =>
  changed(type, name, (resource) => {
    put(resource.inputs, path, value);
    return [resource];
  });

/** Sets what Pulumi knows of a resource beside its inputs. */
export const mark = (type: Type, name: string, marks: Partial<Resource>): Sabotage =>
  changed(type, name, (resource) => [{ ...resource, ...marks }]);

/** Takes a resource away. */
export const drop = (type: Type, name: string): Sabotage => changed(type, name, () => []);

/** Adds another like a resource, under another name and with other inputs. */
export const another = (type: Type, name: string, inputs: object = {}): Sabotage =>
  changed(type, name, (resource) => [
    resource,
    {
      ...resource,
      name: `${name}Again`,
      id: `${resource.id}-again`,
      arn: `${resource.arn}-again`,
      inputs: { ...resource.inputs, ...inputs },
    },
  ]);

/** Changes a text wherever it is in the inputs of a resource, policies and other JSON in texts included. */
export const swap = (type: Type, name: string, from: string, to: string): Sabotage =>
  changed(type, name, (resource) => {
    const walk = (value: unknown): unknown => {
      if (typeof value === 'string') return value.replaceAll(from, to);
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(walk);
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
    };
    const inputs = walk(resource.inputs) as Resource['inputs'];
    if (JSON.stringify(inputs) === JSON.stringify(resource.inputs))
      throw new Error(`${name} has no ${from}`);
    return [{ ...resource, inputs }];
  });

/** Sets what lies at a path of the graph itself. */
export const setGraph =
  (path: string, value: unknown): Sabotage =>
  (graph) => {
    const draft = { ...graph, app: structuredClone(graph.app) };
    put(draft, path, value);
    return draft;
  };

/** Gives a role one more statement. */
export const allow = (role: string, statement: object): Sabotage =>
  changed('role', role, (resource) => {
    const policies = resource.inputs['inlinePolicies'] as { name: string; policy: string }[];
    const policy = JSON.parse(policies[0]!.policy) as { Statement: object[] };
    policy.Statement.push({ Effect: 'Allow', ...statement });
    return [
      {
        ...resource,
        inputs: {
          ...resource.inputs,
          inlinePolicies: [{ name: 'uses', policy: JSON.stringify(policy) }],
        },
      },
    ];
  });
