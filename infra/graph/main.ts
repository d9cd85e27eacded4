// node infra/graph/main.ts '{"stage": "production"}': the whole graph of a stage as JSON, without AWS, Pulumi's CLI or network.
import { join } from 'node:path';
import type * as Pulumi from '@pulumi/pulumi';
import { builder } from './builder.ts';
import { account, region } from './cloud.ts';
import type { Graph, Mutation, Resource } from './graph.ts';
import { asTheCli, load, need } from './load.ts';
import { platform, root, work } from './places.ts';
import { plain } from './plain.ts';
import { record, valueOf } from './record.ts';
import { serveRpc } from './rpc.ts';

type Asked = {
  readonly stage: string;
  readonly isBundling?: boolean;
  readonly mutations?: readonly Mutation[];
};

const { stage, isBundling = false, mutations = [] } = JSON.parse(process.argv[2] ?? '') as Asked;
// Pulumi asks for the stack of every promise that it makes: a third of the time that a graph takes.
Error.stackTraceLimit = 0;

const config = JSON.stringify(join(root, 'sst.config.ts'));

// The two halves of sst.config.ts are evaluated one after the other, as the CLI does: first what the app is.
const { app: asked } = await load(
  `import c from ${config}; export const app = await c.app({ stage: ${JSON.stringify(stage)} });`,
  { before: 'const $config = (c) => c;', plugins: [asTheCli(mutations)] },
);
const app = { removal: 'remove', protect: false, providers: {}, ...(asked as object), stage };

const { builds, build } = builder(isBundling);
const stopRpc = await serveRpc({
  'Runtime.Build': build,
  'Provider.Aws.Bootstrap': () => ({ asset: 'sst-asset', state: 'sst-state' }),
});

const pulumi = need('@pulumi/pulumi') as typeof Pulumi;
const { resources, unknownCalls } = await record(pulumi, stage);
pulumi.runtime.setAllConfig({ 'aws:region': region, 'aws:accountId': account });

const paths = { home: work, root, work, platform };
const { program } = await load(
  `import { run } from ${JSON.stringify(join(platform, 'src/auto/run.ts'))};
   import c from ${config}; export const program = () => run(c.run);`,
  {
    inject: [join(platform, 'src/shim/run.js')],
    define: {
      $app: JSON.stringify(app),
      $dev: 'false',
      $cli: JSON.stringify({ command: 'diff', dev: false, paths, state: { version: {} } }),
    },
    plugins: [asTheCli(mutations)],
  },
);
const outputs = await pulumi.runtime.runInPulumiStack(program as () => Promise<unknown>);
await pulumi.runtime.disconnect();
stopRpc();

const byName = (a: Resource, b: Resource): number => (a.type + a.name < b.type + b.name ? -1 : 1);
const graph: Graph = {
  app: app as unknown as Graph['app'],
  builds: builds.toSorted((a, b) => (a.functionId < b.functionId ? -1 : 1)),
  resources: (plain(resources) as Resource[]).toSorted(byName),
  outputs: plain(await valueOf(pulumi, outputs)),
  unknownCalls,
};
process.stdout.write(JSON.stringify(graph));
