import { reasonOf } from '@rookery/outbound/failure';
import { Failure } from '@rookery/kernel/failure';
import type { Finding } from './finding.ts';
import type { Surroundings } from './probe.ts';
import { connected } from './reach.ts';

// Beside others that were reached, fewer are as likely out by themselves.
const fewest = 3;
const referenceMs = 3_000;

/**
 * True when so many of the checks of a run failed like those of a prober without network that it should ask itself: all that
 * there are, be it one, or three and at least half.
 */
export const isSuspicious = (external: readonly Finding[]): boolean => {
  const lost = external.filter(({ outcome, network }) => outcome === 'failed' && network).length;
  return lost > 0 && (lost === external.length || (lost >= fewest && lost * 2 >= external.length));
};

/** Who answers whenever there is a network. */
export type Reference = { readonly host: string; readonly port: number };

/** Reads a reference written as `host:port`; fails with `config-invalid`. */
export const referenceOf = (text: string): Reference => {
  const [, host = '', port = ''] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (host !== '') return { host, port: Number(port) };
  throw new Failure(
    'unavailable',
    'config-invalid',
    `the reference ${text} is no host:port: write for example 1.1.1.1:443`,
  );
};

// Whoever refuses or resets answered all the same. Null: it may not be asked, so it cannot tell.
const answers = async (
  { host, port }: Reference,
  surroundings: Surroundings,
): Promise<boolean | null> => {
  const signal = AbortSignal.timeout(referenceMs + 100);
  const context = { ...surroundings, timeoutMs: referenceMs, signal };
  try {
    const connection = await connected({ host, port, tls: false }, context);
    connection.close();
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason !== null) return reason === 'refused' || reason === 'reset';
    if (error instanceof Failure) return null;
    throw error;
  }
};

/** True when none of the references answers, so the prober has no network; false without any, because nobody can tell. */
export const isCutOff = async (
  references: readonly Reference[],
  surroundings: Surroundings,
): Promise<boolean> => {
  const heard = await Promise.all(references.map((each) => answers(each, surroundings)));
  const told = heard.filter((answer) => answer !== null);
  return told.length > 0 && !told.includes(true);
};
