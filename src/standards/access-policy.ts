import { type MaskedField, maskedFields } from './reveal-purposes.ts';
import {
  administratorRoles,
  clinicalRoles,
  diagnosingRoles,
  type Role,
  recordReaderRoles,
  reviewerRoles,
} from './roles.ts';

/** What data is asked for. Each look and each write carries one into the audit trail. */
export const purposeLabels = {
  care: '诊疗与健康管理',
  prevention: '疾病预防控制',
  supervision: '监督管理',
  operation: '系统运行',
  security: '安全管理',
  audit: '安全审计',
  'own-account': '本人账号',
  emergency: '紧急救治',
  'privacy-review': '个人信息保护',
  device: '设备管理',
} as const;
export type Purpose = keyof typeof purposeLabels;

/** Whose data an act touches. */
export const relationLabels = {
  none: '不涉及居民资料',
  own: '只限本人',
  area: '本机构及下级管理的居民',
} as const;
export type Relation = keyof typeof relationLabels;

/** What ties staff to somebody outside their own part of the county; without one of these the county is out of reach. */
export const beyondLabels = {
  named: '凭证件号码指名的一人',
  opened: '本人已发起紧急查阅的一人',
  holder: '只知档案现由哪个机构管理',
  received: '交接或合并的另一份档案',
  referred: '转诊到本机构的一人：只有这份转诊，限期内',
  consulted: '请本机构会诊的一人：只有这份会诊，限期内',
  'own-phone': '本人的手机',
  log: '别处人员在本人档案上的查阅记录',
  colleague: '全县工作人员的账号',
} as const;
export type Beyond = keyof typeof beyondLabels;

/** What of a person's numbers, addresses and sensitive diagnoses an answer shows whole. */
export interface ViewRow {
  readonly label: string;
  /** Fields shown whole without being asked for. */
  readonly identity: readonly MaskedField[];
  /** `asked-or-treating`: to who treats the person, or said what for within the time that holds. Never to who does not treat at all. */
  readonly sensitive: 'never' | 'asked-or-treating' | 'whole';
  /** Whether a reveal that still holds counts here. */
  readonly afterReveal: boolean;
  /** Whether a number the asker sent along comes back whole: a list hides even that, others look at it too. */
  readonly echoes: boolean;
}

/** How much an action shows. A line of the policy that names none shows a list: everything hidden. */
export const views = {
  list: { label: '一律遮蔽', identity: [], sensitive: 'never', afterReveal: false, echoes: false },
  person: {
    label: '一人：遮蔽；诊治本人的医生可见敏感诊断，其他按用途查看',
    identity: [],
    sensitive: 'asked-or-treating',
    afterReveal: true,
    echoes: true,
  },
  revealing: {
    label: '按用途取全值',
    identity: maskedFields,
    sensitive: 'whole',
    afterReveal: true,
    echoes: true,
  },
  'call-list': {
    label: '上门名单：电话、现住址为全值，敏感诊断不出现',
    identity: ['phone', 'currentAddress'],
    sensitive: 'never',
    afterReveal: false,
    echoes: true,
  },
  phone: {
    label: '手机：电话、住址为全值，敏感诊断不下发',
    identity: ['phone', 'contactPhone', 'currentAddress', 'registeredAddress'],
    sensitive: 'never',
    afterReveal: false,
    echoes: true,
  },
  emergency: {
    label: '紧急救治：电话与敏感诊断为全值',
    identity: ['phone', 'contactPhone'],
    sensitive: 'whole',
    afterReveal: false,
    echoes: true,
  },
} as const satisfies Readonly<Record<string, ViewRow>>;
export type ViewName = keyof typeof views;

/** One line of the policy: an action, whose data it touches, and for each role that may, what for. Nobody else may. */
export interface PolicyRow {
  readonly section: string;
  readonly name: string;
  readonly relation: Relation;
  readonly beyond?: Beyond;
  /** How much of a person it shows; absent: a list. */
  readonly view?: ViewName;
  /** `anybody` before sign-in; otherwise the roles with their purpose. */
  readonly grants: 'anybody' | Readonly<Partial<Record<Role, Purpose>>>;
}

const usualPurpose: Readonly<Record<Role, Purpose>> = {
  'village-doctor': 'care',
  'township-doctor': 'care',
  'township-public-health-doctor': 'care',
  'county-specialist': 'care',
  cdc: 'prevention',
  'health-bureau': 'supervision',
  administrator: 'operation',
  'security-administrator': 'security',
  'audit-administrator': 'audit',
};

