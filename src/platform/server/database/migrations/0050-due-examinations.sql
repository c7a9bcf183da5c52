-- Which tests of target organs and complications are due, by person, as the engine judged them on its last look at a place.
create table examination_due (
  county_id text not null,
  resident_id uuid not null,
  test text not null,
  org_path text collate "C" not null,
  due_on date not null,
  primary key (county_id, resident_id, test),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table examination_due is '到期未做的检查：按方案逐村推算，每天一次｜L4';
comment on column examination_due.county_id is '县级行政区划代码｜L1';
comment on column examination_due.resident_id is '居民内部编号｜L3';
comment on column examination_due.test is '检查项目；any 为任一项，取最早到期日｜L4';
comment on column examination_due.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column examination_due.due_on is '应于哪天之前做｜L4';
create index examination_due_by_test on examination_due (county_id, test, org_path, due_on, resident_id);

create table examination_count (
  county_id text not null,
  org_path text collate "C" not null,
  judged_on date not null,
  judged_at timestamptz not null,
  people integer not null,
  due jsonb not null,
  primary key (county_id, org_path)
);
comment on table examination_count is '各村到期未做的检查人数，与名单同时推算｜L2';
comment on column examination_count.county_id is '县级行政区划代码｜L1';
comment on column examination_count.org_path is '管理机构位置，行级安全据此判断｜L1';
comment on column examination_count.judged_on is '推算到哪一天｜L1';
comment on column examination_count.judged_at is '推算时间（服务器）｜L1';
comment on column examination_count.people is '在管人数｜L2';
comment on column examination_count.due is '各项到期人数｜L2';

do $$
declare t text;
begin
  foreach t in array array['examination_due','examination_count'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = (select app_county())
        and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))
      with check (county_id = (select app_county())
        and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))$p$, t);
  end loop;
end $$;
grant select, insert, update, delete on examination_due to quancheng_app;
grant select, insert, update on examination_count to quancheng_app;
