-- The second factor, remembered passwords, and what is known of a session.

alter table session
  add column id uuid not null default gen_random_uuid(),
  add column second_factor_at timestamptz,
  add column address text,
  add column agent text;
comment on column session.id is '会话编号，供本人查看与撤销｜L3';
comment on column session.second_factor_at is '通过第二因子的时间｜L3';
comment on column session.address is '来源地址｜L4';
comment on column session.agent is '浏览器或客户端｜L3';
create unique index session_id on session (county_id, id);

alter table staff
  add column password_changed_at timestamptz not null default now(),
  add column external_subject text collate "C";
comment on column staff.password_changed_at is '最近一次修改口令的时间｜L3';
comment on column staff.external_subject is '县统一身份认证中的编号｜L4';
create unique index staff_by_external_subject on staff (county_id, external_subject) where external_subject is not null;

create table staff_factor (
  county_id    text not null,
  staff_id     uuid not null,
  secret       bytea not null,
  last_step    bigint not null default 0,
  confirmed_at timestamptz,
  created_at   timestamptz not null,
  primary key (county_id, staff_id),
  foreign key (county_id, staff_id) references staff (county_id, id)
);
comment on table staff_factor is '第二因子：动态口令的密钥（加密保存）｜S';
comment on column staff_factor.county_id is '县级行政区划代码｜L1';
comment on column staff_factor.staff_id is '人员编号｜L3';
comment on column staff_factor.secret is '密钥（密文）｜S';
comment on column staff_factor.last_step is '最近用过的时间步，一步只能用一次｜L3';
comment on column staff_factor.confirmed_at is '启用时间，空为尚未确认｜L3';
comment on column staff_factor.created_at is '生成时间｜L3';

create table recovery_code (
  county_id text not null,
  staff_id  uuid not null,
  code      bytea not null,
  used_at   timestamptz,
  primary key (county_id, staff_id, code),
  foreign key (county_id, staff_id) references staff (county_id, id)
);
comment on table recovery_code is '备用码：只存带密钥的摘要，一个用一次｜S';
comment on column recovery_code.county_id is '县级行政区划代码｜L1';
comment on column recovery_code.staff_id is '人员编号｜L3';
comment on column recovery_code.code is '备用码的摘要｜S';
comment on column recovery_code.used_at is '使用时间｜L3';

create table factor_reset (
  county_id    text not null,
  id           uuid not null,
  staff_id     uuid not null,
  reason       text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by  uuid,
  approved_at  timestamptz,
  primary key (county_id, id),
  foreign key (county_id, staff_id) references staff (county_id, id),
  check (approved_by is null or approved_by not in (requested_by, staff_id))
);
comment on table factor_reset is '第二因子的重置：一人申请，另一人批准｜L3';
comment on column factor_reset.county_id is '县级行政区划代码｜L1';
comment on column factor_reset.id is '编号｜L3';
comment on column factor_reset.staff_id is '为谁重置｜L3';
comment on column factor_reset.reason is '原因｜L3';
comment on column factor_reset.requested_by is '申请人｜L3';
comment on column factor_reset.requested_at is '申请时间｜L3';
comment on column factor_reset.approved_by is '批准人｜L3';
comment on column factor_reset.approved_at is '批准时间｜L3';
create unique index factor_reset_open on factor_reset (county_id, staff_id) where approved_at is null;

create table former_password (
  county_id     text not null,
  staff_id      uuid not null,
  password_hash text not null,
  replaced_at   timestamptz not null,
  primary key (county_id, staff_id, password_hash),
  foreign key (county_id, staff_id) references staff (county_id, id)
);
comment on table former_password is '用过的口令（散列），不得再用｜S';
comment on column former_password.county_id is '县级行政区划代码｜L1';
comment on column former_password.staff_id is '人员编号｜L3';
comment on column former_password.password_hash is '口令散列（argon2id）｜S';
comment on column former_password.replaced_at is '更换时间｜L3';

create table unknown_sign_in (
  county_id    text not null,
  name_index   bytea not null,
  failures     integer not null,
  locked_until timestamptz,
  last_at      timestamptz not null,
  primary key (county_id, name_index)
);
comment on table unknown_sign_in is '对不存在的用户名的登录尝试：与真实账号同样锁定，使人无从分辨｜L3';
comment on column unknown_sign_in.county_id is '县级行政区划代码｜L1';
comment on column unknown_sign_in.name_index is '用户名的带密钥摘要｜L3';
comment on column unknown_sign_in.failures is '失败次数｜L3';
comment on column unknown_sign_in.locked_until is '锁定至｜L3';
comment on column unknown_sign_in.last_at is '最近一次｜L3';

do $$
declare t text;
begin
  foreach t in array array['staff_factor','recovery_code','factor_reset','former_password','unknown_sign_in'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy county_wall on %I using (county_id = app_county()) with check (county_id = app_county())', t);
  end loop;
end $$;
grant select, insert, update, delete on staff_factor, recovery_code, unknown_sign_in to quancheng_app;
grant select, insert, update on factor_reset to quancheng_app;
grant select, insert, delete on former_password to quancheng_app;
