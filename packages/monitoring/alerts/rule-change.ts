import type { Session } from '@rookery/db/pool';
import { targetChannels } from '../notices/targets.ts';
import { countRules } from '../settings/crowd.sql.ts';
import { fieldsSet, merged, type Some } from '../settings/fields.ts';
import type { Kind } from '../settings/setting.ts';
import type { RowWith, SetName } from '../settings/field.sql.ts';
import { catalogue, isMeasuredFor, metricFault } from './catalogue.ts';
import {
  dropRule,
  holdRule,
  listRules,
  makeRule,
  putRule,
  reportedMetrics,
  ruleFields,
  ruleOfId,
  usualRule,
} from './rule-change.sql.ts';
import { namedByRule } from './recipients.sql.ts';
import { recipientsFault, recipientsOf } from './recipients.ts';
import { ruleFault, ruleWarnings } from './rule-fault.ts';

type Row = RowWith<typeof ruleFields>;

/** What people set of a rule, by column. */
export type RuleFields = Pick<Row, SetName<typeof ruleFields>>;

/** What a new rule has to say; all else has a usual value. */
export type NewRule = Some<RuleFields> &
  Pick<RuleFields, 'name' | 'metric_name' | 'comparison_operator' | 'threshold'>;

/** A new rule with all that it does not say. */
export const wholeRule = (wish: NewRule): RuleFields => {
  const { name, metric_name, comparison_operator, threshold } = wish;
  const needed = { name, metric_name, comparison_operator, threshold };
  return merged<RuleFields>({ ...usualRule, ...needed }, wish);
};

const metricUnfit = async (tx: Session, tenantId: string, name: string) => {
  if (!isMeasuredFor(tenantId, name))
    return `${name} is measured for the platform alone: GET /v1/monitoring/metrics lists yours`;
  if (catalogue.some((metric) => metric.name === name)) return null;
  const reported = await tx.query(reportedMetrics, { tenantId });
  return metricFault(
    name,
    reported.map((row) => row.name),
  );
};

/** Rules of alerts, as people set them up. */
export const ruleKind: Kind<Row, RuleFields> = {
  type: 'alert-rule',
  module: 'alerts',
  statements: {
    list: listRules,
    one: ruleOfId,
    hold: holdRule,
    make: makeRule,
    put: putRule,
    drop: dropRule,
  },
  crowd: {
    count: countRules,
    most: 1_000,
    instead: 'delete one, or let one rule watch more series by its scope',
  },
  fieldsOf: fieldsSet(ruleFields),
  fault: async (tx, { tenantId, fields, before }) => {
    const { metric_name: name, notification_channels: channels } = fields;
    // A rule whose metric is reported no more may still be changed.
    const fault = name === before?.metric_name ? null : await metricUnfit(tx, tenantId, name);
    if (fault !== null) return fault;
    const own = ruleFault(fields);
    if (own !== null) return own;
    const recipients = recipientsOf(fields.notification_recipients);
    const targets = targetChannels.flatMap((channel) => recipients.get(channel) ?? []);
    const policyId = fields.escalation_policy_id;
    const [named] = await tx.query(namedByRule, { tenantId, targets, policyId });
    if (policyId !== null && named?.has_policy !== true)
      return `there is no escalation policy ${policyId}: make it first`;
    return recipientsFault(channels, fields.notification_recipients, named?.targets ?? []);
  },
};

// The file says all there is to say of it: the next apply would take this back without a word.
const fileWarnings = ({ managed_by: file }: RuleFields): string[] =>
  file === null
    ? []
    : [
        `the rule comes from the file ${file}: change it there, too, or \`rookery rules apply\` undoes this`,
      ];

/** The answer to a change of a rule, with what it says that is allowed and probably not meant. */
export const warned = <R extends RuleFields>({
  body,
}: {
  readonly body: { readonly data: R };
}) => ({
  body: { ...body, warnings: [...ruleWarnings(body.data), ...fileWarnings(body.data)] },
});
