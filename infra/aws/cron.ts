import type { Cadence } from '../topology.ts';

const hour = 60;

const everyMinutes = (minutes: number): string => {
  const [unit, field] = minutes % hour === 0 ? [24, minutes / hour] : [hour, minutes];
  if (!Number.isInteger(minutes) || minutes < 1 || unit % field !== 0)
    throw new Error(
      `every ${minutes} minutes does not divide the hour or the day evenly: slots would drift`,
    );
  if (unit === 24) return field === 1 ? 'cron(0 * * * ? *)' : `cron(0 0/${field} * * ? *)`;
  return field === 1 ? 'cron(* * * * ? *)' : `cron(0/${field} * * * ? *)`;
};

const plain = /^(\*|\d+)$/;

/**
 * A cadence as EventBridge Scheduler writes it: at the same minutes of the clock as on a laptop, which a rate would not be. It has
 * a sixth field, for years, and wants a question mark for whichever of the two kinds of day is not said.
 */
export const awsCron = (cadence: Cadence): `cron(${string})` => {
  if ('everyMinutes' in cadence) return everyMinutes(cadence.everyMinutes) as `cron(${string})`;
  const fields = cadence.cron.split(' ');
  const [minute, hours, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || !fields.every((field) => plain.test(field)))
    throw new Error(`${cadence.cron} is not a cron expression of five plain numbers or asterisks`);
  if (dayOfMonth !== '*' && dayOfWeek !== '*')
    throw new Error(`${cadence.cron} names both a day of the month and a day of the week`);
  // Sunday is 0 here and 1 there.
  const weekday = dayOfWeek === '*' ? '?' : String((Number(dayOfWeek) % 7) + 1);
  return `cron(${minute} ${hours} ${dayOfWeek === '*' ? dayOfMonth : '?'} ${month} ${weekday} *)`;
};
