import * as z from 'zod';
import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import {
  externalAggregates,
  type Aggregate,
  type AggregateName,
  type AggregateSource,
  type Days,
  type Figure,
} from './aggregate.ts';

// PostHog answers 100 rows unless told otherwise, and never more than these.
const mostRows = 50_000;

const answer = z.object({
  results: z.array(z.tuple([z.string(), z.string(), z.number()])),
  hasMore: z.boolean().nullish(),
});

const figure = z.object({
  tenant_id: z.string().min(1).max(200),
  day: z.string().refine(isDay),
  value: z.number().min(0),
});

/** The HogQL of one aggregate: a figure a tenant and UTC day. Names and days are ours, so that nothing needs quoting. */
export const queryOf = ({ event, counts }: Aggregate, { from, to }: Days): string => {
  const day = `toDate(toTimeZone(timestamp, 'UTC'))`;
  return [
    `select properties.tenant_id as tenant_id, toString(${day}) as day,`,
    counts === 'events' ? 'count() as value' : 'count(distinct distinct_id) as value',
    `from events where event = '${event}'`,
    `and timestamp >= toDateTime('${from} 00:00:00', 'UTC')`,
    `and timestamp < toDateTime('${to} 00:00:00', 'UTC')`,
    `and properties.tenant_id is not null`,
    // What nobody in particular did is captured as its tenant (sinks/posthog.ts).
    ...(counts === 'actors' ? [`and distinct_id not like 'tenant:%'`] : []),
    `group by tenant_id, day order by day, tenant_id limit ${mostRows}`,
  ].join(' ');
};

const strange = (metric: string, what: string): Failure =>
  new Failure(
    'unavailable',
    'aggregate-unreadable',
    `PostHog's answer for ${metric} ${what}: nothing of it was taken`,
  );

const figuresOf = (metric: AggregateName, { from, to }: Days, body: unknown): Figure[] => {
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw strange(metric, `is not one: ${z.prettifyError(parsed.error)}`);
  const { results, hasMore } = parsed.data;
  if (hasMore === true || results.length >= mostRows)
    throw strange(metric, `was cut at ${results.length} rows, ask for fewer days`);
  const figures = results.map(([tenant_id, day, value]) => {
    const read = figure.safeParse({ tenant_id, day, value });
    if (!read.success) throw strange(metric, `holds no figure: ${z.prettifyError(read.error)}`);
    return { ...read.data, metric };
  });
  if (figures.some(({ day }) => day < from || day >= to))
    throw strange(metric, 'holds days that were not asked for');
  const keys = new Set(figures.map(({ tenant_id, day }) => JSON.stringify([tenant_id, day])));
  if (keys.size < figures.length) throw strange(metric, 'holds a tenant and day twice');
  return figures;
};

/**
 * PostHog as a source of aggregates, by its query endpoint; `post` sends a body there and returns the parsed JSON of the
 * answer. Fails with `aggregate-unreadable` when an answer is cut or not what was asked for.
 */
export const posthogAggregates = (post: (body: object) => Promise<unknown>): AggregateSource => ({
  name: 'posthog',
  read: async (metric, days) => {
    const query = queryOf(externalAggregates[metric], days);
    return figuresOf(metric, days, await post({ query: { kind: 'HogQLQuery', query } }));
  },
});
