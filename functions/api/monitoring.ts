import { monitoringGroup } from '@rookery/http/endpoints/monitoring';
import { readFunction } from '@rookery/lambda/read';
import { mostFrequent, typesByDay, unresolved } from '@rookery/monitoring/reports/errors';
import { servicesPage, systemHealthOf } from '@rookery/monitoring/reports/health';
import { busiest, slowest, trend } from '@rookery/monitoring/reports/performance';

/** GET /v1/monitoring/…: the health of services, the performance of endpoints, and errors. */
export const handler = readFunction(monitoringGroup, {
  getSystemHealth: systemHealthOf,
  listServiceHealth: servicesPage,
  listApiPerformance: busiest,
  listSlowestEndpoints: slowest,
  getPerformanceTrend: trend,
  listTopErrors: mostFrequent,
  listErrorTrend: typesByDay,
  listUnresolvedErrors: unresolved,
});
