import type { Decision } from '#kernel/decision.ts';
import { classifyCopdFollowUp } from '../copd/classify-follow-up.ts';
import { detectBreathingCrisis } from '../copd/detect-breathing-crisis.ts';
import { classifyDiabetesFollowUp } from '../diabetes/classify-follow-up.ts';
import { detectGlucoseCrisis } from '../diabetes/detect-glucose-crisis.ts';
import { judgeGlucoseControl } from '../diabetes/judge-glucose-control.ts';
import {
  type FollowUpClass,
  type FollowUpClassification,
  followUpClassLabels,
} from '../follow-up/follow-up-class.ts';
import { classifyFollowUp } from '../hypertension/classify-follow-up.ts';
import { detectPressureCrisis } from '../hypertension/detect-pressure-crisis.ts';
import { judgePressureControl } from '../hypertension/judge-pressure-control.ts';
import { type Finding, findingOf, type ProgramAssessment } from './assessment.ts';
import type { AssessedProgram } from './patient-record.ts';
import type { Facts } from './read-facts.ts';

const classOf = (decision: Decision<FollowUpClassification>) =>
  findingOf('随访分类', decision, (value) => ({
    outcome: value.state === 'crisis' ? '危急' : followUpClassLabels[value.formClass],
    tone: value.state === 'crisis' ? 'bad' : value.formClass === 1 ? 'good' : 'caution',
  }));

const controlOf = (title: string, decision: Decision<'controlled' | 'not-controlled'>) =>
  findingOf(title, decision, (value) => ({
    outcome: value === 'controlled' ? '达标' : '未达标',
    tone: value === 'controlled' ? 'good' : 'caution',
  }));

/** Classes of the visits before today, newest first. */
function classesBefore(facts: Facts, program: AssessedProgram) {
  const classes: FollowUpClass[] = [];
  for (const visit of facts.visits[program]) {
    if (visit.on < facts.day && visit.formClass !== undefined) classes.push(visit.formClass);
    if (classes.length === 4) break;
  }
  return classes;
}

const pregnant = (facts: Facts) =>
  facts.record.sex === 'male' || facts.record.pregnancy === undefined
    ? undefined
    : facts.record.pregnancy === 'pregnant' || facts.record.pregnancy === 'lactating';

/** Readings older than this are history, not the state of today. */
export const currentDays = 100;

/** Emergencies first: what was measured today or lately and the danger signs of today. */
export function findEmergencies(facts: Facts): Finding[] {
  const { day, record } = facts;
  const fresh = (kind: string) => (facts.latestOn(kind) === day ? facts.latest(kind) : undefined);
  const signs = record.dangerSigns ?? {};
  const found: Decision<boolean>[] = [];
  const [sbp, dbp] = [fresh('sbp'), fresh('dbp')];
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
          fpg: fresh('fasting-glucose'),
          randomGlucose: fresh('random-glucose'),
          temperature: fresh('temperature'),
          dangerSigns: signs['type-2-diabetes'] ?? [],
          pregnantOrLactating: pregnant(facts),
        },
        day,
      ),
    );
  if (facts.conditions.includes('copd') || signs.copd)
    found.push(
      detectBreathingCrisis(
        { spo2: fresh('spo2'), respiratoryRate: fresh('respiratory-rate'), dangerSigns: signs.copd ?? [] },
        day,
      ),
    );
  return found
    .filter((one) => one.kind === 'decided' && one.value)
    .map((one) => findingOf('危急', one, () => ({ outcome: '先处理，再紧急转诊', tone: 'bad' })));
}

/** Both tracks of every programme the person is in. */
export function assessPrograms(facts: Facts): ProgramAssessment[] {
  const { day, record } = facts;
  const signs = record.dangerSigns ?? {};
  const at = (kind: string) => facts.latest(kind);
  return record.programs.map(({ program }): ProgramAssessment => {
    const common = {
      adverseReaction: record.adverseReaction,
      newOrWorseComplication: record.newComplication?.[program] ?? false,
      previousClasses: classesBefore(facts, program),
      dangerSigns: signs[program] ?? [],
      pregnantOrLactating: pregnant(facts),
    };
    if (program === 'hypertension') {
      const pressure = { sbp: at('sbp'), dbp: at('dbp'), ageYears: facts.ageYears };
      const asked = record.adverseReaction !== undefined;
      return {
        program,
        publicHealth: asked
          ? classOf(classifyFollowUp({ ...common, ...pressure }, day))
          : controlOf('血压（公卫口径）', judgePressureControl(pressure, day, 'public-health')),
        clinical: controlOf('血压（临床目标）', judgePressureControl(pressure, day, 'clinical')),
      };
    }
    if (program === 'type-2-diabetes') {
      const glucose = { fpg: at('fasting-glucose'), hba1c: at('hba1c') };
      return {
        program,
        publicHealth:
          record.adverseReaction === undefined
            ? controlOf('血糖（公卫口径）', judgeGlucoseControl(glucose, day, 'public-health'))
            : classOf(
                classifyDiabetesFollowUp(
                  {
                    ...common,
                    fpg: glucose.fpg,
                    sbp: at('sbp'),
                    dbp: at('dbp'),
                    heartRate: at('heart-rate'),
                  },
                  day,
                ),
              ),
        clinical: controlOf('血糖（临床目标）', judgeGlucoseControl(glucose, day, 'clinical')),
      };
    }
    return {
      program,
      publicHealth: classOf(
        classifyCopdFollowUp(
          {
            ...common,
            adverseReaction: record.adverseReaction ?? false,
            spo2: at('spo2'),
            lastSpo2: facts.previous('spo2'),
            cat: at('cat'),
            lastCat: facts.previous('cat'),
            respiratoryRate: at('respiratory-rate'),
            cardinalSymptoms: 0,
          },
          day,
        ),
      ),
      clinical: undefined,
    };
  });
}
