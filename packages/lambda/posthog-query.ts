import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';

const timeoutMs = 60_000;

const failed = (what: string, cause?: unknown): Failure =>
  new Failure('unavailable', 'aggregate-source-unavailable', `PostHog's query ${what}`, { cause });

/**
 * Asks PostHog's query endpoint as the settings say, and undefined where reading back is off. What is returned posts a body
 * and gives the parsed JSON; it fails with `aggregate-source-unavailable`.
 */
export const openPosthogQuery = (): ((body: object) => Promise<unknown>) | undefined => {
  const { externalAggregates } = readConfig(['externalAggregates']);
  if (externalAggregates === 'off') return undefined;
  const { posthogHost, posthogProjectId, posthogQueryKey } = readConfig([
    'posthogHost',
    'posthogProjectId',
    'posthogQueryKey',
  ]);
  if (posthogProjectId === undefined || posthogQueryKey === undefined)
    throw new Failure(
      'unavailable',
      'config-invalid',
      'EXTERNAL_AGGREGATES is on: set POSTHOG_PROJECT_ID and POSTHOG_QUERY_KEY, a personal key that may read queries',
    );
  const url = new URL(`/api/projects/${encodeURIComponent(posthogProjectId)}/query/`, posthogHost);
  return async (body) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${posthogQueryKey}`,
        },
        body: JSON.stringify(body),
      });
      if (!response.ok)
        throw failed(`was answered ${response.status}: look at the key and the project`);
      return await response.json();
    } catch (error) {
      throw error instanceof Failure ? error : failed('did not come through', error);
    }
  };
};
