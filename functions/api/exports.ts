import { exportEndpoints } from '@rookery/http/endpoints/exports';
import { exportFunction } from '@rookery/lambda/export';
import { exporter } from '@rookery/warehouse/reports/export';
import * as table from '@rookery/warehouse/reports/export.sql';

/** GET /v1/exports/…: whole fact tables, streamed. */
export const handler = exportFunction(exportEndpoints, {
  exportCampaignDays: exporter(table.campaignDays, (row) => [row.day, row.campaign_id]),
  exportMailboxDays: exporter(table.mailboxDays, (row) => [row.day, row.mailbox_id]),
  exportStepDays: exporter(table.stepDays, (row) => [row.day, row.campaign_id, row.step_id]),
  exportWarmupDays: exporter(table.warmupDays, (row) => [row.day, row.mailbox_id]),
  exportLeads: exporter(table.leadRows, (row) => [row.campaign_id, row.lead_id]),
});
