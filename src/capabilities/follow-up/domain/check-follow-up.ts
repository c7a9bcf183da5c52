import { type Program, programLabels } from '#capabilities/residents/domain/program.ts';
import { followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import type { FollowUpEvaluation } from './sheet-evaluation.ts';

interface CheckInput {
  readonly program: Program;
  readonly answers: FormAnswers;
  readonly evaluation: FollowUpEvaluation;
  readonly enrolledOn: PlainDate;
  readonly closedOn: PlainDate | null;
  /** A programme may have been closed after the day of a death that was heard of later. */
  readonly diedOn: PlainDate | null;
  readonly birthDate: PlainDate;
  /** Other valid visits of this programme on the same day, by whom. */
  readonly sameDayBy: readonly string[];
  readonly laterThanRuleReason: string | undefined;
}

/**
 * What a sheet alone cannot show: its place in the person's story. Errors refuse; warnings ask to be confirmed by path.
 */
export function checkFollowUp(input: CheckInput): { errors: FieldIssue[]; warnings: FieldIssue[] } {
  const errors: FieldIssue[] = [];
  const warnings: FieldIssue[] = [];
  const { answers, evaluation } = input;
  const visitDate = String(answers.visitDate ?? '');
  const refuse = (path: string, code: string, message: string) => errors.push({ path, code, message });
  const ask = (path: string, code: string, message: string) => warnings.push({ path, code, message });

  if (visitDate < input.enrolledOn) {
    refuse('visitDate', 'before-enrollment', `随访日期早于纳入管理日期（${input.enrolledOn}）。`);
  }
  if (input.closedOn !== null && visitDate > input.closedOn) {
    const fix = '日期填错请改随访日期；确在结案之后随访的，请先重新纳入管理再提交。';
    refuse(
      'visitDate',
      'after-closing',
      `${programLabels[input.program]}管理已于 ${input.closedOn} 结案，不能登记之后的随访。${fix}`,
    );
  }
  if (input.diedOn !== null && visitDate > input.diedOn) {
    const fix = '日期填错请改随访日期；死亡登记有误请先更正。';
    refuse('visitDate', 'after-death', `档案登记 ${input.diedOn} 死亡，不能登记之后的随访。${fix}`);
  }
  if (input.sameDayBy.length > 0) {
    ask(
      'visitDate',
      'same-day',
      `${visitDate} 已有一次随访（${input.sameDayBy.join('、')}），确认要再登记一次吗？`,
    );
  }
  const { classification, plan } = evaluation;
  if (classification.kind === 'decided') {
    const suggested = String(classification.value.formClass);
    if (answers.visitClass !== undefined && answers.visitClass !== suggested) {
      const label = followUpClassLabels[classification.value.formClass];
      ask('visitClass', 'differs-from-rule', `按规则应为“${label}”，您选择了不同的分类，请确认。`);
    }
    if (classification.value.refer && answers.referralReason === undefined) {
      ask('referralReason', 'refer', '按规则建议转诊，未填写转诊原因，请确认不转诊。');
    }
  }
  if (plan.kind === 'decided' && typeof answers.nextVisitDate === 'string') {
    const late = answers.nextVisitDate > plan.value.latestOn;
    if (late && !input.laterThanRuleReason?.trim()) {
      refuse(
        'nextVisitDate',
        'later-than-rule',
        `按规则最迟应在 ${plan.value.latestOn} 前随访；如需更晚，请写明理由。`,
      );
    }
  }
  return { errors, warnings };
}
