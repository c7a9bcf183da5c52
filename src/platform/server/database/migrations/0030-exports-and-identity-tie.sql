-- Every file with residents' data that left, with what it was for, who took it and the digest of the very file, so that a
-- file found outside is traced to its line. Never changed, never removed.
create table export_register (
  county_id       text not null,
  id              uuid not null,
  org_path        text collate "C" not null,
  organization_id uuid not null,
  made_by         uuid not null,
  door            text collate "C" not null,
  purpose         text collate "C" not null,
  people          integer not null check (people >= 0),
  bytes           integer not null check (bytes > 0),
  file_hash       text collate "C" not null check (file_hash ~ '^[0-9a-f]{64}$'),
  made_at         timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, organization_id) references organization (county_id, id),
  foreign key (county_id, made_by) references staff (county_id, id)
);
create index export_register_by_time on export_register (county_id, made_at desc, id desc);
create index export_register_by_hash on export_register (county_id, file_hash);
comment on table export_register is '导出登记：交出的每一份含居民资料的文件｜L3';
comment on column export_register.county_id is '县级行政区划代码｜L1';
comment on column export_register.id is '导出编号，印在文件里｜L3';
comment on column export_register.org_path is '导出人管辖范围位置，行级安全据此判断｜L3';
comment on column export_register.organization_id is '导出人所在机构｜L3';
comment on column export_register.made_by is '导出人｜L3';
comment on column export_register.door is '导出的内容｜L1';
comment on column export_register.purpose is '用途｜L3';
comment on column export_register.people is '文件中的人数｜L2';
comment on column export_register.bytes is '文件字节数｜L1';
comment on column export_register.file_hash is '文件的 SHA-256｜L3';
comment on column export_register.made_at is '导出时间｜L3';
alter table export_register enable row level security;
alter table export_register force row level security;
create policy subtree on export_register using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert on export_register to quancheng_app;

-- An account is tied to the county's identity service only while the administrator lets it be tied.
alter table staff add column identity_tie_until timestamptz;
comment on column staff.identity_tie_until is '准许首次对上县统一身份认证到何时；对上后清空｜L3';
