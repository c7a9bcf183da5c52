-- Which medicines of the formulary a place has. A place says only where it differs from the one above it, so that what is
-- settled once for the county or a township holds in every clinic below; each change is in the audit trail, and every
-- state that reached a phone stays among the definitions.
create table medicine_availability (
  county_id       text not null,
  organization_id uuid not null,
  org_path        text collate "C" not null,
  has             text[] not null default '{}',
  lacks           text[] not null default '{}',
  version         integer not null check (version > 0),
  changed_at      timestamptz not null,
  changed_by      uuid not null,
  primary key (county_id, organization_id),
  foreign key (county_id, organization_id) references organization (county_id, id)
);
create index medicine_availability_by_place on medicine_availability (county_id, org_path);
comment on table medicine_availability is '药品供应：县、乡镇、村各机构有与没有哪些目录药品，只记与上级不同的｜L1';
comment on column medicine_availability.county_id is '县级行政区划代码｜L1';
comment on column medicine_availability.organization_id is '机构编号｜L1';
comment on column medicine_availability.org_path is '机构在树中的位置，改动时行级安全据此判断｜L1';
comment on column medicine_availability.has is '上级没有而本机构有的药品代码｜L1';
comment on column medicine_availability.lacks is '上级有而本机构没有的药品代码｜L1';
comment on column medicine_availability.version is '版本，并发修改时据此拒绝｜L1';
comment on column medicine_availability.changed_at is '修改时间｜L1';
comment on column medicine_availability.changed_by is '修改人｜L3';

-- Nobody's data: the whole county reads it, as phones and clinics need what stands above them; written from one's own part.
alter table medicine_availability enable row level security;
alter table medicine_availability force row level security;
create policy county_reads on medicine_availability for select using (county_id = app_county());
create policy own_part_adds on medicine_availability for insert with check (
  county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
create policy own_part_changes on medicine_availability for update using (
  county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert, update on medicine_availability to quancheng_app;
