-- The county's first tables. Rules that hold from here on:
--   county_id leads every key of a distributed table; ids are UUIDs made by whoever creates the fact;
--   facts are append-only, a correction is a new row naming the old one; every write carries its operation id;
--   row-level security is FORCEd and reads the scope set with SET LOCAL; text that is compared by range is in the C collation.
-- Privacy kinds in comments: L1 public, L2 aggregate, L3 pseudonymous, L4 identifying or clinical, L5 most sensitive, S secret.

create function app_county() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.county_id', true), '') $$;
create function app_scope_from() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.scope_from', true), '') $$;
create function app_scope_to() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.scope_to', true), '') $$;

-- ---------------------------------------------------------------- 机构与人员
create table county (
  county_id   text primary key check (county_id ~ '^[0-9]{6}$'),
  name        text not null,
  is_demo     boolean not null default false,
  demo_seed   integer,
  created_at  timestamptz not null default now()
);
comment on table county is '县（市、区）｜L1';
comment on column county.county_id is '县级行政区划代码（GB/T 2260）｜L1';
comment on column county.name is '县名｜L1';
comment on column county.is_demo is '是否演示数据：为真时每一页都标注“演示数据”｜L1';
comment on column county.demo_seed is '演示数据的随机种子｜L1';
comment on column county.created_at is '建立时间｜L1';

create table organization (
  county_id   text not null references county,
  id          uuid not null,
  parent_id   uuid,
  kind        text not null check (kind in ('county','health-bureau','cdc','county-hospital','township-centre','village-clinic')),
  name        text not null,
  region_code text collate "C" not null,
  path        text collate "C" not null,
  scope_path  text collate "C" not null,
  position    integer not null default 0,
  primary key (county_id, id),
  unique (county_id, path),
  foreign key (county_id, parent_id) references organization (county_id, id)
);
comment on table organization is '机构树：县、卫健局、疾控中心、牵头医院、乡镇卫生院、村卫生室｜L1';
comment on column organization.county_id is '县级行政区划代码｜L1';
comment on column organization.id is '机构编号｜L1';
comment on column organization.parent_id is '上级机构｜L1';
comment on column organization.kind is '机构类别｜L1';
comment on column organization.name is '机构名称｜L1';
comment on column organization.region_code is '所在行政区划代码：县6位、乡镇9位、村12位｜L1';
comment on column organization.path is '机构在树中的位置，如 /999999/101/201/｜L1';
comment on column organization.scope_path is '本机构人员可见的范围（县级机构为全县）｜L1';
comment on column organization.position is '同级排序｜L1';

create table staff (
  county_id       text not null,
  id              uuid not null,
  organization_id uuid not null,
  username        text collate "C" not null,
  name            text not null,
  role            text not null check (role in ('village-doctor','township-doctor','township-public-health-doctor','county-specialist','cdc','health-bureau','administrator')),
  phone           text,
  password_hash   text not null,
  must_change_password boolean not null default false,
  disabled_at     timestamptz,
  failed_attempts integer not null default 0,
  locked_until    timestamptz,
  created_at      timestamptz not null default now(),
  primary key (county_id, id),
  unique (county_id, username),
  foreign key (county_id, organization_id) references organization (county_id, id)
);
comment on table staff is '工作人员｜L4';
comment on column staff.county_id is '县级行政区划代码｜L1';
comment on column staff.id is '人员编号｜L3';
comment on column staff.organization_id is '所属机构｜L1';
comment on column staff.username is '登录名｜L4';
comment on column staff.name is '姓名｜L4';
comment on column staff.role is '角色｜L1';
comment on column staff.phone is '联系电话｜L4';
comment on column staff.password_hash is '口令散列（argon2id）｜S';
comment on column staff.must_change_password is '下次登录须修改口令｜L1';
comment on column staff.disabled_at is '停用时间｜L1';
comment on column staff.failed_attempts is '连续登录失败次数｜L3';
comment on column staff.locked_until is '锁定至｜L3';
comment on column staff.created_at is '建立时间｜L1';

