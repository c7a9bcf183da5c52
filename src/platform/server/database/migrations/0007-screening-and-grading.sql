-- Screening campaigns as they are worked, family consent, and grading in bulk. Long work is a row that says how far it
-- came: a step commits its rows and its place together, so that work that was cut off goes on where it stood.

create table batch_job (
  county_id text not null,
  id uuid not null,
  kind text not null check (kind in ('campaign-list','high-risk','grading-preview','grading')),
  org_path text collate "C" not null,
  subject_id uuid,
  status text not null default 'working' check (status in ('working','done')),
  place text collate "C",
  done integer not null default 0,
  total integer not null,
  result jsonb not null default '{}',
  started_at timestamptz not null,
  started_by uuid not null,
  finished_at timestamptz,
  primary key (county_id, id)
);
comment on table batch_job is '分批进行的工作：做到哪里、还差多少｜L2';
comment on column batch_job.county_id is '县级行政区划代码｜L1';
comment on column batch_job.id is '编号（由发起端生成）｜L1';
comment on column batch_job.kind is '类别｜L1';
comment on column batch_job.org_path is '范围，行级安全据此判断｜L1';
comment on column batch_job.subject_id is '所为何事：筛查活动或评定批次｜L1';
comment on column batch_job.status is '进行中或已完成｜L1';
comment on column batch_job.place is '做到的位置，空为未开始｜L3';
comment on column batch_job.done is '已处理｜L1';
comment on column batch_job.total is '共计｜L1';
comment on column batch_job.result is '结果计数｜L2';
comment on column batch_job.started_at is '开始时间｜L1';
comment on column batch_job.started_by is '发起人｜L3';
comment on column batch_job.finished_at is '完成时间｜L1';

-- A campaign is first prepared and looked at; only then it runs.
alter table campaign drop constraint campaign_status_check;
alter table campaign add constraint campaign_status_check
  check (status in ('preparing','previewed','running','finished','cancelled'));
alter table campaign alter column status set default 'preparing';

create table campaign_attempt (
  county_id text not null,
  id uuid not null,
  campaign_id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  outcome text not null check (outcome in ('absent','refused')),
  note text,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, campaign_id, resident_id) references campaign_person (county_id, campaign_id, resident_id)
);
comment on table campaign_attempt is '筛查上门未成的每一次：不在家、拒绝，只增不改｜L4';
comment on column campaign_attempt.county_id is '县级行政区划代码｜L1';
comment on column campaign_attempt.id is '编号（由填写端生成）｜L3';
comment on column campaign_attempt.campaign_id is '活动编号｜L1';
comment on column campaign_attempt.resident_id is '居民内部编号｜L3';
comment on column campaign_attempt.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column campaign_attempt.on_day is '日期｜L4';
comment on column campaign_attempt.outcome is '结果｜L4';
comment on column campaign_attempt.note is '说明｜L4';
comment on column campaign_attempt.recorded_at is '记录时间｜L3';
comment on column campaign_attempt.recorded_by is '记录人｜L3';

create table family_consent (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  household_id uuid not null,
  org_path text collate "C" not null,
  given_on date not null,
  signer text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  revoked_on date,
  revoke_reason text,
  revoked_by uuid,
  version integer not null default 1,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((revoked_on is null) = (revoked_by is null))
);
comment on table family_consent is '患者同意向同户家人作健康提示（提示不含姓名与诊断），可撤回｜L4';
comment on column family_consent.county_id is '县级行政区划代码｜L1';
comment on column family_consent.id is '编号（由填写端生成）｜L3';
comment on column family_consent.resident_id is '同意人｜L3';
comment on column family_consent.household_id is '家庭编号｜L3';
comment on column family_consent.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column family_consent.given_on is '同意日期｜L4';
comment on column family_consent.signer is '签字人｜L4';
comment on column family_consent.recorded_at is '记录时间｜L3';
comment on column family_consent.recorded_by is '记录人｜L3';
comment on column family_consent.revoked_on is '撤回日期｜L4';
comment on column family_consent.revoke_reason is '撤回原因｜L4';
comment on column family_consent.revoked_by is '撤回记录人｜L3';
comment on column family_consent.version is '版本号，修改时核对｜L1';

create table current_grade (
  county_id text not null,
  resident_id uuid not null,
  grade_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  year smallint not null,
  tier text not null check (tier in ('village','township','county')),
  colour text not null check (colour in ('green','yellow','red')),
  every_days smallint not null check (every_days between 1 and 366),
  since date not null,
  primary key (county_id, resident_id),
  foreign key (county_id, grade_id) references grade_event (county_id, id)
);
comment on table current_grade is '现行的分级分标：取最近一次评定｜L4';
comment on column current_grade.county_id is '县级行政区划代码｜L1';
comment on column current_grade.resident_id is '居民内部编号｜L3';
comment on column current_grade.grade_id is '评定编号｜L3';
comment on column current_grade.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column current_grade.on_day is '评定日期｜L4';
comment on column current_grade.year is '评定年度｜L3';
comment on column current_grade.tier is '管理层级｜L4';
comment on column current_grade.colour is '标识｜L4';
comment on column current_grade.every_days is '随访间隔（天）｜L4';
comment on column current_grade.since is '该标识自哪天起｜L4';

