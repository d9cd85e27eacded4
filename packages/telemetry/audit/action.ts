import * as z from 'zod';
import type { AuditCategory, AuditClass } from './keeping.ts';

/** What an audited action did, as tb_audit_event tells it. */
export const deeds = [
  'create',
  'read',
  'update',
  'delete',
  'execute',
  'export',
  'login',
  'logout',
  'access-denied',
] as const;

/** What is known of each entry of the compliance audit by the name of its action. */
export type Kept = {
  readonly description: string;
  readonly class: AuditClass;
  readonly category: AuditCategory;
};

/**
 * A high-risk action and how it is recognised among the audit events: by one of its deeds on one of its kinds of things.
 * One that is `named` shares them with others, and only `metadata.action` tells. Whoever tells of it by `audit` writes the
 * first deed, and of the values before and after what `values` takes.
 */
export type Action = Kept & {
  readonly deeds: readonly [(typeof deeds)[number], ...(typeof deeds)[number][]];
  readonly things: readonly [string, ...string[]];
  readonly named?: true;
  readonly values: z.ZodType<Readonly<Record<string, unknown>>>;
};

const word = z.string().max(200);
const scalar = z.union([word, z.number(), z.boolean(), z.null()]);

/** No values: the action says it all. */
export const nothing = z.strictObject({});

/** A right that somebody has. */
export const right = z.strictObject({ role: word, scope: word.nullable() }).partial();

/** What a role allows. */
export const permissions = z.strictObject({ permissions: z.array(word).max(200) }).partial();

/** Settings by name, each short: no documents, which belong elsewhere. */
export const settings = z.record(word.min(1), z.union([scalar, z.array(scalar).max(50)]));

/** How many and which things, never the things. */
export const extent = z
  .strictObject({
    format: word,
    rows: z.number().int().nonnegative(),
    fields: z.array(word).max(200),
    from: word,
    to: word,
    recipient: word,
    state: word,
  })
  .partial();
