-- Identity numbers, telephones and detailed addresses lie sealed in the database. What used to be found by the number
-- itself is found by keyed digests whose key is not here; the server seals rows of before at its next start, in batches,
-- and until then reads them as they are.

drop index resident_identity;
drop index resident_by_id_tail;
drop index resident_by_phone_tail;
alter table resident
  drop column id_no_reversed,
  drop column phone_reversed,
  add column id_no_index bytea,
  add column identity_index bytea,
  add column id_tail_index bytea,
  add column phone_index bytea,
  add column phone_tail_index bytea;
-- A writer that forgets to seal is refused. Rows of before are not held to it until they are sealed.
alter table resident
  add constraint resident_id_no_sealed check (id_no like U&'\FDD0%') not valid,
  add constraint resident_phone_sealed check (phone like U&'\FDD0%') not valid;
alter table staff add constraint staff_phone_sealed check (phone like U&'\FDD0%') not valid;
create unique index resident_identity on resident (county_id, id_type, id_no_index) where id_no_index is not null;
create index resident_by_identity   on resident (county_id, identity_index);
create index resident_by_id_tail    on resident (county_id, id_tail_index);
create index resident_by_phone      on resident (county_id, phone_index);
create index resident_by_phone_tail on resident (county_id, phone_tail_index);
comment on column resident.id_no is '证件号码，密文｜L4';
comment on column resident.phone is '本人电话，密文｜L4';
comment on column resident.id_no_index is '证件号码的盲索引（HMAC-SM3），查重用｜L3';
comment on column resident.identity_index is '居民身份证前17位的盲索引，新旧号写法相同，检索用｜L3';
comment on column resident.id_tail_index is '证件号码后4位的盲索引，检索用｜L3';
comment on column resident.phone_index is '电话的盲索引，检索用｜L3';
comment on column resident.phone_tail_index is '电话后4位的盲索引，检索用｜L3';

create table sealed_table (
  county_id  text not null,
  name       text collate "C" not null,
  field_key  uuid not null,
  index_key  uuid not null,
  sealed_at  timestamptz not null,
  primary key (county_id, name)
);
comment on table sealed_table is '哪些表已全部密封，用的哪把密钥｜L1';
comment on column sealed_table.county_id is '县级行政区划代码｜L1';
comment on column sealed_table.name is '表名｜L1';
comment on column sealed_table.field_key is '字段密钥编号｜L1';
comment on column sealed_table.index_key is '索引密钥编号｜L1';
comment on column sealed_table.sealed_at is '完成时间｜L1';
alter table sealed_table enable row level security;
alter table sealed_table force row level security;
create policy county_wall on sealed_table using (county_id = app_county()) with check (county_id = app_county());
grant select on sealed_table to quancheng_app;
