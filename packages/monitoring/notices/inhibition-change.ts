import { matcherFault } from '../alerts/matcher.ts';
import { countInhibitions } from '../settings/crowd.sql.ts';
import { fieldsSet } from '../settings/fields.ts';
import type { Kind } from '../settings/setting.ts';
import type { RowWith, SetName } from '../settings/field.sql.ts';
import {
  dropInhibition,
  holdInhibition,
  inhibitionFields,
  inhibitionOfId,
  listInhibitions,
  makeInhibition,
  putInhibition,
} from './inhibition-change.sql.ts';

type Row = RowWith<typeof inhibitionFields>;

/** What people set of an inhibition, by column. */
export type InhibitionFields = Pick<Row, SetName<typeof inhibitionFields>>;

/** Inhibitions, as people set them up. */
export const inhibitionKind: Kind<Row, InhibitionFields> = {
  type: 'inhibition',
  module: 'alerts',
  statements: {
    list: listInhibitions,
    one: inhibitionOfId,
    hold: holdInhibition,
    make: makeInhibition,
    put: putInhibition,
    drop: dropInhibition,
  },
  crowd: {
    count: countInhibitions,
    most: 200,
    instead: 'delete one, or use matchers that agree with more alerts',
  },
  fieldsOf: fieldsSet(inhibitionFields),
  fault: async (_tx, { fields: { source_matchers, target_matchers } }) =>
    [...source_matchers, ...target_matchers].map(matcherFault).find((fault) => fault !== null) ??
    null,
};
