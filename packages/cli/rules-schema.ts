import * as z from 'zod';
import { alertRuleChangeEndpoints } from '@rookery/http/endpoints/alert-rules';
import { escalationPolicyChangeEndpoints } from '@rookery/http/endpoints/escalation-policies';
import { inhibitionChangeEndpoints } from '@rookery/http/endpoints/inhibitions';
import { maintenanceWindowChangeEndpoints } from '@rookery/http/endpoints/maintenance-windows';
import { serviceChangeEndpoints } from '@rookery/http/endpoints/services';

/** A rule as the HTTP API takes it, whose id may be left out. */
export const ruleSchema = alertRuleChangeEndpoints.createAlertRule.body;

// A file is applied again and again: without ids everything would be made anew each time.
const own = { id: ruleSchema.shape.id.unwrap() };

const listOf = <S extends z.ZodType>(schema: S) => z.array(schema).max(1_000).default([]);

/** What a file of rules says: the bodies of the HTTP API, each with its id, under the name that owns them. */
export const rulesSchema = z.strictObject({
  name: own.id,
  escalation_policies: listOf(
    escalationPolicyChangeEndpoints.createEscalationPolicy.body.extend(own),
  ),
  services: listOf(serviceChangeEndpoints.createService.body.extend(own)),
  maintenance_windows: listOf(
    maintenanceWindowChangeEndpoints.createMaintenanceWindow.body.extend(own),
  ),
  inhibitions: listOf(inhibitionChangeEndpoints.createInhibition.body.extend(own)),
  rules: listOf(ruleSchema.extend(own)),
});

/** A file of rules, checked. */
export type RulesFile = z.output<typeof rulesSchema>;

/** The lists of such a file, in the order in which they can be made: what is named comes before who names it. */
export const sectionNames = [
  'escalation_policies',
  'services',
  'maintenance_windows',
  'inhibitions',
  'rules',
] as const;

/** The name of one of them. */
export type SectionName = (typeof sectionNames)[number];
