import { sql, type RawBuilder } from 'kysely';
import { statement } from '@rookery/db/statement';
import { secondsOf } from './interval.sql.ts';
import { hoursCounted } from './uptime-hour.sql.ts';
import { covered, noCovers, type Covers } from './window.sql.ts';

/** A moment to count until, a whole second, and the times of maintenance since the earliest hour that is counted. */
export type UptimeAsk = { readonly until: string; readonly covers: Covers };

// A turn: services that were never counted, with 1,000 checks each, take some ten seconds.
const mostServices = 250;

// How far back hours are made anew: checks are kept for 30 days.
const oldest = "interval '29 days'";

const counted = (until: string): RawBuilder<unknown> => sql`
(h.probe is not null or h.checked_slot is not null) and h.deleted_at is null and (h.uptime_until is null or h.uptime_until < ${until}::timestamptz)`;

const firstHour = (until: string): RawBuilder<unknown> => sql`
date_trunc('hour', greatest(coalesce(h.uptime_until, '-infinity'), ${until}::timestamptz - ${sql.raw(oldest)}), 'UTC')`;

/** The earliest hour that is to be counted: the times of maintenance matter from then on. Null: there is nothing to count. */
export const firstUncounted = statement<{ until: string }, { first: 'timestamptz?' }>({
  title: 'the first hour whose uptime is not counted',
  on: 'warehouse',
  columns: { first: 'timestamptz?' },
  example: { until: '2026-01-01T00:00:00.000Z' },
  sql: ({ until }) => sql`
select min(${firstHour(until)}) as first from monitoring.tb_service_health h where ${counted(until)}`,
});

// Whole hours back from the hour that goes on; what this statement writes it does not see in the table. The limits are
// computed once: with their arithmetic in each row, five minutes of 1,000 services with 28 days of hours took 3.3 s instead of
// 1.7, on a busy machine; all 1,000,000 checks for the first time 23 s (2026-11).
const sums = (hour: string, of: (state: string) => string): RawBuilder<unknown> =>
  sql.raw(
    ['day', 'week', 'month']
      .flatMap((span) => {
        const since = `filter (where ${hour} >= (select ${span} from moment))`;
        const up = `${of('healthy')} + ${of('degraded')}`;
        return [
          `sum(${up}) ${since} as ${span}_up`,
          `sum(${up} + ${of('down')}) ${since} as ${span}_all`,
        ];
      })
      .join(', '),
  );

const total = (span: string): RawBuilder<unknown> =>
  sql.raw(
    `round(100.0 * (coalesce(f.${span}_up, 0) + coalesce(o.${span}_up, 0))
      / nullif(coalesce(f.${span}_all, 0) + coalesce(o.${span}_all, 0), 0), 6) as ${span}`,
  );

const shares = sql`
fresh as materialized (
  select tenant_id, id, ${sums('to_timestamp(hour_s)', (state) => state)} from hour group by 1, 2
), shares as materialized (
  select s.tenant_id, s.id, ${total('day')}, ${total('week')}, ${total('month')}
  from service s left join fresh f on f.tenant_id = s.tenant_id and f.id = s.id
  cross join lateral (
    select ${sums('u.hour', (state) => `u.${state}_seconds`)}
    from monitoring.service_uptime_hour u
    where u.tenant_id = s.tenant_id and u.service_id = s.id and u.hour < s.first and u.hour >= (select month from moment)
  ) o
)`;

/**
 * Counts again the hours of 250 services, those whose count is oldest, from where it had come to, or a late check set it
 * back to, until a moment, and the uptime of the last 24 hours, 7 and 30 days: (healthy + degraded) of what is known and no
 * maintenance, null without any; whole hours back from the one that goes on. A service that is written meanwhile is left for
 * the next time. The same moment again, an earlier one, or another count beside it change nothing.
 */
export const countUptimes = statement<UptimeAsk, { services: 'int8'; hours: 'int8'; left: 'int8' }>(
  {
    title: 'count the uptimes of services',
    on: 'warehouse',
    columns: { services: 'int8', hours: 'int8', left: 'int8' },
    example: { until: '2026-01-01T00:00:00.000Z', covers: noCovers },
    sql: ({ until, covers }) => sql`
with recursive ${covered(covers)}, seen as materialized (
  select h.tenant_id, h.id, h.uptime_until, h.checked_slot, h.status, h.last_check
  from monitoring.tb_service_health h where ${counted(until)}
  order by h.uptime_until nulls first, h.tenant_id, h.id limit ${mostServices}
), moment as materialized (
  select until, extract(epoch from until)::bigint as until_s, hour - interval '24 hours' as day,
    hour - interval '168 hours' as week, hour - interval '720 hours' as month
  from (select ${until}::timestamptz as until, date_trunc('hour', ${until}::timestamptz, 'UTC') as hour) u
), held as materialized (
  select h.tenant_id, h.id, h.check_interval, h.uptime_until
  from seen v join monitoring.tb_service_health h on h.tenant_id = v.tenant_id and h.id = v.id
  where h.uptime_until is not distinct from v.uptime_until and h.checked_slot is not distinct from v.checked_slot
    and h.status = v.status and h.last_check = v.last_check
  order by h.tenant_id, h.id
  for no key update of h
), service as materialized (
  select h.tenant_id, h.id, ${secondsOf('h')} as seconds, ${firstHour(until)} as first,
    extract(epoch from ${firstHour(until)})::bigint as first_s, m.until, m.until_s
  from held h cross join moment m
), ${hoursCounted(until)}, ${shares}, told as (
  update monitoring.tb_service_health h set uptime_until = s.until, uptime_24h = p.day, uptime_7d = p.week,
    uptime_30d = p.month
  from service s left join shares p on p.tenant_id = s.tenant_id and p.id = s.id
  where h.tenant_id = s.tenant_id and h.id = s.id
  returning 1
)
select (select count(*) from told) as services, (select count(*) from written) as hours,
  (select count(*) from seen) - (select count(*) from service) as left`,
  },
);
