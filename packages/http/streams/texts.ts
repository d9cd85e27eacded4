import * as z from 'zod';
import { isStorable } from '@rookery/kernel/text';

/** A text of up to `width` characters that Postgres can store. */
export const textOrNone = (width: number) =>
  z.string().max(width).refine(isStorable, 'holds a NUL or half of a surrogate pair');

/** A text of 1 to `width` characters that Postgres can store. */
export const text = (width: number) => textOrNone(width).min(1);

// JSON writes NUL and lone surrogates as escapes, everything else of theirs as it is.
const unstorableJson = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Further facts by name, of any JSON that Postgres can store. */
export const facts = z
  .record(z.string().min(1).max(200), z.json())
  .refine((value) => !unstorableJson.test(JSON.stringify(value)), {
    error: 'holds a NUL or half of a surrogate pair',
  });

/** An IPv4 or IPv6 address, without a mask. */
export const address = z.union([z.ipv4(), z.ipv6()]);

/** A user as senders name him; what looks like one of our pseudonyms would pass for anonymised already. */
export const user = text(50).refine(
  (value) => !/^anon_[0-9a-f]{32}$/.test(value),
  'looks like a pseudonym of ours',
);
