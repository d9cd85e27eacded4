import type { SpecOf } from '@rookery/http/probes';
import { failed, soft, type Fault } from './finding.ts';
import { tagsOf } from './tags.ts';

type Dmarc = Pick<SpecOf<'dmarc'>, 'policy' | 'pct' | 'reports'>;

const policies = ['none', 'quarantine', 'reject'] as const;
const strength = (policy: string): number =>
  policies.findIndex((each) => each === policy.toLowerCase());

const isReportUris = (value: string): boolean =>
  value.split(',').every((uri) => /^\s*mailto:[^\s@,!]+@[^\s@,!]+(![0-9]+[kmgt]?)?\s*$/i.test(uri));

const isOneOf =
  (...words: readonly string[]) =>
  (value: string): boolean =>
    words.includes(value.toLowerCase());

// What a value may be, of the tags of RFC 7489 §6.3 and its successor; a receiver ignores others.
const valid: Readonly<Record<string, (value: string) => boolean>> = {
  p: isOneOf(...policies),
  sp: isOneOf(...policies),
  np: isOneOf(...policies),
  adkim: isOneOf('r', 's'),
  aspf: isOneOf('r', 's'),
  pct: (value) => /^\d{1,3}$/.test(value) && Number(value) <= 100,
  ri: (value) => /^\d{1,10}$/.test(value),
  fo: (value) => value.split(':').every((part) => isOneOf('0', '1', 'd', 's')(part.trim())),
  rua: isReportUris,
  ruf: isReportUris,
};

const syntaxFaults = (tags: ReadonlyMap<string, string>): Fault[] => {
  const [first, second] = tags.keys();
  const faults: Fault[] = [];
  if (first !== 'v') faults.push(failed('v=DMARC1 is not its first tag'));
  if (!tags.has('p')) faults.push(failed('it has no policy p'));
  else if (second !== 'p') faults.push(soft('p is not its second tag, as older receivers want'));
  for (const [name, value] of tags)
    if (valid[name]?.(value) === false) faults.push(failed(`its tag ${name} is not valid`));
  return faults;
};

const conditionFaults = (tags: ReadonlyMap<string, string>, spec: Dmarc): Fault[] => {
  const policy = tags.get('p') ?? '';
  const faults: Fault[] = [];
  if (strength(policy) >= 0 && strength(policy) < strength(spec.policy))
    faults.push(failed(`its policy is ${policy}, weaker than ${spec.policy}`));
  const pct = Number(tags.get('pct') ?? '100');
  if (spec.pct !== undefined && pct < spec.pct)
    faults.push(failed(`its policy is for ${pct} % of the mail, less than ${spec.pct} %`));
  if (spec.reports && !tags.has('rua'))
    faults.push(failed('it asks for no reports: rua is not there'));
  return faults;
};

/** The TXT records that mean to be DMARC. */
export const dmarcRecords = (texts: readonly string[]): string[] =>
  texts.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text));

/** What is wrong with a DMARC record. */
export const dmarcFaults = (record: string, spec: Dmarc): Fault[] => {
  const tags = tagsOf(record);
  if (typeof tags === 'string') return [failed(`the DMARC record ${tags}`)];
  return [...syntaxFaults(tags), ...conditionFaults(tags, spec)].map(({ outcome, reason }) => ({
    outcome,
    reason: `of the DMARC record, ${reason}`,
  }));
};
