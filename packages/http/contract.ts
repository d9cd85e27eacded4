import type * as z from 'zod';
import type { Role } from './identity.ts';

/** How long an answer may be kept by the caller alone: `facts` and `billing` are revalidated, `none` is never stored. */
export const cacheControl = {
  facts: 'private, max-age=60',
  billing: 'private, max-age=300',
  none: 'no-store',
} as const;

/** How often a tenant may ask, by class of request: on average a minute, and at once. */
export const allowances = {
  read: { name: 'read', perMinute: 600, burst: 120 },
  export: { name: 'export', perMinute: 12, burst: 6 },
  audit: { name: 'audit', perMinute: 60, burst: 20 },
  ingest: { name: 'ingest', perMinute: 3_000, burst: 600 },
  change: { name: 'change', perMinute: 120, burst: 40 },
} as const;

/** Who may read what a tenant did: all but auditors, who read the audit log alone. */
export const analysts = ['tenant-member', 'tenant-admin', 'operator'] as const;

/** A request that the documentation shows and a test executes: `params` fill the path, `query` is what follows it. */
export type Example = {
  readonly title: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** What is sent, as JSON; only where the endpoint takes a body. */
  readonly body?: object;
};

/** A zod object whose keys are names of a path, a query or a JSON object. */
export type Shape = z.ZodObject<z.ZodRawShape>;

/**
 * One endpoint: everything that routes, validation, OpenAPI, the documentation, the client and the contract tests need.
 * `rows` is the schema of one element of `data` where the answer is a list: then CSV and NDJSON are offered as well.
 */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/v1/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly roles: readonly Role[];
  readonly params: Shape;
  readonly query: Shape;
  /** What a POST or a PATCH takes, as JSON; a GET and a DELETE have none. */
  readonly body?: Shape;
  readonly response: Shape;
  /** The status of success where it is not 200: 201 for what is made, 202 for what is taken and done later. */
  readonly status?: 200 | 201 | 202;
  /**
   * An API key is taken as well as a token: the scope that it must have, filled from the path (`heartbeat:{heartbeat_id}`), so
   * that things of two kinds may have the same id.
   */
  readonly apiKey?: string;
  readonly rows?: Shape;
  /** True for an answer that is written while it is read, as CSV or NDJSON only; `response` is then one row of it. */
  readonly streaming?: true;
  readonly cache: keyof typeof cacheControl;
  readonly rate: keyof typeof allowances;
  readonly examples: readonly [Example, ...Example[]];
};

/** What the body of a request is once it is parsed; undefined for an endpoint that takes none. */
export type BodyOf<E extends Endpoint> = E extends { readonly body: infer B extends Shape }
  ? z.output<B>
  : undefined;

/** The endpoints of one function, by operation name. */
export type Endpoints = Readonly<Record<string, Endpoint>>;

/** Suffixes of a path that choose the format of a list; a path that ends in a parameter takes none. */
export const suffixes = ['.json', '.csv', '.ndjson'] as const;

/** The paths under which an endpoint is reached: its own, and one a format for lists. */
export const pathsOf = ({ path, rows, streaming }: Endpoint): readonly `/v1/${string}`[] =>
  rows === undefined || path.endsWith('}')
    ? [path]
    : [
        path,
        ...suffixes
          .filter((suffix) => streaming === undefined || suffix !== '.json')
          .map((suffix): `/v1/${string}` => `${path}${suffix}`),
      ];
