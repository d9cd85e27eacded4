import type { Session } from '@rookery/db/pool';
import { matcherFault, matcherOps, type Matcher } from '../alerts/matcher.ts';
import type { Covers } from '../health/window.sql.ts';
import type { Muting, Silence, Inhibition } from './mute.ts';
import { readCovered, readInhibitions, readSilences } from './mute.sql.ts';

/** What mutes alerts at a moment, by tenant, and what of it cannot be understood and so mutes nothing, in words. */
export type Mutings = {
  readonly of: (tenantId: string) => Muting;
  readonly problems: readonly string[];
};

/** What is under maintenance at a moment: by the clock, or as the dispatch last noted it. */
export type Maintenance = { readonly covers: Covers; readonly problems: readonly string[] };

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' &&
  value !== null &&
  'label' in value &&
  typeof value.label === 'string' &&
  'value' in value &&
  typeof value.value === 'string' &&
  'op' in value &&
  matcherOps.some((op) => op === value.op);

// Null when one of them cannot be used: a silence with a part of its matchers would silence too much.
const matchersOf = (value: unknown): readonly Matcher[] | null =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => isMatcher(one) && matcherFault(one) === null)
    ? value
    : null;

type Draft = { silences: Silence[]; inhibitions: Inhibition[]; maintenance: Map<string, string> };

const collect = () => {
  const tenants = new Map<string, Draft>();
  const problems: string[] = [];
  const of = (tenantId: string): Draft => {
    const draft = tenants.get(tenantId) ?? {
      silences: [],
      inhibitions: [],
      maintenance: new Map<string, string>(),
    };
    tenants.set(tenantId, draft);
    return draft;
  };
  return { of, problems };
};

/** Reads what mutes alerts at a moment, of all tenants that the session sees, with what is under maintenance then. */
export const readMutings = async (
  db: Session,
  now: Date,
  maintenance: Maintenance,
): Promise<Mutings> => {
  const { of, problems } = collect();
  const at = { now: now.toISOString() };
  for (const row of await db.query(readSilences, at)) {
    const matchers = matchersOf(row.matchers);
    if (matchers === null) {
      problems.push(`silence ${row.id} of ${row.tenant_id} silences nothing: change its matchers`);
      continue;
    }
    of(row.tenant_id).silences.push({
      id: row.id,
      matchers,
      comment: row.comment,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      remindedAt: row.reminded_at,
    });
  }
  for (const row of await db.query(readInhibitions, null)) {
    const source = matchersOf(row.source_matchers);
    const target = matchersOf(row.target_matchers);
    if (source === null || target === null) {
      problems.push(
        `inhibition ${row.id} of ${row.tenant_id} inhibits nothing: change its matchers`,
      );
      continue;
    }
    of(row.tenant_id).inhibitions.push({
      id: row.id,
      name: row.name,
      source,
      target,
      equal: row.equal,
    });
  }
  for (const row of await db.query(readCovered, maintenance.covers))
    of(row.tenant_id).maintenance.set(row.service_id, row.name);
  problems.push(...maintenance.problems);
  return { of, problems };
};
