import * as z from 'zod';
import { alertRuleChangeEndpoints } from '@rookery/http/endpoints/alert-rules';
import { escalationPolicyChangeEndpoints } from '@rookery/http/endpoints/escalation-policies';
import { inhibitionChangeEndpoints } from '@rookery/http/endpoints/inhibitions';
import { maintenanceWindowChangeEndpoints } from '@rookery/http/endpoints/maintenance-windows';
import { serviceChangeEndpoints } from '@rookery/http/endpoints/services';

/** A rule as the HTTP API takes it, whose id may be left out. */
export const ruleSchema = alertRuleChangeEndpoints.createAlertRule.body;

const idOf = z.object({ id: ruleSchema.shape.id.unwrap() }).shape;

// A file is applied again and again: without ids everything would be made anew each time.
const listOf = <S extends z.ZodObject>(schema: S) =>
  z.array(schema.safeExtend(idOf)).max(1_000).default([]);

/** What a file of rules says: the bodies of the HTTP API, each with its id, under the name that owns them. */
export const rulesSchema = z.strictObject({
  name: idOf.id,
  escalation_policies: listOf(escalationPolicyChangeEndpoints.createEscalationPolicy.body),
  services: listOf(serviceChangeEndpoints.createService.body),
  maintenance_windows: listOf(maintenanceWindowChangeEndpoints.createMaintenanceWindow.body),
  inhibitions: listOf(inhibitionChangeEndpoints.createInhibition.body),
  rules: listOf(ruleSchema),
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
