-- System, security and audit administrator stand apart. Who was the administrator stays the system administrator.
alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role_check check (role in ('village-doctor','township-doctor',
  'township-public-health-doctor','county-specialist','cdc','health-bureau','administrator','security-administrator',
  'audit-administrator'));
-- A new account is entered by one and its role granted by another; until then it stays disabled.
alter table staff add column awaits_grant_since timestamptz,
  add constraint staff_awaiting_is_disabled check (awaits_grant_since is null or disabled_at is not null);
comment on column staff.awaits_grant_since is '从何时起等待安全管理员授予角色；空为已授予｜L3';
create index staff_awaiting_grant on staff (county_id, awaits_grant_since) where awaits_grant_since is not null;

-- The database's own clock beside the application's: rows of before have none, and their seals still hold.
alter table audit_entry add column db_at timestamptz;
alter table audit_entry alter column db_at set default clock_timestamp();
comment on column audit_entry.db_at is '数据库时钟的时间，与应用的时间相互印证｜L3';
create index audit_entry_by_day on audit_entry using brin (at);
