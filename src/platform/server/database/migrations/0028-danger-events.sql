-- A dangerous reading or sign found at the centre stays on a list with an owner, a time and an outcome, also when the
-- person walks out of the door. One at a time for a person.
create table danger_event (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  source text not null check (source in ('self-test','arrival')),
  what text not null,
  found_at timestamptz not null,
  found_by uuid not null,
  due_at timestamptz not null,
  owner_id uuid,
  owned_at timestamptz,
  outcome text check (outcome in ('treated','referred','called-120','not-confirmed','not-found','record-ended')),
  note text,
  closed_at timestamptz,
  closed_by uuid,
  version integer not null default 1,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((closed_at is null) = (outcome is null)),
  check ((owner_id is null) = (owned_at is null))
);
create unique index danger_event_open on danger_event (county_id, resident_id) where closed_at is null;
create index danger_event_due on danger_event (county_id, due_at, id) where closed_at is null;
create index danger_event_closed on danger_event (county_id, closed_at desc, id) where closed_at is not null;
create index danger_event_by_resident on danger_event (county_id, resident_id);
comment on table danger_event is '异常情况：危急的读数或症状，谁处理、何时前、结果如何｜L4';
comment on column danger_event.county_id is '县级行政区划代码｜L1';
comment on column danger_event.id is '编号｜L3';
comment on column danger_event.resident_id is '居民内部编号｜L3';
comment on column danger_event.organization_id is '发现并负责处理的机构｜L3';
comment on column danger_event.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column danger_event.source is '何处发现：自助检测、接诊｜L4';
comment on column danger_event.what is '异常内容｜L4';
comment on column danger_event.found_at is '发现时间｜L4';
comment on column danger_event.found_by is '发现人｜L3';
comment on column danger_event.due_at is '应处理的最晚时间｜L4';
comment on column danger_event.owner_id is '接手的人｜L3';
comment on column danger_event.owned_at is '接手时间｜L3';
comment on column danger_event.outcome is '处理结果｜L4';
comment on column danger_event.note is '处理经过｜L4';
comment on column danger_event.closed_at is '办结时间｜L4';
comment on column danger_event.closed_by is '办结人｜L3';
comment on column danger_event.version is '版本，并发修改时据此拒绝｜L1';

alter table danger_event enable row level security;
alter table danger_event force row level security;
create policy subtree on danger_event using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert, update on danger_event to quancheng_app;
