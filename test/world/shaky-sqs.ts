import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';

/**
 * What goes wrong with a call of SQS: an answer of that status, or a reset, instead of passing it on; a reset instead of the
 * answer; every second entry of a batch refused, in an answer that says 200.
 */
export const sqsFaults = ['500', '503', 'reset', 'lost', 'partial'] as const;

/** One of them. */
export type SqsFault = (typeof sqsFaults)[number];

/** SQS behind a server that lets calls fail. */
export type ShakySqs = {
  readonly endpoint: string;
  /** How many calls failed, by fault. */
  readonly faults: () => Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
};

type Entry = { readonly Id: string };
type Batch = { readonly Entries: readonly Entry[] };

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK's own call is read as what it must be
const batchOf = (body: Buffer): Batch => JSON.parse(String(body)) as Batch;

const passOn = async (endpoint: string, headers: IncomingHttpHeaders, body: Buffer) => {
  const { host: _, connection: __, 'content-length': ___, ...kept } = headers;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: Object.entries(kept).map(([name, value]) => [name, String(value)]),
    body: new Uint8Array(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? 'application/x-amz-json-1.0',
    body: Buffer.from(await response.arrayBuffer()),
  };
};

type Answer = Awaited<ReturnType<typeof passOn>>;

const refusedOf = (entries: readonly Entry[]) =>
  entries.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false, Message: 'told to' }));

const withRefused = (answer: Answer, refused: readonly Entry[]): Answer => {
  const said: object = answer.status === 200 ? JSON.parse(String(answer.body)) : {};
  return { ...answer, body: Buffer.from(JSON.stringify({ ...said, Failed: refusedOf(refused) })) };
};

/** Starts a server in front of SQS; `decide` says what goes wrong with a call of an operation, null for nothing. */
export const startShakySqs = async (
  endpoint: string,
  decide: (operation: string) => SqsFault | null,
): Promise<ShakySqs> => {
  const counts: Record<string, number> = {};
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await buffer(request);
      const operation = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
      const wished = decide(operation);
      const isBatch = operation.endsWith('Batch');
      const fault = wished === 'partial' && !isBatch ? null : wished;
      if (fault !== null) counts[fault] = (counts[fault] ?? 0) + 1;
      if (fault === '500' || fault === '503') response.writeHead(Number(fault)).end('{}');
      else if (fault === 'reset') response.socket?.resetAndDestroy();
      else {
        const said = await (fault === 'partial'
          ? passPart(endpoint, request.headers, body)
          : passOn(endpoint, request.headers, body));
        if (fault === 'lost') response.socket?.resetAndDestroy();
        else response.writeHead(said.status, { 'content-type': said.type }).end(said.body);
      }
    };
    answer().catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    faults: () => counts,
    stop: () => closeServer(server),
  };
};

const passPart = async (endpoint: string, headers: IncomingHttpHeaders, body: Buffer) => {
  const { Entries, ...call } = batchOf(body);
  const taken = Entries.filter((_, n) => n % 2 === 0);
  const rest = Entries.filter((_, n) => n % 2 === 1);
  const part = Buffer.from(JSON.stringify({ ...call, Entries: taken }));
  return withRefused(await passOn(endpoint, headers, part), rest);
};
