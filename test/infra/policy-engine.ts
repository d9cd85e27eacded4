import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Graph } from '../../infra/graph/graph.ts';
import { loadWire, type Client, type Message } from './policy-wire.ts';

/** What a policy says of a resource. */
export type Diagnostic = {
  readonly policyname: string;
  readonly message: string;
  readonly urn: string;
  readonly enforcementlevel: number;
};

/** What a pack says, and which policies it says do not apply. */
export type Said = {
  readonly diagnosticsList: readonly Diagnostic[];
  readonly notApplicableList: readonly { readonly policyName: string; readonly reason: string }[];
};

/** What a pack says it judges. */
export type PackInfo = {
  readonly policiesList: readonly {
    readonly name: string;
    readonly description: string;
    readonly enforcementlevel: number;
  }[];
};

/** As Pulumi counts them. */
export const levels = { advisory: 0, mandatory: 1 } as const;

// As the script pulumi-analyzer-policy of Pulumi 3.215 finds what starts a pack, and with the arguments of its engine.
const starter = `exec node "$(node -p "require.resolve('@pulumi/pulumi/cmd/run-policy-pack')")" "$@"`;
const args = ['-c', starter, 'pulumi-analyzer-policy', '127.0.0.1:1', '.'];

// What SST adds to the environment of Pulumi.
const env = {
  PATH: process.env['PATH'],
  NODE_OPTIONS: '--enable-source-maps --no-deprecation --no-warnings',
};

const start = async (folder: string) => {
  const child = spawn('/bin/sh', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the pack ended: ${complaint}`);
  });
  const [port] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [
    string,
  ];
  return { port: Number(port), stop: () => child.kill() };
};

/** Starts a policy pack and asks it, as Pulumi's engine does in one preview or one deployment. */
export const startPack = async (folder: string) => {
  const { nothing, coming, there, clientOf } = loadWire();
  const { port, stop } = await start(folder);
  const client = clientOf(port);

  const ask = <T>(call: Exclude<keyof Client, 'close'>, request: Message) =>
    new Promise<T>((resolve, reject) => {
      client[call](request, (error, answer) => {
        if (error === null) resolve(answer.toObject() as T);
        else reject(error);
      });
    });

  return {
    info: () => ask<PackInfo>('getAnalyzerInfo', nothing),
    /** What is said of each resource before it is made. */
    before: async (graph: Graph): Promise<readonly Diagnostic[]> => {
      const requests = graph.resources.map((each) => coming(graph, each));
      const said = await Promise.all(requests.map((each) => ask<Said>('analyze', each)));
      return said.flatMap(({ diagnosticsList }) => diagnosticsList);
    },
    /** What is said at the end. */
    after: (graph: Graph) => ask<Said>('analyzeStack', there(graph)),
    stop: () => {
      client.close();
      stop();
    },
  };
};
