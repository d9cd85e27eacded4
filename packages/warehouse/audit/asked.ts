import { isDay } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import type { Edge } from './log.sql.ts';
import type { EntryFilter } from './matching.sql.ts';

/** Which entries a caller asks for; `from` and `to` are days or instants, `q` is words between blanks. */
export type Asked = {
  readonly action?: readonly string[] | undefined;
  readonly admin_user_id?: string | undefined;
  readonly resource_type?: string | undefined;
  readonly resource_id?: string | undefined;
  readonly data_classification?: string | undefined;
  readonly retention_category?: string | undefined;
  readonly ip_address?: string | undefined;
  readonly changed?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const edgeOf = (text: string | undefined): Edge | null => {
  if (text === undefined) return null;
  return isDay(text) ? { day: text } : { instant: text };
};

/** Fails with `range-empty` for a range that nothing can be in. */
export const refuseEmpty = ({ from, to }: Pick<Asked, 'from' | 'to'>): void => {
  if (from === undefined || to === undefined || isDay(from) !== isDay(to)) return;
  // Instants may differ by less than the milliseconds that Date.parse knows.
  if (from !== to && Date.parse(from) <= Date.parse(to)) return;
  throw new Failure(
    'invalid',
    'range-empty',
    `\`to\` (${to}) must be after \`from\` (${from}): the range is half-open`,
  );
};

const wordsOf = (text: string | undefined): string[] =>
  (text ?? '').split(/\s+/).filter((word) => word !== '');

/** What a caller asks of the audit, as a filter. */
export const filterOf = (query: Asked): EntryFilter => ({
  actions: query.action ?? null,
  adminUserId: query.admin_user_id ?? null,
  resourceType: query.resource_type ?? null,
  resourceId: query.resource_id ?? null,
  classification: query.data_classification ?? null,
  category: query.retention_category ?? null,
  ipAddress: query.ip_address ?? null,
  changed: query.changed ?? null,
  words: wordsOf(query.q),
  from: edgeOf(query.from),
  to: edgeOf(query.to),
});
