import { monitoringActivityGroup } from '@rookery/http/endpoints/monitoring';
import { readFunction } from '@rookery/lambda/read';
import { activeUserCounts, cohorts, featureUses } from '@rookery/monitoring/reports/activity';
import { activeAlerts, ruleStatistics } from '@rookery/monitoring/reports/alerts';
import { integrationCalls, integrationSummary } from '@rookery/monitoring/reports/integrations';

/** GET /v1/monitoring/…: alerts, integrations, and what users do. */
export const handler = readFunction(monitoringActivityGroup, {
  listActiveAlerts: activeAlerts,
  listAlertStatistics: ruleStatistics,
  listIntegrationHealth: integrationSummary,
  listIntegrationMetrics: integrationCalls,
  getActiveUsers: activeUserCounts,
  listFeatureUsage: featureUses,
  listRetentionCohorts: cohorts,
});
