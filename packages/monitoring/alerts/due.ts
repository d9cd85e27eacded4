import type { Db, Session } from '@rookery/db/pool';
import { describe } from '@rookery/kernel/failure';
import { apart } from './apart.ts';
import { dueRules } from './claim.sql.ts';
import { seriesKey } from './judge.ts';
import { ruleOf, wantOf } from './load.ts';
import { matches } from './matcher.ts';
import { planAnew } from './plan-anew.sql.ts';
import type { Rule } from './rule.ts';
import type { Sample, Source, Want } from './sample.ts';

/** A rule that is due, on its way to its samples; with a problem it has no rule to judge them by. */
export type Due = {
  readonly tenantId: string;
  readonly id: string;
  readonly slot: Date;
  readonly revision: number;
  readonly isFirst: boolean;
  readonly rule: Rule | null;
  readonly want: Want | null;
  readonly samples: readonly Sample[];
  readonly problem: string | null;
};

/** The rules that are due at the moment of an event, in no lock. */
export const lookUp = async (ops: Session, at: Date): Promise<Due[]> => {
  const rows = await ops.query(dueRules, { at: at.toISOString() });
  return rows.map((row) => {
    const { slot, revision } = row;
    const due = {
      tenantId: row.tenant_id,
      id: row.id,
      slot,
      revision,
      isFirst: row.is_first,
      samples: [],
    };
    try {
      const rule = ruleOf(row);
      return { ...due, rule, want: wantOf(rule, slot), problem: null };
    } catch (error) {
      return { ...due, rule: null, want: null, problem: describe(error) };
    }
  });
};

// Rules that want the same are answered by the same samples.
const distinct = (wants: readonly Want[]): { asked: Want[]; place: Map<string, number> } => {
  const place = new Map<string, number>();
  const asked: Want[] = [];
  for (const want of wants) {
    const key = JSON.stringify(want);
    if (place.has(key)) continue;
    place.set(key, asked.push(want) - 1);
  }
  return { asked, place };
};

const askOnce = async (ops: Db, source: Source, dues: readonly Due[]): Promise<Due[]> => {
  const { asked, place } = distinct(dues.flatMap(({ want }) => (want === null ? [] : [want])));
  const samples = await ops.transaction(async (tx) => {
    await tx.query(planAnew, null);
    return source.read(tx, asked);
  });
  const answers = asked.map((): Sample[] => []);
  for (const sample of samples) answers[sample.want]?.push(sample);
  return dues.map((due) => ({
    ...due,
    samples: answers[place.get(JSON.stringify(due.want)) ?? -1] ?? [],
  }));
};

/** More series than this are no rule that somebody could read the alerts of. */
export const mostSeries = 10_000;

// Its alerts stay as they are, and it stays due: whoever changes it finds it evaluated a minute later.
const unlessCrowded = (due: Due): Due => {
  const { rule, samples } = due;
  if (rule === null || samples.length <= mostSeries) return due;
  const own = samples.filter(({ labels }) => matches(rule.scope.matchers ?? [], labels));
  const series = new Set(own.map(({ labels }) => seriesKey(labels))).size;
  if (series <= mostSeries) return due;
  const problem = `it would judge ${series} series, and may ${mostSeries}: narrow its scope, or choose a metric that is measured for more at once`;
  return { ...due, rule: null, samples: [], problem };
};

/** The dues of some tenants. */
export const duesOf = (dues: readonly Due[], tenants: readonly string[]): Due[] => {
  const own = new Set(tenants);
  return dues.filter(({ tenantId }) => own.has(tenantId));
};

/** The tenants of dues, each once. */
export const tenantsOf = (dues: readonly Due[]): string[] => [
  ...new Set(dues.map(({ tenantId }) => tenantId)),
];

// What one source says to the rules that it answers: the same rules, with samples or with the problem it had.
const answer = async (ops: Db, source: Source, dues: readonly Due[]): Promise<Due[]> => {
  const failed = (some: readonly Due[], error: unknown): Due[] => {
    const problem = `the source ${source.name} failed: ${describe(error)}`;
    return some.map((due) => ({ ...due, rule: null, problem }));
  };
  try {
    const answers = await apart(tenantsOf(dues), {
      work: (tenants) => askOnce(ops, source, duesOf(dues, tenants)),
      broken: (tenantId, error) => Promise.resolve(failed(duesOf(dues, [tenantId]), error)),
    });
    return answers.flat();
  } catch (error) {
    return failed(dues, error);
  }
};

/**
 * Asks the sources for the samples of rules, before anything is locked: a slot says what its values are, whenever they are
 * read. Rules of a source that fails get its problem; where it fails for the rows of one tenant, those of that tenant. One that
 * would judge more series than it may has a problem of its own.
 */
export const askSources = async (ops: Db, sources: readonly Source[], dues: readonly Due[]) => {
  const bySource = new Map<Source | null, Due[]>();
  for (const due of dues) {
    const source =
      due.want === null ? null : sources.find(({ answers }) => answers(due.want?.metric ?? ''));
    const rest = bySource.get(source ?? null) ?? [];
    rest.push(
      source === undefined
        ? { ...due, rule: null, problem: `no source has the metric ${due.want?.metric}` }
        : due,
    );
    bySource.set(source ?? null, rest);
  }
  const answered: Due[] = [];
  const failed: string[] = [];
  for (const [source, some] of bySource) {
    const told = source === null ? some : await answer(ops, source, some);
    answered.push(...told.map(unlessCrowded));
    if (source !== null && told.some(({ problem }) => problem !== null)) failed.push(source.name);
  }
  return { answered, failed };
};
