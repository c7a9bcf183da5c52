import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { lackingAnswers } from '../cardiovascular-risk/required-inputs.ts';

/** The five signs of BE-FAST; the first three are those of 中风120. undefined: not looked for. */
export const strokeSigns = {
  faceAsymmetric: '面部不对称',
  armWeak: '手臂无力',
  speechUnclear: '言语不清',
  balanceLost: '平衡障碍',
  visionLost: '视力障碍',
} as const;

export type StrokeSign = keyof typeof strokeSigns;

export interface StrokeSignFacts extends Readonly<Partial<Record<StrokeSign, boolean | undefined>>> {
  /** False only when every sign found is known to be old or to have come slowly. */
  readonly sudden?: boolean | undefined;
  /** Minutes since the person was last well. */
  readonly minutesSinceOnset?: number | undefined;
}

/** What to do at once; `labels` for the screen. */
export const strokeActions = {
  'call-120': '立即拨打120',
  'note-onset': '记录发病时间（最后正常时间）',
  'keep-pressure': '未经医嘱不在基层降血压',
  'check-glucose': '测血糖',
} as const;

export type StrokeAction = keyof typeof strokeActions;

export type StrokeTriage =
  | { readonly severity: 'critical'; readonly actions: readonly StrokeAction[] }
  | { readonly severity: 'none'; readonly actions: readonly [] };

const rule: RuleRef = {
  id: 'STK-02',
  edition: 'OWN',
  clause: '中风120、BE-FAST 急性卒中识别',
  certainty: 'from-knowledge',
};

/**
 * Signs of an acute stroke: any one is critical unless known not to be sudden, also when it has gone again. "None" needs
 * every sign looked for; otherwise undecided.
 * @source 中风120、BE-FAST 急性卒中识别口诀
 */
export function triageStrokeSigns(facts: StrokeSignFacts, _day: PlainDate): Decision<StrokeTriage> {
  const all = Object.keys(strokeSigns) as StrokeSign[];
  const found = all.filter((sign) => facts[sign] === true);
  const names = found.map((sign) => strokeSigns[sign]).join('、');
  if (found.length > 0 && facts.sudden !== false) {
    const at = facts.minutesSinceOnset;
    const known = at !== undefined && at >= 0;
    const reasons: Reason[] = [
      {
        code: 'sudden-sign',
        text: `${known ? `约 ${at} 分钟前` : ''}突发${names}，疑似急性卒中，立即拨打120。`,
      },
    ];
    if (!known) reasons.push({ code: 'onset-unknown', text: '发病时间不清，请问明最后正常的时间。' });
    if (facts.sudden === undefined)
      reasons.push({ code: 'sudden-not-asked', text: '是否突发没有问，按突发处理。' });
    return decided(rule, { severity: 'critical', actions: Object.keys(strokeActions) as StrokeAction[] }, [
      ...reasons,
    ]);
  }
  const missing = lackingAnswers(all.map((sign) => [facts[sign], strokeSigns[sign]] as const));
  if (missing.length > 0) return undecided(rule, missing);
  const text = found.length > 0 ? `${names}不是突发。` : '没有急性卒中征象。';
  return decided(rule, { severity: 'none', actions: [] }, [
    { code: found.length > 0 ? 'not-sudden' : 'no-sign', text },
  ]);
}
