// A plain process that runs bundles one after another, each in an environment of its own and nothing else in it. It is
// told which as JSON, and writes what became of them as JSON. `alone.test.ts` starts it.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { createInvoker, type Handler, type Invocable } from '../../infra/local/invoke.ts';
import { Streamed } from '../../infra/local/stream.ts';

/** A bundle, all of its environment, and the events that it is invoked with. */
export type Task = {
  readonly spec: Invocable;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly events: readonly unknown[];
};

/** What a bundle logged, and what it answered or failed with, an event each. */
export type Ran = {
  readonly handler: string;
  readonly said: string;
  readonly answers: readonly string[];
};

const load = createRequire(import.meta.url);

// A failure says less of itself as JSON than it knows.
const told = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const cause = error.cause === undefined ? '' : ` < ${told(error.cause)}`;
  return `threw ${error.name}${code}: ${error.message}${cause}`;
};

const read = async (answer: unknown): Promise<string> => {
  if (!(answer instanceof Streamed)) return JSON.stringify(answer) ?? 'nothing';
  const chunks: Buffer[] = [];
  for await (const chunk of answer.bytes()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const run = async ({ spec, file, env, events }: Task): Promise<Ran> => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  // As new as a container is: a bundle keeps its pools and clients.
  delete load.cache[file];
  Object.assign(process.env, env);
  const { invoke } = createInvoker({
    functions: { it: spec },
    root: '/',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- test/contracts/bundle.test.ts proves it
    load: () => Promise.resolve((load(file) as { handler: Handler }).handler),
  });
  const said: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (line: string | Uint8Array) => said.push(String(line)) > 0;
  const answers: string[] = [];
  try {
    for (const event of events) answers.push(await invoke('it', event).then(read).catch(told));
  } finally {
    process.stdout.write = write;
  }
  return { handler: spec.handler, said: said.join(''), answers };
};

const ran: Ran[] = [];
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own test wrote it
for (const task of JSON.parse(await text(process.stdin)) as Task[]) ran.push(await run(task));
// Pools and sockets of what ran would keep the process.
process.stdout.write(JSON.stringify(ran), () => process.exit());
