-- A referral has a house at its other end. That house sees the referral with the summary its sender drew, and nothing else
-- of the person: while it lasts, and for some days after. For how long stands with the row, so that the wall needs no rule.
alter table referral_request drop constraint referral_request_status_check;
alter table referral_request add constraint referral_request_status_check check (status in
  ('requested','withdrawn','declined','accepted','not-arrived','arrived','returned','taken-on'));
alter table referral_request
  add column from_path text collate "C",
  add column to_organization_id uuid,
  add column to_path text collate "C",
  add column answer_due_at timestamptz,
  add column receiver_until timestamptz,
  add column version integer not null default 1;
alter table referral_request no force row level security;
alter table organization no force row level security;
update referral_request q set from_path = o.path from organization o
  where o.county_id = q.county_id and o.id = q.from_organization_id;
alter table organization force row level security;
alter table referral_request force row level security;
alter table referral_request
  add constraint referral_request_receiver check (
    (to_organization_id is null) = (to_path is null) and (to_organization_id is null) = (receiver_until is null)
    and (to_organization_id is null) = (answer_due_at is null) and (to_organization_id is null or from_path is not null)),
  add foreign key (county_id, to_organization_id) references organization (county_id, id);
comment on table referral_request is '转诊：转出方发起，接收方答复、接诊、回转｜L4';
comment on column referral_request.from_path is '转出机构位置，行级安全据此判断｜L3';
comment on column referral_request.to_organization_id is '接收机构；空为本县平台以外的机构，只写在科室里｜L3';
comment on column referral_request.to_path is '接收机构位置，行级安全据此判断｜L3';
comment on column referral_request.answer_due_at is '接收方最晚答复时间｜L3';
comment on column referral_request.receiver_until is '接收方可见到何时，行级安全据此判断｜L3';
comment on column referral_request.version is '版本，并发修改时据此拒绝｜L1';

-- The moment a transaction is about, as its scope: without one no receiver sees anything.
create function app_at() returns timestamptz language sql stable parallel safe
  as $$ select nullif(current_setting('app.at', true), '')::timestamptz $$;
drop policy subtree on referral_request;
create policy both_ends on referral_request using (county_id = app_county()
    and ((org_path >= app_scope_from() and org_path < app_scope_to())
      or (from_path >= app_scope_from() and from_path < app_scope_to())
      or (to_path >= app_scope_from() and to_path < app_scope_to() and receiver_until > app_at())))
  with check (county_id = app_county()
    and ((org_path >= app_scope_from() and org_path < app_scope_to())
      or (from_path >= app_scope_from() and from_path < app_scope_to())
      or (to_path >= app_scope_from() and to_path < app_scope_to() and receiver_until > app_at())));
-- What was asked, of whom and for whom stays as it was written.
revoke update on referral_request from quancheng_app;
grant update (resident_id, org_path, status, receiver_until, version) on referral_request to quancheng_app;

create table referral_step (
  county_id       text not null,
  id              uuid not null,
  referral_id     uuid not null,
  state           text not null check (state in
    ('requested','withdrawn','declined','accepted','not-arrived','arrived','returned','taken-on')),
  at              timestamptz not null,
  by              uuid not null,
  organization_id uuid not null,
  note            text,
  primary key (county_id, id),
  foreign key (county_id, referral_id) references referral_request (county_id, id)
);
create index referral_step_of on referral_step (county_id, referral_id, at);
comment on table referral_step is '转诊的每一步：何时、谁、哪个机构｜L4';
comment on column referral_step.county_id is '县级行政区划代码｜L1';
comment on column referral_step.id is '编号（由填写端生成）｜L3';
comment on column referral_step.referral_id is '转诊编号｜L3';
comment on column referral_step.state is '到达的状态｜L4';
comment on column referral_step.at is '时间（服务器）｜L3';
comment on column referral_step.by is '操作人｜L3';
comment on column referral_step.organization_id is '操作机构｜L3';
comment on column referral_step.note is '说明、拒收或未到位的原因｜L4';
alter table referral_step enable row level security;
alter table referral_step force row level security;
-- A step is seen and written by whoever sees its referral.
create policy of_referral on referral_step using (county_id = app_county() and exists (select from referral_request q
    where q.county_id = referral_step.county_id and q.id = referral_step.referral_id))
  with check (county_id = app_county() and exists (select from referral_request q
    where q.county_id = referral_step.county_id and q.id = referral_step.referral_id));
grant select, insert on referral_step to quancheng_app;
