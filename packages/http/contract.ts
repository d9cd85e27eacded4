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
} as const;

/** Who may read what a tenant did: all but auditors, who read the audit log alone. */
export const analysts = ['tenant-member', 'tenant-admin', 'operator'] as const;

/** A request that the documentation shows and a test executes. `params` fill the path; `query` is what follows it. */
export type Example = {
  readonly title: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
};

/** A zod object whose keys are names of a path, a query or a JSON object. */
export type Shape = z.ZodObject<z.ZodRawShape>;

/**
 * One endpoint: everything that routes, validation, OpenAPI, the documentation, the client and the contract tests need.
 * `rows` is the schema of one element of `data` where the answer is a list: then CSV and NDJSON are offered as well.
 */
export type Endpoint = {
  readonly method: 'GET';
  readonly path: `/v1/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly roles: readonly Role[];
  readonly params: Shape;
  readonly query: Shape;
  readonly response: Shape;
  readonly rows?: Shape;
  /** True for an answer that is written while it is read, as CSV or NDJSON only; `response` is then one row of it. */
  readonly streaming?: true;
  readonly cache: keyof typeof cacheControl;
  readonly rate: keyof typeof allowances;
  readonly examples: readonly [Example, ...Example[]];
};

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
