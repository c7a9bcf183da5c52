import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { setLifestyleGoals } from '../hypertension/set-lifestyle-goals.ts';
import { judgeExercise } from '../lifestyle/judge-lifestyle.ts';
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
  return [
    findingOf('饮食与体重', goals, (value) => ({
      outcome: value.weightAtMost === undefined ? '少盐' : `体重不超过 ${value.weightAtMost} 公斤`,
      tone: 'plain',
    })),
    findingOf('运动', exercise, (value) => ({
      outcome: value.postpone ? '今天先不运动' : value.met === false ? '再多动一些' : '坚持运动',
      tone: value.postpone ? 'caution' : 'plain',
    })),
    ...(record.smoker ? [smokingAdvice(day)] : []),
  ];
}

const smokingAdvice = (day: PlainDate): Finding => ({
  title: '戒烟',
  outcome: '请戒烟，也不吸二手烟',
  tone: 'caution',
  reasons: [{ code: 'smoking', text: '吸烟会加重血管和肺的损害，任何时候戒都有好处。' }],
  missing: [],
  rule: {
    id: 'HTN-19',
    edition: day >= plainDate('2025-09-01') ? 'HTN-JC-2025' : 'HTN-JC-2020',
    clause: '生活方式干预 戒烟',
    certainty: 'found',
  },
});
