-- A phone compares what it holds with the server each day; where it differed without a reason, support sees when.
alter table field_device add column differed_at timestamptz;
comment on column field_device.differed_at is '本机数据与服务器不符而被改正的时间｜L3';
