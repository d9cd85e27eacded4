import type { Random } from '@rookery/kernel/random';
import { endpoints, integrations } from './cast.ts';

const msPerMinute = 60_000;
const msPerHour = 60 * msPerMinute;

// Response times are skewed: most are near the median, some take many times as long.
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

const durationMs = (random: Random, medianMs: number): number =>
  Math.round(medianMs * Math.exp(0.55 * normal(random)) * 100) / 100;

/** How busy an hour of the day is, against the mean of the day: the demo's people sleep as well. */
export const busyness = (at: Date): number =>
  1 + 0.7 * Math.sin(((at.getUTCHours() + at.getUTCMinutes() / 60 - 8) / 24) * 2 * Math.PI);

/** True in the hour each day in which the demo's reports are slow: an incident for graphs and alerts to show. */
const troubled = (at: Date): boolean => at.getUTCHours() === 14;

// One of the demo's endpoints, always the same, takes the blame.
const slowed = '/api/reports';

/** The performance metrics of one minute, as one instance of the demo's API reports them. */
export const trafficOf = (random: Random, at: Date): object[] =>
  endpoints.flatMap(({ endpoint, method, perMinute, medianMs, errorShare }) => {
    const count = Math.round(perMinute * busyness(at) * (0.8 + 0.4 * random.next()));
    if (count === 0) return [];
    const ill = endpoint === slowed && troubled(at);
    const share = ill ? 0.15 : errorShare;
    return [
      {
        time: at.toISOString(),
        metric_name: 'http_request_duration_ms',
        endpoint,
        method,
        request_count: count,
        error_count: Array.from({ length: count }).filter(() => random.chance(share)).length,
        values: Array.from({ length: count }, () =>
          durationMs(random, ill ? 4 * medianMs : medianMs),
        ),
      },
    ];
  });

/** Calls of external services in an hour, spread over it. */
export const callsOf = (random: Random, hour: Date): object[] =>
  integrations.flatMap(({ id, type, medianMs, errorShare }) =>
    Array.from({ length: random.between(2, 6) }, () => {
      const success = !random.chance(errorShare);
      return {
        integration_id: id,
        event_type: type === 'webhook' ? 'webhook-delivery' : 'api-call',
        direction: 'outbound',
        endpoint: `https://${id}.example/v1`,
        method: 'POST',
        status_code: success ? 200 : 503,
        success,
        response_time: Math.round(durationMs(random, success ? medianMs : 5 * medianMs)),
        ...(success ? {} : { error_message: 'service unavailable' }),
        occurred_at: new Date(hour.getTime() + Math.floor(random.next() * msPerHour)).toISOString(),
      };
    }),
  );
