import { setTimeout as sleep } from 'node:timers/promises';
import { describe, Failure } from '@rookery/kernel/failure';
import { routes, type FunctionName } from '../../infra/topology.ts';

/** Where a stage is: its API, and the function URLs of what streams, each by the name of its function. */
export type Place = {
  readonly api: string;
  readonly streams: Readonly<Partial<Record<FunctionName, string>>>;
};

/** A deployed stage as it is asked. */
export type Stage = Place & {
  readonly token?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly isWriting: boolean;
  /** How long one answer may take, and how long a stage may need to wake. */
  readonly timeoutMs: number;
};

/** A request to a stage: with its token only when it says so. */
export type Ask = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly isSigned?: boolean;
};

/** A whole answer. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

const pauseMs = 300;
const streaming = routes.filter((route) => route.streaming === true);

const joined = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`;

/** Where a path of the API is served: streams have hosts of their own in the cloud. */
export const urlOf = ({ api, streams }: Place, path: string): string => {
  const [bare] = path.split('?');
  const stream = streaming.find((route) => route.path === bare);
  return joined((stream && streams[stream.function]) ?? api, path);
};

// What breaks an answer, before it comes or in its middle, told with what was asked.
const noAnswer = (
  { timeoutMs }: Stage,
  { method = 'GET' }: Ask,
  url: string,
  error: unknown,
): Failure => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  const why = isLate ? `not whole within ${timeoutMs / 1_000} s` : describe(cause);
  return new Failure('unavailable', 'no-answer', `${method} ${url}: ${why}`, { cause: error });
};

const once = async (stage: Stage, path: string, wish: Ask): Promise<Response> => {
  const { method = 'GET', headers = {}, body, isSigned = false } = wish;
  const url = path.startsWith('/') ? urlOf(stage, path) : path;
  try {
    return await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(stage.timeoutMs),
      headers: {
        ...(isSigned && stage.token !== undefined
          ? { authorization: `Bearer ${stage.token}` }
          : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw noAnswer(stage, wish, url, error);
  }
};

// The gateway of a preview lets few requests a second through; the allowance of a tenant says so in headers of its own.
const isThrottled = ({ status, headers }: Response): boolean =>
  status === 429 && !headers.has('ratelimit-limit');

/**
 * Asks, and leaves the body unread; comes again while the gateway throttles, as long as one answer may take. Fails with
 * `no-answer`.
 */
export const open = async (stage: Stage, path: string, wish: Ask = {}): Promise<Response> => {
  const until = performance.now() + stage.timeoutMs;
  for (;;) {
    const response = await once(stage, path, wish);
    if (!isThrottled(response) || performance.now() > until) return response;
    await response.body?.cancel();
    await sleep(pauseMs);
  }
};

/** Asks as `open` does, and reads the answer whole; one that breaks off is none, and fails with `no-answer`, too. */
export const ask = async (stage: Stage, path: string, wish: Ask = {}): Promise<Answer> => {
  const response = await open(stage, path, wish);
  const { status, headers, url } = response;
  try {
    return { status, headers, text: await response.text() };
  } catch (error) {
    throw noAnswer(stage, wish, url, error);
  }
};

/** The text of an answer as JSON; undefined when it is none. */
export const jsonOf = ({ text }: Pick<Answer, 'text'>): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A field of something that was read as JSON; undefined when it has none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

/** The media type of an answer, without its parameters. */
export const typeOf = ({ headers }: Pick<Answer, 'headers'>): string =>
  headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'untyped';

/** The code of a problem, which every refusal of a function of ours has. */
export const codeOf = (answer: Answer): string | undefined => {
  const code = fieldOf(jsonOf(answer), 'code');
  return typeOf(answer) === 'application/problem+json' && typeof code === 'string'
    ? code
    : undefined;
};
