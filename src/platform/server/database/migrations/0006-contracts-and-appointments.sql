-- What a contract has delivered is judged once per change and kept on its row; counts of signing are kept per village;
-- weekly schedules make slots; reminders are tried again with back-off.

-- ---------------------------------------------------------------- 签约与履约
alter table contract add column planned integer not null default 0;
alter table contract add column done integer not null default 0;
alter table contract add column first_due_on date;
alter table contract add column next_due_on date;
alter table contract add column stale boolean not null default true;
comment on column contract.planned is '服务期内约定的服务次数｜L3';
comment on column contract.done is '已履约次数｜L4';
comment on column contract.first_due_on is '最早一项服务的应完成日｜L3';
comment on column contract.next_due_on is '尚未完成的服务中最早的应完成日，空为全部完成｜L4';
comment on column contract.stale is '有新的服务，履约待重新计算｜L1';
create index contract_due on contract (county_id, next_due_on, id) where ended_on is null;
create index contract_due_of_place on contract (county_id, org_path, next_due_on, id) where ended_on is null;
create index contract_to_renew on contract (county_id, valid_to, id) where ended_on is null;
create index contract_due_of_doctor on contract (county_id, doctor_id, next_due_on, id) where ended_on is null;
create index contract_stale on contract (county_id, org_path) where stale and ended_on is null;
create index contract_by_resident on contract (county_id, resident_id, signed_on desc);
-- Renewal is asked of terms that ran out in a year.
create index contract_ran_out on contract (county_id, org_path, valid_to);

-- A package that was promised never changes: a revision is a new package, the old one retires.
alter table service_package drop constraint service_package_county_id_code_key;
create unique index service_package_on_offer on service_package (county_id, code) where retired_at is null;
alter table service_package add column previous_id uuid;
alter table service_package add column created_by uuid;
comment on column service_package.previous_id is '修订自哪一个服务包｜L1';
comment on column service_package.created_by is '建立人｜L3';

create table signing_count (
  county_id text not null,
  org_path text collate "C" not null,
  as_of date not null,
  figures jsonb not null,
  counted_at timestamptz not null,
  primary key (county_id, org_path)
);
comment on table signing_count is '各村签约情况计数，随签约、居民与纳管的变动重算｜L2';
comment on column signing_count.county_id is '县级行政区划代码｜L1';
comment on column signing_count.org_path is '管理机构位置｜L1';
comment on column signing_count.as_of is '统计日｜L1';
comment on column signing_count.figures is '各指标的分子与分母｜L2';
comment on column signing_count.counted_at is '统计时间（服务器）｜L1';

create table signing_change (
  county_id text not null,
  id bigint generated always as identity,
  org_path text collate "C" not null,
  primary key (county_id, id)
);
comment on table signing_change is '签约计数待重算的村｜L1';
comment on column signing_change.county_id is '县级行政区划代码｜L1';
comment on column signing_change.id is '序号｜L1';
comment on column signing_change.org_path is '管理机构位置｜L1';

create index condition_episode_by_resident on condition_episode (county_id, resident_id);

-- Whatever writes a service marks the contract it may credit; whatever moves a count marks its village. The marks say
-- only "look again": what counts is judged by the domain.
create function mark_contract_stale() returns trigger language plpgsql as $$
begin
  -- Always, also when it is marked already: the lock makes a judgement under way wait or be repeated.
  update contract c set stale = true from changed n
  where c.county_id = n.county_id and c.resident_id = n.resident_id and c.ended_on is null;
  return null;
end $$;
create function mark_signing_change() returns trigger language plpgsql as $$
begin
  insert into signing_change (county_id, org_path) select distinct county_id, org_path from changed;
  return null;
end $$;
do $$
declare t text;
begin
  foreach t in array array['form_record','care_plan','centre_visit','referral_request','appointment','resident_revision'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed for each statement execute function mark_contract_stale()',
      t || '_credits', t);
  end loop;
  foreach t in array array['centre_visit','appointment','form_record'] loop
    execute format('create trigger %I after update on %I referencing new table as changed for each statement execute function mark_contract_stale()',
      t || '_recredits', t);
  end loop;
  foreach t in array array['contract','resident','enrollment'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed for each statement execute function mark_signing_change()',
      t || '_counted', t);
    execute format('create trigger %I after update on %I referencing new table as changed for each statement execute function mark_signing_change()',
      t || '_recounted', t);
    execute format('create trigger %I after update on %I referencing old table as changed for each statement execute function mark_signing_change()',
      t || '_left', t);
  end loop;
