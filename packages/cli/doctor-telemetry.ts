import { addDays, dayAt } from '@rookery/kernel/day';
import { examine, failed, ok, warn, type Check } from './check.ts';
import { newestExternalDay, rejectedOfDay } from './doctor-telemetry.sql.ts';
import type { Place } from './place.ts';
import { many, shown } from './table.ts';

type Ops = Pick<Place, 'db' | 'url'>;
type Env = Readonly<Record<string, string | undefined>>;

const needed = ['POSTHOG_HOST', 'POSTHOG_PROJECT_ID', 'POSTHOG_QUERY_KEY'] as const;
// Read back every day; a day may have had no figure.
const lateDays = 3;

const rejectedCheck = async (place: Ops): Promise<readonly Check[]> => {
  const [row] = await place.db('ops').query(rejectedOfDay, {});
  if (row === undefined || row.code === null) return [ok('events', 'none rejected in a day')];
  const { events, tenants, code } = row;
  return [
    warn(
      'events',
      `${many(events, 'event')} of ${many(tenants, 'tenant')} rejected in a day, most as ${code}`,
      'npm run rookery -- telemetry rejected --days 1',
    ),
  ];
};

const externalCheck = async (place: Ops, env: Env): Promise<readonly Check[]> => {
  const check = 'external aggregates';
  if (env['EXTERNAL_AGGREGATES'] !== 'on') return [ok(check, 'off')];
  const missing = needed.filter((name) => !env[name]);
  if (missing.length > 0)
    return [
      failed(
        check,
        `on, but without ${missing.join(', ')}`,
        'set what is missing, or EXTERNAL_AGGREGATES=off: until then every run fails',
      ),
    ];
  const [row] = await place.db('ops').query(newestExternalDay, {});
  const day = row?.day ?? null;
  const late = day === null || day < addDays(dayAt(new Date(), 'UTC'), -lateDays);
  const found = day === null ? 'on, and nothing was read yet' : `on, read until ${day}`;
  const advice = 'see whether the schedule external-aggregates runs, and what it logs';
  return [late ? warn(check, found, advice) : ok(check, found)];
};

// A message holds up to 500 events: so many are more than a quarter of an hour of work for any sink.
const mostWaiting = 1_000;

/** What the depth of a queue and of its dead letters says. */
export const queueCheck = (depth: {
  readonly queue: string;
  readonly waiting: number;
  readonly dead: number;
}): Check => {
  const { queue, waiting, dead } = depth;
  const check = `queue ${queue}`;
  const held = `${shown(waiting)} waiting`;
  const show = `npm run rookery -- dlq show ${queue}`;
  if (dead > 0)
    return warn(
      check,
      `${held}, ${many(dead, 'dead letter')}`,
      queue === 'events' ? `${show}; why: npm run rookery -- telemetry rejected` : show,
    );
  if (waiting >= mostWaiting)
    return warn(check, `${held}: it is behind`, 'see what its function logs, and what it sends to');
  return ok(check, `${held}, no dead letter`);
};

/** What became of the events of the product, and of the aggregates that may come back. */
export const telemetryChecks = async (
  place: Ops,
  env: Env = process.env,
): Promise<readonly Check[]> => {
  if (place.url('ops') === undefined) return [];
  return [
    ...(await examine('events', () => rejectedCheck(place))),
    ...(await examine('external aggregates', () => externalCheck(place, env))),
  ];
};
