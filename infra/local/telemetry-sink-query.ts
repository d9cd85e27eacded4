import * as z from 'zod';
import type { Held } from './telemetry-sink-held.ts';
import { Refusal } from './telemetry-sink-read.ts';

const asked = z.object({ query: z.object({ kind: z.literal('HogQLQuery'), query: z.string() }) });

type Column = {
  readonly name: string;
  readonly of: ((event: Held) => string) | 'events' | 'actors';
};

const columns: readonly (readonly [RegExp, Column['of']])[] = [
  [/count\s*\(\s*distinct\s+(distinct_id|person_id)\s*\)/i, 'actors'],
  [/count\s*\(\s*\*?\s*\)/i, 'events'],
  [/toDate|toStartOfDay/, ({ time }) => new Date(time).toISOString().slice(0, 10)],
  [/properties\.tenant_id/, ({ tenant }) => tenant ?? ''],
  [/^event\b/, ({ event }) => event],
];

// Commas inside of brackets separate no columns.
const columnsOf = (list: string): Column[] =>
  list.split(/,(?![^()]*(?:\([^()]*\)[^()]*)*\))/).map((written) => {
    const expression = written.trim();
    const [, of] = columns.find(([pattern]) => pattern.test(expression)) ?? [];
    if (of === undefined) throw new Refusal(400, `this sink knows no column ${expression}`);
    return { name: / as (\w+)$/i.exec(expression)?.[1] ?? expression, of };
  });

const instantOf = (query: string, sign: string): number | null => {
  const text = new RegExp(`timestamp ${sign} toDateTime\\('([^']+)'`, 'i').exec(query)?.[1];
  return text === undefined ? null : Date.parse(`${text.replace(' ', 'T')}Z`);
};

const chosen = (query: string, held: readonly Held[]): Held[] => {
  const names = /event (?:= |in \()((?:'[^']*'(?:, *)?)+)/i.exec(query)?.[1];
  const wanted = names === undefined ? null : [...names.matchAll(/'([^']*)'/g)].map(([, n]) => n);
  const from = instantOf(query, '>=') ?? -Infinity;
  const to = instantOf(query, '<') ?? Infinity;
  const onlyPeople = query.includes(`distinct_id not like 'tenant:%'`);
  return held.filter(({ sink, event, tenant, actor, time }) => {
    const at = Date.parse(time);
    return (
      sink === 'posthog' &&
      tenant !== null &&
      at >= from &&
      at < to &&
      !(onlyPeople && actor?.startsWith('tenant:') === true) &&
      (wanted === null || wanted.includes(event))
    );
  });
};

/**
 * Answers a HogQL query out of what is held: counts of events, or of actors, by day, event and tenant, of named events and
 * between two times. Anything else is refused, with what was not understood.
 */
export const answerQuery = (body: unknown, held: readonly Held[]): object => {
  const parsed = asked.safeParse(body);
  if (!parsed.success) throw new Refusal(400, 'send {"query": {"kind": "HogQLQuery", "query": …}}');
  const { query } = parsed.data.query;
  const list = /^\s*select\s+(.+?)\s+from\s+events\b/is.exec(query)?.[1];
  if (list === undefined) throw new Refusal(400, 'this sink only knows select … from events');
  const wanted = columnsOf(list);
  const groups = new Map<string, { keys: string[]; events: number; actors: Set<string> }>();
  for (const one of chosen(query, held)) {
    const keys = wanted.flatMap(({ of }) => (typeof of === 'string' ? [] : [of(one)]));
    const name = JSON.stringify(keys);
    const group = groups.get(name) ?? { keys, events: 0, actors: new Set<string>() };
    group.events += 1;
    if (one.actor !== null) group.actors.add(one.actor);
    groups.set(name, group);
  }
  const rows = [...groups.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const limit = Number(/\blimit (\d+)/i.exec(query)?.[1] ?? 100);
  const results = rows.slice(0, limit).map(([, { keys, events, actors }]) => {
    const left = keys.values();
    return wanted.map(({ of }) =>
      of === 'events' ? events : of === 'actors' ? actors.size : left.next().value,
    );
  });
  return {
    columns: wanted.map(({ name }) => name),
    results,
    hasMore: rows.length > limit,
    limit,
  };
};
