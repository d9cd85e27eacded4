import { Writable } from 'node:stream';
import { Failure } from '@rookery/kernel/failure';

// Names and bytes as in AWS's own Node runtime client; handlers and wrappers look for exactly these.
const streamingMark = Symbol.for('aws.lambda.runtime.handler.streaming');
const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** The content type that says: a JSON prelude and eight NUL bytes come before the body. */
export const preludeType = 'application/vnd.awslambda.http-integration-response';

/** What stands between the prelude and the body. */
export const delimiter: Uint8Array = new Uint8Array(8);

type Write = (chunk: unknown) => void;
type Taken = (error?: Error | null) => void;

/** The stream that a streaming handler writes its response to. */
class ResponseStream extends Writable {
  contentType = 'application/octet-stream';
  _onBeforeFirstWrite: ((write: Write) => void) | undefined;
  readonly #open: (chunk: Buffer, taken: Taken) => void;
  #started = false;

  constructor(open: (chunk: Buffer, taken: Taken) => void) {
    super();
    this.#open = open;
  }

  setContentType(contentType: string): void {
    if (this.#started) throw new Error('Cannot set content-type, too late.');
    this.contentType = contentType;
  }

  // The hook runs on write only, not on end: a handler that only ends sends no prelude in the cloud either.
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    if (!this.#started) {
      this.#started = true;
      this._onBeforeFirstWrite?.((first) => super.write(first));
    }
    const isBytes = typeof chunk === 'string' || chunk instanceof Uint8Array;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- passes on what the caller gave
    return super.write(isBytes ? chunk : JSON.stringify(chunk), ...(rest as [BufferEncoding]));
  }

  override _write(chunk: Buffer, _: BufferEncoding, taken: Taken): void {
    this.#open(chunk, taken);
  }

  // Many short writes, as rows are, become one chunk.
  override _writev(writes: { chunk: Buffer }[], taken: Taken): void {
    this.#open(Buffer.concat(writes.map(({ chunk }) => chunk)), taken);
  }
}

const awslambda = {
  streamifyResponse: <H extends object>(handler: H, options?: { highWaterMark?: number }): H =>
    Object.assign(handler, {
      [streamingMark]: 'response',
      ...(options?.highWaterMark === undefined ? {} : { [highWaterMark]: options.highWaterMark }),
    }),
  HttpResponseStream: {
    from: (stream: ResponseStream, prelude: object): ResponseStream => {
      stream.setContentType(preludeType);
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(prelude));
        write(delimiter);
      };
      return stream;
    },
  },
};

/** Gives this process the global `awslambda` that handlers find in Lambda; it must be there before they are imported. */
export const installAwsLambda = (): void => {
  Object.assign(globalThis, { awslambda });
};

/** True for a handler that was wrapped in `awslambda.streamifyResponse`. */
export const isStreaming = (handler: object): boolean =>
  Reflect.get(handler, streamingMark) === 'response';

/** What a streaming function answers: its bytes as they are written, prelude included. */
export class Streamed {
  readonly stream: ResponseStream;
  /** Aborted when the function was stopped: nothing more comes, not even what it has written. */
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  #chunk: { readonly bytes: Buffer; readonly taken: Taken } | undefined;
  #failure: Error | undefined;
  #settled = false;
  #wake = (): void => {};

  constructor() {
    this.signal = this.#abort.signal;
    this.stream = new ResponseStream((bytes, taken) => {
      this.#chunk = { bytes, taken };
      this.#wake();
    });
    this.stream.on('error', (error) => this.#fail(error));
    this.stream.once('close', () => this.#wake());
  }

  /** What the handler called its content, known when the first bytes are. */
  get contentType(): string {
    return this.stream.contentType;
  }

  /** Why it broke off, once it has. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  /** Takes note that the handler has returned, or how it failed; what it wrote before is still delivered. */
  settle(error?: Error): void {
    this.#settled = true;
    if (error !== undefined) this.#fail(error);
    this.#wake();
  }

  /** Stops the function's writing at once: its stream breaks, and with it what is piped into it. */
  abort(reason: Error): void {
    this.#failure ??= reason;
    this.#chunk = undefined;
    this.#abort.abort(reason);
    this.stream.destroy(reason);
    this.#wake();
  }

  /**
   * The bytes, one write at a time: the handler may go on when a chunk was used and the next is asked for.
   * Ends only when the stream was ended and the handler returned; fails with the handler's error after its last bytes.
   */
  async *bytes(): AsyncGenerator<Buffer, undefined> {
    try {
      for (;;) {
        const chunk = this.#chunk;
        if (chunk !== undefined) {
          this.#chunk = undefined;
          yield chunk.bytes;
          chunk.taken();
        } else if (this.#failure !== undefined) throw this.#failure;
        else if (this.#settled && this.stream.writableFinished) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      // What still writes must learn that nobody reads.
      if (!this.stream.writableFinished)
        this.stream.destroy(
          new Failure('unavailable', 'reader-gone', 'the response was broken off'),
        );
    }
  }
}
