import { rowOn } from '#kernel/dated.ts';
import type { Decision } from '#kernel/decision.ts';
import { addDays } from '#kernel/plain-date.ts';
import { detectBreathingCrisis } from '../copd/detect-breathing-crisis.ts';
import { detectGlucoseCrisis } from '../diabetes/detect-glucose-crisis.ts';
import { detectFailureDanger } from '../heart/detect-failure-danger.ts';
import { triageAngina } from '../heart/triage-angina.ts';
import { detectPressureCrisis } from '../hypertension/detect-pressure-crisis.ts';
import { recheckDays } from '../hypertension/follow-up-parameters.ts';
import { judgePressureControl } from '../hypertension/judge-pressure-control.ts';
import { triageStrokeSigns } from '../stroke/triage-stroke-signs.ts';
import { pregnant } from './assess-programs.ts';
import { type AlertFinding, type DueTask, type Finding, findingOf } from './assessment.ts';
import type { Facts } from './read-facts.ts';
import { taskOf } from './task-of.ts';

const urgent = () => ({ outcome: '先处理，再紧急转诊', tone: 'bad' as const });

/**
 * Emergencies of the day: pressure, glucose, breathing, signs of stroke, angina and heart failure, and a critical value
 * of today. One of them stops everything else.
 */
export function findEmergencies(facts: Facts, alerts: readonly AlertFinding[]): Finding[] {
  const { day, record } = facts;
  const signs = record.dangerSigns ?? {};
  const found: Decision<boolean>[] = [];
  const [sbp, dbp] = [facts.today('sbp'), facts.today('dbp')];
  if (sbp !== undefined || dbp !== undefined || signs.hypertension) {
    const control = judgePressureControl({ sbp, dbp, ageYears: facts.ageYears }, day, 'public-health');
    found.push(
      detectPressureCrisis(
        {
          sbp,
          dbp,
          dangerSigns: signs.hypertension ?? [],
          pregnantOrLactating: pregnant(facts),
          aboveNormal: control.kind === 'decided' ? control.value === 'not-controlled' : undefined,
        },
        day,
      ),
    );
  }
  if (facts.conditions.includes('type-2-diabetes') || signs['type-2-diabetes'])
    found.push(
      detectGlucoseCrisis(
        {
          fpg: facts.today('fasting-glucose'),
          randomGlucose: facts.today('random-glucose') ?? facts.today('glucose-2h'),
          temperature: facts.today('temperature'),
          dangerSigns: signs['type-2-diabetes'] ?? [],
          pregnantOrLactating: pregnant(facts),
        },
        day,
      ),
    );
  if (facts.conditions.includes('copd') || signs.copd)
    found.push(
      detectBreathingCrisis(
        {
          spo2: facts.today('spo2'),
          respiratoryRate: facts.today('respiratory-rate'),
          dangerSigns: signs.copd ?? [],
        },
        day,
      ),
    );
  const spo2 = facts.today('spo2');
  const failing =
    facts.conditions.includes('heart-failure') || facts.conditions.includes('heart-failure-reduced');
  if (spo2 !== undefined && failing && !record.acute?.failure) found.push(detectFailureDanger({ spo2 }, day));
  const findings: Finding[] = [];
  for (const one of found)
    if (one.kind === 'decided' && one.value) findings.push(findingOf('危急', one, urgent));
  if (record.acute) addAcute(facts, record.acute, findings);
  for (const alert of alerts)
    if (alert.level === 'critical' && alert.on === day)
      findings.push({ ...urgent(), title: '危急值', reasons: alert.reasons, missing: [], rule: alert.rule });
  return findings;
}

function addAcute(
  { day }: Facts,
  { stroke, angina, failure }: NonNullable<Facts['record']['acute']>,
  findings: Finding[],
): void {
  const add = <T>(title: string, decision: Decision<T>, holds: (value: T) => boolean) => {
    if (decision.kind === 'decided' && holds(decision.value))
      findings.push(findingOf(title, decision, urgent));
  };
  if (stroke) add('急性卒中征象', triageStrokeSigns(stroke, day), (value) => value.severity === 'critical');
  if (angina) add('冠心病危急', triageAngina(angina, day), (value) => value === 'emergency');
  if (failure) add('心力衰竭危急', detectFailureDanger(failure, day), (value) => value);
}

/** What is left to do in an emergency: refer now, and ask what became of it. */
export function emergencyTasks({ day }: Facts): DueTask[] {
  const row = rowOn(recheckDays, day);
  return [
    taskOf('referral', '紧急转诊', day, day, day, '先就地处理，再转诊', 'HTN-16', row),
    taskOf(
      'referral-check',
      '主动随访转诊情况',
      day,
      addDays(day, row.value),
      day,
      '转诊后2周内',
      'HTN-16',
      row,
    ),
  ];
}
