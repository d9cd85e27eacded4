import { sql, type RawBuilder } from 'kysely';

const least = 60;
const most = 86_400;

/**
 * The seconds between checks of a service, by the name of its row in SQL: from a minute to a day, whatever is stored. Three
 * times the last number of the column would be none of its type, and stop the services of everybody.
 */
export const secondsOf = (row: string): RawBuilder<unknown> =>
  sql.raw(`least(greatest(${row}.check_interval, ${least}), ${most})`);
