/** A form that is filled from a resident's record and has no workflow of its own yet. */
export interface RecordForm {
  readonly form: string;
  readonly title: string;
  readonly section: '体检与评估' | '筛查' | '诊疗与转诊' | '档案与签约' | '监测报告' | '调查';
  /** The field whose day the record stands under. */
  readonly dayField: string;
  /** Written and corrected on a screen of its own, where each conclusion is answered; here it is only read. */
  readonly ownScreen?: 'checkup';
}

/** Every such form in the order of the menu; titles as printed. */
export const recordForms: readonly RecordForm[] = [
  {
    form: 'annual-checkup',
    title: '健康体检表',
    section: '体检与评估',
    dayField: 'checkDate',
    ownScreen: 'checkup',
  },
  {
    form: 'elder-self-care',
    title: '老年人生活自理能力评估表',
    section: '体检与评估',
    dayField: 'assessDate',
  },
  {
    form: 'tcm-constitution',
    title: '老年人中医药健康管理服务记录表',
    section: '体检与评估',
    dayField: 'fillDate',
  },
  {
    form: 'community-screening',
    title: '高血压、糖尿病社区筛查登记表',
    section: '筛查',
    dayField: 'screenDate',
  },
  {
    form: 'first-visit-blood-pressure',
    title: '35岁及以上居民首诊测血压登记表',
    section: '筛查',
    dayField: 'visitDate',
  },
  {
    form: 'hypertension-high-risk',
    title: '高血压高危人群评估表',
    section: '筛查',
    dayField: 'assessDate',
  },
  {
    form: 'diabetes-high-risk',
    title: '糖尿病高危人群评估表',
    section: '筛查',
    dayField: 'assessDate',
  },
  {
    form: 'diabetes-risk-score',
    title: '中国糖尿病风险评分表',
    section: '筛查',
    dayField: 'assessDate',
  },
  {
    form: 'copd-sq',
    title: '慢阻肺筛查问卷（COPD-SQ）',
    section: '筛查',
    dayField: 'assessDate',
  },
  {
    form: 'copd-ps',
    title: '慢阻肺人群筛查问卷（COPD-PS）',
    section: '筛查',
    dayField: 'assessDate',
  },
  {
    form: 'stroke-risk-8',
    title: '脑卒中风险初筛评估表（8项）',
    section: '筛查',
    dayField: 'assessDate',
  },
  {
    form: 'encounter-note',
    title: '接诊记录表',
    section: '诊疗与转诊',
    dayField: 'encounterDate',
  },
  {
    form: 'consultation',
    title: '会诊记录表',
    section: '诊疗与转诊',
    dayField: 'consultDate',
  },
  {
    form: 'referral-out',
    title: '双向转诊单（转出）',
    section: '诊疗与转诊',
    dayField: 'referDate',
  },
  {
    form: 'referral-back',
    title: '双向转诊单（回转）',
    section: '诊疗与转诊',
    dayField: 'backDate',
  },
  {
    form: 'archive-cover',
    title: '居民健康档案封面',
    section: '档案与签约',
    dayField: 'createDate',
  },
  {
    form: 'archive-card',
    title: '居民健康档案信息卡',
    section: '档案与签约',
    dayField: 'issuedOn',
  },
  {
    form: 'peer-group-member',
    title: '慢性病患者自我管理小组活动花名册',
    section: '档案与签约',
    dayField: 'enrolDate',
  },
  {
    form: 'death-certificate',
    title: '居民死亡医学证明（推断）书',
    section: '监测报告',
    dayField: 'deathDate',
  },
  {
    form: 'tumour-card',
    title: '肿瘤登记报告卡',
    section: '监测报告',
    dayField: 'reportDate',
  },
  {
    form: 'cardiovascular-event-card',
    title: '心脑血管事件报告卡',
    section: '监测报告',
    dayField: 'onsetDate',
  },
  {
    form: 'satisfaction-survey',
    title: '慢性病患者服务满意度调查表',
    section: '调查',
    dayField: 'surveyDate',
  },
];

/** The form of that name; undefined when it is not filled here. */
export function findRecordForm(form: string): RecordForm | undefined {
  return recordForms.find((one) => one.form === form);
}
