import { dmarcFaults, dmarcRecords } from './dmarc-record.ts';
import { failed, judged } from './finding.ts';
import type { Probe } from './probe.ts';
import { recordsOf } from './records.ts';

/** Reads the DMARC record of a domain: one, valid, with a policy as strong as asked. */
export const probeDmarc: Probe<'dmarc'> = async (spec, context) => {
  const name = `_dmarc.${spec.domain}`;
  const began = performance.now();
  const answer = await recordsOf({ name, type: 'TXT' }, context);
  const ms = performance.now() - began;
  if (answer.values === null) return judged(ms, [failed(`${name}: ${answer.reason}`)]);
  const records = dmarcRecords(answer.values);
  const [record] = records;
  // RFC 7489 §6.6.3: with more than one, receivers behave as if there were none.
  if (record === undefined || records.length > 1)
    return judged(ms, [failed(`${name} has ${records.length} DMARC records, not one`)]);
  return judged(ms, dmarcFaults(record, spec));
};
