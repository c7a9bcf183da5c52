/** Kinds of information about a person, as a notice to those concerned names them. */
export const incidentKinds = {
  person: '姓名、性别、出生日期、管理机构',
  numbers: '证件号码、电话、住址（电脑页面上默认遮去一部分）',
  background: '既往史、过敏史、家族史等个人基本信息',
  diagnoses: '诊断、病种与分级',
  readings: '血压、血糖等测量和检查结果',
  medicines: '用药',
  sheets: '随访、体检等表单',
  photos: '随访照片',
  services: '签约、预约、转诊、筛查等服务情况',
  consents: '同意书与本人请求',
} as const;
export type IncidentKind = keyof typeof incidentKinds;

const none: readonly IncidentKind[] = [];
const lists: readonly IncidentKind[] = ['person', 'diagnoses', 'readings'];
const services: readonly IncidentKind[] = ['person', 'services'];
const clinic: readonly IncidentKind[] = ['person', 'diagnoses', 'readings', 'medicines', 'services'];
const sheets: readonly IncidentKind[] = ['person', 'diagnoses', 'readings', 'medicines', 'sheets'];
/** A phone holds the whole of what its user works with. */
export const kindsOnPhone: readonly IncidentKind[] = [
  'person',
  'numbers',
  'background',
  'diagnoses',
  'readings',
  'medicines',
  'sheets',
  'services',
];
const archive: readonly IncidentKind[] = ['person', 'numbers', 'background', 'diagnoses'];

/**
 * What a deed of the trail may have shown of a person, by the thing it was done with: rather too much than too little, for
 * the trail says that a page was opened, not what was read on it.
 */
export const kindsOfThing: Readonly<Record<string, readonly IncidentKind[]>> = {
  resident: archive,
  record: sheets,
  'follow-up': sheets,
  'follow-up-task': lists,
  'visit-photo': ['person', 'photos'],
  assessment: clinic,
  visit: clinic,
  plan: clinic,
  checkup: sheets,
  'checkup-task': lists,
  'checkup-year': lists,
  'exam-day': ['person', 'numbers', 'services'],
  'exam-person': sheets,
  enrollment: clinic,
  episode: clinic,
  course: clinic,
  grade: lists,
  grading: lists,
  contract: services,
  appointment: services,
  slot: none,
  schedule: none,
  package: none,
  notice: ['person', 'services'],
  campaign: ['person', 'numbers', 'services'],
  'high-risk': lists,
  'danger-event': lists,
  screening: sheets,
  referral: clinic,
  consultation: clinic,
  reception: clinic,
  'first-visit': lists,
  consent: ['person', 'consents'],
  'privacy-request': ['person', 'numbers', 'consents'],
  'research-export': none,
  'export-register': none,
  'family-consent': ['person', 'consents'],
  indicator: lists,
  identity: ['person'],
  duplicates: archive,
  handover: [...archive, 'services'],
  refusal: ['person', 'diagnoses', 'services'],
  'person-conflict': archive,
  field: kindsOnPhone,
  'field-operation': sheets,
  'emergency-access': ['person', 'numbers', 'diagnoses', 'readings', 'medicines'],
  'access-log': ['person'],
  'roster-import': ['person', 'numbers', 'services'],
  'self-test': ['person', 'readings'],
  room: none,
  queue: ['person', 'services'],
  'centre-day': ['person', 'services'],
  worklist: lists,
  session: none,
  staff: none,
  organization: none,
  password: none,
  factor: none,
  'county-setting': none,
  setting: none,
  'medicine-availability': none,
  'field-device': none,
  'signing-key': none,
  'audit-trail': none,
  incident: ['person', 'numbers'],
};

/** What a deed may have shown; a thing nobody has thought of counts as everything. */
export function kindsOfDeed(action: string): readonly IncidentKind[] {
  if (/^[A-Z]+ \//.test(action)) return none;
  const thing = action.slice(0, action.lastIndexOf('.'));
  if (thing.startsWith('security') || thing.startsWith('look-up')) return none;
  return kindsOfThing[thing] ?? kindsOnPhone;
}
