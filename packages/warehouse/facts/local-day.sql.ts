import { sql, type RawBuilder } from 'kysely';

/**
 * The instant at which a local day begins, as SQL over a date and a zone.
 * Where the clocks go back at midnight (Havana, the Azores) 00:00 happens twice and Postgres takes the second:
 * the hour before it already belongs to the day, as \`(instant at time zone zone)::date\` says everywhere else.
 */
export const startOfDay = (day: RawBuilder<unknown>, zone: RawBuilder<unknown>) => {
  const midnight = sql`(${day})::timestamp at time zone ${zone}`;
  const earlier = sql`((${midnight}) - interval '1 hour')`;
  return sql`(case when (${earlier} at time zone ${zone})::date = (${day})::date then ${earlier} else ${midnight} end)`;
};