create table grading_batch (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  purpose text not null check (purpose in ('annual','regrade')),
  reason text not null,
  on_day date not null,
  scheme jsonb not null,
  status text not null default 'preparing' check (status in ('preparing','previewed','running','finished','cancelled')),
  created_at timestamptz not null,
  created_by uuid not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  primary key (county_id, id)
);
comment on table grading_batch is '批量评定：先预览，后确认，分批执行｜L2';
comment on column grading_batch.county_id is '县级行政区划代码｜L1';
comment on column grading_batch.id is '编号（由发起端生成）｜L1';
comment on column grading_batch.organization_id is '机构范围｜L1';
comment on column grading_batch.org_path is '机构位置，行级安全据此判断｜L1';
comment on column grading_batch.purpose is '年度评定或重新评定｜L1';
comment on column grading_batch.reason is '事由｜L1';
comment on column grading_batch.on_day is '评定日期｜L1';
comment on column grading_batch.scheme is '当时的分级方案｜L1';
comment on column grading_batch.status is '状态｜L1';
comment on column grading_batch.created_at is '发起时间｜L1';
comment on column grading_batch.created_by is '发起人｜L3';
comment on column grading_batch.confirmed_at is '确认时间｜L1';
comment on column grading_batch.confirmed_by is '确认人｜L3';

create table grading_batch_person (
  county_id text not null,
  batch_id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  change text not null check (change in ('first','up','down','same','undecided')),
  from_tier text,
  from_colour text,
  to_tier text,
  to_colour text,
  grades jsonb not null,
  done_at timestamptz,
  primary key (county_id, batch_id, resident_id),
  foreign key (county_id, batch_id) references grading_batch (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table grading_batch_person is '批量评定中的每一个人：原来、将要、理由｜L4';
comment on column grading_batch_person.county_id is '县级行政区划代码｜L1';
comment on column grading_batch_person.batch_id is '批次编号｜L1';
comment on column grading_batch_person.resident_id is '居民内部编号｜L3';
comment on column grading_batch_person.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column grading_batch_person.change is '首次、加重、减轻、不变、资料不足｜L4';
comment on column grading_batch_person.from_tier is '原层级｜L4';
comment on column grading_batch_person.from_colour is '原标识｜L4';
comment on column grading_batch_person.to_tier is '将要的层级｜L4';
comment on column grading_batch_person.to_colour is '将要的标识｜L4';
comment on column grading_batch_person.grades is '各病种结论与理由｜L4';
comment on column grading_batch_person.done_at is '写入时间，空为未执行｜L3';

-- Nobody is graded twice by one batch, whoever tries.
create unique index grade_event_once on grade_event (county_id, batch_id, resident_id) where batch_id is not null;
create index batch_job_by_subject on batch_job (county_id, subject_id, started_at desc);
create index batch_job_by_kind on batch_job (county_id, kind, started_at desc);
create index campaign_attempt_by_person on campaign_attempt (county_id, campaign_id, resident_id, on_day desc);
create unique index family_consent_open on family_consent (county_id, resident_id) where revoked_on is null;
create index family_consent_by_household on family_consent (county_id, household_id) where revoked_on is null;
create index current_grade_by_org on current_grade (county_id, org_path, resident_id) include (tier, colour, year);
create index grading_batch_by_org on grading_batch (county_id, org_path, created_at desc);
create index grading_batch_person_open on grading_batch_person (county_id, batch_id, resident_id) where done_at is null;
create index grading_batch_person_by_change on grading_batch_person (county_id, batch_id, change, org_path, resident_id);
create index condition_episode_by_org on condition_episode (county_id, org_path, state) include (condition, due_on);
create index condition_episode_by_campaign on condition_episode (county_id, campaign_id) where campaign_id is not null;
create index enrollment_by_org on enrollment (county_id, org_path, resident_id) include (program) where closed_on is null;
create index form_record_first_visit on form_record (county_id, occurred_on desc, id desc)
  where form = 'first-visit-blood-pressure' and superseded_by is null;

do $$
declare t text;
begin
  foreach t in array array['batch_job','campaign_attempt','family_consent','current_grade','grading_batch','grading_batch_person'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = (select app_county())
        and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))
      with check (county_id = (select app_county())
        and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))$p$, t);
  end loop;
end $$;

grant select, insert on batch_job, campaign_attempt, family_consent, current_grade, grading_batch, grading_batch_person to quancheng_app;
grant update on batch_job, family_consent, current_grade, grading_batch, grading_batch_person to quancheng_app;

-- A campaign concerns everybody below the place that runs it: a village reads the county's campaign, and writes none of it.
drop policy subtree on campaign;
create policy concerned on campaign for select using (county_id = (select app_county())
  and (starts_with((select app_scope_from()), org_path)
    or (org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))));
create policy organized on campaign for insert with check (county_id = (select app_county())
  and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()));
create policy kept on campaign for update using (county_id = (select app_county())
  and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()));
