import { judgeDkim } from './dkim-record.ts';
import { failed, judged } from './finding.ts';
import type { Probe } from './probe.ts';
import { recordsOf } from './records.ts';

/** Reads the DKIM key of a selector: one, valid, not revoked, and long enough. */
export const probeDkim: Probe<'dkim'> = async (spec, context) => {
  const name = `${spec.selector}._domainkey.${spec.domain}`;
  const began = performance.now();
  const answer = await recordsOf({ name, type: 'TXT' }, context);
  const ms = performance.now() - began;
  if (answer.values === null) return judged(ms, [failed(`${name}: ${answer.reason}`)]);
  const [record, ...others] = answer.values;
  if (record === undefined || others.length > 0)
    return judged(ms, [failed(`${name} has ${answer.values.length} TXT records, not one`)]);
  const { faults, keyType, bits } = judgeDkim(record, spec.min_bits);
  return judged(ms, faults, { key_type: keyType, key_bits: bits });
};
