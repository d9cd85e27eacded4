import { reasonOf } from '@rookery/outbound/failure';
import { Failure } from '@rookery/kernel/failure';
import type { Finding } from './finding.ts';
import type { Surroundings } from './probe.ts';
import { connected } from './reach.ts';

// Fewer are as likely out by themselves.
const fewest = 3;
const referenceMs = 3_000;

/** True when so many of the checks of a run failed like those of a prober without network that it should ask itself. */
export const isSuspicious = (external: readonly Finding[]): boolean => {
  const lost = external.filter(({ outcome, network }) => outcome === 'failed' && network).length;
  return lost >= fewest && lost * 2 >= external.length;
};

const place = (reference: string): { host: string; port: number } => {
  const [, host = '', port = ''] = /^(?:\[?([^\]]+)\]?):(\d{1,5})$/.exec(reference) ?? [];
  if (host !== '') return { host, port: Number(port) };
  throw new Failure(
    'unavailable',
    'config-invalid',
    `the reference ${reference} is no host:port: write for example 1.1.1.1:443`,
  );
};

// Whoever refuses or resets answered all the same.
const answers = async (reference: string, surroundings: Surroundings): Promise<boolean> => {
  const { host, port } = place(reference);
  const signal = AbortSignal.timeout(referenceMs + 100);
  const context = { ...surroundings, timeoutMs: referenceMs, signal };
  try {
    const connection = await connected({ host, port, tls: false }, context);
    connection.close();
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    return reason === 'refused' || reason === 'reset';
  }
};

/** True when none of the references answers, so the prober has no network; false without any, because nobody can tell. */
export const isCutOff = async (
  references: readonly string[],
  surroundings: Surroundings,
): Promise<boolean> => {
  if (references.length === 0) return false;
  const heard = await Promise.all(references.map((each) => answers(each, surroundings)));
  return !heard.includes(true);
};
