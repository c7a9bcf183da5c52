import { screenedConditionLabels } from '#clinical/screening/plan-high-risk-visit.ts';
import type { ClinicalState } from '#platform/browser/design-system/state-tag.tsx';
import type { Campaign, CampaignCounts, CampaignOutcome } from '../contract.ts';
import { type CampaignRisk, campaignRisks } from '../domain/campaign-target.ts';

export const campaignStatusWords: Readonly<
  Record<Campaign['status'], { label: string; sign: ClinicalState }>
> = {
  preparing: { label: '正在生成名单', sign: 'plain' },
  previewed: { label: '待开始', sign: 'recheck' },
  running: { label: '进行中', sign: 'good' },
  finished: { label: '已结束', sign: 'plain' },
  cancelled: { label: '已取消', sign: 'plain' },
};

export const outcomeWords: Readonly<Record<CampaignOutcome, { label: string; sign: ClinicalState }>> = {
  normal: { label: '正常', sign: 'good' },
  'high-risk': { label: '高危', sign: 'recheck' },
  suspected: { label: '疑似', sign: 'late' },
  refused: { label: '拒绝', sign: 'plain' },
  absent: { label: '未见', sign: 'plain' },
};

/** Whom a campaign is for, in one line. */
export function targetText(target: Campaign['target']): string {
  const ages =
    target.ageTo === undefined ? `${target.ageFrom}岁及以上` : `${target.ageFrom}–${target.ageTo}岁`;
  const sex = target.sex === '1' ? '男性' : target.sex === '2' ? '女性' : '';
  const risks = target.risks.map((risk) => campaignRisks[risk as CampaignRisk] ?? risk).join('或');
  const rest = target.notScreenedMonths > 0 ? `${target.notScreenedMonths}个月内未筛查` : '';
  return [`${screenedConditionLabels[target.condition]}筛查`, ages + sex, risks, rest]
    .filter(Boolean)
    .join(' · ');
}

/** People of a campaign who were screened, whatever came of it. */
export const screenedOf = (counts: CampaignCounts) => counts.normal + counts.highRisk + counts.suspected;

/** A share as whole percent; none of none. */
export const percentOf = (part: number, whole: number) =>
  whole === 0 ? '—' : `${Math.floor((part / whole) * 100)}%`;
