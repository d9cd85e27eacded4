import { failed, soft, type Details, type Fault } from './finding.ts';

/** Days below which a certificate becomes a matter. */
export type CertificateBounds = { readonly warn_days: number; readonly fail_days: number };

const dayMs = 86_400_000;

/** Whole days that a certificate is valid yet. */
const daysLeft = (validTo: Date, now: Date): number =>
  Math.floor((validTo.getTime() - now.getTime()) / dayMs);

/** What is wrong with the time that a certificate has left; bounds that nobody set are not judged. */
export const certificateFaults = (
  validTo: Date | null,
  bounds: CertificateBounds | undefined,
  now: Date,
): Fault[] => {
  if (bounds === undefined) return [];
  if (validTo === null) return [failed('there is no certificate: the connection has no TLS')];
  const days = daysLeft(validTo, now);
  const reason = `the certificate is valid for ${days} days more`;
  if (days < bounds.fail_days) return [failed(`${reason}, less than ${bounds.fail_days}`)];
  return days < bounds.warn_days ? [soft(`${reason}, less than ${bounds.warn_days}`)] : [];
};

/** What is kept of a certificate. */
export const certificateDetails = (validTo: Date | null, now: Date): Details =>
  validTo === null
    ? {}
    : {
        certificate_expires_at: validTo.toISOString(),
        certificate_days_left: daysLeft(validTo, now),
      };
