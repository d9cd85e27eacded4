import type { Connection } from '@rookery/outbound/connect';
import type { SpecOf } from '@rookery/http/probes';
import { certificateDetails, certificateFaults } from './certificate.ts';
import { talkOver, type Dialogue } from './dialogue.ts';
import { failed, judged, type Fault, type Finding } from './finding.ts';
import type { Context } from './probe.ts';
import { connected } from './reach.ts';

/** How a protocol of mail servers is spoken, as far as a probe goes. Each step tells a fault, or null. */
export type Manner = {
  readonly greeted: (talk: Dialogue) => Promise<Fault | null>;
  /** The capabilities that the server tells, in upper case. */
  readonly capable: (talk: Dialogue) => Promise<ReadonlySet<string> | Fault>;
  readonly startTls: (talk: Dialogue) => Promise<Fault | null>;
  readonly farewell: string;
};

type Spec = SpecOf<'smtp'> | SpecOf<'imap'>;
type Heard = { readonly faults: readonly Fault[]; readonly connection: Connection };

const upgrade = async (
  connection: Connection,
  { talk, manner, host }: { talk: Dialogue; manner: Manner; host: string },
): Promise<Heard> => {
  const refused = await manner.startTls(talk);
  if (refused !== null) return { faults: [refused], connection };
  if (talk.isAhead())
    return {
      faults: [failed('words came between STARTTLS and TLS: they may be injected')],
      connection,
    };
  talk.end();
  const over = await connection.startTls();
  const again = talkOver(over.socket, host);
  // What was said before TLS counts for nothing any more.
  const capabilities = await manner.capable(again);
  again.say(manner.farewell);
  return { faults: 'reason' in capabilities ? [capabilities] : [], connection: over };
};

const converse = async (connection: Connection, spec: Spec, manner: Manner): Promise<Heard> => {
  const { host } = spec;
  const talk = talkOver(connection.socket, host);
  const unfriendly = await manner.greeted(talk);
  if (unfriendly !== null) return { faults: [unfriendly], connection };
  const capabilities = await manner.capable(talk);
  if ('reason' in capabilities) return { faults: [capabilities], connection };
  if (spec.security === 'starttls') {
    if (capabilities.has('STARTTLS')) return upgrade(connection, { talk, manner, host });
    return { faults: [failed('the server does not offer STARTTLS')], connection };
  }
  talk.say(manner.farewell);
  return { faults: [], connection };
};

/** Talks with a mail server up to its capabilities, under TLS where it is asked for, and judges its certificate. */
export const askMailServer = async (
  spec: Spec,
  manner: Manner,
  context: Context,
): Promise<Finding> => {
  const began = performance.now();
  const first = await connected({ ...spec, tls: spec.security === 'tls' }, context);
  try {
    const { faults, connection } = await converse(first, spec, manner);
    const ms = performance.now() - began;
    const now = new Date();
    const validTo = connection.certificate?.validTo ?? null;
    const ofCertificate =
      faults.length > 0 ? [] : certificateFaults(validTo, spec.certificate, now);
    return judged(ms, [...faults, ...ofCertificate], certificateDetails(validTo, now));
  } finally {
    first.close();
  }
};
