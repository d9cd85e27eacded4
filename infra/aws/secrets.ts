import { secrets } from '../topology.ts';
import { logical } from './names.ts';
import type { Settings } from './settings.ts';

type SecretName = (typeof secrets)[number];

// What a stage has no use for, nobody need give it.
const isNeeded = (name: SecretName, settings: Settings): boolean => {
  if (name === 'POSTHOG_QUERY_KEY') return settings.EXTERNAL_AGGREGATES === 'on';
  if (name === 'SIEM_TOKEN') return settings.SIEM_URL !== undefined;
  return true;
};

/** The name under which SST keeps a secret: `sst secret set SourceDatabaseUrl … --stage production`. */
export const secretName = (variable: string): string => logical(variable.toLowerCase());

/** The secrets that a stage needs; a deployment without one of them fails and says how to set it. */
export const makeSecrets = (
  settings: Settings,
): Partial<Record<SecretName, $util.Output<string>>> =>
  Object.fromEntries(
    secrets
      .filter((name) => isNeeded(name, settings))
      .map((name) => [name, new sst.Secret(secretName(name)).value]),
  );
