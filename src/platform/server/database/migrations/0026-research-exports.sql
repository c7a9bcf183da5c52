-- Extracts for research: who asked for which data level and what for, who agreed to it, how many people are in it. The
-- extract itself lies sealed and leaves after its time.
create table research_export (
  county_id     text not null,
  id            uuid not null,
  org_path      text collate "C" not null,
  project       text not null,
  approval_no   text not null,
  recipient     text not null,
  level         text collate "C" not null check (level in ('2','3')),
  requested_at  timestamptz not null,
  requested_by  uuid not null,
  status        text collate "C" not null default 'asked' check (status in ('asked','made','refused')),
  decided_at    timestamptz,
  decided_by    uuid,
  decision_note text,
  smallest_group integer,
  consenting    integer,
  people        integer,
  blurred       integer,
  left_out      integer,
  rows          integer,
  content       bytea,
  fetch_until   timestamptz,
  primary key (county_id, id),
  foreign key (county_id, requested_by) references staff (county_id, id),
  foreign key (county_id, decided_by) references staff (county_id, id),
  check ((status = 'asked') = (decided_at is null)),
  check (decided_by is null or decided_by <> requested_by)
);
create index research_export_by_time on research_export (county_id, requested_at desc, id desc);
comment on table research_export is '去标识科研数据：申请、批准、处理结果和文件｜L3';
comment on column research_export.county_id is '县级行政区划代码｜L1';
comment on column research_export.id is '编号｜L3';
comment on column research_export.org_path is '申请机构位置，数据只取其范围，行级安全据此判断｜L3';
comment on column research_export.project is '研究项目和用途｜L3';
comment on column research_export.approval_no is '伦理审查或项目批准文号｜L3';
comment on column research_export.recipient is '接收的研究机构和负责人｜L3';
comment on column research_export.level is '数据级别｜L1';
comment on column research_export.requested_at is '申请时间｜L3';
comment on column research_export.requested_by is '申请人｜L3';
comment on column research_export.status is '状态：已申请、已生成、不批准｜L1';
comment on column research_export.decided_at is '批准或不批准的时间｜L3';
comment on column research_export.decided_by is '批准人，须为申请人以外的人｜L3';
comment on column research_export.decision_note is '批准意见｜L3';
comment on column research_export.smallest_group is '文件中最小的一组有几人｜L2';
comment on column research_export.consenting is '范围内同意科研使用的人数｜L2';
comment on column research_export.people is '文件中的人数｜L2';
comment on column research_export.blurred is '不分乡镇的人数｜L2';
comment on column research_export.left_out is '因人数太少而不收的人数｜L2';
comment on column research_export.rows is '行数｜L2';
comment on column research_export.content is '去标识后的数据，密文，过期清除｜L3';
comment on column research_export.fetch_until is '可下载到何时｜L3';
alter table research_export enable row level security;
alter table research_export force row level security;
create policy subtree on research_export using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert, update on research_export to quancheng_app;
