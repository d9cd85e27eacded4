import { namedByRule } from '../alerts/recipients.sql.ts';
import { recipientsFault, recipientsOf } from '../alerts/recipients.ts';
import { countPolicies } from '../settings/crowd.sql.ts';
import { fieldsSet } from '../settings/fields.ts';
import type { Kind } from '../settings/setting.ts';
import type { RowWith, SetName } from '../settings/field.sql.ts';
import {
  dropPolicy,
  holdPolicy,
  listPolicies,
  makePolicy,
  policyFields,
  policyOfId,
  putPolicy,
  rulesOfPolicy,
} from './escalation-change.sql.ts';
import { targetChannels } from './targets.ts';

type Row = RowWith<typeof policyFields>;

/** What people set of an escalation policy, by column. */
export type PolicyFields = Pick<Row, SetName<typeof policyFields>>;

/** Escalation policies, as people set them up. One that a rule names cannot be deleted. */
export const policyKind: Kind<Row, PolicyFields> = {
  type: 'escalation-policy',
  module: 'alerts',
  statements: {
    list: listPolicies,
    one: policyOfId,
    hold: holdPolicy,
    make: makePolicy,
    put: putPolicy,
    drop: dropPolicy,
  },
  crowd: { count: countPolicies, most: 200, instead: 'delete one, or let more rules name one' },
  fieldsOf: fieldsSet(policyFields),
  fault: async (tx, { tenantId, fields: { levels } }) => {
    const named = levels.flatMap(({ recipients }) => {
      const byChannel = recipientsOf(recipients);
      return targetChannels.flatMap((channel) => byChannel.get(channel) ?? []);
    });
    const [known] = await tx.query(namedByRule, { tenantId, targets: named, policyId: null });
    const faults = levels.map(({ channels, recipients }) =>
      recipientsFault(channels, recipients, known?.targets ?? []),
    );
    const at = faults.findIndex((fault) => fault !== null);
    return at < 0 ? null : `level ${at + 1}: ${faults[at]}`;
  },
  inUse: async (tx, at) => {
    const rules = await tx.query(rulesOfPolicy, at);
    return rules.length === 0
      ? null
      : `rules name it, such as ${rules.map(({ id }) => id).join(', ')}: change or delete them first`;
  },
};
