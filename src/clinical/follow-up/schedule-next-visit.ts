import { type Parameter, rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type RuleRef } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { FollowUpClassification } from './follow-up-class.ts';

export interface NextVisitPlan {
  readonly kind: 'routine' | 'recheck' | 'refer' | 'crisis';
  readonly proposedOn: PlainDate;
  /** The last day the norm allows; a later one needs a reason. */
  readonly latestOn: PlainDate;
}

/** The intervals of a disease, in days. */
export interface VisitSchedule {
  readonly ruleId: string;
  readonly routineDays: Parameter<number>;
  readonly longestRoutineDays: Parameter<number>;
  readonly recheckDays: Parameter<number>;
}

/**
 * When to see the person next: the routine interval after a satisfied visit, the recheck interval after anything else.
 * @source 国家基本公共卫生服务规范（第三版） 分类干预
 */
export function scheduleNextVisit(
  classification: FollowUpClassification,
  visitOn: PlainDate,
  schedule: VisitSchedule,
): Decision<NextVisitPlan> {
  const satisfied = classification.state === 'satisfied';
  const row = rowOn(satisfied ? schedule.routineDays : schedule.recheckDays, visitOn);
  const rule: RuleRef = {
    id: schedule.ruleId,
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const proposedOn = addDays(visitOn, row.value);
  if (satisfied) {
    const latestOn = addDays(visitOn, valueOn(schedule.longestRoutineDays, visitOn));
    return decided(rule, { kind: 'routine', proposedOn, latestOn }, [
      { code: 'satisfied', text: `控制满意，${row.value} 天后（${proposedOn}）常规随访。` },
    ]);
  }
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
