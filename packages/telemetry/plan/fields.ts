import * as z from 'zod';
import { isPlain, isStorable } from '@rookery/kernel/text';

/** An opaque name or id: 1 to 200 characters without control characters. */
export const id = z.string().min(1).max(200).refine(isPlain, 'holds a control character');

/** A short word out of few: a plan, a module, a reason. */
export const word = z.string().min(1).max(100).refine(isPlain, 'holds a control character');

/** A text of up to 2,000 characters that every sink can store. */
export const text = z
  .string()
  .min(1)
  .max(2_000)
  .refine(isStorable, 'holds a NUL or half of a surrogate pair');

/** How many, as far as every sink counts exactly. */
export const count = z.int().min(0).max(2_000_000_000);

/** Milliseconds, up to 25 hours: as far as the sketches of the monitoring tier go. */
export const milliseconds = z.number().min(0).max(90_000_000);

/** An IPv4 or IPv6 address. */
export const address = z.union([z.ipv4(), z.ipv6()]);
