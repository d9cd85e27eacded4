import * as z from 'zod';
import { problemCodes, problems } from './problems.ts';

/** The body of an error as RFC 9457 says, with the code, the request and the parameters at fault. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'The page that explains the code.' }),
    title: z.string(),
    status: z.literal([...new Set(problemCodes.map((code) => problems[code].status))]),
    detail: z
      .string()
      .optional()
      .meta({ description: 'What to do next. Not with a status of 500 or above.' }),
    code: z.enum(problemCodes),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });

/** An error as callers get it. */
export type Problem = z.output<typeof problemSchema>;
