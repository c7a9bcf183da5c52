-- How full a phone is, for support: a phone without room cannot begin another form.
alter table field_device add column storage_used bigint check (storage_used >= 0);
alter table field_device add column storage_quota bigint check (storage_quota >= 0);
alter table field_device add column is_storage_short boolean not null default false;
comment on column field_device.storage_used is '应用在手机浏览器里已用的字节数，手机上次联系时报告；空为没有报告｜L1';
comment on column field_device.storage_quota is '手机浏览器给应用的存储上限，字节；空为没有报告｜L1';
comment on column field_device.is_storage_short is '手机已没有空间开始新的表｜L1';
