-- The one-stop centre: contracts, the course of a disease, visits along the national flowchart, plans, appointments,
-- screening campaigns and grading. The rules of the first migration hold: county first, client ids, facts only grow,
-- forced row-level security, every column says what it is and its privacy kind.

create table county_setting (
  county_id text not null,
  key text collate "C" not null,
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (county_id, key)
);
comment on table county_setting is '县级设置｜L1';
comment on column county_setting.county_id is '县级行政区划代码｜L1';
comment on column county_setting.key is '设置项｜L1';
comment on column county_setting.value is '取值｜L1';
comment on column county_setting.changed_at is '修改时间｜L1';
comment on column county_setting.changed_by is '修改人｜L3';

create table service_package (
  county_id text not null,
  id uuid not null,
  code text collate "C" not null,
  name text not null,
  audience text not null,
  items jsonb not null,
  price_cents integer not null default 0 check (price_cents between 0 and 10000000),
  retired_at timestamptz,
  created_at timestamptz not null,
  primary key (county_id, id),
  unique (county_id, code)
);
comment on table service_package is '家庭医生签约服务包｜L1';
comment on column service_package.county_id is '县级行政区划代码｜L1';
comment on column service_package.id is '服务包编号｜L1';
comment on column service_package.code is '服务包代码｜L1';
comment on column service_package.name is '名称｜L1';
comment on column service_package.audience is '适用人群｜L1';
comment on column service_package.items is '服务项目：代码、名称、每年次数、计入的表单｜L1';
comment on column service_package.price_cents is '每年收费（分）｜L1';
comment on column service_package.retired_at is '停用时间｜L1';
comment on column service_package.created_at is '建立时间｜L1';

create table contract (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  doctor_id uuid not null,
  package_ids uuid[] not null,
  signed_on date not null,
  valid_from date not null,
  valid_to date not null,
  consent jsonb not null,
  family jsonb not null,
  previous_id uuid,
  ended_on date,
  end_reason text check (end_reason in ('renewed','resident-asked','moved','dead','transferred','other')),
  end_note text,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  check ((ended_on is null) = (end_reason is null)),
  check (valid_to > valid_from)
);
comment on table contract is '家庭医生签约：一人同时只有一份有效｜L4';
comment on column contract.county_id is '县级行政区划代码｜L1';
comment on column contract.id is '签约编号｜L3';
comment on column contract.resident_id is '居民内部编号｜L3';
comment on column contract.organization_id is '机构｜L3';
comment on column contract.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column contract.doctor_id is '家庭医生｜L3';
comment on column contract.package_ids is '服务包｜L3';
comment on column contract.signed_on is '签约日期｜L4';
comment on column contract.valid_from is '生效日期｜L4';
comment on column contract.valid_to is '到期日期｜L4';
comment on column contract.consent is '知情同意：由谁签、告知内容｜L4';
comment on column contract.family is '一起签约的家庭成员编号｜L4';
comment on column contract.previous_id is '续签自哪一份｜L3';
comment on column contract.ended_on is '终止日期｜L4';
comment on column contract.end_reason is '终止原因｜L4';
comment on column contract.end_note is '终止说明｜L4';
comment on column contract.version is '版本号，修改时核对｜L1';
comment on column contract.created_at is '建立时间｜L3';
comment on column contract.created_by is '建立人｜L3';

