import { monitoringActivityEndpoints } from './monitoring-activity.ts';
import { monitoringAlertEndpoints } from './monitoring-alerts.ts';
import { monitoringErrorEndpoints } from './monitoring-errors.ts';
import { monitoringHealthEndpoints } from './monitoring-health.ts';
import { monitoringIntegrationEndpoints } from './monitoring-integrations.ts';
import { monitoringPerformanceEndpoints } from './monitoring-performance.ts';

/** What one function answers about services, endpoints and errors. */
export const monitoringGroup = {
  ...monitoringHealthEndpoints,
  ...monitoringPerformanceEndpoints,
  ...monitoringErrorEndpoints,
} as const;

/** What another answers about alerts, integrations and users. */
export const monitoringActivityGroup = {
  ...monitoringAlertEndpoints,
  ...monitoringIntegrationEndpoints,
  ...monitoringActivityEndpoints,
} as const;
