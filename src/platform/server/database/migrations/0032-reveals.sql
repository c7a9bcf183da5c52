-- A reveal: for a while, the fields of one person that one member of staff asked for with a purpose are shown whole to them.
create table reveal_grant (
  county_id   text not null,
  id          uuid not null,
  staff_id    uuid not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  purpose     text not null,
  fields      text[] not null,
  opened_at   timestamptz not null,
  expires_at  timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, staff_id) references staff (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check (expires_at > opened_at and expires_at <= opened_at + interval '24 hours')
);
create index reveal_grant_open on reveal_grant (county_id, staff_id, resident_id, expires_at);
create index reveal_grant_by_resident on reveal_grant (county_id, resident_id);
comment on table reveal_grant is '按用途查看：某人为某用途在短时间内可见一位居民的哪些完整内容｜L4';
comment on column reveal_grant.county_id is '县级行政区划代码｜L1';
comment on column reveal_grant.id is '编号｜L3';
comment on column reveal_grant.staff_id is '查看人｜L3';
comment on column reveal_grant.resident_id is '居民内部编号｜L3';
comment on column reveal_grant.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column reveal_grant.purpose is '用途｜L3';
comment on column reveal_grant.fields is '可见的内容｜L3';
comment on column reveal_grant.opened_at is '开始时间｜L3';
comment on column reveal_grant.expires_at is '失效时间｜L3';
alter table reveal_grant enable row level security;
alter table reveal_grant force row level security;
create policy subtree on reveal_grant using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert, update on reveal_grant to quancheng_app;
