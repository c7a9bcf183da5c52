-- What residents agreed to, by purpose: each word is a row of its own, and the last word counts from the moment it is kept.
create table consent_event (
  county_id   text not null,
  id          uuid not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  purpose     text not null,
  deed        text not null check (deed in ('given','withdrawn')),
  given_by    text not null check (given_by in ('self','guardian')),
  signer      text not null,
  relation    text,
  means       text not null check (means in ('paper','spoken','electronic')),
  on_day      date not null,
  note        text,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  foreign key (county_id, recorded_by) references staff (county_id, id),
  check (given_by = 'self' or relation is not null)
);
create index consent_event_by_resident on consent_event (county_id, resident_id, recorded_at desc, id desc);
comment on table consent_event is '居民按用途作出的同意与撤回，只增不改，以最后一次为准｜L3';
comment on column consent_event.county_id is '县级行政区划代码｜L1';
comment on column consent_event.id is '编号｜L3';
comment on column consent_event.resident_id is '居民内部编号｜L3';
comment on column consent_event.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column consent_event.purpose is '用途代码｜L2';
comment on column consent_event.deed is '同意或撤回｜L3';
comment on column consent_event.given_by is '本人或监护人｜L3';
comment on column consent_event.signer is '表示意见的人的姓名｜L3';
comment on column consent_event.relation is '监护人与居民的关系｜L3';
comment on column consent_event.means is '方式：书面、口头、电子｜L2';
comment on column consent_event.on_day is '表示意见的日期｜L3';
comment on column consent_event.note is '说明｜L3';
comment on column consent_event.recorded_at is '登记时间，撤回自此刻起生效｜L3';
comment on column consent_event.recorded_by is '登记人｜L3';
alter table consent_event enable row level security;
alter table consent_event force row level security;
create policy subtree on consent_event using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert on consent_event to quancheng_app;
-- A move takes the place along and a merge the person; what was said stays.
grant update (org_path, resident_id) on consent_event to quancheng_app;
