import type { Source, Want } from '../sample.ts';
import { activity } from './activity.ts';
import { errors } from './errors.ts';
import { events } from './events.ts';
import { integrations } from './integrations.ts';
import { reported } from './reported.ts';
import { requests } from './requests.ts';
import { rollups } from './rollups.ts';
import { queues, services } from './services.ts';

// A statement of no wants says nothing, and costs a round trip.
const unlessEmpty = (source: Source): Source => ({
  ...source,
  read: async (warehouse, wants: readonly Want[]) =>
    wants.length === 0 ? [] : source.read(warehouse, wants),
});

/** What monitoring knows by itself. Of the reported metrics too: ask it last. */
export const monitoringSources: readonly Source[] = [
  requests,
  services,
  queues,
  integrations,
  errors,
  events,
  activity,
  rollups,
  reported,
].map(unlessEmpty);
