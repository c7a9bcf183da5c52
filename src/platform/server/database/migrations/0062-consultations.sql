-- A consultation: a house asks another, or another department of its own, what to do; the person stays where they are. The
-- house that is asked sees the question with the summary drawn for it, and nothing else of the person, as with a referral.
create table consultation (
  county_id            text not null,
  id                   uuid not null,
  resident_id          uuid not null,
  org_path             text collate "C" not null,
  from_organization_id uuid not null,
  from_path            text collate "C" not null,
  to_organization_id   uuid not null,
  to_path              text collate "C" not null,
  to_department        text not null,
  urgency              text not null check (urgency in ('soon','routine')),
  reason               text not null,
  summary              jsonb not null,
  status               text not null default 'requested' check (status in
    ('requested','accepted','declined','answered','filed','withdrawn')),
  requested_at         timestamptz not null,
  requested_by         uuid not null,
  answer_due_at        timestamptz not null,
  receiver_until       timestamptz not null,
  opinion              jsonb,
  record_id            uuid,
  version              integer not null default 1,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  foreign key (county_id, from_organization_id) references organization (county_id, id),
  foreign key (county_id, to_organization_id) references organization (county_id, id),
  constraint consultation_opinion check (status not in ('answered','filed') or opinion is not null),
  constraint consultation_record check ((status = 'filed') = (record_id is not null))
);
comment on table consultation is '会诊：申请、受理、意见、存入会诊记录表｜L4';
comment on column consultation.county_id is '县级行政区划代码｜L1';
comment on column consultation.id is '编号（由填写端生成）｜L3';
comment on column consultation.resident_id is '居民内部编号｜L3';
comment on column consultation.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column consultation.from_organization_id is '申请机构｜L3';
comment on column consultation.from_path is '申请机构位置，行级安全据此判断｜L3';
comment on column consultation.to_organization_id is '受邀机构｜L3';
comment on column consultation.to_path is '受邀机构位置，行级安全据此判断｜L3';
comment on column consultation.to_department is '受邀科室｜L4';
comment on column consultation.urgency is '缓急｜L4';
comment on column consultation.reason is '会诊原因与想问的问题｜L4';
comment on column consultation.summary is '病情摘要｜L4';
comment on column consultation.status is '状态｜L4';
comment on column consultation.requested_at is '申请时间｜L3';
comment on column consultation.requested_by is '申请人｜L3';
comment on column consultation.answer_due_at is '最晚答复时间｜L3';
comment on column consultation.receiver_until is '受邀机构可见到何时，行级安全据此判断｜L3';
comment on column consultation.opinion is '会诊意见、会诊医生、方式｜L4';
comment on column consultation.record_id is '存入的会诊记录表｜L3';
comment on column consultation.version is '版本，并发修改时据此拒绝｜L1';
alter table consultation enable row level security;
alter table consultation force row level security;
create policy both_ends on consultation using (county_id = app_county()
    and ((org_path >= app_scope_from() and org_path < app_scope_to())
      or (from_path >= app_scope_from() and from_path < app_scope_to())
      or (to_path >= app_scope_from() and to_path < app_scope_to() and receiver_until > app_at())))
  with check (county_id = app_county()
    and ((org_path >= app_scope_from() and org_path < app_scope_to())
      or (from_path >= app_scope_from() and from_path < app_scope_to())
      or (to_path >= app_scope_from() and to_path < app_scope_to() and receiver_until > app_at())));
-- What was asked, of whom and about whom stays as it was written.
grant select, insert on consultation to quancheng_app;
grant update (resident_id, org_path, status, receiver_until, opinion, record_id, version) on consultation to quancheng_app;

create table consultation_step (
  county_id       text not null,
  id              uuid not null,
  consultation_id uuid not null,
  state           text not null check (state in ('requested','accepted','declined','answered','filed','withdrawn')),
  at              timestamptz not null,
  by              uuid not null,
  organization_id uuid not null,
  note            text,
  primary key (county_id, id),
  foreign key (county_id, consultation_id) references consultation (county_id, id)
);
comment on table consultation_step is '会诊的每一步：何时、谁、哪个机构｜L4';
comment on column consultation_step.county_id is '县级行政区划代码｜L1';
comment on column consultation_step.id is '编号（由填写端生成）｜L3';
comment on column consultation_step.consultation_id is '会诊编号｜L3';
comment on column consultation_step.state is '到达的状态｜L4';
comment on column consultation_step.at is '时间（服务器）｜L3';
comment on column consultation_step.by is '操作人｜L3';
comment on column consultation_step.organization_id is '操作机构｜L3';
comment on column consultation_step.note is '退回或撤回的原因｜L4';
alter table consultation_step enable row level security;
alter table consultation_step force row level security;
create policy of_consultation on consultation_step using (county_id = app_county() and exists (select from consultation q
    where q.county_id = consultation_step.county_id and q.id = consultation_step.consultation_id))
  with check (county_id = app_county() and exists (select from consultation q
    where q.county_id = consultation_step.county_id and q.id = consultation_step.consultation_id));
grant select, insert on consultation_step to quancheng_app;

create index consultation_step_of on consultation_step (county_id, consultation_id, at);
create index consultation_by_resident on consultation (county_id, resident_id, requested_at desc, id desc);
create index consultation_of_village on consultation (county_id, org_path, requested_at desc, id desc);
create index consultation_to_open on consultation (county_id, to_organization_id,
    (case urgency when 'soon' then 0 else 1 end), requested_at, id) where status in ('requested','accepted');
create index consultation_to_done on consultation (county_id, to_organization_id, requested_at desc, id desc)
  where status not in ('requested','accepted');
create index consultation_from_open on consultation (county_id, from_organization_id,
    (case when status in ('requested','accepted') then 1 else 0 end), requested_at, id)
  where status not in ('filed','withdrawn');
create index consultation_from_done on consultation (county_id, from_organization_id, requested_at desc, id desc)
  where status in ('filed','withdrawn');
