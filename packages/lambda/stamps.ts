import { cacheControl, type Endpoint } from '@rookery/http/contract';
import type { Spent } from '@rookery/db/pool';
import { spentHeaders } from './allowance.ts';

/** How fresh what was read is. */
export type Fresh = { readonly as_of: Date; readonly complete_through: Date | null };

/** The stamps of an answer, as they stand in its JSON. */
export const stampsOf = ({ as_of, complete_through }: Fresh) => ({
  as_of: as_of.toISOString(),
  complete_through: complete_through?.toISOString() ?? null,
});

/** What the head of every read says, also where the body has no room for it: freshness, keeping, what is left. */
export const readHeaders = (
  { cache }: Endpoint,
  fresh: Fresh,
  spent: Spent,
): Readonly<Record<string, string>> => {
  const { as_of, complete_through } = stampsOf(fresh);
  return {
    'cache-control': cacheControl[cache],
    vary: 'accept, accept-encoding, authorization',
    'rookery-as-of': as_of,
    ...(complete_through === null ? {} : { 'rookery-complete-through': complete_through }),
    ...spentHeaders(spent),
  };
};
