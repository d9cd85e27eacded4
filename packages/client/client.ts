import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.ts';

/** An error of the API as RFC 9457 says: tell errors apart by `code`, and give `request_id` when you ask for help. */
export type Problem = components['schemas']['Problem'];

type Media = 'application/json' | 'application/problem+json';
type Get<P extends keyof paths> = NonNullable<paths[P]['get']>;
type Content<P extends keyof paths> =
  Get<P> extends { responses: { 200: { content: infer C } } } ? C : never;
type Parameters<P extends keyof paths> =
  Get<P> extends { parameters: infer Given }
    ? Pick<Given, keyof Given & ('path' | 'query')>
    : never;

/** The JSON that a path answers with. */
export type Answer<P extends keyof paths> =
  Content<P> extends { 'application/json': infer Json } ? Json : never;

/** The paths that answer page by page. */
export type Paged = {
  [P in keyof paths]: Answer<P> extends never
    ? never
    : Answer<P> extends { next_cursor: string | null }
      ? P
      : never;
}[keyof paths];

/** The API as one caller sees it: GET, POST and PATCH of a path give `{ data, error, response }`, one of the first two. */
export type Rookery = Pick<
  Client<paths, Media>,
  'GET' | 'POST' | 'PATCH' | 'DELETE' | 'use' | 'eject'
> & {
  /**
   * Every page of a list, each asked for when the one before is done.
   * Throws an Error whose `cause` is the Problem when a page is refused.
   */
  readonly pages: <P extends Paged>(path: P, params?: Parameters<P>) => AsyncGenerator<Answer<P>>;
};

/** Where the API is and who asks, by a token or an API key; `fetch` for another way there than the global one. */
export type RookeryOptions = (
  | { readonly token: string; readonly apiKey?: never }
  | { readonly apiKey: string; readonly token?: never }
) & {
  readonly baseUrl: string;
  readonly fetch?: (request: Request) => Promise<Response>;
};

// One list as the loop below sees it: `params` and `data` are those of the path that was asked for.
type AnyList = (
  path: string,
  init: { params: object },
) => Promise<{ data?: { next_cursor: string | null }; error?: Problem; response: Response }>;

/** A client of the API, typed by its contract: what does not exist there does not compile. */
export const createRookery = ({ baseUrl, token, apiKey, fetch }: RookeryOptions): Rookery => {
  const caller =
    apiKey === undefined ? { authorization: `Bearer ${token}` } : { 'x-api-key': apiKey };
  const client = createClient<paths, Media>({
    baseUrl,
    headers: { ...caller, accept: 'application/json' },
    ...(fetch === undefined ? {} : { fetch }),
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every path of Paged takes a cursor and gives one
  const get = client.GET as unknown as AnyList;
  async function* pages(path: string, params: { query?: object } = {}) {
    let query: object = { ...params.query };
    for (;;) {
      const { data, error, response } = await get(path, { params: { ...params, query } });
      if (data === undefined)
        throw new Error(
          `${response.status} ${error?.code ?? ''}: ${error?.detail ?? error?.title ?? ''}`,
          { cause: error },
        );
      yield data;
      if (data.next_cursor === null) return;
      query = { ...query, cursor: data.next_cursor };
    }
  }
  return {
    GET: client.GET,
    POST: client.POST,
    PATCH: client.PATCH,
    DELETE: client.DELETE,
    use: (...middleware) => client.use(...middleware),
    eject: (...middleware) => client.eject(...middleware),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    pages: pages as Rookery['pages'],
  };
};