const clinical: readonly Role[] = clinicalRoles;
const diagnosing: readonly Role[] = diagnosingRoles;
const readers: readonly Role[] = recordReaderRoles;
const everyone: readonly Role[] = [...readers, ...administratorRoles];
const desk: readonly Role[] = ['township-doctor', 'township-public-health-doctor'];
const rooms: readonly Role[] = ['township-doctor', 'county-specialist'];
const signing: readonly Role[] = ['village-doctor', ...desk];
const organizers: readonly Role[] = [...diagnosing, 'cdc'];
const reviewing: readonly Role[] = reviewerRoles;
/** Who keeps the accounts of staff: one enters them, another grants their role. */
const accountKeepers: readonly Role[] = ['administrator', 'security-administrator'];

const granted = (roles: readonly Role[], purpose?: Purpose): Partial<Record<Role, Purpose>> =>
  Object.fromEntries(roles.map((role) => [role, purpose ?? usualPurpose[role]]));
/** An act on residents of one's own area. */
const area = (
  section: string,
  name: string,
  roles: readonly Role[],
  more: { beyond?: Beyond; purpose?: Purpose; view?: ViewName } = {},
): PolicyRow => ({
  section,
  name,
  relation: 'area',
  ...(more.beyond ? { beyond: more.beyond } : {}),
  ...(more.view ? { view: more.view } : {}),
  grants: granted(roles, more.purpose),
});
/** An act that touches no resident. */
const bare = (section: string, name: string, roles: readonly Role[], more: { beyond?: Beyond } = {}) => ({
  ...area(section, name, roles, more),
  relation: 'none' as const,
});
const anybody = (section: string, name: string): PolicyRow => ({
  section,
  name,
  relation: 'own',
  grants: 'anybody',
});

/**
 * Who may do what, for what, how far and to whom: the one place, read by every door. A route names an action; an action
 * that is not here lets nobody through. The matrix page is printed from it, and a test walks every door against it.
 */
