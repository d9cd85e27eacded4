import type * as Pulumi from '@pulumi/pulumi';
import { answers, madeOf } from './cloud.ts';
import type { Resource } from './graph.ts';

// What a request to register a resource says beyond what mocks are told (pulumi: sdk/proto/resource.proto).
type Request = {
  readonly getType: () => string;
  readonly getName: () => string;
  readonly getProtect: () => boolean;
  readonly getRetainondelete: () => boolean;
  readonly getDependenciesList: () => string[];
};
type Options = Pick<Resource, 'isProtected' | 'isRetained' | 'after'>;

const key = (type: string, name: string): string => `${type}::${name}`;

// urn:pulumi:<stack>::<project>::<type>$<type>::<name>
const nameOfUrn = (urn: string): string => {
  const [type = '', name = ''] = urn.split('::').slice(-2);
  return key(type.split('$').at(-1) ?? type, name);
};

const optionsOf = (request: Request): Options => ({
  isProtected: request.getProtect(),
  isRetained: request.getRetainondelete(),
  after: request.getDependenciesList().map(nameOfUrn).toSorted(),
});

/**
 * Lets a program run against nothing and keeps every resource that it asks for, with the options that it asks it with. Both lists
 * fill while the program runs.
 */
export const record = async (pulumi: typeof Pulumi, stage: string) => {
  const resources: Resource[] = [];
  const unknownCalls: string[] = [];
  const options = new Map<string, Options>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const { id, arn, state } = madeOf(type, name, inputs as Record<string, unknown>);
        const asked = options.get(key(type, name));
        const { isProtected = false, isRetained = false, after = [] } = asked ?? {};
        resources.push({
          type,
          name,
          inputs: inputs as Resource['inputs'],
          id,
          arn,
          isProtected,
          isRetained,
          after,
        });
        return { id, state };
      },
      call: ({ token, inputs }): Record<string, unknown> => {
        const answer = answers[token];
        if (answer === undefined) unknownCalls.push(token);
        return { ...(answer?.(inputs as Record<string, unknown>) ?? inputs) };
      },
    },
    'rookery',
    stage,
    false,
  );
  const { getMonitor } = pulumi.runtime as unknown as {
    getMonitor: () => { registerResource: (request: Request, ...rest: unknown[]) => unknown };
  };
  const monitor = getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...rest) => {
    options.set(key(request.getType(), request.getName()), optionsOf(request));
    return register(request, ...rest);
  };
  return { resources, unknownCalls };
};

/** What outputs of a program come to. */
export const valueOf = (pulumi: typeof Pulumi, outputs: unknown): Promise<unknown> =>
  new Promise((resolve) => {
    pulumi.output(outputs as object).apply(resolve);
  });