end $$;

-- ---------------------------------------------------------------- 排班、号源与预约
create table clinic_schedule (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  kind text not null check (kind in ('centre','doctor','lead-hospital','outreach')),
  title text not null,
  doctor_id uuid,
  weekday smallint not null check (weekday between 1 and 7),
  starts text not null check (starts ~ '^[0-2][0-9]:[0-5][0-9]$'),
  ends text not null check (ends ~ '^[0-2][0-9]:[0-5][0-9]$'),
  capacity integer not null check (capacity between 1 and 500),
  retired_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id),
  check (ends > starts)
);
comment on table clinic_schedule is '每周排班：按此放号｜L1';
comment on column clinic_schedule.county_id is '县级行政区划代码｜L1';
comment on column clinic_schedule.id is '排班编号｜L1';
comment on column clinic_schedule.organization_id is '出诊机构｜L1';
comment on column clinic_schedule.org_path is '可预约的机构范围｜L1';
comment on column clinic_schedule.kind is '类别：中心、医生、牵头医院、下乡出诊｜L1';
comment on column clinic_schedule.title is '科室或诊室名称｜L1';
comment on column clinic_schedule.doctor_id is '出诊医生｜L3';
comment on column clinic_schedule.weekday is '星期几，1 为星期一｜L1';
comment on column clinic_schedule.starts is '开始时刻｜L1';
comment on column clinic_schedule.ends is '结束时刻｜L1';
comment on column clinic_schedule.capacity is '号数｜L1';
comment on column clinic_schedule.retired_at is '停用时间｜L1';
comment on column clinic_schedule.version is '版本号，修改时核对｜L1';
comment on column clinic_schedule.created_at is '建立时间｜L1';
comment on column clinic_schedule.created_by is '建立人｜L3';

alter table clinic_slot add column schedule_id uuid;
comment on column clinic_slot.schedule_id is '由哪一条排班放出，空为手工放号｜L1';
create unique index clinic_slot_of_schedule on clinic_slot (county_id, schedule_id, day) where schedule_id is not null;
create index clinic_schedule_by_org on clinic_schedule (county_id, organization_id, weekday, starts) where retired_at is null;

-- ---------------------------------------------------------------- 提醒
alter table notice drop constraint notice_channel_check;
alter table notice add constraint notice_channel_check check (channel in ('in-app','log','sms','wechat'));
alter table notice add column attempts integer not null default 0;
alter table notice add column next_try_at timestamptz;
alter table notice add column cancelled_at timestamptz;
alter table notice add column created_at timestamptz not null default now();
comment on column notice.attempts is '已尝试次数｜L1';
comment on column notice.next_try_at is '下次尝试时间，空为按应发时间｜L1';
comment on column notice.cancelled_at is '撤销时间（预约取消时）｜L3';
comment on column notice.created_at is '排入时间｜L3';
drop index notice_due;
create index notice_waiting on notice (county_id, (coalesce(next_try_at, due_at)), id)
  where sent_at is null and failed is null and cancelled_at is null;
create index notice_by_subject on notice (county_id, subject_id);
create index notice_by_resident on notice (county_id, resident_id, due_at desc);
create index notice_by_due on notice (county_id, due_at desc, id);
-- A slot may be booked again after a cancellation, and cancelled again: notices are told apart by their id alone.
alter table notice drop constraint notice_county_id_subject_id_kind_channel_key;

do $$
declare t text;
begin
  foreach t in array array['signing_count','signing_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- Counts of villages and marks of change name no person, and a change may be seen from both sides of a move.
    execute format('create policy county_wall on %I using (county_id = (select app_county())) with check (county_id = (select app_county()))', t);
  end loop;
end $$;
alter table clinic_schedule enable row level security;
alter table clinic_schedule force row level security;
create policy offered on clinic_schedule using (county_id = app_county()
    and (starts_with(app_scope_from(), org_path) or (org_path >= app_scope_from() and org_path < app_scope_to())))
  with check (county_id = app_county()
    and (starts_with(app_scope_from(), org_path) or (org_path >= app_scope_from() and org_path < app_scope_to())));

grant select, insert, update on signing_count to quancheng_app;
grant select, insert, delete on signing_change to quancheng_app;
grant select, insert, update on clinic_schedule to quancheng_app;
