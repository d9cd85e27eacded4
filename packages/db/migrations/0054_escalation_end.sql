-- Whom each level of escalation told, so that they hear of the end as well; how often an acknowledgement lapsed, which was
-- counted from all that the alert went through; and which windows of maintenance are open, for who explains an alert. Locks:
-- short exclusive ones on alert_escalation and maintenance_window, which are small, and on tb_alert; no row is written anew.
set local role rookery_owner;

alter table monitoring.alert_escalation
  add column destinations jsonb not null default '[]' check (jsonb_typeof(destinations) = 'array'),
  add column end_told_at timestamptz;
create index alert_escalation_owed on monitoring.alert_escalation (tenant_id, alert_id) where end_told_at is null;
comment on table monitoring.alert_escalation is
  'Levels of its policy that an alert reached: each once, and anew when an acknowledgement lapsed, which takes the place of the round before.';
comment on column monitoring.alert_escalation.destinations is
  'Whom the level told, {channel, recipient}, in all rounds. Empty in rows from before this column: these hear of no end.';
comment on column monitoring.alert_escalation.end_told_at is 'When they were told that the alert is over. Null: they were not.';

alter table monitoring.tb_alert
  add column lapses integer not null default 0 check (lapses >= 0),
  add column lapsed_at timestamptz;
comment on column monitoring.tb_alert.lapses is 'How often its acknowledgement lapsed: its round of escalation is one more.';
comment on column monitoring.tb_alert.lapsed_at is 'When it last did. Null: never.';

alter table monitoring.maintenance_window add column open_since timestamptz;
comment on column monitoring.maintenance_window.open_since is
  'Since when the dispatch of notices sees it open, and mutes alerts for it. Null: it does not.';

comment on column monitoring.notice.group_id is
  'Group it tells of, or line of the escalations of a rule: those of one group to one recipient go one after the other. Null: it goes by itself.';

-- The policies force row-level security on the owner as well.
reset role;
set local role rookery_ops;
update monitoring.tb_alert a set lapses = l.lapses, lapsed_at = l.last_at
from (
  select tenant_id, alert_id, count(*) as lapses, max(at) as last_at
  from monitoring.alert_transition where kind = 'lapsed' group by 1, 2
) l
where a.tenant_id = l.tenant_id and a.id = l.alert_id;

reset role;
