import { recordForms } from '#capabilities/records/domain/record-forms.ts';

/** The four sources of the basic information, as the drawing names them. */
export const informationSources = {
  A5a: '健康自检信息',
  A5b: '慢病筛查信息',
  A5c: '外院就诊信息',
  A5d: '其他健康信息',
} as const;
export type InformationSource = keyof typeof informationSources;

const hospitalForms = ['referral-back', 'consultation', 'referral-out'];
const followUpTitles: Readonly<Record<string, string>> = {
  'hypertension-follow-up': '高血压随访',
  'type-2-diabetes-follow-up': '2型糖尿病随访',
  'copd-follow-up': '慢阻肺随访',
  'centre-readings': '中心检查',
};
const screening = recordForms.filter((one) => one.section === '筛查').map((one) => one.form);
const others = recordForms
  .filter((one) => ['体检与评估', '诊疗与转诊'].includes(one.section) && !hospitalForms.includes(one.form))
  .map((one) => one.form);

/** Forms whose records tell the front desk something, whatever their source. */
export const informingForms: readonly string[] = [
  ...hospitalForms,
  ...screening,
  ...others,
  ...Object.keys(followUpTitles),
];

/** Where a record of this form comes from; readings of the centre are a self-test when a self-test point took them. */
export function sourceOfRecord(form: string, section: string | null): InformationSource {
  if (form === 'centre-readings') return section === 'self-test' ? 'A5a' : 'A5d';
  if (hospitalForms.includes(form)) return 'A5c';
  return screening.includes(form) ? 'A5b' : 'A5d';
}

/** What a record of this form is called on the card. */
export function titleOfRecord(form: string, section: string | null): string {
  if (form === 'centre-readings' && section === 'self-test') return '自助检测';
  return followUpTitles[form] ?? recordForms.find((one) => one.form === form)?.title ?? form;
}
