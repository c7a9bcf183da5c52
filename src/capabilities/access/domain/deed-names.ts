import {
  type RevealField,
  type RevealPurpose,
  revealFieldLabels,
  revealPurposes,
} from '#standards/reveal-purposes.ts';

/** What an entry of the trail is about, as a resident would say it. */
const things: Readonly<Record<string, string>> = {
  resident: '健康档案',
  record: '表单记录',
  'follow-up': '随访记录',
  'follow-up-task': '随访任务',
  'visit-photo': '随访照片',
  assessment: '评估结果',
  visit: '就诊记录',
  plan: '诊疗方案',
  checkup: '健康体检',
  'checkup-task': '体检后待办',
  'checkup-year': '年度体检清单',
  'exam-day': '体检日名单',
  'exam-person': '体检日记录',
  enrollment: '在管登记',
  episode: '病程',
  course: '病程',
  grade: '分级分标',
  grading: '批量分级',
  contract: '家庭医生签约',
  appointment: '预约',
  slot: '号源',
  schedule: '排班',
  package: '服务包',
  notice: '提醒',
  campaign: '筛查活动',
  'high-risk': '高危人群',
  'danger-event': '异常情况',
  screening: '筛查',
  referral: '转诊',
  consultation: '会诊',
  reception: '健康服务区接诊',
  'first-visit': '首诊测血压登记',
  consent: '知情同意',
  'privacy-request': '居民请求',
  'research-export': '去标识科研数据',
  'export-register': '导出登记',
  'family-consent': '家庭成员提示的同意',
  indicator: '指标名单',
  identity: '证件号码查重',
  duplicates: '疑似重复档案',
  handover: '迁出迁入交接',
  refusal: '应再次征询的名单',
  'person-conflict': '档案修改冲突',
  field: '手机同步',
  'field-operation': '手机上报的操作',
  'emergency-access': '紧急查阅',
  'access-log': '查阅记录',
  'roster-import': '名册导入',
  'self-test': '自助检测',
  room: '诊室',
  queue: '候诊排队',
  'centre-day': '健康服务区当日安排',
  worklist: '工作清单',
  session: '登录',
  staff: '账号',
  organization: '机构',
  password: '口令',
  factor: '第二因子',
  'county-setting': '县级设置',
  setting: '县级设置',
  'medicine-availability': '药品供应',
  'field-device': '手机',
  'signing-key': '手机的签名密钥',
  'audit-trail': '审计记录',
  incident: '泄露事件材料',
};
/** Every thing the trail names. */
export const thingNames = Object.keys(things);

const verbs: Readonly<Record<string, string>> = {
  open: '打开',
  prepare: '打开',
  read: '查看',
  list: '查看清单中的',
  people: '查看名单中的',
  search: '检索',
  check: '核对',
  find: '检索',
  update: '修改',
  register: '建立',
  import: '导入',
  file: '填写',
  save: '填写',
  correct: '更正',
  export: '导出',
  print: '打印',
  close: '办结',
  write: '书写',
  add: '添加',
  change: '变更',
  pull: '取回到手机：',
  mend: '改正手机上的：',
  merge: '合并',
  unmerge: '撤销合并',
  review: '复核',
  resolve: '处理',
  call: '叫号',
  arrive: '登记到达',
  finish: '完成',
  request: '提出',
  move: '推进',
  book: '登记',
  give: '登记',
  answer: '答复',
  erase: '按请求清除联系方式：',
  withdraw: '撤回',
  claim: '认领',
  approve: '批准并生成',
  refuse: '不批准',
  download: '下载',
  transfer: '转移',
  end: '终止',
  offer: '推荐',
  compare: '比对',
  dismiss: '排除',
  reopen: '恢复',
  findings: '记录',
  attempt: '登记',
  assess: '评定',
  own: '接手',
  reveal: '查看完整信息：',
  accept: '接受',
  decline: '拒收',
};

/** Deeds a resident's log tells in words of their own. */
const spoken: Readonly<Record<string, string>> = {
  'referral.arrive': '登记转诊到位',
  'referral.not-arrive': '登记转诊未到位',
  'referral.return': '回转',
  'referral.take-on': '接续转诊',
  'referral.send-down': '下转医院发现的病人',
  'referral.reveal-person': '查看下转来的人的证件号码、电话',
  'consultation.decline': '退回会诊',
  'consultation.file': '存入会诊记录',
};

/** Deeds whose names do not come out of a verb and a thing. */
const whole: Readonly<Record<string, string>> = {
  'session.open': '登录',
  'staff.grant-role': '授予角色',
  'staff.add-at-machine': '在服务器上建立管理员账号',
  'staff.reset-password': '重置口令',
  'staff.disable': '停用账号',
  'staff.enable': '恢复账号',
  'staff.allow-identity-tie': '准许对上统一身份认证',
  'staff.withdraw-identity-tie': '收回对上统一身份认证的准许',
  'factor.reset-request': '申请重置第二因子',
  'factor.reset': '批准重置第二因子',
  'field-device.wipe': '下令清除手机',
  'field-device.revoke': '收回手机',
  'look-up.person-limit': '一小时内打开的档案过多，被拦下',
  'look-up.search-limit': '一小时内检索过多，被拦下',
  'look-up.identity-limit': '一小时内查重过多，被拦下',
  'look-up.reveal-limit': '一小时内查看完整信息过多，被拦下',
  'security.sign-in-failures-source': '安全事件：一个地址登录失败过多',
  'security.sign-in-failures-county': '安全事件：全县登录失败过多',
  'security.clock-skew': '安全事件：应用与数据库的时钟不一致',
  'security.audit-root-missing': '安全事件：缺少每日审计存证',
};

/** What was asked for in full and why: 查看完整的本人电话（随访联系）. */
function nameReveal(detail: unknown): string | undefined {
  const { purpose, fields } = (detail ?? {}) as { purpose?: RevealPurpose; fields?: readonly RevealField[] };
  const row = purpose === undefined ? undefined : revealPurposes[purpose];
  if (!row || !Array.isArray(fields)) return undefined;
  return `查看完整的${fields.map((field) => revealFieldLabels[field as RevealField]).join('、')}（${row.label}）`;
}

/** A deed in the resident's words: `record.export` → 导出表单记录. A thing without a name is shown as it is kept. */
export function nameDeed(action: string, detail?: unknown): string {
  const revealed = action === 'resident.reveal' ? nameReveal(detail) : undefined;
  if (revealed !== undefined) return revealed;
  const said = Object.hasOwn(spoken, action) ? spoken[action] : undefined;
  if (said !== undefined) return said;
  const at = action.lastIndexOf('.');
  const thing = things[action.slice(0, at)];
  if (at < 0 || thing === undefined) return `其他操作（${action}）`;
  const [verb = ''] = action.slice(at + 1).split('-');
  return `${verbs[verb] ?? '办理'}${thing}`;
}

/** An action as an auditor reads it: also what no resident's log shows, and requests that never got to their deed. */
export function nameAction(action: string, detail?: unknown): string {
  if (/^[A-Z]+ \//.test(action)) return `请求 ${action}`;
  return whole[action] ?? nameDeed(action, detail);
}
