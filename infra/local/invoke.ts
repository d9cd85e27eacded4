import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { describe, Failure } from '@rookery/kernel/failure';
import { installAwsLambda, isStreaming, Streamed } from './stream.ts';

/** The account and region of everything local; both are made up, and both are what the SDK shows in ARNs. */
export const account = '000000000000';
export const region = 'eu-west-1';

const timeoutCode = 'function-timed-out';

/** What of a function the invoker needs to know. */
export type Invocable = {
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
};

/** A Lambda handler as a file exports it. */
export type Handler = (event: unknown, context: Context) => unknown;

/** A handler that `awslambda.streamifyResponse` has marked. */
type StreamingHandler = (event: unknown, stream: Streamed['stream'], context: Context) => unknown;

/**
 * Runs a function by name on an event and resolves with its result, as a synchronous Lambda invoke would.
 * A streaming function resolves with a `Streamed` as soon as it runs; reading it is what lets it go on.
 */
export type Invoke<Name extends string> = (name: Name, event: unknown) => Promise<unknown>;

const fromFile =
  (root: string) =>
  async ({ handler }: Invocable): Promise<Handler> => {
    const module: unknown = await import(pathToFileURL(join(root, handler)).href);
    if (
      typeof module === 'object' &&
      module !== null &&
      'handler' in module &&
      typeof module.handler === 'function'
    )
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return module.handler as Handler;
    throw new Failure('missing', 'handler-missing', `${handler} does not export a handler`);
  };

const contextOf = (name: string, spec: Invocable, deadline: number): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:${name}`,
  memoryLimitInMB: String(spec.memoryMb),
  awsRequestId: randomUUID(),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`,
  getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  done: () => {},
  fail: () => {},
  succeed: () => {},
});

type Run = (call: (context: Context) => unknown) => Promise<unknown>;

const startStream = (handler: StreamingHandler, event: unknown, run: Run): Streamed => {
  const streamed = new Streamed();
  run(async (context) => {
    await handler(event, streamed.stream, context);
    // Lambda also waits for a stream that the handler left to itself.
    await finished(streamed.stream);
  }).then(
    () => streamed.settle(),
    (error: unknown) => {
      const reason = error instanceof Error ? error : new Error(describe(error));
      // What failed by itself writes no more; what timed out has to be stopped.
      if (reason instanceof Failure && reason.code === timeoutCode) streamed.abort(reason);
      else streamed.settle(reason);
    },
  );
  return streamed;
};

/** The invoker, and how many invocations are running. */
export type Invoker<Name extends string> = {
  readonly invoke: Invoke<Name>;
  readonly running: () => number;
};

/** Where handlers come from: their files, unless `load` says otherwise. */
export type InvokerOptions<Name extends string> = {
  readonly functions: Readonly<Record<Name, Invocable>>;
  readonly root: string;
  readonly load?: (spec: Invocable) => Promise<Handler>;
};

/**
 * Invokes handlers in this process, importing each on its first use and enforcing its timeout.
 * A function that timed out cannot be killed here as Lambda would: its result is ignored.
 */
export const createInvoker = <Name extends string>({
  functions,
  root,
  load = fromFile(root),
}: InvokerOptions<Name>): Invoker<Name> => {
  installAwsLambda();
  const loaded = new Map<Name, Promise<Handler>>();
  let count = 0;
  const invoke: Invoke<Name> = async (name, event) => {
    const spec = functions[name];
    const loading = loaded.get(name) ?? load(spec);
    loaded.set(name, loading);
    // A failed import is tried again on the next call, as a new Lambda environment would.
    const handler = await loading.catch((error: unknown) => {
      loaded.delete(name);
      throw error;
    });
    const timeoutMs = spec.timeoutSeconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const text = `Task timed out after ${spec.timeoutSeconds.toFixed(2)} seconds`;
        reject(new Failure('unavailable', timeoutCode, `${name}: ${text}`));
      }, timeoutMs);
    });
    const run = async (call: (context: Context) => unknown): Promise<unknown> => {
      count += 1;
      try {
        const context = contextOf(name, spec, performance.now() + timeoutMs);
        return await Promise.race([call(context), timedOut]);
      } finally {
        count -= 1;
        clearTimeout(timer);
      }
    };
    if (!isStreaming(handler)) return run((context) => handler(event, context));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mark says what its parameters are
    return startStream(handler as unknown as StreamingHandler, event, run);
  };
  return { invoke, running: () => count };
};
