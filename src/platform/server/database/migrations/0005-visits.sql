-- The centre's day: which doctor sits in which room, what the self-test points measured before anybody knew whose it was,
-- and when a visitor was called, passed over and taken in.

create table room_duty (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  room text not null,
  doctor_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (county_id, id),
  foreign key (county_id, organization_id) references organization (county_id, id)
);
comment on table room_duty is '当日开诊的诊室与医生｜L2';
comment on column room_duty.county_id is '县级行政区划代码｜L1';
comment on column room_duty.id is '编号（由填写端生成）｜L1';
comment on column room_duty.organization_id is '机构｜L1';
comment on column room_duty.org_path is '机构位置，行级安全据此判断｜L1';
comment on column room_duty.on_day is '日期｜L1';
comment on column room_duty.room is '诊室｜L1';
comment on column room_duty.doctor_id is '医生｜L3';
comment on column room_duty.opened_at is '开诊时间｜L1';
comment on column room_duty.closed_at is '停诊时间｜L1';

create table self_test (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  point text not null,
  slip_no text collate "C" not null,
  taken_on date not null,
  taken_at text not null,
  readings jsonb not null,
  resident_id uuid,
  claimed_at timestamptz,
  claimed_by uuid,
  record_id uuid,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id),
  unique (county_id, organization_id, taken_on, slip_no),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((resident_id is null) = (claimed_at is null))
);
comment on table self_test is '自助检测点的测量，认领前不知是谁｜L4';
comment on column self_test.county_id is '县级行政区划代码｜L1';
comment on column self_test.id is '编号（由填写端生成）｜L3';
comment on column self_test.organization_id is '机构｜L1';
comment on column self_test.org_path is '机构位置，行级安全据此判断｜L1';
comment on column self_test.point is '检测点｜L1';
comment on column self_test.slip_no is '小票号｜L3';
comment on column self_test.taken_on is '测量日期｜L4';
comment on column self_test.taken_at is '测量时刻｜L4';
comment on column self_test.readings is '读数：项目、数值、单位｜L4';
comment on column self_test.resident_id is '认领到的居民｜L3';
comment on column self_test.claimed_at is '认领时间｜L3';
comment on column self_test.claimed_by is '认领人｜L3';
comment on column self_test.record_id is '写入档案的记录｜L3';
comment on column self_test.created_at is '上传时间｜L3';
comment on column self_test.created_by is '上传人｜L3';

alter table centre_visit
  add column skipped smallint not null default 0,
  add column seen_at timestamptz;
comment on column centre_visit.skipped is '过号次数，多者排后｜L3';
comment on column centre_visit.seen_at is '接诊时间｜L3';

create unique index room_duty_open on room_duty (county_id, organization_id, on_day, doctor_id) where closed_at is null;
create unique index room_duty_room on room_duty (county_id, organization_id, on_day, room) where closed_at is null;
create index self_test_unclaimed on self_test (county_id, organization_id, taken_on desc, slip_no) where resident_id is null;
create index centre_visit_waiting on centre_visit (county_id, organization_id, arrived_on, priority, skipped, queue_no)
  where status = 'open' and called_at is null;

create index form_record_referrals on form_record (county_id, occurred_on desc, id)
  where form in ('referral-back','referral-out') and superseded_by is null;
create index care_plan_next on care_plan (county_id, org_path, (content->>'nextOn'));

do $$
declare t text;
begin
  foreach t in array array['room_duty','self_test'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
      with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())$p$, t);
  end loop;
end $$;

grant select, insert, update on room_duty, self_test to quancheng_app;