create table session (
  county_id    text not null,
  token_hash   bytea not null,
  staff_id     uuid not null,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  primary key (county_id, token_hash),
  foreign key (county_id, staff_id) references staff (county_id, id)
);
create index session_by_staff on session (county_id, staff_id);
comment on table session is '登录会话（只存令牌的散列）｜S';
comment on column session.county_id is '县级行政区划代码｜L1';
comment on column session.token_hash is '会话令牌的 SHA-256｜S';
comment on column session.staff_id is '人员编号｜L3';
comment on column session.created_at is '登录时间｜L3';
comment on column session.last_seen_at is '最近活动时间｜L3';
comment on column session.expires_at is '最晚失效时间｜L3';

-- ---------------------------------------------------------------- 居民健康档案
create table resident (
  county_id       text not null references county,
  id              uuid not null,
  organization_id uuid not null,
  org_path        text collate "C" not null,
  household_id    uuid,
  archive_no      text collate "C" not null check (archive_no ~ '^[0-9]{17}$'),
  name            text collate "C" not null,
  name_initials   text collate "C" not null,
  name_initials_alt text collate "C",
  sex             text not null check (sex in ('0','1','2','9')),
  birth_date      date not null check (birth_date between '1900-01-01' and '2200-01-01'),
  id_type         text not null default '01',
  id_no           text collate "C",
  phone           text collate "C",
  form_edition    text not null,
  personal_information jsonb not null,
  status          text not null default 'active' check (status in ('active','moved','dead','lost','closed')),
  status_on       date,
  status_note     text,
  version         integer not null default 1,
  created_at      timestamptz not null,
  created_by      uuid,
  updated_at      timestamptz not null,
  -- Read backwards, a tail is a prefix, and comparing text is leak-proof: an index serves it under row-level security.
  id_no_reversed      text collate "C" generated always as (reverse(id_no)) stored,
  phone_reversed      text collate "C" generated always as (reverse(phone)) stored,
  archive_no_reversed text collate "C" generated always as (reverse(archive_no)) stored,
  primary key (county_id, id),
  unique (county_id, archive_no),
  foreign key (county_id, organization_id) references organization (county_id, id)
);
create unique index resident_identity on resident (county_id, id_type, id_no) where id_no is not null;
create index resident_by_org        on resident (county_id, org_path, name, id);
create index resident_by_name       on resident (county_id, name, id);
create index resident_by_initials   on resident (county_id, name_initials, id);
create index resident_by_initials_alt on resident (county_id, name_initials_alt, id) where name_initials_alt is not null;
create index resident_by_id_tail    on resident (county_id, id_no_reversed);
create index resident_by_phone_tail on resident (county_id, phone_reversed);
create index resident_by_archive_tail on resident (county_id, archive_no_reversed);
create index resident_by_household  on resident (county_id, household_id) where household_id is not null;
comment on table resident is '居民健康档案：身份、归属与个人基本信息表现行版本｜L4';
comment on column resident.county_id is '县级行政区划代码｜L1';
comment on column resident.id is '居民内部编号，不变｜L3';
comment on column resident.organization_id is '管理机构（村卫生室）｜L3';
comment on column resident.org_path is '管理机构在树中的位置，行级安全据此判断｜L3';
comment on column resident.household_id is '家庭编号｜L3';
comment on column resident.archive_no is '17位健康档案编码｜L4';
comment on column resident.name is '姓名｜L4';
comment on column resident.name_initials is '姓名拼音首字母｜L4';
comment on column resident.name_initials_alt is '多音字的另一种首字母｜L4';
comment on column resident.sex is '性别代码：1男 2女 9未说明 0未知｜L4';
comment on column resident.birth_date is '出生日期｜L4';
comment on column resident.id_type is '证件类型代码，01为居民身份证｜L4';
comment on column resident.id_no is '证件号码｜L4';
comment on column resident.phone is '本人电话｜L4';
comment on column resident.form_edition is '个人基本信息表版本｜L1';
comment on column resident.personal_information is '个人基本信息表答案｜L4';
comment on column resident.status is '档案状态：在管、迁出、死亡、失访、注销｜L4';
comment on column resident.status_on is '状态日期｜L4';
comment on column resident.status_note is '状态说明｜L4';
comment on column resident.version is '版本号，修改时核对｜L1';
comment on column resident.created_at is '建档时间（服务器）｜L3';
comment on column resident.created_by is '建档人｜L3';
comment on column resident.updated_at is '最近修改时间（服务器）｜L3';
comment on column resident.id_no_reversed is '证件号码倒写，供按尾号检索｜L4';
comment on column resident.phone_reversed is '电话倒写，供按尾号检索｜L4';
comment on column resident.archive_no_reversed is '档案编码倒写，供按尾号检索｜L4';

