import * as z from 'zod';
import { isDay, type Day } from '@rookery/kernel/day';
import { isPlain } from '@rookery/kernel/text';

// Facts start with the year 2000; beyond these years arithmetic with days leaves what a day can be written as.
const isOurDay = (text: string): text is Day =>
  text >= '2000-01-01' && text < '3000-01-01' && isDay(text);

/** A calendar day as we answer it. */
export const day = z
  .string()
  .refine(isDay)
  .meta({ format: 'date', examples: ['2025-03-10'] });

/** A calendar day as callers write it. */
export const askedDay = z
  .string()
  .refine(isOurDay, 'is not a day; write it as YYYY-MM-DD, from 2000 on')
  .meta({ format: 'date', examples: ['2025-03-10'] });

/** An identifier of the OLTP database, as it is there. */
export const id = z.string();

/** An identifier as callers write it. */
export const askedId = z.string().min(1).max(1_000).refine(isPlain, 'holds a control character');

const list = (what: string) =>
  z
    .string()
    .min(1)
    .max(4_000)
    .transform((text) => text.split(','))
    .refine((ids) => ids.length <= 100 && ids.every((each) => each !== '' && isPlain(each)), {
      error: `is not a list of 1 to 100 ${what}, separated by commas`,
    });

/** A filter on several identifiers, separated by commas. */
export const ids = (what: string) =>
  list(what)
    .optional()
    .meta({
      description: `Only these ${what}, up to 100, separated by commas. One that holds a comma itself cannot be named here, encoded or not: look for it under its own path.`,
    });

/** A filter on several values of a status, separated by commas. */
export const statuses = list('statuses')
  .optional()
  .meta({ description: 'Only with one of these statuses, separated by commas.' });

/** The range of days an answer covers, and whether to compare it. */
export const range = {
  from: askedDay.optional().meta({
    description: 'First day. By default 30 days before `to`.',
  }),
  to: askedDay.optional().meta({
    description:
      'First day after the range: it is half-open. By default tomorrow, so that today is in it.',
  }),
  tz: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({
      description:
        'IANA time zone that you take the days to be in. Facts are cut at midnight in the zone of the tenant: any other is refused.',
      examples: ['Europe/Berlin'],
    }),
};

/** Adds the range of equal length just before. */
export const compare = {
  compare: z.enum(['previous']).optional().meta({
    description:
      'Adds the figures of the range of equal length just before this one. A filter on what is known of an entity, such as its status, compares there what was known then.',
  }),
};

/** The widths a bucket of a series may have. */
export const widths = ['day', 'week', 'month'] as const;

/** The width of a bucket of a series. */
export const interval = {
  interval: z.enum(widths).default('day').meta({
    description:
      'Width of a bucket. Weeks start on Monday; the first and the last are cut at the range.',
  }),
};

/** A whole number as callers write it in a query, within two limits, both inclusive. */
export const whole = (least: number, most: number, usual: number) =>
  z
    .preprocess(
      // Number() reads 0x10, 1e2 and blanks as well.
      (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
      z.int('is not a whole number, written in digits').min(least).max(most),
    )
    .default(usual)
    // Whatever is changed on the way loses its default in the document.
    .meta({ override: { default: usual } });

/** Paging by keyset: the order, the size of a page, and where the page before ended. */
export const page = (sortable: readonly [string, ...string[]]) => ({
  sort: z
    .enum(sortable.flatMap((name) => [name, `-${name}`]))
    .optional()
    .meta({
      description: `Order, with - for descending. By default ${sortable[0]}. The identifier breaks ties; by a figure, a row whose figure changes while you page may move.`,
    }),
  limit: whole(1, 500, 50).meta({ description: 'Rows on a page.' }),
  cursor: z.string().min(1).max(10_000).optional().meta({
    description: 'The `next_cursor` of the page before, with all else as it was there.',
  }),
});

/** A moment in an answer. */
export const instant = z.iso.datetime({ offset: true });

// Postgres takes less than 16 hours, and no zone is further than 14.
const farOffset = /[+-](?:14:(?!00)|1[5-9]:|2\d:)\d\d$/;

// Digits of a fraction of a second may go on for ever, and Postgres reads at most 128 characters.
const mostCharacters = 64;

const isWithin = (text: string): boolean =>
  text >= '2000-01-01' &&
  text < '3000-01-01' &&
  text.length <= mostCharacters &&
  !farOffset.test(text);

const isOurInstant = (text: string): boolean => isWithin(text) && instant.safeParse(text).success;

/** An instant as senders write it: with a zone of at most 14 hours, from 2000 on, so that Postgres takes each. */
export const askedInstant = z.iso
  .datetime({ offset: true, abort: true })
  .refine(
    isWithin,
    'is not an instant from 2000 on, with a zone of at most 14 hours, in 64 characters',
  );

/** A moment as callers write it: a calendar day, or an instant with a zone of at most 14 hours. */
export const askedMoment = z
  .string()
  .refine(
    (text) => isOurDay(text) || isOurInstant(text),
    'is neither a day (YYYY-MM-DD) nor an instant (RFC 3339, with a zone) from 2000 on',
  );

/** How fresh an answer is: in every answer, and for CSV and NDJSON in headers. */
export const freshness = {
  as_of: instant.meta({ description: 'When the facts were read.' }),
  complete_through: instant.nullable().meta({
    description:
      'Every change of the e-mails before this moment is in the figures. Null until all of the tenant’s e-mails were counted once.',
  }),
};

/** The days an answer covers. */
export const covered = z
  .object({ from: day, to: day, timezone: z.string() })
  .meta({ id: 'Range', description: 'Half-open days [from, to) in the time zone of the tenant.' });

/** Where the next page starts. */
export const nextCursor = z.string().nullable().meta({
  description: 'Give it as `cursor` for the next page. Null on the last.',
});
