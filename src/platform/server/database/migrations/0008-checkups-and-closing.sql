-- Annual checkups on an exam day, and the end of a record: moving away, death, loss, refusal, merging, each with a way back.
-- The rules of the first migration hold. A row that a merge or a closing touches is kept as it was in changed_row.

create table exam_day (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  place text not null,
  held_on date not null,
  status text not null default 'open' check (status in ('open','closed')),
  last_number integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id)
);
comment on table exam_day is '集中体检日｜L2';
comment on column exam_day.county_id is '县级行政区划代码｜L1';
comment on column exam_day.id is '体检日编号（由填写端生成）｜L1';
comment on column exam_day.organization_id is '组织体检的机构｜L1';
comment on column exam_day.org_path is '体检覆盖的机构范围｜L1';
comment on column exam_day.name is '名称｜L1';
comment on column exam_day.place is '地点｜L1';
comment on column exam_day.held_on is '体检日期｜L1';
comment on column exam_day.status is '进行中、已结束｜L1';
comment on column exam_day.last_number is '已发到的号｜L1';
comment on column exam_day.version is '版本号，修改时核对｜L1';
comment on column exam_day.created_at is '建立时间｜L3';
comment on column exam_day.created_by is '建立人｜L3';

create table exam_person (
  county_id text not null,
  exam_day_id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  number integer not null,
  barcode text collate "C" not null,
  status text not null default 'waiting' check (status in ('waiting','finished','absent')),
  last_seq integer not null default 0,
  record_id uuid,
  added_at timestamptz not null,
  added_by uuid not null,
  finished_at timestamptz,
  primary key (county_id, exam_day_id, resident_id),
  unique (county_id, exam_day_id, number),
  unique (county_id, barcode),
  foreign key (county_id, exam_day_id) references exam_day (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((status = 'finished') = (record_id is not null))
);
comment on table exam_person is '体检日的受检人｜L4';
comment on column exam_person.county_id is '县级行政区划代码｜L1';
comment on column exam_person.exam_day_id is '体检日编号｜L1';
comment on column exam_person.resident_id is '居民内部编号｜L3';
comment on column exam_person.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column exam_person.number is '当日顺序号｜L3';
comment on column exam_person.barcode is '化验条码｜L3';
comment on column exam_person.status is '待检、已完成、未到｜L4';
comment on column exam_person.last_seq is '分站记录已用到的次序｜L1';
comment on column exam_person.record_id is '完成后的健康体检表｜L3';
comment on column exam_person.added_at is '加入时间｜L3';
comment on column exam_person.added_by is '加入人｜L3';
comment on column exam_person.finished_at is '完成时间｜L3';

create table exam_section (
  county_id text not null,
  exam_day_id uuid not null,
  resident_id uuid not null,
  seq integer not null,
  org_path text collate "C" not null,
  station text not null check (station in ('vitals','laboratory','ecg','ultrasound','doctor')),
  answers jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid not null,
  primary key (county_id, exam_day_id, resident_id, seq),
  foreign key (county_id, exam_day_id, resident_id) references exam_person (county_id, exam_day_id, resident_id) deferrable
);
comment on table exam_section is '各站录入的内容，只增不改；合并后即体检表｜L4';
comment on column exam_section.county_id is '县级行政区划代码｜L1';
comment on column exam_section.exam_day_id is '体检日编号｜L1';
comment on column exam_section.resident_id is '居民内部编号｜L3';
comment on column exam_section.seq is '次序，后者为准｜L3';
comment on column exam_section.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column exam_section.station is '站｜L1';
comment on column exam_section.answers is '本次录入的项目，空值为清除｜L4';
comment on column exam_section.saved_at is '保存时间（服务器）｜L3';
comment on column exam_section.saved_by is '录入人｜L3';

create table checkup_year (
  county_id text not null,
  year smallint not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  name text collate "C" not null,
  groups text[] not null,
  is_due boolean not null,
  done_on date,
  record_id uuid,
  primary key (county_id, year, resident_id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((done_on is null) = (record_id is null))
);
comment on table checkup_year is '当年应做健康体检的人与完成情况｜L4';
comment on column checkup_year.county_id is '县级行政区划代码｜L1';
comment on column checkup_year.year is '年度｜L1';
comment on column checkup_year.resident_id is '居民内部编号｜L3';
comment on column checkup_year.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column checkup_year.name is '姓名，供排序｜L4';
comment on column checkup_year.groups is '为何应检：老年人、高血压、2型糖尿病、慢阻肺｜L4';
comment on column checkup_year.is_due is '属于应检人群｜L4';
comment on column checkup_year.done_on is '完成日期，空为未检｜L4';
comment on column checkup_year.record_id is '健康体检表｜L3';

create table checkup_task (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  organization_id uuid not null,
  record_id uuid not null,
  code text not null,
  kind text not null check (kind in ('recheck','refer','suspect')),
  what text not null,
  reason text not null,
  due_on date not null,
  opened_at timestamptz not null,
  opened_by uuid not null,
  closed_at timestamptz,
  closed_by uuid,
  close_note text,
  primary key (county_id, id),
  foreign key (county_id, record_id) references form_record (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table checkup_task is '体检后要办的事：复查、转诊、明确诊断｜L4';
comment on column checkup_task.county_id is '县级行政区划代码｜L1';
comment on column checkup_task.id is '编号｜L3';
comment on column checkup_task.resident_id is '居民内部编号｜L3';
comment on column checkup_task.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column checkup_task.organization_id is '负责机构｜L3';
comment on column checkup_task.record_id is '由哪份健康体检表产生｜L3';
comment on column checkup_task.code is '所据结论｜L4';
comment on column checkup_task.kind is '复查、转诊、疑似待诊｜L4';
comment on column checkup_task.what is '要办什么｜L4';
comment on column checkup_task.reason is '为何｜L4';
comment on column checkup_task.due_on is '最迟日期｜L4';
comment on column checkup_task.opened_at is '产生时间｜L3';
comment on column checkup_task.opened_by is '产生人｜L3';
comment on column checkup_task.closed_at is '办结时间｜L3';
comment on column checkup_task.closed_by is '办结人｜L3';
comment on column checkup_task.close_note is '办理结果｜L4';

create table resident_status_event (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  kind text not null check (kind in ('dead','moved','lost','refused','reopened','returned')),
  on_day date not null,
  source text not null,
  note text,
  detail jsonb not null,
  undoes_id uuid,
  undone_by_id uuid,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table resident_status_event is '档案状态的每一次改变及其依据，只增不改｜L4';
comment on column resident_status_event.county_id is '县级行政区划代码｜L1';
comment on column resident_status_event.id is '编号（由填写端生成）｜L3';
comment on column resident_status_event.resident_id is '居民内部编号｜L3';
comment on column resident_status_event.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column resident_status_event.kind is '死亡、迁出、失访、拒绝管理、误操作重开、失访后回归｜L4';
comment on column resident_status_event.on_day is '日期｜L4';
comment on column resident_status_event.source is '依据或来源｜L4';
comment on column resident_status_event.note is '说明｜L4';
comment on column resident_status_event.detail is '死因、去向、复核日期等｜L4';
comment on column resident_status_event.undoes_id is '撤回的是哪一次｜L3';
comment on column resident_status_event.undone_by_id is '被哪一次撤回｜L3';
comment on column resident_status_event.recorded_at is '记录时间（服务器）｜L3';
comment on column resident_status_event.recorded_by is '记录人｜L3';

create table contact_attempt (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  means text not null check (means in ('telephone','home','family','village','message')),
  note text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table contact_attempt is '失访前的联系尝试，只增不改｜L4';
comment on column contact_attempt.county_id is '县级行政区划代码｜L1';
comment on column contact_attempt.id is '编号（由填写端生成）｜L3';
comment on column contact_attempt.resident_id is '居民内部编号｜L3';
comment on column contact_attempt.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column contact_attempt.on_day is '日期｜L4';
comment on column contact_attempt.means is '方式：电话、上门、家属、村干部、短信微信｜L4';
comment on column contact_attempt.note is '结果｜L4';
comment on column contact_attempt.recorded_at is '记录时间（服务器）｜L3';
comment on column contact_attempt.recorded_by is '记录人｜L3';

create table handover (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  from_organization_id uuid not null,
  from_path text collate "C" not null,
  to_organization_id uuid not null,
  to_path text collate "C" not null,
  summary jsonb not null,
  reason text not null,
  status text not null default 'pending' check (status in ('pending','accepted','declined','withdrawn')),
  answer text,
  requested_at timestamptz not null,
  requested_by uuid not null,
  answered_at timestamptz,
  answered_by uuid,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table handover is '县内迁移的交接：迁出方发起，接收方接收｜L4';
comment on column handover.county_id is '县级行政区划代码｜L1';
comment on column handover.id is '编号（由填写端生成）｜L3';
comment on column handover.resident_id is '居民内部编号｜L3';
comment on column handover.from_organization_id is '迁出机构｜L3';
comment on column handover.from_path is '迁出机构位置，行级安全据此判断｜L3';
comment on column handover.to_organization_id is '接收机构｜L3';
comment on column handover.to_path is '接收机构位置，行级安全据此判断｜L3';
comment on column handover.summary is '交接摘要：姓名、性别、年龄、在管病种、最近随访｜L4';
comment on column handover.reason is '原因｜L4';
comment on column handover.status is '待接收、已接收、退回、撤回｜L4';
comment on column handover.answer is '接收方说明｜L4';
comment on column handover.requested_at is '发起时间｜L3';
comment on column handover.requested_by is '发起人｜L3';
comment on column handover.answered_at is '答复时间｜L3';
comment on column handover.answered_by is '答复人｜L3';

create table duplicate_pair (
  county_id text not null,
  first_id uuid not null,
  second_id uuid not null,
  org_path text collate "C" not null,
  reasons text[] not null,
  score smallint not null,
  found_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  dismiss_reason text,
  primary key (county_id, first_id, second_id)
);
comment on table duplicate_pair is '疑似重复的两份档案｜L4';
comment on column duplicate_pair.county_id is '县级行政区划代码｜L1';
comment on column duplicate_pair.first_id is '编号较小的一份｜L3';
comment on column duplicate_pair.second_id is '编号较大的一份｜L3';
comment on column duplicate_pair.org_path is '两份档案共同的上级位置｜L3';
comment on column duplicate_pair.reasons is '为何疑似｜L4';
comment on column duplicate_pair.score is '可疑程度，大者先看｜L4';
comment on column duplicate_pair.found_at is '发现时间｜L3';
comment on column duplicate_pair.dismissed_at is '判为不同人的时间｜L3';
comment on column duplicate_pair.dismissed_by is '判为不同人的人｜L3';
comment on column duplicate_pair.dismiss_reason is '为何不是同一人｜L4';

create table record_merge (
  county_id text not null,
  id uuid not null,
  kept_id uuid not null,
  removed_id uuid not null,
  org_path text collate "C" not null,
  choices jsonb not null,
  reason text not null,
  status text not null default 'proposed' check (status in ('proposed','merged','declined','undone')),
  kept_version integer,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  decided_at timestamptz,
  decided_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  undo_reason text,
  primary key (county_id, id),
  check (kept_id <> removed_id)
);
comment on table record_merge is '两份档案的合并：一人提出、另一人确认，可撤回｜L4';
comment on column record_merge.county_id is '县级行政区划代码｜L1';
comment on column record_merge.id is '编号（由填写端生成）｜L3';
comment on column record_merge.kept_id is '保留的档案｜L3';
comment on column record_merge.removed_id is '并入的档案｜L3';
comment on column record_merge.org_path is '两份档案共同的上级位置｜L3';
comment on column record_merge.choices is '每一项取哪一份的｜L4';
comment on column record_merge.reason is '为何认为是同一人｜L4';
comment on column record_merge.status is '待确认、已合并、不同意、已撤回｜L4';
comment on column record_merge.kept_version is '合并后保留档案的版本号｜L1';
comment on column record_merge.proposed_at is '提出时间｜L3';
comment on column record_merge.proposed_by is '提出人｜L3';
comment on column record_merge.decided_at is '确认时间｜L3';
comment on column record_merge.decided_by is '确认人｜L3';
comment on column record_merge.undone_at is '撤回时间｜L3';
comment on column record_merge.undone_by is '撤回人｜L3';
comment on column record_merge.undo_reason is '撤回原因｜L4';

create table changed_row (
  county_id text not null,
  cause_id uuid not null,
  step smallint not null,
  position integer not null,
  org_path text collate "C" not null,
  table_name text not null,
  row_key jsonb not null,
  before jsonb not null,
  was_removed boolean not null,
  restored_at timestamptz,
  primary key (county_id, cause_id, step, position)
);
comment on table changed_row is '合并或状态改变所动过的行及其原样，供撤回｜L4';
comment on column changed_row.county_id is '县级行政区划代码｜L1';
comment on column changed_row.cause_id is '合并或状态改变的编号｜L3';
comment on column changed_row.step is '第几步，撤回时倒序｜L1';
comment on column changed_row.position is '步内次序｜L1';
comment on column changed_row.org_path is '位置，行级安全据此判断｜L3';
comment on column changed_row.table_name is '表｜L1';
comment on column changed_row.row_key is '行的主键｜L3';
comment on column changed_row.before is '原来的值｜L4';
comment on column changed_row.was_removed is '整行移出（而非改动）｜L1';
comment on column changed_row.restored_at is '还原时间｜L3';

create index exam_day_by_org on exam_day (county_id, org_path, held_on desc, id);
create index exam_person_by_resident on exam_person (county_id, resident_id);
create index exam_section_by_resident on exam_section (county_id, resident_id);
create index checkup_year_count on checkup_year (county_id, year, org_path) include (is_due, done_on);
create index checkup_year_due on checkup_year (county_id, year, org_path, name, resident_id) where done_on is null and is_due;
create index checkup_year_done on checkup_year (county_id, year, org_path, name, resident_id) where done_on is not null;
create index checkup_year_by_resident on checkup_year (county_id, resident_id);
create index checkup_task_open on checkup_task (county_id, org_path, due_on, id) where closed_at is null;
create index checkup_task_by_resident on checkup_task (county_id, resident_id);
create index checkup_task_by_record on checkup_task (county_id, record_id);
create index resident_status_event_by_resident on resident_status_event (county_id, resident_id, recorded_at desc);
create index contact_attempt_by_resident on contact_attempt (county_id, resident_id, on_day desc);
create unique index handover_pending on handover (county_id, resident_id) where status = 'pending';
create index handover_to on handover (county_id, to_path, requested_at desc, id);
create index handover_from on handover (county_id, from_path, requested_at desc, id);
create index duplicate_pair_open on duplicate_pair (county_id, org_path, score desc, first_id, second_id) where dismissed_at is null;
create index record_merge_by_org on record_merge (county_id, org_path, proposed_at desc, id);
create unique index record_merge_open on record_merge (county_id, removed_id) where status in ('proposed','merged');
create index form_record_checkups on form_record (county_id, occurred_on, resident_id) where form = 'annual-checkup' and superseded_by is null and status = 'complete';
create index resident_by_birth_name on resident (county_id, birth_date, name) where status <> 'closed';

do $$
declare t text;
begin
  foreach t in array array['exam_person','exam_section','checkup_task','resident_status_event','contact_attempt','duplicate_pair','record_merge','changed_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
      with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())$p$, t);
  end loop;
  -- Counted by whole subtrees: the settings are read once a statement.
  execute 'alter table checkup_year enable row level security';
  execute 'alter table checkup_year force row level security';
  execute $p$create policy subtree on checkup_year using (
      county_id = (select app_county())
      and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))
    with check (county_id = (select app_county())
      and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))$p$;
end $$;
-- A hand-over is seen from both ends.
alter table handover enable row level security;
alter table handover force row level security;
create policy both_ends on handover using (county_id = app_county()
    and ((from_path >= app_scope_from() and from_path < app_scope_to())
      or (to_path >= app_scope_from() and to_path < app_scope_to())));
-- An exam day is offered to a subtree: a village doctor sees the centre's day. The day itself says nothing of a person.
alter table exam_day enable row level security;
alter table exam_day force row level security;
create policy offered on exam_day using (county_id = app_county()
    and (starts_with(app_scope_from(), org_path) or (org_path >= app_scope_from() and org_path < app_scope_to())));

grant select, insert on exam_day, exam_person, exam_section, checkup_year, checkup_task, resident_status_event, contact_attempt,
  handover, duplicate_pair, record_merge, changed_row to quancheng_app;
grant update on exam_day, exam_person, checkup_year, checkup_task, handover, duplicate_pair, record_merge to quancheng_app;
grant update (resident_id, org_path) on exam_section, contact_attempt to quancheng_app;
grant update (org_path, undone_by_id) on resident_status_event to quancheng_app;
grant update (org_path, restored_at) on changed_row to quancheng_app;
grant delete on checkup_year to quancheng_app;
-- Merging moves facts to the person they are about; what a fact says still cannot be changed.
grant update (resident_id) on form_record, measurement, verdict to quancheng_app;
grant update (resident_id, org_path) on contract_offer, condition_event, visit_step, grade_event to quancheng_app;
grant update (resident_id, org_path, plan_version) on care_plan to quancheng_app;