create table contract_offer (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  outcome text not null check (outcome in ('declined','later','signed')),
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table contract_offer is '签约引导：邀请与暂不签约的原因｜L4';
comment on column contract_offer.county_id is '县级行政区划代码｜L1';
comment on column contract_offer.id is '编号｜L3';
comment on column contract_offer.resident_id is '居民内部编号｜L3';
comment on column contract_offer.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column contract_offer.on_day is '日期｜L4';
comment on column contract_offer.outcome is '结果｜L4';
comment on column contract_offer.reason is '原因｜L4';
comment on column contract_offer.recorded_at is '记录时间｜L3';
comment on column contract_offer.recorded_by is '记录人｜L3';

create table condition_episode (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  condition text collate "C" not null,
  state text not null check (state in ('normal','high-risk','suspected','confirmed','enrolled','closed')),
  since date not null,
  due_on date,
  next_step text not null,
  source text not null,
  campaign_id uuid,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table condition_episode is '一人一病的病程：从筛查、疑似、确诊到管理｜L4';
comment on column condition_episode.county_id is '县级行政区划代码｜L1';
comment on column condition_episode.id is '病程编号｜L3';
comment on column condition_episode.resident_id is '居民内部编号｜L3';
comment on column condition_episode.organization_id is '机构｜L3';
comment on column condition_episode.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column condition_episode.condition is '病种｜L4';
comment on column condition_episode.state is '状态｜L4';
comment on column condition_episode.since is '进入该状态的日期｜L4';
comment on column condition_episode.due_on is '下一步应在哪天前完成｜L4';
comment on column condition_episode.next_step is '下一步｜L4';
comment on column condition_episode.source is '从何处发现：门诊、首诊测压、筛查活动、体检、自检｜L4';
comment on column condition_episode.campaign_id is '筛查活动｜L3';
comment on column condition_episode.version is '版本号，修改时核对｜L1';
comment on column condition_episode.updated_at is '修改时间（服务器）｜L3';

create table condition_event (
  county_id text not null,
  id uuid not null,
  episode_id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  from_state text,
  to_state text not null,
  on_day date not null,
  reason text not null,
  rule jsonb,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, episode_id) references condition_episode (county_id, id)
);
comment on table condition_event is '病程的每一次改变及其依据，只增不改｜L4';
comment on column condition_event.county_id is '县级行政区划代码｜L1';
comment on column condition_event.id is '编号｜L3';
comment on column condition_event.episode_id is '病程编号｜L3';
comment on column condition_event.resident_id is '居民内部编号｜L3';
comment on column condition_event.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column condition_event.from_state is '原状态｜L4';
comment on column condition_event.to_state is '新状态｜L4';
comment on column condition_event.on_day is '日期｜L4';
comment on column condition_event.reason is '理由｜L4';
comment on column condition_event.rule is '规则结论与依据｜L4';
comment on column condition_event.recorded_at is '记录时间｜L3';
comment on column condition_event.recorded_by is '记录人｜L3';

create table centre_visit (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  arrived_on date not null,
  entry text not null check (entry in ('A1','A2','A3','A4')),
  box text collate "C" not null,
  room text,
  doctor_id uuid,
  queue_no integer,
  priority smallint not null default 2,
  called_at timestamptz,
  contract text,
  beyond_capacity boolean,
  appointment_id uuid,
  status text not null default 'open' check (status in ('open','resting','closed','left')),
  closed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table centre_visit is '在一站式服务中心的一次就诊｜L4';
comment on column centre_visit.county_id is '县级行政区划代码｜L1';
comment on column centre_visit.id is '就诊编号（由填写端生成）｜L3';
comment on column centre_visit.resident_id is '居民内部编号｜L3';
comment on column centre_visit.organization_id is '机构｜L3';
comment on column centre_visit.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column centre_visit.arrived_on is '到达日期｜L4';
comment on column centre_visit.entry is '从哪个入口来｜L4';
comment on column centre_visit.box is '现在所在的服务环节｜L4';
comment on column centre_visit.room is '诊室｜L3';
comment on column centre_visit.doctor_id is '接诊医生｜L3';
comment on column centre_visit.queue_no is '排队号｜L3';
comment on column centre_visit.priority is '排队次序：0危急 1优先 2普通｜L4';
comment on column centre_visit.called_at is '叫号时间｜L3';
comment on column centre_visit.contract is '签约情况｜L4';
comment on column centre_visit.beyond_capacity is '是否超出诊疗能力｜L4';
comment on column centre_visit.appointment_id is '预约编号｜L3';
comment on column centre_visit.status is '进行中、待复诊、已完成、未完成离开｜L4';
comment on column centre_visit.closed_at is '结束时间｜L3';
comment on column centre_visit.version is '版本号，修改时核对｜L1';
comment on column centre_visit.created_at is '到达时间（服务器）｜L3';
comment on column centre_visit.created_by is '登记人｜L3';

create table visit_step (
  county_id text not null,
  visit_id uuid not null,
  seq integer not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  line_no smallint,
  box text collate "C" not null,
  content jsonb not null,
  at timestamptz not null,
  by uuid not null,
  primary key (county_id, visit_id, seq),
  foreign key (county_id, visit_id) references centre_visit (county_id, id)
);
comment on table visit_step is '就诊经过的每一个环节，只增不改｜L4';
comment on column visit_step.county_id is '县级行政区划代码｜L1';
comment on column visit_step.visit_id is '就诊编号｜L3';
comment on column visit_step.seq is '次序｜L3';
comment on column visit_step.resident_id is '居民内部编号｜L3';
comment on column visit_step.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column visit_step.line_no is '流程图上的流向编号，入口为空｜L1';
comment on column visit_step.box is '到达的环节｜L4';
comment on column visit_step.content is '在该环节记录的内容｜L4';
comment on column visit_step.at is '时间（服务器）｜L3';
comment on column visit_step.by is '记录人｜L3';

create table referral_request (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  visit_id uuid,
  from_organization_id uuid not null,
  to_department text not null,
  urgency text not null check (urgency in ('emergency','soon','routine')),
  reason text not null,
  first_handling text not null,
  summary jsonb not null,
  status text not null default 'requested' check (status in ('requested','withdrawn')),
  requested_at timestamptz not null,
  requested_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table referral_request is '转诊申请｜L4';
comment on column referral_request.county_id is '县级行政区划代码｜L1';
comment on column referral_request.id is '编号｜L3';
comment on column referral_request.resident_id is '居民内部编号｜L3';
comment on column referral_request.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column referral_request.visit_id is '就诊编号｜L3';
comment on column referral_request.from_organization_id is '申请机构｜L3';
comment on column referral_request.to_department is '转往科室｜L4';
comment on column referral_request.urgency is '缓急｜L4';
comment on column referral_request.reason is '理由｜L4';
comment on column referral_request.first_handling is '已做的初步处理｜L4';
comment on column referral_request.summary is '病情摘要｜L4';
comment on column referral_request.status is '状态｜L4';
comment on column referral_request.requested_at is '申请时间｜L3';
comment on column referral_request.requested_by is '申请人｜L3';

create table care_plan (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  plan_version integer not null,
  made_on date not null,
  visit_id uuid,
  content jsonb not null,
  change_reason text,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (county_id, id),
  unique (county_id, resident_id, plan_version),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table care_plan is '健康管理方案的各个版本，只增不改｜L4';
comment on column care_plan.county_id is '县级行政区划代码｜L1';
comment on column care_plan.id is '编号（由填写端生成）｜L3';
comment on column care_plan.resident_id is '居民内部编号｜L3';
comment on column care_plan.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column care_plan.plan_version is '第几版｜L3';
comment on column care_plan.made_on is '制定日期｜L4';
comment on column care_plan.visit_id is '就诊编号｜L3';
comment on column care_plan.content is '目标、非药物处方、用药、中医药、监测、下次日期｜L4';
comment on column care_plan.change_reason is '为何修订｜L4';
comment on column care_plan.made_at is '制定时间（服务器）｜L3';
comment on column care_plan.made_by is '制定医生｜L3';

create table clinic_slot (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  kind text not null check (kind in ('centre','doctor','lead-hospital','outreach')),
  title text not null,
  doctor_id uuid,
  day date not null,
  starts text not null,
  ends text not null,
  capacity integer not null check (capacity between 1 and 500),
  taken integer not null default 0,
  withdrawn_at timestamptz,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id),
  check (taken between 0 and capacity)
);
comment on table clinic_slot is '号源：中心、医生与牵头医院放出的号｜L1';
comment on column clinic_slot.county_id is '县级行政区划代码｜L1';
comment on column clinic_slot.id is '号源编号｜L1';
comment on column clinic_slot.organization_id is '出诊机构｜L1';
comment on column clinic_slot.org_path is '可预约的机构范围｜L1';
comment on column clinic_slot.kind is '类别：中心、医生、牵头医院、下乡出诊｜L1';
comment on column clinic_slot.title is '科室或诊室名称｜L1';
comment on column clinic_slot.doctor_id is '出诊医生｜L3';
comment on column clinic_slot.day is '日期｜L1';
comment on column clinic_slot.starts is '开始时刻｜L1';
comment on column clinic_slot.ends is '结束时刻｜L1';
comment on column clinic_slot.capacity is '号数｜L1';
comment on column clinic_slot.taken is '已约｜L1';
comment on column clinic_slot.withdrawn_at is '停诊时间｜L1';
comment on column clinic_slot.created_at is '放号时间｜L1';
comment on column clinic_slot.created_by is '放号人｜L3';

create table appointment (
  county_id text not null,
  id uuid not null,
  slot_id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  purpose text not null,
  status text not null default 'booked' check (status in ('booked','cancelled','arrived','no-show')),
  booked_at timestamptz not null,
  booked_by uuid not null,
  changed_at timestamptz not null,
  cancel_reason text,
  version integer not null default 1,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id),
  foreign key (county_id, slot_id) references clinic_slot (county_id, id)
);
comment on table appointment is '预约｜L4';
comment on column appointment.county_id is '县级行政区划代码｜L1';
comment on column appointment.id is '预约编号（由填写端生成）｜L3';
comment on column appointment.slot_id is '号源编号｜L1';
comment on column appointment.resident_id is '居民内部编号｜L3';
comment on column appointment.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column appointment.purpose is '事由｜L4';
comment on column appointment.status is '状态｜L4';
comment on column appointment.booked_at is '预约时间｜L3';
comment on column appointment.booked_by is '预约人｜L3';
comment on column appointment.changed_at is '最近变更时间｜L3';
comment on column appointment.cancel_reason is '取消原因｜L4';
comment on column appointment.version is '版本号，修改时核对｜L1';

create table notice (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  channel text not null check (channel in ('in-app','sms','wechat')),
  body text not null,
  due_at timestamptz not null,
  subject_id uuid not null,
  sent_at timestamptz,
  failed text,
  primary key (county_id, id),
  unique (county_id, subject_id, kind, channel),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table notice is '待发与已发的提醒｜L4';
comment on column notice.county_id is '县级行政区划代码｜L1';
comment on column notice.id is '编号｜L3';
comment on column notice.resident_id is '居民内部编号｜L3';
comment on column notice.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column notice.kind is '类别｜L3';
comment on column notice.channel is '渠道｜L3';
comment on column notice.body is '内容，不含诊断与剂量｜L4';
comment on column notice.due_at is '应发时间｜L3';
comment on column notice.subject_id is '所为何事（如预约编号）｜L3';
comment on column notice.sent_at is '发出时间｜L3';
comment on column notice.failed is '未发出的原因｜L3';

create table campaign (
  county_id text not null,
  id uuid not null,
  organization_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  target jsonb not null,
  starts_on date not null,
  ends_on date not null,
  status text not null default 'running' check (status in ('running','finished','cancelled')),
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (county_id, id),
  check (ends_on >= starts_on)
);
comment on table campaign is '筛查活动｜L2';
comment on column campaign.county_id is '县级行政区划代码｜L1';
comment on column campaign.id is '编号｜L1';
comment on column campaign.organization_id is '组织机构｜L1';
comment on column campaign.org_path is '活动范围｜L1';
comment on column campaign.name is '名称｜L1';
comment on column campaign.target is '对象：年龄、危险因素、病种｜L1';
comment on column campaign.starts_on is '开始日期｜L1';
comment on column campaign.ends_on is '结束日期｜L1';
comment on column campaign.status is '状态｜L1';
comment on column campaign.created_at is '建立时间｜L3';
comment on column campaign.created_by is '建立人｜L3';

create table campaign_person (
  county_id text not null,
  campaign_id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  reasons jsonb not null,
  outcome text check (outcome in ('normal','high-risk','suspected','refused','absent')),
  done_on date,
  record_id uuid,
  primary key (county_id, campaign_id, resident_id),
  foreign key (county_id, campaign_id) references campaign (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table campaign_person is '筛查对象｜L4';
comment on column campaign_person.county_id is '县级行政区划代码｜L1';
comment on column campaign_person.campaign_id is '活动编号｜L1';
comment on column campaign_person.resident_id is '居民内部编号｜L3';
comment on column campaign_person.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column campaign_person.reasons is '为何列入｜L4';
comment on column campaign_person.outcome is '结果，空为未筛｜L4';
comment on column campaign_person.done_on is '完成日期｜L4';
comment on column campaign_person.record_id is '筛查记录｜L3';

create table grade_event (
  county_id text not null,
  id uuid not null,
  resident_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  year smallint not null,
  tier text not null check (tier in ('village','township','county')),
  colour text not null check (colour in ('green','yellow','red')),
  grades jsonb not null,
  batch_id uuid,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
comment on table grade_event is '分级分标的每一次评定，只增不改｜L4';
comment on column grade_event.county_id is '县级行政区划代码｜L1';
comment on column grade_event.id is '编号｜L3';
comment on column grade_event.resident_id is '居民内部编号｜L3';
comment on column grade_event.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column grade_event.on_day is '评定日期｜L4';
comment on column grade_event.year is '评定年度｜L3';
comment on column grade_event.tier is '管理层级｜L4';
comment on column grade_event.colour is '标识｜L4';
comment on column grade_event.grades is '各病种结论与理由｜L4';
comment on column grade_event.batch_id is '批量评定编号｜L3';
comment on column grade_event.recorded_at is '评定时间｜L3';
comment on column grade_event.recorded_by is '评定人｜L3';

create unique index contract_in_force on contract (county_id, resident_id) where ended_on is null;
create index contract_by_org on contract (county_id, org_path, valid_to, id) where ended_on is null;
create index contract_by_doctor on contract (county_id, doctor_id, valid_to) where ended_on is null;
create index contract_offer_by_resident on contract_offer (county_id, resident_id, on_day desc);
create unique index condition_episode_one on condition_episode (county_id, resident_id, condition) where state <> 'closed';
create index condition_episode_due on condition_episode (county_id, state, due_on, id) where state in ('high-risk','suspected','confirmed');
create index condition_event_by_resident on condition_event (county_id, resident_id, recorded_at desc);
create index centre_visit_queue on centre_visit (county_id, organization_id, arrived_on, priority, queue_no);
create index centre_visit_by_resident on centre_visit (county_id, resident_id, created_at desc);
create unique index centre_visit_open on centre_visit (county_id, organization_id, resident_id, arrived_on) where status = 'open';
create unique index centre_visit_number on centre_visit (county_id, organization_id, arrived_on, room, queue_no) where queue_no is not null;
create index referral_request_by_resident on referral_request (county_id, resident_id, requested_at desc);
create index care_plan_by_resident on care_plan (county_id, resident_id, plan_version desc);
create index clinic_slot_by_day on clinic_slot (county_id, day, organization_id, starts) where withdrawn_at is null;
create unique index appointment_once on appointment (county_id, slot_id, resident_id) where status = 'booked';
create index appointment_by_resident on appointment (county_id, resident_id, booked_at desc);
create index appointment_by_slot on appointment (county_id, slot_id) where status in ('booked','arrived');
create index notice_due on notice (county_id, due_at) where sent_at is null and failed is null;
create index campaign_by_org on campaign (county_id, org_path, starts_on desc);
create index campaign_person_progress on campaign_person (county_id, campaign_id, org_path, resident_id) include (outcome);
create index grade_event_by_resident on grade_event (county_id, resident_id, on_day desc, recorded_at desc);
create index resident_birth on resident (county_id, birth_date) where status = 'active';

do $$
declare t text;
begin
  foreach t in array array['contract','contract_offer','condition_episode','condition_event','centre_visit','visit_step','referral_request','care_plan','appointment','notice','campaign','campaign_person','grade_event'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
      with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())$p$, t);
  end loop;
  foreach t in array array['county_setting','service_package'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy county_wall on %I using (county_id = app_county()) with check (county_id = app_county())', t);
  end loop;
end $$;
-- A slot is offered to a subtree: whoever stands in it, or above it, sees it. The slot itself says nothing of a person.
alter table clinic_slot enable row level security;
alter table clinic_slot force row level security;
create policy offered on clinic_slot using (county_id = app_county()
    and (starts_with(app_scope_from(), org_path) or (org_path >= app_scope_from() and org_path < app_scope_to())))
  with check (county_id = app_county()
    and (starts_with(app_scope_from(), org_path) or (org_path >= app_scope_from() and org_path < app_scope_to())));

grant select on county_setting, service_package, contract, contract_offer, condition_episode, condition_event, centre_visit, visit_step, referral_request, care_plan, clinic_slot, appointment, notice, campaign, campaign_person, grade_event to quancheng_app;
grant insert on county_setting, service_package, contract, contract_offer, condition_episode, condition_event, centre_visit, visit_step, referral_request, care_plan, clinic_slot, appointment, notice, campaign, campaign_person, grade_event to quancheng_app;
grant update on county_setting, service_package, contract, condition_episode, centre_visit, referral_request, clinic_slot, appointment,
  notice, campaign, campaign_person to quancheng_app;
grant delete on campaign_person to quancheng_app;
