-- A tenant's own policy could leave the range that the platform's sets: audit events kept for ten days. The check of 0012 sees
-- one row, and the range stands in another. No row is rewritten; what is there already is not looked at.
set local role rookery_owner;

create function monitoring.policy_within_platform() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  platform record;
begin
  if new.tenant_id = 'platform' then
    return new;
  end if;
  select p.keep_days_least, p.keep_days_most, p.archive into platform from monitoring.retention_policy p
  where p.tenant_id = 'platform' and p.table_name = new.table_name;
  if new.keep_days < coalesce(platform.keep_days_least, new.keep_days)
      or new.keep_days > coalesce(platform.keep_days_most, new.keep_days) then
    raise exception '% may be kept % to % days, not %', new.table_name,
      coalesce(platform.keep_days_least::text, 'any'), coalesce(platform.keep_days_most::text, 'any'), new.keep_days
      using errcode = 'check_violation', hint = 'the range is keep_days_least and keep_days_most of the platform''s policy';
  end if;
  if platform.archive and not new.archive then
    raise exception '% is archived before it is deleted: a tenant cannot do without', new.table_name
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
comment on function monitoring.policy_within_platform() is
  'Refuses a tenant''s policy outside the range of the platform''s, or without its archive.';
revoke all on function monitoring.policy_within_platform() from public;
grant execute on function monitoring.policy_within_platform() to rookery_ops;

create trigger policy_within_platform before insert or update on monitoring.retention_policy
for each row execute function monitoring.policy_within_platform();

reset role;
