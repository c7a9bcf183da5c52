-- Keys that seal what is protected, and the seals that make the audit trail tell of any change.

create table data_key (
  county_id  text not null,
  id         uuid not null,
  purpose    text collate "C" not null check (purpose in ('audit','field','index','export')),
  provider   text collate "C" not null,
  wrapped    bytea not null,
  created_at timestamptz not null,
  primary key (county_id, id)
);
comment on table data_key is '数据密钥：只存由根密钥封装后的密文，应用角色不可读｜S';
comment on column data_key.county_id is '县级行政区划代码｜L1';
comment on column data_key.id is '密钥编号｜L1';
comment on column data_key.purpose is '用途：审计、字段、索引、导出｜L1';
comment on column data_key.provider is '根密钥所在：文件、密钥服务｜L1';
comment on column data_key.wrapped is '封装后的密钥｜S';
comment on column data_key.created_at is '生成时间｜L1';

-- Where a request came from and what for; what the row was before and after. The transaction orders the rows: a reader
-- bounded by the oldest running transaction misses none.
alter table audit_entry
  add column purpose text,
  add column device text,
  add column address text,
  add column request_id uuid,
  add column before_hash bytea,
  add column after_hash bytea,
  add column xid xid8 not null default pg_current_xact_id();
comment on column audit_entry.purpose is '目的：诊疗、公共卫生、管理、紧急调阅等｜L3';
comment on column audit_entry.device is '设备编号｜L3';
comment on column audit_entry.address is '来源地址｜L4';
comment on column audit_entry.request_id is '请求编号｜L3';
comment on column audit_entry.before_hash is '修改前内容的摘要（SM3）｜L3';
comment on column audit_entry.after_hash is '修改后内容的摘要（SM3）｜L3';
comment on column audit_entry.xid is '所在事务，封存时据此排序｜L3';
create index audit_entry_in_order on audit_entry (county_id, xid, id);
create index audit_entry_by_staff on audit_entry (county_id, staff_id, at desc) where staff_id is not null;

create table audit_seal (
  county_id   text not null,
  number      bigint not null check (number > 0),
  through_xid xid8 not null,
  through_id  uuid not null,
  rows        integer not null check (rows > 0),
  content     bytea not null,
  mac         bytea not null,
  key_id      uuid not null,
  sealed_at   timestamptz not null,
  primary key (county_id, number)
);
comment on table audit_seal is '审计封条：每条封住一段审计记录并接上前一条，只增不改｜L3';
comment on column audit_seal.county_id is '县级行政区划代码｜L1';
comment on column audit_seal.number is '封条序号，连续｜L1';
comment on column audit_seal.through_xid is '封到哪个事务（含）｜L3';
comment on column audit_seal.through_id is '封到该事务的哪条记录（含）｜L3';
comment on column audit_seal.rows is '封住的条数｜L2';
comment on column audit_seal.content is '各条记录依次的摘要（SM3）｜L3';
comment on column audit_seal.mac is '连同前一条封条的鉴别码（HMAC-SM3，密钥不在库中）｜L3';
comment on column audit_seal.key_id is '所用密钥｜L1';
comment on column audit_seal.sealed_at is '封存时间｜L1';

do $$
declare t text;
begin
  foreach t in array array['data_key','audit_seal'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy county_wall on %I using (county_id = app_county()) with check (county_id = app_county())', t);
  end loop;
end $$;
-- Wrapped keys are the owner's alone, who opens them at the start, before any scope is known.
alter table data_key no force row level security;
revoke all on data_key from quancheng_app;
grant select, insert on audit_seal to quancheng_app;