export const accessPolicy = {
  'session.open': anybody('登录', '登录、退出、系统是否在运行'),
  'own-account.use': {
    section: '登录',
    name: '本人的登录、口令、动态验证码',
    relation: 'own',
    grants: granted(everyone, 'own-account'),
  },

  'residents.search': area('居民档案', '检索居民', readers),
  'residents.read': area('居民档案', '打开档案、知情同意、历史版本', readers, { view: 'person' }),
  'residents.reveal': area('居民档案', '按用途查看完整的证件号码、电话、住址', clinical, {
    view: 'revealing',
  }),
  'residents.register': area('居民档案', '建档、核对身份证号、修改个人基本信息', clinical, {
    view: 'person',
    beyond: 'holder',
  }),

  'records.read': area('表单', '查看居民的表单', readers, { view: 'person' }),
  'records.write': area('表单', '填写或更正表单', clinical, { view: 'person' }),
  'records.export': area('表单', '导出居民的表单', readers),
  'forms.read': bare('表单', '下载空白表单', readers),

  'worklist.read': area('随访', '今日工作清单', readers),
  'follow-ups.read': area('随访', '查看随访', readers, { view: 'person' }),
  'follow-ups.write': area('随访', '随访、联系尝试、关闭任务', clinical, { view: 'person' }),

  'enrollments.write': area('管理', '纳入管理、结案、排除疑似', clinical, { view: 'person' }),
  'episodes.read': area('管理', '病程、待确诊与高危名单', readers, { view: 'person' }),
  'episodes.confirm': area('管理', '确诊', diagnosing, { view: 'person' }),
  'grades.read': area('管理', '分级分标及其名单', readers, { view: 'person' }),
  'grades.decide': area('管理', '评定分级分标、批量评定', diagnosing, { view: 'person' }),
  'assessment.read': area('管理', '病情评估资料', readers, { view: 'person' }),

  'visits.read': area('诊疗', '居民的就诊、方案与健康处方', readers, { view: 'person' }),
  'visits.combine': area('诊疗', '合并随访', clinical, { view: 'person' }),
  'centre.read': area('一站式中心', '今天的中心、排队、候诊大屏、接诊卡', diagnosing, { view: 'person' }),
  'centre.receive': area('一站式中心', '取号、自助检测、健康咨询', desk, { view: 'person' }),
  'centre.walk': area('一站式中心', '叫号、病史检查、流转、结束就诊', diagnosing, { view: 'person' }),
  'centre.treat': area('一站式中心', '开诊、诊断、方案、转诊申请、效果评估', rooms, { view: 'person' }),
  'referrals.read': area('转诊', '收到的与发出的转诊', clinical, { view: 'person', beyond: 'referred' }),
  'referrals.send': area('转诊', '在居民页面发起转诊', clinical, { view: 'person' }),
  'referrals.answer': area('转诊', '接受、拒收、到位、撤回、接续', clinical, {
    view: 'person',
    beyond: 'referred',
  }),
  'referrals.return': area('转诊', '回转：写诊断、治疗与建议', rooms, { view: 'person', beyond: 'referred' }),
  'referrals.send-down': area('转诊', '把医院发现的病人下转给基层机构', ['county-specialist'], {
    view: 'person',
    beyond: 'referred',
  }),
  'referrals.receive-person': area('转诊', '联系、建档：下转来的人的证件号码与电话', signing, {
    view: 'revealing',
    beyond: 'referred',
  }),
  'consultations.ask': area('会诊', '在居民页面请会诊', clinical, { view: 'person' }),
  'consultations.read': area('会诊', '收到的与申请的会诊', clinical, { view: 'person', beyond: 'consulted' }),
  'consultations.step': area('会诊', '受理、退回、撤回会诊', clinical, {
    view: 'person',
    beyond: 'consulted',
  }),
  'consultations.answer': area('会诊', '写会诊意见', rooms, { view: 'person', beyond: 'consulted' }),
  'consultations.file': area('会诊', '把会诊意见存入会诊记录表', clinical, { view: 'person' }),
  'referrals.figures': area('转诊', '转诊统计与数字背后的转诊', readers),
  'service-flow.read': bare('一站式中心', '查看服务流程设置', [
    ...clinical,
    'health-bureau',
    'administrator',
  ]),

  'screenings.read': area('筛查', '筛查活动、名单、筛查表', readers, { view: 'person' }),
  'screenings.write': area('筛查', '筛查登记、上门未成、家庭提示的同意', clinical, { view: 'person' }),
  'campaigns.print': area('筛查', '打印上门名单', clinical, { view: 'call-list' }),
  'campaigns.manage': area('筛查', '拟定、开始、结束筛查活动', organizers),

  'checkups.read': area('体检', '体检日、受检名单、体检结论', readers, { view: 'person' }),
  'checkups.write': area('体检', '体检录入、名单与化验导入、办结', clinical, {
    view: 'person',
    beyond: 'holder',
  }),
  'checkups.confirm': area('体检', '体检新发疾病补记既往史', diagnosing, { view: 'person' }),

  'contracts.read': area('签约', '签约情况、协议书、待履约名单、签约指标', readers, { view: 'person' }),
  'contracts.sign': area('签约', '签约、续签、转签、终止', signing, { view: 'person' }),
  'service-packages.read': bare('签约', '查看服务包', readers),
  'service-packages.manage': bare('签约', '修订服务包', ['health-bureau']),

  'appointments.read': area('预约', '居民的预约、预约名单、提醒队列', readers),
  'appointments.write': area('预约', '预约、改约、到诊与爽约', clinical),
  'schedules.read': bare('预约', '号源与余号', readers),
  'schedules.manage': bare('预约', '排班、放号、停诊', clinical),

  'closing.read': area('档案去向', '死亡、迁移、失访的经过，交接列表', readers, { view: 'person' }),
  'closing.write': area('档案去向', '死亡、迁出、失访、撤回', clinical, { view: 'person' }),
  'handovers.answer': area('档案去向', '县内迁移、接收或退回', clinical, { beyond: 'received' }),
  'duplicates.settle': area('档案去向', '疑似重复的查找与判定', clinical, { view: 'person' }),
  'merges.settle': area('档案去向', '合并、撤销合并', clinical, { view: 'person', beyond: 'received' }),

  'indicators.read': area('指标', '管理指标与数字背后的名单', readers),

  'roster-imports.use': area('数据交换', '花名册导入与下载', clinical, { beyond: 'holder' }),

  'emergency-access.open': area('紧急查阅', '发起紧急查阅', clinical, {
    beyond: 'named',
    purpose: 'emergency',
  }),
  'emergency-access.read': area('紧急查阅', '查看紧急查阅的健康摘要', clinical, {
    view: 'emergency',
    beyond: 'opened',
    purpose: 'emergency',
  }),
  'emergency-access.list': area('紧急查阅', '紧急查阅清单', [...clinical, 'health-bureau'], {
    beyond: 'opened',
    purpose: 'privacy-review',
  }),
  'emergency-access.review': area('紧急查阅', '复核紧急查阅', reviewing, { purpose: 'privacy-review' }),
  'access-log.read': area('个人信息权利', '谁看过这份档案', readers, {
    beyond: 'log',
    purpose: 'privacy-review',
  }),
  'consents.write': area('个人信息权利', '登记同意、撤回、居民请求', clinical),
  'privacy-requests.list': area('个人信息权利', '居民请求清单', [...clinical, 'health-bureau'], {
    purpose: 'privacy-review',
  }),
  'research-exports.manage': area(
    '个人信息权利',
    '去标识科研数据：申请、另一人批准、清单、下载',
    ['health-bureau'],
    { purpose: 'privacy-review' },
  ),
  'exports.list': {
    ...bare('个人信息权利', '导出登记：谁为何导出了多少人的资料', []),
    grants: { ...granted(reviewing, 'privacy-review'), 'audit-administrator': 'audit' },
  },
  'incidents.prepare': area(
    '个人信息权利',
    '泄露事件：一个账号或一部手机涉及的人、信息、报告草稿',
    ['health-bureau'],
    { purpose: 'privacy-review' },
  ),
  'privacy-requests.answer': area('个人信息权利', '承办、答复居民请求，本人资料副本', reviewing, {
    purpose: 'privacy-review',
  }),

  'field.sync': area('手机', '登记手机、取回变化、送出操作', clinical, {
    view: 'phone',
    beyond: 'own-phone',
  }),
  'field.hand-over': anybody('手机', '交出已收回手机里未送达的操作'),
  'field.devices': {
    ...bare('手机', '手机与同步的状况、收回或清除', []),
    grants: granted([...desk, 'administrator'], 'device'),
  },
  'field.support': area('手机', '待处理的操作、手机交出的文件', desk, { purpose: 'device' }),

  'medicine-availability.read': bare('系统', '查看各机构有哪些药品', readers),
  'medicine-availability.change': bare('系统', '修改本机构及下级有哪些药品', [...signing, 'health-bureau']),
  'organizations.read': bare('系统', '查看机构与人员', accountKeepers),
  'organizations.manage': bare('系统', '机构与人员：新增、改名、停用、重置口令', ['administrator']),
  'factor-resets.settle': bare('系统', '第二因子重置：一人申请，安全管理员批准', accountKeepers, {
    beyond: 'colleague',
  }),
  'county-settings.read': bare('系统', '查看县级设置', [...readers, 'administrator']),
  'county-settings.change': bare('系统', '修改县级设置', ['administrator']),

  'roles.grant': bare('安全', '给新账号授予角色、准许对上统一身份认证', ['security-administrator']),
  'audit.read': bare('审计', '审计记录：查阅、核对', ['audit-administrator']),
} satisfies Readonly<Record<string, PolicyRow>>;

/** What this role sees of a person by this action; who does not treat never sees a sensitive diagnosis. */
export function viewOf(action: string, role: Role): ViewRow {
  const view: ViewRow = views[policyOf(action)?.view ?? 'list'];
  return clinicalRoles.includes(role) ? view : { ...view, sensitive: 'never', afterReveal: false };
}

/** What a door may ask about. */
export type Action = keyof typeof accessPolicy;

/** The line of an action; undefined when the policy does not know it, which lets nobody through. */
export function policyOf(action: string): PolicyRow | undefined {
  return Object.hasOwn(accessPolicy, action) ? accessPolicy[action as Action] : undefined;
}

/** What for this role may do it; undefined when it may not. */
export function purposeOf(action: string, role: Role): Purpose | undefined {
  const row = policyOf(action);
  if (!row) return undefined;
  if (row.grants === 'anybody') return 'own-account';
  return Object.hasOwn(row.grants, role) ? row.grants[role] : undefined;
}

/** Whether this role may do it at all: what a screen asks before it offers a button. */
export const mayDo = (role: Role, action: Action): boolean => purposeOf(action, role) !== undefined;