create table resident_revision (
  county_id   text not null,
  resident_id uuid not null,
  version     integer not null,
  org_path    text collate "C" not null,
  form_edition text not null,
  personal_information jsonb not null,
  changed_at  timestamptz not null,
  changed_by  uuid,
  reason      text,
  primary key (county_id, resident_id, version),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table resident_revision is '个人基本信息的历史版本，只增不改｜L4';
comment on column resident_revision.county_id is '县级行政区划代码｜L1';
comment on column resident_revision.resident_id is '居民内部编号｜L3';
comment on column resident_revision.version is '版本号｜L1';
comment on column resident_revision.org_path is '管理机构位置｜L3';
comment on column resident_revision.form_edition is '表单版本｜L1';
comment on column resident_revision.personal_information is '该版本的答案｜L4';
comment on column resident_revision.changed_at is '修改时间｜L3';
comment on column resident_revision.changed_by is '修改人｜L3';
comment on column resident_revision.reason is '修改原因｜L4';

create table archive_serial (
  county_id   text not null,
  region_code text collate "C" not null,
  last_serial integer not null,
  primary key (county_id, region_code)
);
comment on table archive_serial is '每村健康档案已用到的顺序号｜L1';
comment on column archive_serial.county_id is '县级行政区划代码｜L1';
comment on column archive_serial.region_code is '村级12位代码｜L1';
comment on column archive_serial.last_serial is '最后一个顺序号｜L1';

-- ---------------------------------------------------------------- 纳入管理
create table enrollment (
  county_id    text not null,
  id           uuid not null,
  resident_id  uuid not null,
  organization_id uuid not null,
  org_path     text collate "C" not null,
  program      text not null check (program in ('hypertension','type-2-diabetes','copd')),
  enrolled_on  date not null,
  diagnosed_on text,
  source       text not null default 'manual',
  closed_on    date,
  close_reason text check (close_reason in ('dead','moved','lost','refused','wrong-diagnosis','merged')),
  version      integer not null default 1,
  created_at   timestamptz not null,
  created_by   uuid,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((closed_on is null) = (close_reason is null))
);
create unique index enrollment_open on enrollment (county_id, resident_id, program) where closed_on is null;
create index enrollment_by_resident on enrollment (county_id, resident_id);
comment on table enrollment is '慢性病管理专案：一人一病一案｜L4';
comment on column enrollment.county_id is '县级行政区划代码｜L1';
comment on column enrollment.id is '专案编号｜L3';
comment on column enrollment.resident_id is '居民内部编号｜L3';
comment on column enrollment.organization_id is '管理机构｜L3';
comment on column enrollment.org_path is '管理机构位置｜L3';
comment on column enrollment.program is '病种｜L4';
comment on column enrollment.enrolled_on is '纳入管理日期｜L4';
comment on column enrollment.diagnosed_on is '确诊时间，可只到年或月｜L4';
comment on column enrollment.source is '来源：manual 手工、import 花名册导入、demo 演示｜L3';
comment on column enrollment.closed_on is '结案日期｜L4';
comment on column enrollment.close_reason is '结案原因｜L4';
comment on column enrollment.version is '版本号｜L1';
comment on column enrollment.created_at is '建案时间｜L3';
comment on column enrollment.created_by is '建案人｜L3';

-- ---------------------------------------------------------------- 表单记录（事实，只增不改）
create table form_record (
  county_id     text not null,
  id            uuid not null,
  operation_id  uuid not null,
  visit_id      uuid not null,
  resident_id   uuid not null,
  organization_id uuid not null,
  org_path      text collate "C" not null,
  form          text not null,
  form_edition  text not null,
  occurred_on   date not null check (occurred_on between '1900-01-01' and '2200-01-01'),
  mode          text check (mode in ('clinic','home','group','telephone','online')),
  status        text not null default 'complete' check (status in ('complete','lost','dead','moved','refused','void')),
  answers       jsonb not null,
  supersedes_id uuid,
  superseded_by uuid,
  correction_reason text,
  received_at   timestamptz not null,
  recorded_by   uuid not null,
  primary key (county_id, id),
  unique (county_id, supersedes_id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
create index form_record_by_resident on form_record (county_id, resident_id, form, occurred_on desc, received_at desc);
comment on table form_record is '各类官方表单的记录：答案连同表单版本保存；更正为新的一行并指明旧行｜L4';
comment on column form_record.county_id is '县级行政区划代码｜L1';
comment on column form_record.id is '记录编号（由填写端生成）｜L3';
comment on column form_record.operation_id is '操作编号，重复提交无害｜L3';
comment on column form_record.visit_id is '同一次就诊或随访一起填写的表单共用一个编号｜L3';
comment on column form_record.resident_id is '居民内部编号｜L3';
comment on column form_record.organization_id is '服务机构｜L3';
comment on column form_record.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column form_record.form is '表单｜L3';
comment on column form_record.form_edition is '表单版本｜L1';
comment on column form_record.occurred_on is '服务日期（人所陈述）｜L4';
comment on column form_record.mode is '服务方式：门诊、家庭、集体、电话、线上｜L4';
comment on column form_record.status is '完成、失访、死亡、迁出、拒访、作废｜L4';
comment on column form_record.answers is '答案｜L4';
comment on column form_record.supersedes_id is '更正的是哪一条｜L3';
comment on column form_record.superseded_by is '被哪一条更正｜L3';
comment on column form_record.correction_reason is '更正原因｜L4';
comment on column form_record.received_at is '服务器收到时间｜L3';
comment on column form_record.recorded_by is '填写人｜L3';

create table measurement (
  county_id   text not null,
  record_id   uuid not null,
  kind        text not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  value       numeric(9,2) not null check (value = value and value between -999999 and 999999),
  unit        text not null,
  context     text,
  occurred_on date not null,
  primary key (county_id, record_id, kind),
  foreign key (county_id, record_id) references form_record (county_id, id)
);
create index measurement_by_resident on measurement (county_id, resident_id, kind, occurred_on desc);
comment on table measurement is '测量值：一次记录中的每个数值一行｜L4';
comment on column measurement.county_id is '县级行政区划代码｜L1';
comment on column measurement.record_id is '所属表单记录｜L3';
comment on column measurement.kind is '项目，如 sbp、dbp、weight｜L3';
comment on column measurement.resident_id is '居民内部编号｜L3';
comment on column measurement.org_path is '居民管理机构位置｜L3';
comment on column measurement.value is '数值｜L4';
comment on column measurement.unit is '单位（UCUM）｜L1';
comment on column measurement.context is '测量场合，如 office、home｜L4';
comment on column measurement.occurred_on is '测量日期｜L4';

create table verdict (
  county_id   text not null,
  record_id   uuid not null,
  rule_id     text not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  edition     text not null,
  outcome     text not null,
  reasons     jsonb not null,
  occurred_on date not null,
  primary key (county_id, record_id, rule_id),
  foreign key (county_id, record_id) references form_record (county_id, id)
);
comment on table verdict is '规则结论：写入时判定，连同规则版本与理由保存｜L4';
comment on column verdict.county_id is '县级行政区划代码｜L1';
comment on column verdict.record_id is '所属表单记录｜L3';
comment on column verdict.rule_id is '规则编号｜L1';
comment on column verdict.resident_id is '居民内部编号｜L3';
comment on column verdict.org_path is '居民管理机构位置｜L3';
comment on column verdict.edition is '规则版本｜L1';
comment on column verdict.outcome is '结论；未能判定时为 undecided｜L4';
comment on column verdict.reasons is '理由，或缺少的项目｜L4';
comment on column verdict.occurred_on is '服务日期｜L4';

-- ---------------------------------------------------------------- 随访任务
create table follow_up_task (
  county_id    text not null,
  id           uuid not null,
  resident_id  uuid not null,
  enrollment_id uuid not null,
  organization_id uuid not null,
  org_path     text collate "C" not null,
  program      text not null,
  kind         text not null check (kind in ('crisis','refer','recheck','routine')),
  risk_rank    smallint not null,
  due_on       date not null,
  latest_on    date not null,
  reason       text not null,
  opened_by_record uuid,
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  closed_by_record uuid,
  close_reason text check (close_reason in ('visited','replanned','corrected','enrollment-closed','dead','moved','lost','refused','other')),
  close_note   text,
  primary key (county_id, id),
  foreign key (county_id, enrollment_id) references enrollment (county_id, id),
  check ((closed_at is null) = (close_reason is null))
);
create unique index follow_up_task_open on follow_up_task (county_id, enrollment_id) where closed_at is null;
create index follow_up_task_worklist on follow_up_task (county_id, program, org_path)
  include (due_on, latest_on, kind) where closed_at is null;
create index follow_up_task_by_risk on follow_up_task (county_id, program, risk_rank, due_on, id) where closed_at is null;
create index follow_up_task_by_resident on follow_up_task (county_id, resident_id);
comment on table follow_up_task is '随访任务：每个在管专案同一时间只有一项未完成｜L4';
comment on column follow_up_task.county_id is '县级行政区划代码｜L1';
comment on column follow_up_task.id is '任务编号｜L3';
comment on column follow_up_task.resident_id is '居民内部编号｜L3';
comment on column follow_up_task.enrollment_id is '专案编号｜L3';
comment on column follow_up_task.organization_id is '负责机构｜L3';
comment on column follow_up_task.org_path is '负责机构位置｜L3';
comment on column follow_up_task.program is '病种｜L4';
comment on column follow_up_task.kind is '类别：危急处置后随访、转诊后随访、两周复查、常规｜L4';
comment on column follow_up_task.risk_rank is '排序：数值越小越先｜L4';
comment on column follow_up_task.due_on is '应随访日期｜L4';
comment on column follow_up_task.latest_on is '最迟日期｜L4';
comment on column follow_up_task.reason is '为何应随访｜L4';
comment on column follow_up_task.opened_by_record is '由哪条记录产生｜L3';
comment on column follow_up_task.opened_at is '产生时间｜L3';
comment on column follow_up_task.closed_at is '完成时间｜L3';
comment on column follow_up_task.closed_by_record is '由哪条记录完成｜L3';
comment on column follow_up_task.close_reason is '完成或关闭原因｜L4';
comment on column follow_up_task.close_note is '关闭说明｜L4';

-- ---------------------------------------------------------------- 指标（每人每年一行，写入时判定；数字即名单长度）
create table management_year (
  county_id    text not null,
  program      text not null,
  year         smallint not null,
  resident_id  uuid not null,
  enrollment_id uuid not null,
  org_path     text collate "C" not null,
  managed      boolean not null,
  standard     boolean not null,
  standard_reasons jsonb not null,
  last_visit_on date,
  last_sbp     smallint,
  last_dbp     smallint,
  controlled_statutory boolean,
  controlled_clinical  boolean,
  control_reasons jsonb not null,
  editions     jsonb not null,
  valid_from   date not null,
  valid_through date not null,
  primary key (county_id, program, year, resident_id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
create index management_year_count on management_year (county_id, program, year, org_path)
  include (managed, standard, controlled_statutory, controlled_clinical, valid_through);
create index management_year_stale on management_year (county_id, program, year, valid_through);
comment on table management_year is '每人每病每年的管理结果：是否在管、是否规范、是否控制，连同理由与口径版本｜L4';
comment on column management_year.county_id is '县级行政区划代码｜L1';
comment on column management_year.program is '病种｜L4';
comment on column management_year.year is '年度｜L1';
comment on column management_year.resident_id is '居民内部编号｜L3';
comment on column management_year.enrollment_id is '专案编号｜L3';
comment on column management_year.org_path is '管理机构位置｜L3';
comment on column management_year.managed is '计入年内已管理人数｜L4';
comment on column management_year.standard is '按规范要求管理（截至 valid_from）｜L4';
comment on column management_year.standard_reasons is '规范或不规范的理由｜L4';
comment on column management_year.last_visit_on is '年内最近一次有效随访日期｜L4';
comment on column management_year.last_sbp is '最近一次收缩压｜L4';
comment on column management_year.last_dbp is '最近一次舒张压｜L4';
comment on column management_year.controlled_statutory is '按公卫规范口径是否达标；空为无法判定，不计入达标｜L4';
comment on column management_year.controlled_clinical is '按临床指南目标是否达标｜L4';
comment on column management_year.control_reasons is '达标与否的理由｜L4';
comment on column management_year.editions is '口径与规则版本｜L1';
comment on column management_year.valid_from is '判定日｜L3';
comment on column management_year.valid_through is '在没有新事实时，该判定有效至哪一天｜L3';

-- ---------------------------------------------------------------- 操作与审计
create table operation (
  county_id    text not null,
  id           uuid not null,
  kind         text not null,
  staff_id     uuid not null,
  request_hash bytea not null,
  response     jsonb not null,
  received_at  timestamptz not null,
  primary key (county_id, id)
);
comment on table operation is '已受理的写操作：同一编号再次提交得到同样的答复｜L4';
comment on column operation.county_id is '县级行政区划代码｜L1';
comment on column operation.id is '操作编号（由填写端生成）｜L3';
comment on column operation.kind is '操作类别｜L1';
comment on column operation.staff_id is '操作人｜L3';
comment on column operation.request_hash is '请求内容的散列｜L3';
comment on column operation.response is '当时的答复｜L4';
comment on column operation.received_at is '受理时间｜L3';

create table audit_entry (
  county_id   text not null,
  id          uuid not null,
  at          timestamptz not null,
  staff_id    uuid,
  role        text,
  org_path    text collate "C",
  action      text not null,
  resident_id uuid,
  subject     text,
  outcome     text not null,
  detail      jsonb,
  primary key (county_id, id)
);
create index audit_entry_by_resident on audit_entry (county_id, resident_id, at desc) where resident_id is not null;
comment on table audit_entry is '审计：谁、何时、对谁、做了什么；只增不改｜L4';
comment on column audit_entry.county_id is '县级行政区划代码｜L1';
comment on column audit_entry.id is '编号｜L3';
comment on column audit_entry.at is '时间｜L3';
comment on column audit_entry.staff_id is '操作人｜L3';
comment on column audit_entry.role is '操作时的角色｜L3';
comment on column audit_entry.org_path is '操作人机构位置｜L3';
comment on column audit_entry.action is '动作｜L3';
comment on column audit_entry.resident_id is '涉及的居民｜L3';
comment on column audit_entry.subject is '涉及的对象编号｜L3';
comment on column audit_entry.outcome is '结果：allowed、refused｜L3';
comment on column audit_entry.detail is '补充，不含个人信息明文｜L3';

-- ---------------------------------------------------------------- 花名册导入
create table roster_import (
  county_id    text not null,
  id           uuid not null,
  organization_id uuid not null,
  org_path     text collate "C" not null,
  file_name    text not null,
  file_hash    bytea not null,
  status       text not null check (status in ('reading','previewed','committing','committed','refused','cancelled')),
  progress     jsonb not null,
  preview      jsonb,
  original     bytea,
  created_by   uuid not null,
  created_at   timestamptz not null,
  finished_at  timestamptz,
  primary key (county_id, id)
);
create index roster_import_by_org on roster_import (county_id, org_path, created_at desc);
comment on table roster_import is '花名册导入批次｜L4';
comment on column roster_import.county_id is '县级行政区划代码｜L1';
comment on column roster_import.id is '批次编号｜L3';
comment on column roster_import.organization_id is '导入到哪个机构｜L3';
comment on column roster_import.org_path is '机构位置｜L3';
comment on column roster_import.file_name is '文件名｜L4';
comment on column roster_import.file_hash is '文件内容散列｜L3';
comment on column roster_import.status is '状态｜L1';
comment on column roster_import.progress is '进度｜L2';
comment on column roster_import.preview is '表头对应与汇总｜L4';
comment on column roster_import.original is '原文件，用于返回标注错误的副本；完成后 30 天删除｜L4';
comment on column roster_import.created_by is '导入人｜L3';
comment on column roster_import.created_at is '开始时间｜L3';
comment on column roster_import.finished_at is '结束时间｜L3';

create table roster_import_row (
  county_id  text not null,
  import_id  uuid not null,
  row_no     integer not null,
  org_path   text collate "C" not null,
  state      text not null check (state in ('new','enroll','unchanged','error','done')),
  person     jsonb not null,
  issues     jsonb not null,
  resident_id uuid,
  primary key (county_id, import_id, row_no),
  foreign key (county_id, import_id) references roster_import (county_id, id) on delete cascade
);
create index roster_import_row_by_state on roster_import_row (county_id, import_id, state, row_no);
comment on table roster_import_row is '花名册的每一行：读到的内容、问题与结果｜L4';
comment on column roster_import_row.county_id is '县级行政区划代码｜L1';
comment on column roster_import_row.import_id is '批次编号｜L3';
comment on column roster_import_row.row_no is '工作表中的行号｜L3';
comment on column roster_import_row.org_path is '机构位置｜L3';
comment on column roster_import_row.state is '状态：新建、纳入、无变化、有误、已完成｜L3';
comment on column roster_import_row.person is '读到的内容（已规范化）｜L4';
comment on column roster_import_row.issues is '问题清单｜L4';
comment on column roster_import_row.resident_id is '对应的居民｜L3';

-- ---------------------------------------------------------------- 行级安全
do $$
declare t text;
begin
  -- Scoped tables: county and subtree. Insert and update must land inside the scope too.
  foreach t in array array['resident','resident_revision','enrollment','form_record','measurement','verdict',
                           'roster_import','roster_import_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
      with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())$p$, t);
  end loop;
  -- The same wall where whole subtrees are counted: a sub-select reads the settings once a statement, not once a row.
  -- Not above: there it was measured to lead the planner away from the search indexes.
  foreach t in array array['follow_up_task','management_year'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = (select app_county())
        and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))
      with check (county_id = (select app_county())
        and org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))$p$, t);
  end loop;
  -- County-wide tables: the county is the wall.
  foreach t in array array['county','organization','staff','session','archive_serial','operation','audit_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy county_wall on %I using (county_id = app_county()) with check (county_id = app_county())', t);
  end loop;
end $$;

-- ---------------------------------------------------------------- 应用角色的权限（应用角色不是表的所有者）
grant usage on schema public to quancheng_app;
grant select on all tables in schema public to quancheng_app;
grant insert on organization, staff, session, resident, resident_revision, archive_serial, enrollment, form_record, measurement,
  verdict, follow_up_task, management_year, operation, audit_entry, roster_import, roster_import_row to quancheng_app;
grant update on organization, staff, session, resident, archive_serial, enrollment, follow_up_task, management_year,
  roster_import, roster_import_row to quancheng_app;
grant update (response) on operation to quancheng_app;
grant update (superseded_by, org_path, organization_id) on form_record to quancheng_app;
grant update (org_path) on measurement, verdict, resident_revision to quancheng_app;
grant delete on session, management_year, roster_import_row to quancheng_app;

-- The owner lists the counties at start, before any scope is known; the application stays behind the wall.
alter table county no force row level security;
