import { assess } from '#clinical/assess/assess.ts';
import type { AssessedProgram, PatientRecord } from '#clinical/assess/patient-record.ts';
import { conditionLabels } from '#clinical/conditions.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

export interface Stability {
  readonly state: 'stable' | 'not-stable' | 'undecided';
  /** Why, disease by disease, in Chinese sentences. */
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
  readonly ruleIds: readonly string[];
}

/** Readings that show whether a disease's treatment works. */
const telling: Readonly<Record<AssessedProgram, readonly string[]>> = {
  hypertension: ['sbp'],
  'type-2-diabetes': ['fasting-glucose', 'hba1c'],
  copd: ['cat', 'spo2'],
};

/**
 * Whether the person is stable: no emergency, every managed disease controlled on the public-health track by readings
 * taken after the day the plan was made, and no medicine that must be changed. What has not been measured since leaves
 * it undecided; one disease out of control is enough for not stable.
 * @source 国卫基层发〔2025〕15号 附图 病情稳定；各病控制标准见各自规则
 */
export function judgeStability(
  given: PatientRecord,
  plan: { readonly madeOn: PlainDate },
  day: PlainDate,
): Stability {
  // What a person measured alone at a self-test point is told to the doctor, but proves nothing.
  const record = {
    ...given,
    measurements: given.measurements.filter((one) => one.context !== 'self-test'),
  };
  const assessment = assess(record, day);
  const [bad, good, missing]: [string[], string[], string[]] = [[], [], []];
  const ruleIds: string[] = [];
  for (const one of assessment.emergencies) {
    bad.push(...one.reasons.map((reason) => reason.text));
    ruleIds.push(one.rule.id);
  }
  for (const warning of assessment.medicineWarnings)
    if (warning.severity === 'X') {
      bad.push(`${warning.medicines.join('、')}：${warning.effect}，须更换。`);
      ruleIds.push(warning.ruleId);
    }
  for (const { program, publicHealth } of assessment.programs) {
    const label = conditionLabels[program];
    ruleIds.push(publicHealth.rule.id);
    const isFresh = record.measurements.some(
      (one) => telling[program].includes(one.kind) && one.on > plan.madeOn && one.on <= day,
    );
    if (!isFresh) missing.push(`${label}：方案制定（${plan.madeOn}）之后还没有新的测量`);
    else if (publicHealth.outcome === undefined)
      missing.push(`${label}：还缺${publicHealth.missing.join('、')}`);
    else
      (publicHealth.tone === 'good' ? good : bad).push(
        `${label}：${publicHealth.outcome}。${publicHealth.reasons.map((reason) => reason.text).join('')}`,
      );
  }
  if (assessment.programs.length === 0 && bad.length === 0) missing.push('还没有纳入管理的疾病');
  const state = bad.length > 0 ? 'not-stable' : missing.length > 0 ? 'undecided' : 'stable';
  return { state, reasons: [...bad, ...good], missing, ruleIds };
}
