import type { Decision } from '#kernel/decision.ts';
import { classifyCopdFollowUp } from '../copd/classify-follow-up.ts';
import { groupCopd } from '../copd/grade-copd.ts';
import { classifyDiabetesFollowUp } from '../diabetes/classify-follow-up.ts';
import { judgeGlucoseControl } from '../diabetes/judge-glucose-control.ts';
import { namesLowGlucose } from '../diabetes/tell-low-glucose.ts';
import {
  type FollowUpClass,
  type FollowUpClassification,
  followUpClassLabels,
} from '../follow-up/follow-up-class.ts';
import { classifyFollowUp } from '../hypertension/classify-follow-up.ts';
import { findingOf, type ProgramAssessment } from './assessment.ts';
import { otherGlucose } from './latest-glucose.ts';
import type { AssessedProgram } from './patient-record.ts';
import type { Facts } from './read-facts.ts';

/** A danger of the day stops the assessment before this is asked: one that is left here lies in readings of earlier days. */
const classOf = (decision: Decision<FollowUpClassification>) =>
  findingOf('随访分类', decision, (value) => ({
    outcome: followUpClassLabels[value.formClass],
    tone: value.state === 'satisfied' ? 'good' : 'caution',
  }));

const controlOf = (title: string, decision: Decision<'controlled' | 'not-controlled'>) =>
  findingOf(title, decision, (value) => {
    if (namesLowGlucose(decision)) return { outcome: '低血糖', tone: 'bad' };
    const isControlled = value === 'controlled';
    return { outcome: isControlled ? '达标' : '未达标', tone: isControlled ? 'good' : 'caution' };
  });

/** How many visits back the run of classes is counted. */
const classesLookedAt = 4;

/** Classes of the visits before today, newest first. */
function classesBefore(facts: Facts, program: AssessedProgram) {
  const classes: FollowUpClass[] = [];
  for (const visit of facts.visits[program]) {
    if (visit.on < facts.day && visit.formClass !== undefined) classes.push(visit.formClass);
    if (classes.length === classesLookedAt) break;
  }
  return classes;
}

/** Whether she is with child or nursing; undefined for a man and while not asked. */
export const pregnant = (facts: Facts) =>
  facts.record.sex === 'male' || facts.record.pregnancy === undefined
    ? undefined
    : facts.record.pregnancy === 'pregnant' || facts.record.pregnancy === 'lactating';

/** Both tracks of every programme the person is in. */
export function assessPrograms(facts: Facts): ProgramAssessment[] {
  const found: ProgramAssessment[] = [];
  for (const { program } of facts.record.programs)
    found.push(
      program === 'hypertension'
        ? assessHypertension(facts)
        : program === 'type-2-diabetes'
          ? assessDiabetes(facts)
          : assessCopd(facts),
    );
  return found;
}

const noSigns: readonly string[] = [];

function assessHypertension(facts: Facts): ProgramAssessment {
  const { record, day } = facts;
  return {
    program: 'hypertension',
    publicHealth:
      record.adverseReaction === undefined
        ? controlOf('血压（公卫口径）', facts.pressureControl('public-health'))
        : classOf(
            classifyFollowUp(
              {
                adverseReaction: record.adverseReaction,
                newOrWorseComplication: record.newComplication?.hypertension ?? false,
                previousClasses: classesBefore(facts, 'hypertension'),
                dangerSigns: record.dangerSigns?.hypertension ?? noSigns,
                pregnantOrLactating: pregnant(facts),
                sbp: facts.current('sbp'),
                dbp: facts.current('dbp'),
                ageYears: facts.ageYears,
              },
              day,
            ),
          ),
    clinical: controlOf('血压（临床目标）', facts.pressureControl('clinical')),
  };
}

function assessDiabetes(facts: Facts): ProgramAssessment {
  const { record, day } = facts;
  const fpg = facts.current('fasting-glucose');
  const randomGlucose = otherGlucose(facts);
  const glucose = { fpg, randomGlucose, hba1c: facts.current('hba1c') };
  return {
    program: 'type-2-diabetes',
    publicHealth:
      record.adverseReaction === undefined
        ? controlOf('血糖（公卫口径）', judgeGlucoseControl(glucose, day, 'public-health'))
        : classOf(
            classifyDiabetesFollowUp(
              {
                adverseReaction: record.adverseReaction,
                newOrWorseComplication: record.newComplication?.['type-2-diabetes'] ?? false,
                previousClasses: classesBefore(facts, 'type-2-diabetes'),
                dangerSigns: record.dangerSigns?.['type-2-diabetes'] ?? noSigns,
                pregnantOrLactating: pregnant(facts),
                fpg,
                randomGlucose,
                sbp: facts.current('sbp'),
                dbp: facts.current('dbp'),
                heartRate: facts.current('heart-rate'),
              },
              day,
            ),
          ),
    clinical: controlOf('血糖（临床目标）', judgeGlucoseControl(glucose, day, 'clinical')),
  };
}

function assessCopd(facts: Facts): ProgramAssessment {
  const { record, day } = facts;
  const cat = facts.current('cat');
  return {
    program: 'copd',
    publicHealth: classOf(
      classifyCopdFollowUp(
        {
          adverseReaction: record.adverseReaction,
          previousClasses: classesBefore(facts, 'copd'),
          dangerSigns: record.dangerSigns?.copd ?? noSigns,
          spo2: facts.current('spo2'),
          lastSpo2: facts.previous('spo2'),
          cat,
          lastCat: facts.previous('cat'),
          respiratoryRate: facts.current('respiratory-rate'),
          cardinalSymptoms: 0,
        },
        day,
      ),
    ),
    clinical: findingOf('GOLD综合评估', copdGroupOf(facts), (value) => ({
      outcome: `${value.group}组，起始${value.start}`,
      tone: value.group === 'E' ? 'caution' : 'plain',
    })),
  };
}

/** Group A, B or E of a person with COPD. */
export const copdGroupOf = (facts: Facts) =>
  groupCopd(
    {
      moderateExacerbations: facts.current('exacerbations'),
      hospitalExacerbations: facts.current('exacerbation-admissions'),
      eosinophils: facts.record.eosinophils,
      mmrc: facts.current('mmrc'),
      cat: facts.current('cat'),
    },
    facts.day,
  );
