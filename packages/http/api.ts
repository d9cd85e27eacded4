import type { Endpoint, Endpoints } from './contract.ts';
import { alertChangeGroup } from './endpoints/alerting.ts';
import { alertRuleEndpoints } from './endpoints/alert-rules.ts';
import { alertEndpoints } from './endpoints/alerts.ts';
import { auditExportEndpoints } from './endpoints/audit-export.ts';
import { auditLogEndpoints } from './endpoints/audit-log.ts';
import { billingEndpoints } from './endpoints/billing.ts';
import { campaignEndpoints } from './endpoints/campaigns.ts';
import { errorChangeEndpoints, errorEndpoints } from './endpoints/errors.ts';
import { eventEndpoints, eventRejectionEndpoints } from './endpoints/events.ts';
import { exportEndpoints } from './endpoints/exports.ts';
import { freshnessEndpoints } from './endpoints/freshness.ts';
import { heartbeatEndpoints } from './endpoints/heartbeats.ts';
import { ingestEndpoints } from './endpoints/ingest.ts';
import { leadEndpoints } from './endpoints/leads.ts';
import { legalHoldChangeEndpoints, legalHoldEndpoints } from './endpoints/legal-holds.ts';
import { mailboxEndpoints } from './endpoints/mailboxes.ts';
import { monitoringActivityGroup, monitoringGroup } from './endpoints/monitoring.ts';
import { monitoringAuditEndpoints } from './endpoints/monitoring-audit.ts';
import { notificationTargetChangeEndpoints } from './endpoints/notification-targets.ts';
import { overviewEndpoints } from './endpoints/overview.ts';
import { productUsageEndpoints } from './endpoints/product-usage.ts';
import { sequenceStepEndpoints } from './endpoints/sequence-steps.ts';
import { silenceChangeGroup, silenceGroup } from './endpoints/silencing.ts';
import { noticeChangeGroup, noticeGroup } from './endpoints/telling.ts';
import { warmupEndpoints } from './endpoints/warmups.ts';
import { serviceChangeGroup, serviceGroup } from './endpoints/watching.ts';

/** Every endpoint of the API, by the function that serves it: routes, documentation and client come from here. */
export const api = {
  overview: overviewEndpoints,
  campaigns: campaignEndpoints,
  mailboxes: mailboxEndpoints,
  leads: leadEndpoints,
  warmups: warmupEndpoints,
  sequenceSteps: sequenceStepEndpoints,
  billing: billingEndpoints,
  freshness: freshnessEndpoints,
  productUsage: productUsageEndpoints,
  auditLog: auditLogEndpoints,
  auditExport: auditExportEndpoints,
  legalHolds: legalHoldEndpoints,
  legalHoldChanges: legalHoldChangeEndpoints,
  exports: exportEndpoints,
  ingest: ingestEndpoints,
  events: eventEndpoints,
  eventRejections: eventRejectionEndpoints,
  errors: errorEndpoints,
  errorChanges: errorChangeEndpoints,
  monitoring: monitoringGroup,
  monitoringActivity: monitoringActivityGroup,
  monitoringAudit: monitoringAuditEndpoints,
  alertRules: alertRuleEndpoints,
  alerts: alertEndpoints,
  alertChanges: alertChangeGroup,
  silences: silenceGroup,
  silenceChanges: silenceChangeGroup,
  notices: noticeGroup,
  noticeChanges: noticeChangeGroup,
  targetChanges: notificationTargetChangeEndpoints,
  services: serviceGroup,
  serviceChanges: serviceChangeGroup,
  heartbeats: heartbeatEndpoints,
} as const satisfies Readonly<Record<string, Endpoints>>;

/** The name of a function that serves endpoints. */
export type Served = keyof typeof api;

const isServed = (name: string): name is Served => name in api;

/** Every endpoint with its operation name and the function that serves it. */
export const operations = Object.keys(api)
  .filter(isServed)
  .flatMap((served) =>
    Object.entries<Endpoint>(api[served]).map(([operation, endpoint]) => ({
      served,
      operation,
      endpoint,
    })),
  );
