import * as z from 'zod';
import { instant } from '../fields.ts';

/** A filter on some of several words, separated by commas. */
export const someOf = <const W extends string>(words: readonly [W, ...W[]]) =>
  z
    .string()
    .min(1)
    .max(1_000)
    .transform((text) => text.split(','))
    .refine((given) => given.every((word) => words.some((known) => known === word)), {
      error: `is not a list of ${words.join(', ')}, separated by commas`,
    });

/** A word that an answer holds out of several: they are named in words, because later versions may add to them. */
export const oneOf = (words: readonly string[]) =>
  z.string().meta({ description: `One of ${words.join(', ')}.` });

/** Where the window of an answer begins. */
export const since = instant.meta({ description: 'Where the window begins; it ends with now.' });

/** How fresh an answer of monitoring is: in every answer, and for CSV and NDJSON in headers. */
export const freshOfMonitoring = {
  as_of: instant.meta({ description: 'When it was read.' }),
  complete_through: instant.meta({
    description:
      'What was committed before this moment is in the figures; `as_of`, unless rollups wait to be computed again.',
  }),
};

/** The states of a service or an integration. */
export const serviceStatuses = ['healthy', 'degraded', 'down', 'unknown'] as const;
