/** A check as the log has it. */
export type Check = {
  readonly at: number;
  readonly status: 'healthy' | 'degraded' | 'down' | 'unknown';
};

/** A time of maintenance. */
export type Rest = { readonly from: number; readonly to: number };

type Terms = { readonly rests: readonly Rest[]; readonly interval: number; readonly until: number };

const order = ['healthy', 'degraded', 'down'] as const;

/**
 * The hours and uptimes of a history, second by second: each second has the state of the latest check at or before it that
 * is not older than two intervals, unless it is under maintenance. Written without a look at the SQL.
 */
export const modelOf = (checks: readonly Check[], { rests, interval, until }: Terms) => {
  const hours: Record<number, number[]> = {};
  const end = Math.floor(until / 1000);
  const sorted = checks
    .map(({ at, status }) => ({ second: Math.floor(at / 1000), at, status }))
    .filter(({ at }) => at < until)
    .toSorted((a, b) => a.at - b.at);
  const first = Math.min(
    ...sorted.map(({ second }) => second),
    ...rests.map(({ from }) => from / 1000),
    end,
  );
  let next = 0;
  for (let second = first; second < end; second += 1) {
    while (next < sorted.length && sorted[next]!.second <= second) next += 1;
    const check = sorted[next - 1];
    const isResting = rests.some(({ from, to }) => from <= second * 1000 && second * 1000 < to);
    const isFresh = check !== undefined && second - check.second < 2 * interval;
    const state = isFresh && check.status !== 'unknown' ? order.indexOf(check.status) : -1;
    const place = isResting ? 3 : state;
    if (place < 0) continue;
    const hour = Math.floor(second / 3600) * 3_600_000;
    hours[hour] ??= [0, 0, 0, 0];
    hours[hour][place]! += 1;
  }
  const current = Math.floor(end / 3600) * 3_600_000;
  const uptimes = [1, 7, 30].map((days) => {
    const counted = Object.entries(hours)
      .filter(([hour]) => Number(hour) >= current - days * 86_400_000)
      .map(([, seconds]) => seconds);
    const sum = (place: number): number =>
      counted.reduce((total, seconds) => total + seconds[place]!, 0);
    const known = sum(0) + sum(1) + sum(2);
    return known === 0 ? null : (100 * (sum(0) + sum(1))) / known;
  });
  return { hours, uptimes };
};
