-- Forms, rule numbers, formulary and county settings as phones take them: every edition ever published stays, so that a
-- phone that was away can finish what it began, and a record can always be read in the edition it was written on.
create table definition (
  county_id     text not null,
  kind          text collate "C" not null check (kind in ('form','rule-parameters','formulary','county-setting')),
  key           text collate "C" not null,
  edition       text collate "C" not null,
  digest        text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  title         text not null,
  in_force_from date,
  engine        integer not null check (engine > 0),
  content       jsonb not null,
  published_at  timestamptz not null,
  retired_at    timestamptz,
  primary key (county_id, kind, key, edition, digest)
);
create index definition_current on definition (county_id) where retired_at is null;
comment on table definition is '定义：表单、规则参数、药品目录、县级设置的各版，发布后不再改动｜L1';
comment on column definition.county_id is '县级行政区划代码｜L1';
comment on column definition.kind is '类别：表单、规则参数、药品目录、县级设置｜L1';
comment on column definition.key is '表单、专题或设置的代码｜L1';
comment on column definition.edition is '版本｜L1';
comment on column definition.digest is '全部内容的 SHA-256｜L1';
comment on column definition.title is '名称｜L1';
comment on column definition.in_force_from is '自哪天起用；空为一直在用｜L1';
comment on column definition.engine is '读懂它所需的程序版本｜L1';
comment on column definition.content is '内容｜L1';
comment on column definition.published_at is '发布时间｜L1';
comment on column definition.retired_at is '被同一版的修订替换或撤回的时间｜L1';

-- Which definitions were in force together: a phone names the set it holds, a sheet the set it was typed under.
create table definition_set (
  county_id text not null,
  digest    text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  made_at   timestamptz not null,
  members   text[] not null,
  primary key (county_id, digest)
);
comment on table definition_set is '同时有效的一组定义｜L1';
comment on column definition_set.county_id is '县级行政区划代码｜L1';
comment on column definition_set.digest is '各摘要合起来的 SHA-256｜L1';
comment on column definition_set.made_at is '首次形成的时间｜L1';
comment on column definition_set.members is '各定义的摘要｜L1';

-- What a sheet from a phone was typed under, and where the phone's rules answered otherwise than the server's.
create table made_under (
  county_id      text not null,
  record_id      uuid not null,
  resident_id    uuid not null,
  org_path       text collate "C" not null,
  form           text collate "C" not null,
  form_edition   text collate "C" not null,
  definition_set text collate "C" not null,
  engine         integer not null,
  begun_on       date not null,
  said           jsonb not null,
  differing      jsonb,
  received_at    timestamptz not null,
  primary key (county_id, record_id)
);
create index made_under_differing on made_under (county_id, resident_id) where differing is not null;
comment on table made_under is '手机上的表是按哪一版表单和规则填写的，以及手机与服务器判定的不同｜L4';
comment on column made_under.county_id is '县级行政区划代码｜L1';
comment on column made_under.record_id is '表的编号｜L3';
comment on column made_under.resident_id is '居民内部编号｜L3';
comment on column made_under.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column made_under.form is '表单｜L1';
comment on column made_under.form_edition is '表单版本｜L1';
comment on column made_under.definition_set is '手机当时持有的一组定义｜L1';
comment on column made_under.engine is '手机上的程序版本｜L1';
comment on column made_under.begun_on is '开始填写的日期（手机所报）｜L3';
comment on column made_under.said is '手机当时的各条判定｜L4';
comment on column made_under.differing is '与服务器不同的各条判定，两个都在｜L4';
comment on column made_under.received_at is '服务器收到时间｜L3';

alter table field_device add column definition_set text collate "C";
alter table field_device add column engine_edition integer;
comment on column field_device.definition_set is '手机报告的一组定义｜L1';
comment on column field_device.engine_edition is '手机上的程序版本｜L1';

do $$
declare t text;
begin
  foreach t in array array['definition','definition_set'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy county_wall on %I using (county_id = app_county()) with check (county_id = app_county())', t);
  end loop;
end $$;
alter table made_under enable row level security;
alter table made_under force row level security;
create policy subtree on made_under using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert on definition, definition_set, made_under to quancheng_app;
grant update (retired_at) on definition to quancheng_app;
grant update (org_path, resident_id) on made_under to quancheng_app;
