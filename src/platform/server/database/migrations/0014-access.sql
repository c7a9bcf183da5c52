-- Emergency access: one member of staff, one person out of reach, a reason, a few hours, and somebody else's review.
create table emergency_access (
  county_id   text not null,
  id          uuid not null,
  staff_id    uuid not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  reason      text not null,
  opened_at   timestamptz not null,
  expires_at  timestamptz not null,
  verdict     text check (verdict in ('justified','unjustified')),
  review_note text,
  reviewed_by uuid,
  reviewed_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, staff_id) references staff (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check (reviewed_by is null or reviewed_by <> staff_id),
  check ((verdict is null) = (reviewed_by is null)),
  check (expires_at <= opened_at + interval '24 hours')
);
create index emergency_access_by_time on emergency_access (county_id, opened_at desc, id);
create index emergency_access_by_resident on emergency_access (county_id, resident_id);
create index emergency_access_by_staff on emergency_access (county_id, staff_id, opened_at desc);
comment on table emergency_access is '紧急查阅：越出管理范围查看一位居民，须说明理由、限时、由他人复核｜L4';
comment on column emergency_access.county_id is '县级行政区划代码｜L1';
comment on column emergency_access.id is '编号｜L3';
comment on column emergency_access.staff_id is '查阅人｜L3';
comment on column emergency_access.resident_id is '居民内部编号｜L3';
comment on column emergency_access.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column emergency_access.reason is '理由｜L4';
comment on column emergency_access.opened_at is '开始时间｜L3';
comment on column emergency_access.expires_at is '失效时间｜L3';
comment on column emergency_access.verdict is '复核结论：合理、不合理｜L3';
comment on column emergency_access.review_note is '复核意见｜L4';
comment on column emergency_access.reviewed_by is '复核人｜L3';
comment on column emergency_access.reviewed_at is '复核时间｜L3';
alter table emergency_access enable row level security;
alter table emergency_access force row level security;
create policy subtree on emergency_access using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert, update on emergency_access to quancheng_app;
