import { invalidFields } from '@rookery/http/problem';
import type { Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';

/** The days an answer covers, in the zone of the tenant. */
export type Covered = { readonly from: Day; readonly to: Day; readonly timezone: string };

// A formatter costs about 0.2 ms to build; every zone is asked for again and again, and there are few hundred.
const canonical = new Map<string, string>();
const canonicalZone = (zone: string): string | undefined => {
  const key = zone.toLowerCase();
  const known = canonical.get(key);
  if (known !== undefined) return known;
  try {
    const name = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    canonical.set(key, name);
    return name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Fails with `request-malformed` when the zone a caller names is none. */
export const refuseUnknownZone = (tz: unknown): void => {
  if (typeof tz !== 'string' || canonicalZone(tz) !== undefined) return;
  throw invalidFields('request-malformed', 'query.tz is not an IANA time zone', [
    { path: 'query.tz', message: 'is not an IANA time zone' },
  ]);
};

/** Fails with `timezone-unavailable` when the zone a caller names is not that of the tenant: facts are cut in that one. */
export const refuseOtherZone = (tz: unknown, range: Covered | undefined): void => {
  if (typeof tz !== 'string' || range === undefined || tz === range.timezone) return;
  if (canonicalZone(tz) === canonicalZone(range.timezone)) return;
  throw new Failure(
    'invalid',
    'timezone-unavailable',
    `days are cut in the zone of the tenant, ${range.timezone}: leave tz out or give that`,
  );
};
