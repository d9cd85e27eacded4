import { countWindows } from '../settings/crowd.sql.ts';
import { fieldsSet, merged, written, type Some } from '../settings/fields.ts';
import type { Kind } from '../settings/setting.ts';
import type { RowWith, SetName } from '../settings/field.sql.ts';
import {
  dropWindow,
  holdWindow,
  listWindows,
  makeWindow,
  missingServices,
  putWindow,
  windowFields,
  windowOfId,
} from './window-change.sql.ts';
import { windowFault } from './window.ts';
import { reachFault } from './window-reach.ts';

type Row = RowWith<typeof windowFields>;

/** What people set of a window of maintenance, by column. */
export type WindowFields = Pick<Row, SetName<typeof windowFields>>;

/** A new window with all that it does not say. */
export const wholeWindow = (
  wish: Some<WindowFields> & Pick<WindowFields, 'name' | 'duration_minutes' | 'ends_at'>,
  now: Date,
): WindowFields => {
  const { name, duration_minutes, ends_at } = wish;
  const usual = { services: [], cron: null, timezone: 'UTC', managed_by: null };
  const needed = { name, duration_minutes, starts_at: now.toISOString(), ends_at };
  return writtenWindow(merged<WindowFields>({ ...usual, ...needed }, wish));
};

/** Some fields of a window, its instants as their columns are read. */
export const writtenWindow = <W extends Some<WindowFields>>(wish: W): W => ({
  ...wish,
  ...(wish.starts_at === undefined ? {} : { starts_at: written(wish.starts_at) }),
  ...(wish.ends_at === undefined ? {} : { ends_at: written(wish.ends_at) }),
});

/** Windows of maintenance, as people set them up. */
export const windowKind: Kind<Row, WindowFields> = {
  type: 'maintenance-window',
  module: 'health',
  statements: {
    list: listWindows,
    one: windowOfId,
    hold: holdWindow,
    make: makeWindow,
    put: putWindow,
    drop: dropWindow,
  },
  crowd: { count: countWindows, most: 500, instead: 'delete one, or name more services in one' },
  fieldsOf: fieldsSet(windowFields),
  fault: async (tx, { tenantId, fields, before, now }) => {
    const { starts_at, ends_at } = fields;
    // One that was deleted since may stay: it is for nothing then.
    const ids = fields.services.filter((id) => before?.services.includes(id) !== true);
    if (Date.parse(ends_at) <= Date.parse(starts_at)) return 'ends_at is not after starts_at';
    const fault = windowFault(fields, new Date(starts_at));
    if (fault !== null) return fault;
    const idle = before?.ends_at === ends_at ? null : reachFault(fields, now);
    if (idle !== null) return idle;
    const [missing] = await tx.query(missingServices, { tenantId, ids });
    return missing === undefined
      ? null
      : `there is no service ${missing.id}: make it first, or leave it out`;
  },
};
