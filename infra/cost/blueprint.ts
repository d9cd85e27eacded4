import * as topology from '../topology.ts';
import type { Cadence, FunctionSpec, QueueSpec, RouteSpec, StageKind } from '../topology.ts';

/** What the model reads of a topology; names are plain, so that a test can add to them. */
export type Blueprint = {
  readonly functions: Readonly<
    Record<
      string,
      Pick<FunctionSpec, 'memoryMb' | 'database' | 'atOnce'> & { readonly uses: readonly string[] }
    >
  >;
  readonly queues: Readonly<
    Record<string, Omit<QueueSpec, 'function'> & { readonly function: string }>
  >;
  readonly schedules: Readonly<
    Record<
      string,
      { readonly function: string; readonly cadence: Readonly<Record<StageKind, Cadence | 'off'>> }
    >
  >;
  readonly routes: readonly (Pick<RouteSpec, 'path' | 'streaming'> & {
    readonly function: string;
  })[];
  readonly deployment: { readonly function: string };
};

const { functions, queues, schedules, routes, deployment } = topology;

/** The topology of this stack. */
export const blueprint: Blueprint = { functions, queues, schedules, routes, deployment };

/** Whether a function asks the warehouse, or sends to a queue whose consumer does. */
export const wakes = (
  plan: Blueprint,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): boolean => {
  const spec = plan.functions[name];
  if (spec === undefined || seen.has(name)) return false;
  if (spec.database !== undefined || spec.uses.includes('migrate:warehouse')) return true;
  const further = new Set([...seen, name]);
  return Object.entries(plan.queues).some(
    ([queue, consumer]) =>
      spec.uses.includes(`send:${queue}`) && wakes(plan, consumer.function, further),
  );
};
