import { recordForms } from '#capabilities/records/domain/record-forms.ts';

const followUpTitles: Readonly<Record<string, string>> = {
  'hypertension-follow-up': '高血压随访',
  'type-2-diabetes-follow-up': '糖尿病随访',
  'copd-follow-up': '慢阻肺病随访',
  'personal-information': '个人基本信息',
};

/** The short Chinese name of a form; the code when this version does not know it. */
export function formTitleOf(form: string): string {
  return followUpTitles[form] ?? recordForms.find((one) => one.form === form)?.title ?? form;
}
