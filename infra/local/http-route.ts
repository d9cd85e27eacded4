/** A route as the adapter matches it; the path `$default` takes what no other route does. */
export type LocalRoute = {
  readonly method: string;
  readonly path: string;
};

/** The route that was chosen, and what its `{…}` parts matched, decoded. */
export type RouteMatch = {
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** The segments of a path; a trailing slash is a segment of its own, as API Gateway has it. */
const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

// Segment by segment, exact text beats `{name}`, which beats `{name+}`.
const weights = { exact: '0', parameter: '1', greedy: '2' };

type Found = { readonly rank: string; readonly parameters: Record<string, string> };

const matchPath = (pattern: string, path: string): Found | undefined => {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [at, part] of wanted.entries()) {
    const here = given[at];
    if (here === undefined) return undefined;
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    if (name === null) {
      if (part !== here) return undefined;
      rank += weights.exact;
    } else if (name[2] === '+') {
      const rest = given.slice(at).map(decode).join('/');
      if (rest === '') return undefined;
      return { rank: rank + weights.greedy, parameters: { ...parameters, [name[1] ?? '']: rest } };
    } else {
      if (here === '') return undefined;
      parameters[name[1] ?? ''] = decode(here);
      rank += weights.parameter;
    }
  }
  return wanted.length === given.length ? { rank, parameters } : undefined;
};

const keyOf = ({ method, path }: LocalRoute): string =>
  path === '$default' ? '$default' : `${method} ${path}`;

/** Chooses the route of a request: the most specific path first, then its own method before ANY, then `$default`. */
export const chooseRoute = <R extends LocalRoute>(
  routes: readonly R[],
  method: string,
  path: string,
): { readonly route: R; readonly match: RouteMatch } | undefined => {
  const candidates = routes.flatMap((route) => {
    if (route.path === '$default' || (route.method !== method && route.method !== 'ANY')) return [];
    const found = matchPath(route.path, path);
    if (found === undefined) return [];
    const order = `${found.rank}${route.method === 'ANY' ? '1' : '0'}`;
    return [{ route, order, parameters: found.parameters }];
  });
  const best = candidates.sort((a, b) => a.order.localeCompare(b.order))[0];
  if (best !== undefined)
    return {
      route: best.route,
      match: { routeKey: keyOf(best.route), parameters: best.parameters },
    };
  const fallback = routes.find((route) => route.path === '$default');
  return fallback && { route: fallback, match: { routeKey: '$default', parameters: {} } };
};
