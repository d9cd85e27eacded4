-- The rollups count users under a key of their own purpose, which is kept: those of anonymisation are destroyed. Comments only.
set local role rookery_owner;

comment on column monitoring.pseudonym_key.purpose is
  'anonymise: pseudonyms of one period in the streams. rollup: the hashes by which users are counted, across periods.';
comment on column monitoring.user_activity_daily.user_key is
  'The user as a keyed 64-bit hash (pseudonym_key, purpose rollup).';
comment on column monitoring.user_cohort.user_key is
  'The user as a keyed 64-bit hash (pseudonym_key, purpose rollup).';
comment on column monitoring.tb_user_activity_hourly.users is
  'The distinct users in ascending order, as keyed 64-bit hashes (pseudonym_key, purpose rollup).';

reset role;
