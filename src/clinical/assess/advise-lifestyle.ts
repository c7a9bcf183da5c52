import { setLifestyleGoals } from '../hypertension/set-lifestyle-goals.ts';
import { judgeExercise } from '../lifestyle/judge-lifestyle.ts';
import { adviseConstitution, constitutionLabels } from '../tcm/judge-constitution.ts';
import { type Finding, findingOf } from './assessment.ts';
import type { Facts } from './read-facts.ts';

/** Lifestyle in the resident's own words. */
export function adviseLifestyle(facts: Facts, egfr: number | undefined): Finding[] {
  const { day, record } = facts;
  const at = (kind: string) => facts.latest(kind);
  const goals = setLifestyleGoals(
    {
      sex: record.sex,
      saltGrams: record.saltGrams,
      heightCm: at('height'),
      weightKg: at('weight'),
      waistCm: at('waist'),
      smoker: record.smoker,
      onRenin: ['ACEI', 'ARB', 'ARNI', 'MRA'].some((one) => facts.classes.has(one)),
      egfr,
      potassium: at('potassium'),
    },
    day,
  );
  const exercise = judgeExercise(
    {
      moderateMinutes: record.exerciseMinutes,
      ageYears: facts.ageYears,
      sbp: at('sbp'),
      dbp: at('dbp'),
      glucose: at('fasting-glucose'),
      spo2: at('spo2'),
    },
    day,
  );
  const advice = [
    findingOf('饮食、体重与戒烟', goals, (value) => ({
      outcome: value.weightAtMost === undefined ? '少盐' : `体重不超过 ${value.weightAtMost} 公斤`,
      tone: 'plain',
    })),
    findingOf('运动', exercise, (value) => ({
      outcome: value.postpone ? '今天先不运动' : value.met === false ? '再多动一些' : '坚持运动',
      tone: value.postpone ? 'caution' : 'plain',
    })),
  ];
  if (record.constitutions && record.constitutions.length > 0)
    advice.push(
      findingOf(
        '中医调养',
        adviseConstitution(
          {
            constitutions: record.constitutions,
            diabetes: facts.conditions.includes('type-2-diabetes'),
            anticoagulant: ['VKA', 'NOAC', 'APT'].some((one) => facts.classes.has(one)),
            bmi: at('bmi'),
          },
          day,
        ),
        (value) => ({
          outcome: value.map((one) => constitutionLabels[one.constitution]).join('、'),
          tone: 'plain',
        }),
      ),
    );
  return advice;
}
