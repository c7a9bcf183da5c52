-- The county's key for signed health summaries: it vouches for the phones of its doctors, so that another phone of the
-- county checks a summary without a network.
create table county_signing_key (
  county_id   text not null,
  key_id      text not null,
  public_key  text not null,
  private_key bytea not null,
  created_at  timestamptz not null,
  retired_at  timestamptz,
  primary key (county_id, key_id),
  foreign key (county_id) references county (county_id)
);
create unique index county_signing_key_current on county_signing_key (county_id) where retired_at is null;
comment on table county_signing_key is '县签名密钥：为村医手机签发摘要签名证书｜S';
comment on column county_signing_key.county_id is '县级行政区划代码｜L1';
comment on column county_signing_key.key_id is '密钥名称｜L1';
comment on column county_signing_key.public_key is '公钥（P-256，base64url）｜L1';
comment on column county_signing_key.private_key is '私钥（JWK），用字段密钥加密；只由服务器读取，不出服务器｜S';
comment on column county_signing_key.created_at is '生成时间｜L1';
comment on column county_signing_key.retired_at is '停用时间；停用后仍可用于验证旧签名｜L1';

alter table county_signing_key enable row level security;
alter table county_signing_key force row level security;
create policy county_wall on county_signing_key
  using (county_id = app_county()) with check (county_id = app_county());
grant select, insert on county_signing_key to quancheng_app;
