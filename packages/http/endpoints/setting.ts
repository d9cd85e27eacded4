import * as z from 'zod';
import { analysts, type Example, type Shape } from '../contract.ts';
import { askedId, id, instant, nextCursor, page } from '../fields.ts';
import { channels, matcherOps } from '../words.ts';
import { text, textOrNone } from '../streams/texts.ts';
import { freshOfMonitoring } from './monitoring-window.ts';

/** The largest whole number that Postgres keeps in an integer. */
const mostInteger = 2_147_483_647;

/** A whole number of a body. */
export const integer = (least: number, most = mostInteger) => z.int().min(least).max(most);

/** What a thing is, in words, of which there may be none. */
export const words = textOrNone(4_000).nullable();

/** The id of a thing in a path. */
export const idIn = (what: string) => askedId.meta({ description: `Identifier of the ${what}.` });

/** A condition on a label, as people write it. */
export const matcher = z.strictObject({
  label: text(100),
  op: z.enum(matcherOps),
  value: textOrNone(500).meta({
    description:
      'Of =~ and !~ a pattern that the whole value matches. Empty: the label is not there.',
  }),
});

/** A condition on a label, as it is kept. */
export const keptMatcher = z.object({
  label: z.string(),
  op: z.string().meta({ description: `One of ${matcherOps.join(', ')}.` }),
  value: z.string(),
});

/** Whom to tell by each channel, as it is kept. */
export const keptRecipients = z.partialRecord(z.enum(channels), z.array(z.string()));

/** What every thing that people set up has. */
export const setUp = {
  id,
  created_at: instant,
  updated_at: instant,
  revision: z.int().min(0).meta({ description: 'What a change has to name.' }),
};

/** The same of a thing that says who made it. */
export const signed = { ...setUp, created_by: z.string().meta({ description: 'Who made it.' }) };

/** What says whether a file of rules keeps a thing as it is. */
export const managedBy = z
  .string()
  .nullable()
  .meta({ description: 'File of rules that it comes from.' });

/** The answer to a change: the thing as it is then. */
export const dataOf = <R extends z.ZodType>(row: R, component: string) =>
  z.object({ data: row }).meta({ id: component });

// People name things in addresses and in files of rules: nothing that would have to be encoded there.
const ownId = z
  .string()
  .max(50)
  .regex(
    /^[a-z0-9][a-z0-9_-]*$/,
    'is not 1 to 50 of a-z, 0-9, _ and -, with a letter or digit first',
  )
  .optional()
  .meta({ description: 'What it will be known by. By default one is made up.' });

const revision = z
  .int({
    error: ({ input }) =>
      input === undefined
        ? 'is missing: name the `revision` as you saw it'
        : 'is not a whole number',
  })
  .min(0)
  .max(mostInteger)
  .meta({ description: 'The `revision` as you saw it.' });

// Number() reads 0x10, 1e2 and blanks as well.
const askedRevision = z
  .preprocess(
    (given) => (typeof given === 'string' && /^\d{1,10}$/.test(given) ? Number(given) : given),
    z
      .int({
        error: ({ input }) =>
          input === undefined
            ? 'is missing: name the `revision` as you saw it'
            : 'is not a whole number, written in digits',
      })
      .min(0)
      .max(mostInteger),
  )
  .meta({ description: 'The `revision` as you saw it.' });

/** The body that makes a thing. */
export const making = <N extends z.ZodRawShape, O extends z.ZodRawShape>(
  needed: N,
  optional: O,
  component: string,
) =>
  z
    .strictObject({ id: ownId, ...needed, ...z.object(optional).partial().shape })
    .meta({ id: component });

/** The body that changes a thing. */
export const changing = <F extends z.ZodRawShape>(fields: F, component: string) =>
  z.strictObject({ revision, ...z.object(fields).partial().shape }).meta({ id: component });

// The order of such a list cannot be chosen.
const { limit, cursor } = page(['-created_at']);

type Path = `/v1/${string}`;
type Words = { readonly summary: string; readonly description: string };
type Examples = readonly [Example, ...Example[]];
const none = z.strictObject({});
const tag = 'Alerting';
const changers = ['tenant-admin', 'operator'] as const;

/** A list of things, the newest first. */
export const listOf = <const P extends Path, R extends Shape, Q extends z.ZodRawShape>(
  asked: Words & {
    readonly path: P;
    readonly row: R;
    readonly query: Q;
    readonly component: string;
    readonly examples: Examples;
  },
) => {
  const { path, row, query, component, summary, description, examples } = asked;
  const response = z
    .object({ data: z.array(row), next_cursor: nextCursor, ...freshOfMonitoring })
    .meta({ id: component });
  return {
    ...({ method: 'GET', path, tag, summary, description, roles: analysts, params: none } as const),
    query: z.strictObject({ limit, cursor, ...query }),
    response,
    rows: row,
    ...({ cache: 'none', rate: 'read', examples } as const),
  };
};

/** One thing. */
export const oneThing = <const P extends Path, I extends Shape, R extends z.ZodType>(
  asked: Words & {
    readonly path: P;
    readonly params: I;
    readonly row: R;
    readonly component: string;
    readonly examples: Examples;
  },
) => {
  const { path, params, row, component, summary, description, examples } = asked;
  return {
    ...({ method: 'GET', path, tag, summary, description, roles: analysts, params } as const),
    query: none,
    response: z.object({ data: row, ...freshOfMonitoring }).meta({ id: component }),
    ...({ cache: 'none', rate: 'read', examples } as const),
  };
};

type Changed<P, R> = Words & {
  readonly path: P;
  readonly response: R;
  readonly examples: Examples;
};

/** Makes a thing. */
export const making201 = <const P extends Path, B extends Shape, R extends Shape>(
  asked: Changed<P, R> & { readonly body: B },
) =>
  ({
    ...asked,
    method: 'POST',
    tag,
    roles: changers,
    params: none,
    query: none,
    status: 201,
    cache: 'none',
    rate: 'change',
  }) as const;

/** Changes a thing. */
export const changeOf = <const P extends Path, I extends Shape, B extends Shape, R extends Shape>(
  asked: Changed<P, R> & { readonly params: I; readonly body: B },
) =>
  ({
    ...asked,
    method: 'PATCH',
    tag,
    roles: changers,
    query: none,
    cache: 'none',
    rate: 'change',
  }) as const;

/** Deletes a thing. */
export const deletionOf = <const P extends Path, I extends Shape, R extends Shape>(
  asked: Changed<P, R> & { readonly params: I },
) =>
  ({
    ...asked,
    method: 'DELETE',
    tag,
    roles: changers,
    query: z.strictObject({ revision: askedRevision }),
    cache: 'none',
    rate: 'change',
  }) as const;
