import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type RuleRef } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { FollowUpClassification } from './classify-follow-up.ts';
import { longestRoutineDays, recheckDays, routineDays } from './follow-up-parameters.ts';

export interface NextVisitPlan {
  readonly kind: 'routine' | 'recheck' | 'refer' | 'crisis';
  readonly proposedOn: PlainDate;
  /** The last day the norm allows; a later one needs a reason. */
  readonly latestOn: PlainDate;
}

/**
 * When to see the person next: about three months after a satisfied visit, within two weeks after anything else.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 分类干预
 */
export function planNextVisit(
  classification: FollowUpClassification,
  visitOn: PlainDate,
): Decision<NextVisitPlan> {
  const satisfied = classification.state === 'satisfied';
  const row = rowOn(satisfied ? routineDays : recheckDays, visitOn);
  const rule: RuleRef = { id: 'HTN-14', edition: row.source, clause: row.clause, certainty: row.certainty };
  if (satisfied) {
    const proposedOn = addDays(visitOn, row.value);
    return decided(
      rule,
      { kind: 'routine', proposedOn, latestOn: addDays(visitOn, valueOn(longestRoutineDays, visitOn)) },
      [{ code: 'satisfied', text: `控制满意，${row.value} 天后（${proposedOn}）常规随访。` }],
    );
  }
  const proposedOn = addDays(visitOn, row.value);
  const kind = classification.state === 'crisis' ? 'crisis' : classification.refer ? 'refer' : 'recheck';
  const why = {
    crisis: '危急，处理后紧急转诊，须在2周内主动随访转诊情况',
    refer: '建议转诊，须在2周内主动随访转诊情况',
    recheck: '须在2周内复查',
  }[kind];
  return decided(rule, { kind, proposedOn, latestOn: proposedOn }, [
    { code: kind, text: `${why}，最迟 ${proposedOn}。` },
  ]);
}
