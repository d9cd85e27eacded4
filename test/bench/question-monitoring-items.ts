import { randomFrom } from '@rookery/kernel/random';
import type { PerformanceItem } from '@rookery/monitoring/performance/write-series';

const minuteMs = 60_000;
const perMinute = 30;

/** Items of some minutes from an instant on, 100 endpoints each, with 30 lognormal latencies of 50 ms to 5 s each. */
export const itemsOf = (from: Date, minutes: number, seed: number): PerformanceItem[] => {
  const random = randomFrom(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Array.from({ length: minutes * 100 }, (_, n) => ({
    time: new Date(from.getTime() + Math.floor(n / 100) * minuteMs).toISOString(),
    metric_name: 'http_request_duration_ms',
    endpoint: `/v1/endpoint/${n % 100}`,
    method: 'GET',
    status_code: 200,
    request_count: perMinute,
    error_count: 0,
    values: Array.from(
      { length: perMinute },
      () => 50 * 100 ** ((n % 100) / 99) * Math.exp(0.6 * normal()),
    ),
  }));
};
