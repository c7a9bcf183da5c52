-- Who published a definition: one that came with the program and is not in it any more is ended, a county's own stays. So
-- far nobody but the program could publish anything but the county's settings. The walls are lifted for this one statement,
-- which knows no county.
alter table definition add column origin text not null default 'program' check (origin in ('program','county'));
-- What nobody marked is not ended.
alter table definition alter column origin set default 'county';
comment on column definition.origin is '由谁发布：程序自带、本县｜L1';
comment on column definition.retired_at is '被同一版的修订替换、或程序不再带有而停用的时间｜L1';
alter table definition no force row level security;
update definition set origin = 'county' where kind = 'county-setting';
alter table definition force row level security;
grant update (origin) on definition to quancheng_app;
