import type { Matcher } from '../alerts/matcher.ts';
import { jsonField, setUpFields } from '../settings/field.sql.ts';
import { settingStatements } from '../settings/setting.sql.ts';

/** An inhibition by column. */
export const inhibitionFields = {
  ...setUpFields,
  created_by: { is: 'varchar' },
  name: { is: 'varchar', put: 'varchar(200)' },
  source_matchers: jsonField<Matcher[]>(),
  target_matchers: jsonField<Matcher[]>(),
  equal: { is: '_text', put: 'text[]' },
  managed_by: { is: 'text?', put: 'text' },
} as const;

const matchers = [{ label: 'severity', op: '=', value: 'critical' }];

const shelf = {
  thing: 'inhibitions',
  table: 'monitoring.alert_inhibition',
  fields: inhibitionFields,
  filters: {},
  isSigned: true,
  onDelete: null,
  example: {
    name: 'Host down',
    source_matchers: matchers,
    target_matchers: matchers,
    equal: [],
    managed_by: null,
  },
} as const;

/** The statements of inhibitions. */
export const {
  list: listInhibitions,
  one: inhibitionOfId,
  hold: holdInhibition,
  make: makeInhibition,
  put: putInhibition,
  drop: dropInhibition,
} = settingStatements(shelf);
