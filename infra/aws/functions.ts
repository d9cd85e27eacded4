import { functions, schedules, type FunctionName, type FunctionSpec } from '../topology.ts';
import { logical, physical } from './names.ts';
import { logging, policyOf, textMessages, trust, type Allowed } from './policy.ts';
import type { Stage } from './stage.ts';
import { statementsOf, type Arns } from './statements.ts';
import { variablesOf, type Variable } from './variables.ts';

type Text = $util.Input<string>;

/** What functions are made of: the values of variables, the ARNs of what they use, and the schema that they may count on. */
export type Ground = {
  readonly stage: Stage;
  readonly at: { readonly region: Text; readonly account: Text };
  readonly values: Readonly<Partial<Record<Variable, Text | undefined>>>;
  readonly arns: Arns<Text>;
  /** Where the firings of schedules go that a function failed at for good. */
  readonly failedFirings: Text;
  /** The last migration that was applied. Without it a function that logs in is not made: new code never meets an old schema. */
  readonly schema?: Text;
};

// As test/contracts/bundle.ts bundles them too. Names are not kept: they cost a read function 6.6 of its 120 KB.
const nodejs = {
  format: 'cjs',
  minify: true,
  esbuild: { keepNames: false, target: 'node24', mainFields: ['module', 'main'] },
} satisfies sst.aws.FunctionArgs['nodejs'];

const hour = 3_600;

const environmentOf = (spec: FunctionSpec, { values, schema }: Ground): Record<string, Text> => {
  const found = variablesOf(spec).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const counted =
    spec.database === undefined || schema === undefined
      ? []
      : [['WAREHOUSE_SCHEMA', schema] as const];
  return Object.fromEntries([...found, ...counted]);
};

const retriesOf = (name: FunctionName): number | undefined =>
  Object.values(schedules).find((each) => each.function === name)?.retries;

const allowedTo = (name: FunctionName, spec: FunctionSpec, ground: Ground): readonly Allowed[] => [
  logging(physical(name), ground.at),
  ...spec.uses.flatMap((use) => statementsOf(use, ground.arns)),
  ...textMessages(spec.uses),
  ...(retriesOf(name) === undefined
    ? []
    : [{ actions: ['sqs:SendMessage'], resources: [ground.failedFirings] }]),
];

// Lambda itself retries what a schedule started, for six hours at most; a firing that it gives up is kept.
const keepFailed =
  (failedFirings: Text) =>
  (args: aws.lambda.FunctionEventInvokeConfigArgs): undefined => {
    args.maximumEventAgeInSeconds = 6 * hour;
    args.destinationConfig = { onFailure: { destination: failedFirings } };
  };

/** Makes a function of the topology: what it is, what it finds in its environment, what it may do, and for whom. */
export const makeFunction = (
  name: FunctionName,
  ground: Ground,
  more: Partial<sst.aws.FunctionArgs> = {},
): sst.aws.Function => {
  const spec: FunctionSpec = functions[name];
  const { stage } = ground;
  const retries = retriesOf(name);
  return new sst.aws.Function(logical(name), {
    name: physical(name),
    description: `${stage.name}: ${spec.handler}`,
    handler: spec.handler.replace(/\.ts$/, '.handler'),
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    timeout: `${spec.timeoutSeconds} seconds`,
    memory: `${spec.memoryMb} MB`,
    logging: { format: 'json', retention: stage.logs },
    environment: environmentOf(spec, ground),
    // Of a preview the gateway's throttle is enough, which stands before all but what has a URL of its own.
    concurrency:
      (stage.isReserved || more.url !== undefined) && spec.atOnce !== undefined
        ? { reserved: spec.atOnce }
        : undefined,
    nodejs,
    ...(retries === undefined ? {} : { retries }),
    ...more,
    transform: {
      eventInvokeConfig: keepFailed(ground.failedFirings),
      role: (args) => {
        args.assumeRolePolicy = trust('lambda');
        args.managedPolicyArns = [];
        args.inlinePolicies = [{ name: 'uses', policy: policyOf(allowedTo(name, spec, ground)) }];
      },
    },
  });
};

/** The functions of a stage by name, the one that migrates not among them. */
export type Functions = Readonly<Record<Exclude<FunctionName, 'migrate'>, sst.aws.Function>>;
