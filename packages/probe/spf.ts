import type { SpecOf } from '@rookery/http/probes';
import { failed, judged, soft, type Fault } from './finding.ts';
import type { Context, Probe } from './probe.ts';
import { recordsOf } from './records.ts';
import {
  endOf,
  looksUp,
  mostLookups,
  parseSpf,
  reachable,
  spfRecords,
  type SpfRecord,
  type SpfTerm,
} from './spf-record.ts';

type Walk = {
  readonly context: Context;
  readonly faults: Fault[];
  lookups: number;
};

const recordOf = async (domain: string, walk: Walk): Promise<SpfRecord | null> => {
  const answer = await recordsOf({ name: domain, type: 'TXT' }, walk.context);
  const records = answer.values === null ? [] : spfRecords(answer.values);
  const [record] = records;
  if (record === undefined || records.length > 1) {
    const why = records.length > 1 ? `${records.length} SPF records, not one` : 'no SPF record';
    walk.faults.push(failed(`${domain} has ${why}`));
    return null;
  }
  const parsed = parseSpf(record);
  if (typeof parsed !== 'string') return parsed;
  walk.faults.push(failed(`the SPF record of ${domain} ${parsed}`));
  return null;
};

// Names with macros depend on the mail: they count, and nobody can follow them here.
const leadsOn = ({ name, value }: SpfTerm): boolean =>
  (name === 'include' || name === 'redirect') && !value.includes('%');

// Ends by the count of look-ups, loops as well: each step costs one.
const follow = async (record: SpfRecord, walk: Walk): Promise<void> => {
  for (const term of reachable(record)) {
    if (!looksUp(term)) continue;
    walk.lookups += 1;
    if (walk.lookups > mostLookups) return;
    if (!leadsOn(term)) continue;
    const next = await recordOf(term.value, walk);
    if (next !== null) await follow(next, walk);
    if (walk.lookups > mostLookups) return;
  }
};

const softness = ['-', '~', '?', '+'] as const;
const weakest = { fail: '-', softfail: '~', neutral: '?' } as const;

const conditionFaults = (record: SpfRecord, spec: SpecOf<'spf'>): Fault[] => {
  const written = new Set(record.terms.map(({ text }) => text.toLowerCase()));
  const faults = (spec.includes ?? [])
    .filter((wanted) => !written.has(wanted.toLowerCase()))
    .map((wanted) => failed(`the SPF record does not hold ${wanted}`));
  const isRedirected = record.terms.some(({ name }) => name === 'redirect');
  const end = endOf(record);
  if (end === '+') faults.push(failed('the SPF record ends in +all: it allows everybody'));
  else if (spec.all !== undefined && !(end === null && isRedirected)) {
    const isWeaker = softness.indexOf(end ?? '?') > softness.indexOf(weakest[spec.all]);
    if (isWeaker)
      faults.push(failed(`the SPF record ends in ${end ?? 'no '}all, weaker than asked`));
  }
  if (end === null && !isRedirected)
    faults.push(soft('the SPF record ends without all or redirect'));
  return faults;
};

/** Reads the SPF record of a domain and of all that it includes: one each, valid, with at most ten look-ups together. */
export const probeSpf: Probe<'spf'> = async (spec, context) => {
  const began = performance.now();
  const walk: Walk = { context, faults: [], lookups: 0 };
  const record = await recordOf(spec.domain, walk);
  const ms = performance.now() - began;
  if (record === null) return judged(ms, walk.faults);
  await follow(record, walk);
  const isTooMany = walk.lookups > mostLookups;
  if (isTooMany)
    walk.faults.push(
      failed(`the SPF record needs more than ${mostLookups} look-ups: receivers give up`),
    );
  return judged(ms, [...walk.faults, ...conditionFaults(record, spec)], {
    lookups: isTooMany ? `more than ${mostLookups}` : walk.lookups,
  });
};
