import { etagOf, matches } from '@rookery/http/etag';
import { Failure } from '@rookery/kernel/failure';
import { isPlain } from '@rookery/kernel/text';
import { nowOf } from './admit.ts';
import type { Answer, Request } from './api.ts';

// The worst first.
const statuses = ['down', 'degraded', 'unknown', 'healthy'] as const;
type Status = (typeof statuses)[number];

/** What everybody may know of a service. */
export type Shown = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly changed_at: Date | null;
  readonly last_check: Date;
  readonly uptime_24h: number | null;
  readonly uptime_7d: number | null;
  readonly uptime_30d: number | null;
  readonly days: unknown;
};

/** Where the state of services comes from, and how a badge of one is drawn. */
export type PublicParts<S extends Shown> = {
  readonly statusOf: (ask: { readonly tenantId: string; readonly now: Date }) => Promise<S[]>;
  readonly badgeOf: (badge: {
    readonly label: string;
    readonly status: Status;
    readonly uptime?: number | null;
  }) => string;
};

const keptMs = 60_000;
const mostKept = 500;
const headers = { 'cache-control': 'public, max-age=60' };

// One sentence for a tenant that there is not, that shows nothing, and for a service of either: nobody learns which.
const nothing = (): Failure => new Failure('missing', 'not-found', 'there is no such status page');

const partOf = ({ event }: Request, name: string): string => {
  const value = event.pathParameters?.[name] ?? '';
  if (value === '' || value.length > 200 || !isPlain(value)) throw nothing();
  return value;
};

type Kept<S> = { readonly found: Promise<S[]>; readonly until: number };

// Nobody is asked for a token here: however many ask, the database is asked once a minute for a tenant.
const keeping = <S extends Shown>({ statusOf }: PublicParts<S>) => {
  const kept = new Map<string, Kept<S>>();
  return async (tenantId: string, now: Date): Promise<S[]> => {
    const known = kept.get(tenantId);
    if (known !== undefined && now.getTime() < known.until) return known.found;
    kept.delete(tenantId);
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    const found = statusOf({ tenantId, now });
    kept.set(tenantId, { found, until: now.getTime() + keptMs });
    // What failed is asked again by the next one.
    found.catch(() => kept.delete(tenantId));
    return found;
  };
};

const pageOf = <S extends Shown>(services: readonly S[]) => ({
  status: statuses.find((status) => services.some((each) => each.status === status)) ?? 'unknown',
  services,
});

/**
 * Makes the public answers of a tenant: the states of his public services as JSON, and a badge of one as SVG, with its
 * uptime of 30 days for `?show=uptime`. An answer holds for a minute. Fails with `not-found`, the same whatever is not
 * there.
 */
export const publicAnswer = <S extends Shown>(
  parts: PublicParts<S>,
): ((request: Request) => Promise<Answer>) => {
  const statusOf = keeping(parts);
  return async (request) => {
    const { event } = request;
    const services = await statusOf(partOf(request, 'tenant'), nowOf(event));
    if (services.length === 0) throw nothing();
    if (event.pathParameters?.['service'] === undefined) {
      const body = JSON.stringify(pageOf(services));
      const etag = etagOf(['status', body]);
      if (matches(event.headers['if-none-match'], etag))
        return { status: 304, body: '', headers: { ...headers, etag } };
      return { status: 200, body, headers: { ...headers, etag } };
    }
    const id = partOf(request, 'service');
    const service = services.find((each) => each.id === id);
    if (service === undefined) throw nothing();
    const status = statuses.find((known) => known === service.status) ?? 'unknown';
    const shown = { label: service.name, status };
    const isUptime = event.queryStringParameters?.['show'] === 'uptime';
    const body = parts.badgeOf(isUptime ? { ...shown, uptime: service.uptime_30d } : shown);
    const type = { 'content-type': 'image/svg+xml; charset=utf-8' };
    return { status: 200, body, headers: { ...headers, ...type } };
  };
};
