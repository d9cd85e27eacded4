import { sql, type RawBuilder } from 'kysely';
import { parseDay } from '@rookery/kernel/day';

/** Cold e-mail is younger than this: an e-mail "sent" on an earlier day carries a broken stamp and is not counted. */
export const firstDay = parseDay('2000-01-01');

/** True, as SQL, for a day on which an e-mail can have been sent: not before our time, and begun in its zone. */
export const isPlausible = (day: RawBuilder<unknown>, zone: RawBuilder<unknown>) =>
  sql`${day} between ${sql.raw(`'${firstDay}'`)}::date and (now() at time zone ${zone})::date`;

/**
 * The instant at which a local day begins, as SQL over a date and a zone.
 * Where the clocks go back at midnight (Havana, the Azores) 00:00 happens twice and Postgres takes the second:
 * the hour before it already belongs to the day, as `(instant at time zone zone)::date` says everywhere else.
 */
export const startOfDay = (day: RawBuilder<unknown>, zone: RawBuilder<unknown>) => {
  const midnight = sql`(${day})::timestamp at time zone ${zone}`;
  const earlier = sql`((${midnight}) - interval '1 hour')`;
  return sql`(case when (${earlier} at time zone ${zone})::date = (${day})::date then ${earlier} else ${midnight} end)`;
};
