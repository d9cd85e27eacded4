-- What every table and column of the warehouse means; the data dictionary is made from these. No lock matters.
set local role rookery_owner;

do $$
declare
  given record;
  fenced text;
begin
  -- Columns that mean the same wherever they appear.
  for given in
    select c.relname, a.attname, v.meaning
    from (values
      ('id', 'Number of the row (seed 000). Never part of a key; gaps are normal.'),
      ('tenant_id', 'Tenant that owns the row; row-level security compares it with app.tenant_id.'),
      ('day', 'Calendar day in the tenant''s time zone on which the e-mails were sent. Later opens, replies and bounces count on this day.'),
      ('campaign_id', 'Campaign in the OLTP database; no foreign key by design (seed 000 §4).'),
      ('mailbox_id', 'Sending mailbox in the OLTP database; no foreign key by design (seed 000 §4).'),
      ('step_id', 'Step of the campaign''s sequence in the OLTP database; no foreign key by design (seed 000 §4).'),
      ('lead_id', 'Lead in the OLTP database; no foreign key by design (seed 000 §4).'),
      ('company_id', 'Company within the tenant that the e-mails were sent for; the smallest when one day mixes several.'),
      ('sent', 'E-mails sent. Every counter counts e-mails, each at most once.'),
      ('delivered', 'Of sent: accepted by the recipient''s server, by timestamp, whatever the status says now.'),
      ('opened_tracked', 'Of sent: opened at least once, machine opens included.'),
      ('clicked_tracked', 'Of sent: a link was clicked at least once.'),
      ('replied', 'Of sent: answered at least once, automatic answers included.'),
      ('bounced', 'Of sent: bounced, hard and soft. An e-mail that bounced after delivery counts in both.'),
      ('unsubscribed', 'Of sent: the recipient unsubscribed.'),
      ('spam_complaints', 'Of sent: the recipient reported spam.'),
      ('hard_bounced', 'Of bounced: permanent failures. Rates and scores use these.'),
      ('opened_human', 'Of opened_tracked: opened by a person. Null when the source tells no open from another.'),
      ('replied_human', 'Of replied: written by a person. Null when the source tells no reply from another.'),
      ('billing_id', 'Billing period that holds the day. Null until the billing step has run.'),
      ('updated', 'When a value of the row last changed. A recompute that changes nothing leaves it.')
    ) v (attname, meaning)
    join pg_attribute a on a.attname = v.attname and a.attnum > 0
    join pg_class c on c.oid = a.attrelid
      and c.relnamespace = 'olap'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
  loop
    execute format('comment on column olap.%I.%I is %L', given.relname, given.attname, given.meaning);
  end loop;

  -- What belongs to one table, or means something else there than elsewhere. No column: the table itself.
  for given in
    select * from (values
      ('tenant', null, 'Tenants the warehouse has seen, with what decides their days and periods.'),
      ('tenant', 'timezone', 'IANA time zone for which all days were last sent for aggregation; when the source has another, they are sent again. Null until change discovery meets the tenant.'),
      ('tenant', 'billing_anchor', 'Day of the month, 1 to 31, on which billing periods start; the last day in shorter months.'),
      ('tenant', 'seen_at', 'When the warehouse first met the tenant.'),

      ('billing_analytics', null, 'Usage of a tenant in one billing period (seed 000 §1.1): the base of invoices and quotas. Periods of a tenant never overlap.'),
      ('billing_analytics', 'id', 'Number of the period; the facts'' billing_id refers to it.'),
      ('billing_analytics', 'subscription_id', 'Subscription in force at the start of the period. Null when the source knows none.'),
      ('billing_analytics', 'emails_sent', 'Campaign e-mails sent in the period; warm-up messages are not billed.'),
      ('billing_analytics', 'mailboxes_used', 'Distinct mailboxes that sent a campaign e-mail in the period.'),
      ('billing_analytics', 'domains_used', 'Distinct domains of those mailboxes. Null when the domain of any of them is unknown.'),
      ('billing_analytics', 'campaigns_used', 'Distinct campaigns that sent in the period.'),
      ('billing_analytics', 'leads_used', 'Distinct leads that were written to in the period.'),
      ('billing_analytics', 'warmups_active', 'Most mailboxes that warmed up on any one day of the period.'),
      ('billing_analytics', 'period_start', 'First instant of the period: midnight of first_day in the tenant''s time zone.'),
      ('billing_analytics', 'period_end', 'First instant after the period: midnight of end_day in the tenant''s time zone.'),
      ('billing_analytics', 'first_day', 'First day of the period.'),
      ('billing_analytics', 'end_day', 'First day after the period.'),
      ('billing_analytics', 'timezone', 'Time zone in which the bounds of the period were cut.'),
      ('billing_analytics', 'state', 'open: follows the facts. closed: fixed for ever; later changes become rows of billing_adjustment.'),
      ('billing_analytics', 'closed_at', 'When the period was closed. Null while it is open.'),

      ('billing_adjustment', null, 'Changes that reached a closed billing period: each row is a difference to add to the period it is applied to.'),
      ('billing_adjustment', 'id', 'Number of the adjustment.'),
      ('billing_adjustment', 'billing_id', 'Closed period whose usage changed.'),
      ('billing_adjustment', 'applied_to', 'Open period that carries the difference.'),
      ('billing_adjustment', 'emails_sent', 'Difference of emails_sent; may be negative.'),
      ('billing_adjustment', 'mailboxes_used', 'Difference of mailboxes_used; may be negative.'),
      ('billing_adjustment', 'domains_used', 'Difference of domains_used; may be negative. Null when either side is unknown.'),
      ('billing_adjustment', 'campaigns_used', 'Difference of campaigns_used; may be negative.'),
      ('billing_adjustment', 'leads_used', 'Difference of leads_used; may be negative.'),
      ('billing_adjustment', 'warmups_active', 'Difference of warmups_active; may be negative.'),
      ('billing_adjustment', 'billable', 'False when the change came too long after the period to be charged.'),
      ('billing_adjustment', 'created', 'When the change was found.'),

      ('campaign_analytics', null, 'One campaign on one day (seed 000 §1.2). Lifetime totals: campaign_analytics_total.'),
      ('campaign_analytics', 'status', 'Status of the campaign at the end of the day. Null when unknown.'),
      ('campaign_analytics', 'completed_leads', 'Leads of the campaign that had finished its sequence by the end of the day. Null when the source knows no lead of it.'),

      ('mailbox_analytics', null, 'One sending mailbox on one day (seed 000 §1.3): deliverability, health and volume.'),
      ('mailbox_analytics', 'warmup_status', 'Status of the mailbox''s warm-up at the end of the day. Null when unknown or it has none.'),
      ('mailbox_analytics', 'health_score', 'Health of the mailbox, 0 to 100, over the 14 days that end with this one. Null with fewer than 50 e-mails and fewer than 20 warm-up messages.'),
      ('mailbox_analytics', 'health_components', 'How the score came about: version, the parts with their weights, the caps that applied. Null with the score.'),
      ('mailbox_analytics', 'current_volume', 'Campaign e-mails and warm-up messages that the mailbox sent on the day. Null when unknown.'),
      ('mailbox_analytics', 'campaign_status', 'Status of the mailbox''s campaigns at the end of the day, as the source gives it. Null when unknown.'),
      ('mailbox_analytics', 'domain_id', 'Sending domain of the mailbox. Null when unknown.'),
      ('mailbox_analytics', 'spf', 'Whether SPF passed for the domain at the end of the day. Null when unknown.'),
      ('mailbox_analytics', 'dkim', 'Whether DKIM passed for the domain at the end of the day. Null when unknown.'),
      ('mailbox_analytics', 'dmarc', 'Whether the domain had a DMARC policy at the end of the day. Null when unknown.'),

      ('sequence_step_analytics', null, 'One step of a campaign''s sequence on one day (seed 000 §1.6): what optimisation and A/B tests compare.'),

      ('warmup_analytics', null, 'Warm-up of one mailbox on one day (seed 000 §1.5). Counts warm-up messages, never campaign e-mails.'),
      ('warmup_analytics', 'day', 'Calendar day in the tenant''s time zone on which the warm-up messages were sent.'),
      ('warmup_analytics', 'mailbox_id', 'Mailbox that warms up; no foreign key by design (seed 000 §4).'),
      ('warmup_analytics', 'sent', 'Warm-up messages sent. Every counter counts messages, each at most once.'),
      ('warmup_analytics', 'opened_tracked', 'Of sent: opened at least once.'),
      ('warmup_analytics', 'replied', 'Of sent: answered at least once.'),
      ('warmup_analytics', 'bounced', 'Of sent: bounced, hard and soft.'),
      ('warmup_analytics', 'spam_complaints', 'Of sent: found in a spam folder. In the inbox: delivered less these.'),
      ('warmup_analytics', 'planned', 'Warm-up messages planned for the day. Null when the source has no plan.'),
      ('warmup_analytics', 'ramp_days', 'Qualified days that the plan asks for. Null when the source has no plan.'),
      ('warmup_analytics', 'health_score', 'Health of the warm-up, 0 to 100, over the 14 days that end with this one. Null with fewer than 20 placed messages.'),
      ('warmup_analytics', 'progress_percentage', 'Qualified days so far as a share of ramp_days, 0 to 100; 100 also needs 200 messages sent and a health of 90. Null when the source has no plan.'),

      ('lead_analytics', null, 'One lead in one campaign over its whole life (seed 000 §1.4). A row with sent = 0 is a tombstone: its e-mails are gone, the fence stays.'),
      ('lead_analytics', 'status', 'Status of the lead in the campaign when the row was computed. Null when unknown.'),
      ('lead_analytics', 'first_day', 'First day on which the lead was written to. Null in a tombstone.'),
      ('lead_analytics', 'last_day', 'Last day on which the lead was written to. Null in a tombstone.'),
      ('lead_analytics', 'sent_days', 'Every day on which the lead was written to, in order; billing counts distinct leads with it. Empty in a tombstone.'),
      ('lead_analytics', 'billing_id', 'Billing period that holds last_day. Null until the billing step has run.'),

      ('admin_audit_log', null, 'Compliance audit of high-risk administrative actions (seed 000 §2.1), append-only. No metrics, no interface events, no request or response bodies.'),
      ('admin_audit_log', 'id', 'Number of the entry; gaps are normal.'),
      ('admin_audit_log', 'creation_time', 'When the action happened.'),
      ('admin_audit_log', 'admin_user_id', 'Administrator who acted.'),
      ('admin_audit_log', 'action', 'What was done.'),
      ('admin_audit_log', 'resource_type', 'Kind of the thing it was done to.'),
      ('admin_audit_log', 'resource_id', 'The thing it was done to.'),
      ('admin_audit_log', 'tenant_id', 'Tenant concerned; row-level security compares it with app.tenant_id.'),
      ('admin_audit_log', 'old_values', 'The changed values before the action. Null when there were none.'),
      ('admin_audit_log', 'new_values', 'The changed values after the action. Null when there are none.'),
      ('admin_audit_log', 'ip_address', 'Address the administrator acted from. Null when unknown.'),
      ('admin_audit_log', 'user_agent', 'Client the administrator acted with. Null when unknown.'),
      ('admin_audit_log', 'notes', 'The administrator''s reason, in words. Null when none was given.'),
      ('admin_audit_log', 'metadata', 'Further facts that the audit must prove, such as the approval. Null when there are none.'),
      ('admin_audit_log', 'data_classification', 'Class of the data concerned; decides how personal fields age. Null: not classified.'),
      ('admin_audit_log', 'retention_category', 'Reason to keep the entry beyond the usual time, such as a legal hold. Null: the usual time.'),

      ('campaign_analytics_total', null, 'Lifetime totals of each campaign, over all its days.'),
      ('campaign_analytics_total', 'company_id', 'Company within the tenant; the smallest when the campaign mixes several.'),
      ('campaign_analytics_total', 'first_day', 'First day with an e-mail.'),
      ('campaign_analytics_total', 'last_day', 'Last day with an e-mail.'),
      ('campaign_analytics_total', 'updated', 'When any day of the campaign last changed.'),

      ('cell', null, 'Ledger: the last aggregation of each tenant and day.'),
      ('cell', 'day', 'Day in the tenant''s time zone that was aggregated.'),
      ('cell', 'timezone', 'Time zone in which the day was cut.'),
      ('cell', 'source_emails', 'Sent e-mails that the source had for the day.'),
      ('cell', 'source_warmups', 'Warm-up messages that the source had for the day.'),
      ('cell', 'checksum', 'Digest of what the source had for the day; reconciliation compares it. Null before the first digest.'),
      ('cell', 'fact_rows', 'Fact rows of the day after the aggregation.'),
      ('cell', 'lead_rows', 'Leads recomputed with the day.'),
      ('cell', 'milliseconds', 'Wall time of the aggregation, in milliseconds.'),
      ('cell', 'reason', 'Why it was aggregated: what made it dirty.'),
      ('cell', 'aggregated_at', 'When it was aggregated.'),

      ('source', null, 'What change discovery knows about the source database: one row.'),
      ('source', 'source_id', 'Always main.'),
      ('source', 'system_identifier', 'Identity of the source server; a new one, such as after a restore, starts a new epoch.'),
      ('source', 'epoch', 'Counts the lives of the source: snapshots compare only within one.'),
      ('source', 'seen_xmax', 'Greatest snapshot xmax seen; going backwards reveals a restore.'),
      ('source', 'changed_since', 'Changes before this were found by the fast path. Null before its first run.'),
      ('source', 'swept_xmin', 'Transactions before this were found by the exact sweep. Null before its first run.'),
      ('source', 'complete_through', 'Every change before this instant is in the facts. Null before the first complete run.'),
      ('source', 'updated', 'When the row was last written.'),

      ('job_run', null, 'Runs of the scheduled jobs; job and scheduled time are the idempotency key.'),
      ('job_run', 'job', 'Name of the job.'),
      ('job_run', 'scheduled_time', 'Slot that the schedule gave, not the time it ran.'),
      ('job_run', 'started_at', 'When the run began.'),
      ('job_run', 'finished_at', 'When the run ended. Null while it runs, or when it died.'),
      ('job_run', 'cells', 'Dirty tenant days that the run found.'),
      ('job_run', 'messages', 'Queue messages that the run sent.'),
      ('job_run', 'problems', 'What went wrong without stopping the run: an array of objects.'),

      ('reconciliation', null, 'Results of comparing source and facts, tenant by tenant.'),
      ('reconciliation', 'scheduled_time', 'Slot of the reconciliation.'),
      ('reconciliation', 'cells', 'Tenant days compared.'),
      ('reconciliation', 'behind', 'Days that differ because a change is still on its way; no fault.'),
      ('reconciliation', 'drift', 'Days that differ without a change on its way: must be 0.'),
      ('reconciliation', 'detail', 'The differing days with both sides: an array of objects.'),
      ('reconciliation', 'reconciled_at', 'When the comparison ended.')
    ) v (relation, attname, meaning)
  loop
    execute format('comment on %s is %L',
      case
        when given.attname is not null then format('column olap.%I.%I', given.relation, given.attname)
        when exists (select from pg_views where schemaname = 'olap' and viewname = given.relation) then format('view olap.%I', given.relation)
        else format('table olap.%I', given.relation)
      end, given.meaning);
  end loop;

  -- The fence (DESIGN.md D9): a row is only overwritten by a later look at the source.
  foreach fenced in array array['cell', 'lead_analytics'] loop
    execute format('comment on column olap.%I.source_epoch is %L', fenced,
      'Fence: the life of the source in which the row was computed (source.epoch).');
    execute format('comment on column olap.%I.source_xmax is %L', fenced,
      'Fence: first transaction that the row''s snapshot could not see.');
    execute format('comment on column olap.%I.source_in_progress is %L', fenced,
      'Fence: transactions in progress in that snapshot; fewer is later when xmax is equal.');
  end loop;
end $$;

reset role;
