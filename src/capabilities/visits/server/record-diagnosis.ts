import type { Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { moveEpisode } from '#capabilities/enrollment/server/public.ts';
import { type Condition, conditionLabels } from '#clinical/conditions.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  type DiagnosisAnswers,
  type DiagnosisJudgement,
  isRuled,
  judgeDiagnosis,
} from '../domain/judge-diagnosis.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts, type VisitRow } from './hold-visit.ts';
import { placeVisit, walkVisit } from './walk-visit.ts';

export interface DiagnosisInput {
  readonly visitId: string;
  readonly version: number;
  readonly condition: string;
  readonly decision: 'confirm' | 'suspect' | 'exclude';
  readonly answers: DiagnosisAnswers;
  readonly outside?:
    | { readonly hospital: string; readonly document: string; readonly issuedOn: PlainDate }
    | undefined;
  readonly nextStep?: string | undefined;
  readonly dueOn?: PlainDate | undefined;
  readonly note: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Writes the doctor's decision on one disease: confirmed only when the rule says so or a hospital's document is named
 * (which the audit keeps as an override), suspected with the next step and its day, or excluded. The course of the
 * disease moves with it.
 */
export async function decideDiagnosis(tx: Transaction<Tables>, actor: Actor, input: DiagnosisInput) {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  if (!Object.hasOwn(conditionLabels, input.condition))
    return refused('invalid-input', {
      issues: [{ path: 'condition', code: 'unknown', message: '没有这个病种。' }],
    });
  const condition = input.condition as Condition;
  const issues = checkDays(input, visit.birth_date);
  if (issues.length > 0) return refused('invalid-input', { issues });
  const open = await tx
    .selectFrom('enrollment')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', visit.resident_id)
    .where('program', '=', condition as 'hypertension')
    .where('closed_on', 'is', null)
    .executeTakeFirst();
  if (open)
    return refused('illegal-move', {
      detail: `${conditionLabels[condition]}已纳入管理，不必再诊断；诊断有误时请以“诊断有误”结案。`,
    });
  const judged = await judge(tx, actor, visit, condition, input);
  if (input.decision === 'confirm' && !input.outside && judged?.state !== 'confirmed')
    return refuseWithoutEvidence(condition, judged);

  const label = conditionLabels[condition];
  const { outside } = input;
  const reasons = outside
    ? [`外院已确诊：${outside.hospital}，${outside.document}（${outside.issuedOn}）。`]
    : (judged?.reasons ?? []).map((one) => one.text);
  const facts = await readFlowFacts(tx, actor.countyId, visit);
  const { settings } = await readFlowSettings(tx, actor.countyId);
  // A diagnosis is made at the comprehensive assessment; one added later stands where the visit is.
  const isEarly = ['B1', 'B2', 'B3', 'B4', 'B5'].includes(visit.box);
  const content = {
    section: 'diagnosis',
    condition,
    decision: input.decision,
    reasons,
    answers: input.answers,
    ...(outside ? { outside } : {}),
    ...(input.note ? { note: input.note } : {}),
  };
  const at = await walkVisit(
    tx,
    actor,
    visit,
    facts,
    settings,
    [{ to: isEarly ? 'B6' : visit.box, content }],
    input.now,
  );
  if (typeof at !== 'string') return at;
  const state = ({ confirm: 'confirmed', suspect: 'suspected', exclude: 'normal' } as const)[input.decision];
  const course = await moveEpisode(tx, actor, {
    residentId: visit.resident_id,
    condition,
    to: state,
    onDay: input.today,
    reason:
      reasons.join('') ||
      input.note ||
      `医生判断：${label}${input.decision === 'exclude' ? '不成立' : '疑似'}。`,
    source: outside ? 'outside-hospital' : 'clinic',
    rule: judged
      ? {
          ...judged.rule,
          state: judged.state,
          reasons: judged.reasons,
          ...(outside ? { override: outside } : {}),
        }
      : { override: outside ?? null },
    nextStep: input.nextStep?.trim() || (input.decision === 'suspect' ? judged?.nextStep : undefined),
    dueOn: input.dueOn,
    now: input.now,
  });
  if ('problem' in course) return course;
  await recordAudit(tx, actor, {
    action: outside ? 'diagnosis.override' : 'diagnosis.decide',
    residentId: visit.resident_id,
    subject: visit.id,
    detail: {
      condition,
      decision: input.decision,
      rule: judged?.rule.id ?? null,
      byDocument: outside !== undefined,
    },
    now: input.now,
  });
  const placed = await placeVisit(tx, actor, visit, at, input.now);
  return { ...placed, state, reasons };
}

async function judge(
  tx: Transaction<Tables>,
  actor: Actor,
  visit: VisitRow,
  condition: Condition,
  input: DiagnosisInput,
): Promise<DiagnosisJudgement | undefined> {
  if (!isRuled(condition)) return undefined;
  const record = await loadPatientRecord(tx, {
    countyId: actor.countyId,
    residentId: visit.resident_id,
    today: input.today,
  });
  return judgeDiagnosis(condition, record?.measurements ?? [], input.answers, input.today);
}

function refuseWithoutEvidence(condition: Condition, judged: DiagnosisJudgement | undefined): Refused {
  const label = conditionLabels[condition];
  if (!judged)
    return refused('no-evidence', { detail: `中心没有${label}的诊断规则，须登记外院的诊断文件。` });
  const why =
    judged.missing.length > 0
      ? `还缺：${judged.missing.join('、')}。`
      : judged.reasons.map((one) => one.text).join('');
  return refused('no-evidence', {
    detail: `按规则还不能确诊${label}。${why}下一步：${judged.nextStep}。`,
    extra: {
      state: judged.state,
      nextStep: judged.nextStep,
      missing: judged.missing,
      ruleId: judged.rule.id,
    },
  });
}

function checkDays(input: DiagnosisInput, birthDate: PlainDate): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (input.outside && (input.outside.issuedOn > input.today || input.outside.issuedOn < birthDate))
    issues.push({
      path: 'outside.issuedOn',
      code: 'range',
      message: '诊断文件的日期应在出生之后、今天之前。',
    });
  if (input.dueOn && input.dueOn < input.today)
    issues.push({ path: 'dueOn', code: 'past', message: '下一步的日期不能早于今天。' });
  return issues;
}
