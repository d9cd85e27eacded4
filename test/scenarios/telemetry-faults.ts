// oxlint-disable typescript/no-unsafe-type-assertion -- what comes over the wire is what the SDK writes
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';

/** What a faulty service did: calls, calls that failed whole, entries it refused in an answer of 200, entries it took. */
export type Tally = {
  calls: number;
  failed: number;
  refusedEntries: number;
  takenEntries: number;
};

/** A service of AWS behind a proxy that fails. */
export type Faulty = {
  readonly url: string;
  readonly tally: Tally;
  /** Which share of calls, and of the entries of the others, fails from now on. */
  readonly setShare: (share: number) => void;
  readonly close: () => Promise<void>;
};

const kinds = ['500', '503', 'throttle', 'before', 'after'] as const;

// xorshift: the same faults in every run.
const chanceFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

type Entry = { readonly Id?: string };
type Batch = { readonly Entries: readonly Entry[] };

// The answer to a batch of which only some entries were passed on, as each service words it.
const merged = (
  target: string,
  all: readonly Entry[],
  refused: ReadonlySet<Entry>,
  text: string,
) => {
  const answer = JSON.parse(text) as { Failed?: object[]; Entries?: object[] };
  if (target.endsWith('SendMessageBatch')) {
    const failed = [...refused].map(({ Id }) => ({
      Id,
      Code: 'InternalError',
      SenderFault: false,
    }));
    return { ...answer, Failed: [...(answer.Failed ?? []), ...failed] };
  }
  const taken = [...(answer.Entries ?? [])];
  const Entries = all.map((entry) =>
    refused.has(entry)
      ? { ErrorCode: 'InternalFailure', ErrorMessage: 'try again' }
      : taken.shift(),
  );
  return { FailedEntryCount: refused.size, Entries };
};

/**
 * Starts a proxy before a service that takes batches (SQS, EventBridge). A share of its calls fails whole, in one of five
 * ways, of which one is a lost answer; and of the calls that pass a share of the entries is refused, in an answer of 200.
 */
export const startFaulty = async (target: string, seed: number): Promise<Faulty> => {
  const chance = chanceFrom(seed);
  const tally: Tally = { calls: 0, failed: 0, refusedEntries: 0, takenEntries: 0 };
  let share = 0;

  const pass = async (request: IncomingMessage, body: Buffer): Promise<Response> => {
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    return fetch(`${target}${request.url ?? '/'}`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    });
  };

  const fail = async (
    kind: (typeof kinds)[number],
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): Promise<void> => {
    if (kind === 'after') {
      tally.takenEntries += (JSON.parse(body.toString()) as Batch).Entries.length;
      await (await pass(request, body)).text();
    }
    if (kind === 'before' || kind === 'after') {
      response.destroy();
      return;
    }
    const type = kind === 'throttle' ? 'ThrottlingException' : 'InternalFailure';
    response.writeHead(kind === '503' ? 503 : kind === '500' ? 500 : 400, {
      'content-type': 'application/x-amz-json-1.0',
    });
    response.end(JSON.stringify({ __type: type, message: 'not now' }));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const name = String(request.headers['x-amz-target']);
    const isBatch = name.endsWith('SendMessageBatch') || name.endsWith('PutEvents');
    let refused = new Set<Entry>();
    let passed = body;
    let all: readonly Entry[] = [];
    if (isBatch) {
      tally.calls += 1;
      if (chance() < share) {
        tally.failed += 1;
        const kind = kinds[Math.floor(chance() * kinds.length)] ?? '500';
        return fail(kind, request, response, body);
      }
      const batch = JSON.parse(body.toString()) as Batch;
      all = batch.Entries;
      refused = new Set(all.filter(() => chance() < share));
      tally.refusedEntries += refused.size;
      tally.takenEntries += all.length - refused.size;
      const Entries = all.filter((entry) => !refused.has(entry));
      passed = Buffer.from(JSON.stringify({ ...batch, Entries }));
      if (Entries.length === 0) {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(merged(name, all, refused, '{}')));
        return;
      }
    }
    const answer = await pass(request, passed);
    const text = await answer.text();
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(refused.size === 0 ? text : JSON.stringify(merged(name, all, refused, text)));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    tally,
    setShare: (wanted) => {
      share = wanted;
    },
    close: () => closeServer(server),
  };
};
