import { type Colour, colourLabels } from '#clinical/grading/grade-management.ts';
import { type Tier, tierLabels } from '#clinical/grading/place-tier.ts';
import type { ClinicalState } from '#platform/browser/design-system/state-tag.tsx';
import { reasonsOfGrade } from '../domain/grade-change.ts';
import type { Grade, GradeChange, GradingBatch } from '../grading-contract.ts';

/** The sign a colour is shown with; the word stands beside it. */
export const colourSign: Readonly<Record<Colour, ClinicalState>> = {
  green: 'good',
  yellow: 'recheck',
  red: 'crisis',
};

/** A grade in words; 未评定 without one. */
export function gradeText(tier: string | null, colour: string | null): string {
  if (!tier || !colour) return '未评定';
  return `${colourLabels[colour as Colour]} · ${tierLabels[tier as Tier]}`;
}

export const changeLabels: Readonly<Record<GradeChange, string>> = {
  up: '加重',
  down: '减轻',
  first: '首次评定',
  same: '不变',
  undecided: '资料不足',
};

export const batchStatusWords: Readonly<
  Record<GradingBatch['status'], { label: string; sign: ClinicalState }>
> = {
  preparing: { label: '正在预览', sign: 'plain' },
  previewed: { label: '待确认', sign: 'recheck' },
  running: { label: '正在执行', sign: 'late' },
  finished: { label: '已完成', sign: 'good' },
  cancelled: { label: '已取消', sign: 'plain' },
};

export const purposeLabels = { annual: '年度评定', regrade: '重新评定' } as const;

/** Why a grade is what it is, in one text: each disease, then the tier; or what is missing. */
export function whyText(detail: Grade['detail']): string {
  const missing = [...new Set([...detail.missing, ...detail.diseases.flatMap((one) => one.missing)])];
  const reasons = reasonsOfGrade(detail);
  return reasons.map((one) => one.text).join('') + (missing.length > 0 ? `缺少${missing.join('、')}。` : '');
}
