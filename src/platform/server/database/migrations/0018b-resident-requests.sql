-- What residents ask about their own data: received, taken up, answered with a reason within a deadline.
create table privacy_request (
  county_id   text not null,
  id          uuid not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  kind        text not null check (kind in ('copy','correction','deletion','explanation')),
  about       text not null,
  asked_by    text not null check (asked_by in ('self','guardian')),
  asker       text not null,
  received_on date not null,
  due_on      date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  assigned_to uuid,
  decision    text check (decision in ('done','refused')),
  answer      text,
  held_until  date,
  answered_at timestamptz,
  answered_by uuid,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  foreign key (county_id, recorded_by) references staff (county_id, id),
  foreign key (county_id, assigned_to) references staff (county_id, id),
  foreign key (county_id, answered_by) references staff (county_id, id),
  check ((decision is null) = (answer is null) and (decision is null) = (answered_at is null)
    and (decision is null) = (answered_by is null))
);
create index privacy_request_open on privacy_request (county_id, due_on, id) where decision is null;
create index privacy_request_by_day on privacy_request (county_id, due_on desc, id desc);
create index privacy_request_by_resident on privacy_request (county_id, resident_id);
comment on table privacy_request is '居民关于本人信息的请求与答复｜L4';
comment on column privacy_request.county_id is '县级行政区划代码｜L1';
comment on column privacy_request.id is '编号｜L3';
comment on column privacy_request.resident_id is '居民内部编号｜L3';
comment on column privacy_request.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column privacy_request.kind is '类别：查阅复制、更正、删除、说明｜L3';
comment on column privacy_request.about is '请求内容｜L4';
comment on column privacy_request.asked_by is '本人或监护人｜L3';
comment on column privacy_request.asker is '提出人姓名｜L3';
comment on column privacy_request.received_on is '收到日期｜L3';
comment on column privacy_request.due_on is '答复期限｜L3';
comment on column privacy_request.recorded_at is '登记时间｜L3';
comment on column privacy_request.recorded_by is '登记人｜L3';
comment on column privacy_request.assigned_to is '承办人｜L3';
comment on column privacy_request.decision is '结果：已办理、不予办理｜L3';
comment on column privacy_request.answer is '答复和理由｜L4';
comment on column privacy_request.held_until is '依法保留的记录保存到｜L3';
comment on column privacy_request.answered_at is '答复时间｜L3';
comment on column privacy_request.answered_by is '答复人｜L3';
alter table privacy_request enable row level security;
alter table privacy_request force row level security;
create policy subtree on privacy_request using (
    county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
  with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to());
grant select, insert, update on privacy_request to quancheng_app;

-- The one change of past versions there is: how to reach a person leaves them when the person asks. The caller's scope is
-- named, since an owner who is a superuser is not held by row-level security.
create function erase_contact_history(of_county text, of_resident uuid) returns void
  language sql security definer set search_path = public, pg_temp as $f$
  update resident_revision set personal_information = personal_information - 'phone' - 'contactName' - 'contactPhone'
  where county_id = of_county and county_id = app_county() and resident_id = of_resident
    and org_path >= app_scope_from() and org_path < app_scope_to()
    and personal_information ?| array['phone', 'contactName', 'contactPhone']
$f$;
revoke all on function erase_contact_history(text, uuid) from public;
grant execute on function erase_contact_history(text, uuid) to quancheng_app;
