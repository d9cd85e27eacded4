import { inhibitionChangeEndpoints, inhibitionEndpoints } from './inhibitions.ts';
import { silenceChangeEndpoints, silenceEndpoints } from './silences.ts';

/** What keeps people from being told, to read. */
export const silenceGroup = { ...silenceEndpoints, ...inhibitionEndpoints } as const;

/** The same, to change. */
export const silenceChangeGroup = {
  ...silenceChangeEndpoints,
  ...inhibitionChangeEndpoints,
} as const;
