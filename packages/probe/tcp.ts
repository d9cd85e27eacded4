import { certificateDetails, certificateFaults } from './certificate.ts';
import { judged } from './finding.ts';
import type { Probe } from './probe.ts';
import { connected, readyMs } from './reach.ts';

/** Connects to a port, and speaks TLS if it should: ok when it is open. */
export const probeTcp: Probe<'tcp'> = async (spec, context) => {
  const connection = await connected(spec, context);
  connection.close();
  const now = new Date();
  const validTo = connection.certificate?.validTo ?? null;
  return judged(
    readyMs(connection),
    certificateFaults(validTo, spec.certificate, now),
    certificateDetails(validTo, now),
  );
};
