-- Row-level security on every table with a tenant, and grants on parents only.
set local role rookery_owner;

do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'tenant', 'billing_analytics', 'billing_adjustment', 'campaign_analytics', 'mailbox_analytics',
    'sequence_step_analytics', 'warmup_analytics', 'lead_analytics', 'admin_audit_log', 'cell', 'reconciliation'
  ] loop
    execute format('alter table olap.%I enable row level security', table_name);
    execute format('alter table olap.%I force row level security', table_name);
    -- An unset app.tenant_id is null or '' and matches nothing. The subselect makes it an index condition.
    execute format(
      'create policy one_tenant on olap.%I to rookery_etl, rookery_api, rookery_ingest'
      ' using (tenant_id = (select current_setting(''app.tenant_id'', true)))'
      ' with check (tenant_id = (select current_setting(''app.tenant_id'', true)))', table_name);
    execute format('create policy every_tenant on olap.%I to rookery_ops using (true) with check (true)', table_name);
    execute format('grant select on olap.%I to rookery_ops', table_name);
  end loop;
end $$;

grant select on olap.campaign_analytics_total to rookery_api, rookery_ops;

-- The aggregation: one tenant at a time.
grant select, insert, update, delete on
  olap.campaign_analytics, olap.mailbox_analytics, olap.sequence_step_analytics, olap.warmup_analytics,
  olap.lead_analytics, olap.cell
  to rookery_etl;
grant select, insert, update on olap.billing_analytics, olap.tenant to rookery_etl;
grant select, insert on olap.billing_adjustment to rookery_etl;
grant select, insert, update on olap.reconciliation to rookery_etl;
grant select on olap.source to rookery_etl;
grant usage on all sequences in schema olap to rookery_etl;
revoke all on sequence olap.admin_audit_log_id_seq from rookery_etl;

-- The API: reads.
grant select on
  olap.campaign_analytics, olap.mailbox_analytics, olap.sequence_step_analytics, olap.warmup_analytics,
  olap.lead_analytics, olap.billing_analytics, olap.billing_adjustment, olap.cell, olap.tenant, olap.reconciliation
  to rookery_api;
grant select on olap.source to rookery_api;

-- Operations: bookkeeping across tenants. No write on any fact.
grant select, insert, update on olap.source, olap.job_run, olap.tenant, olap.reconciliation to rookery_ops;

-- The compliance audit is append-only for everybody, the owner included.
grant insert on olap.admin_audit_log to rookery_ops;
grant usage on sequence olap.admin_audit_log_id_seq to rookery_ops;
revoke update, delete, truncate on olap.admin_audit_log from rookery_owner;

-- Room to write from the first moment; the maintenance schedule keeps three months ahead.
select olap.ensure_partitions(current_date - 31, (current_date + interval '3 months')::date);

reset role;
