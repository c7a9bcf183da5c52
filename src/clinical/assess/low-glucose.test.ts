import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { defaultGradingScheme } from '../grading/place-tier.ts';
import { assess } from './assess.ts';
import { gradePerson } from './grade-person.ts';
import type { PatientRecord } from './patient-record.ts';

const day = plainDate('2026-11-24');
const [lastWeek, yesterday] = [addDays(day, -7), addDays(day, -1)];
type Reading = [kind: string, value: number, on?: typeof day];

/** All else is at its target. */
const person = (...readings: Reading[]): PatientRecord => ({
  birthDate: plainDate('1955-05-12'),
  sex: 'female',
  health: 'good',
  conditions: [],
  programs: [{ program: 'type-2-diabetes' }],
  measurements: (
    [['hba1c', 6.4], ['sbp', 122], ['dbp', 76], ['ldl', 2.1], ['creatinine', 62], ...readings] as Reading[]
  ).map(([kind, value, on = yesterday]) => ({ kind, value, on })),
  visits: [],
  medicines: [{ name: '二甲双胍片', dailyDose: 1000 }],
});
const said = (...readings: Reading[]) => {
  const record = person(...readings);
  const { programs, suggestions, targets, strata } = assess(record, day);
  const of = (list: typeof targets, title: string) => list.find((one) => one.title === title)?.outcome;
  return {
    publicHealth: programs[0]?.publicHealth.outcome,
    clinical: programs[0]?.clinical?.outcome,
    composite: of(suggestions, '血糖、血压、血脂综合达标'),
    medicines: of(suggestions, '降糖药物'),
    older: of(targets, '老年糖化目标与下限'),
    colour: of(strata, '糖尿病分标'),
    grade: gradePerson(record, day, defaultGradingScheme(day)).diseases[0]?.colour,
    words: [...programs.flatMap((one) => [one.publicHealth, one.clinical]), ...suggestions, ...targets]
      .flatMap((one) => [one?.outcome ?? '', ...(one?.reasons ?? []).map((reason) => reason.text)])
      .join(''),
  };
};

const low = {
  clinical: '低血糖',
  composite: '未全达标',
  medicines: '先处理低血糖、评估方案',
  older: '可能治疗过度',
  colour: '黄标',
  grade: 'yellow',
};
const good = {
  clinical: '达标',
  composite: '三项达标',
  medicines: '维持',
  older: '达标',
  colour: '绿标',
  grade: 'green',
};

describe('a glucose of somebody with diabetes', () => {
  it.each([3.8, 3.9])('%f fasting is too low, and nowhere called at target', (value) => {
    const found = said(['fasting-glucose', value]);
    expect(found).toMatchObject({ ...low, publicHealth: '低血糖' });
    expect(found.words).not.toMatch(/(?<!未全|综合)达标[。，]/);
  });

  it.each([
    ['random-glucose', 3.8],
    ['random-glucose', 3.9],
    ['glucose-2h', 3.9],
  ])('%s %f is too low, whatever the fasting one was', (kind, value) => {
    expect(said(['fasting-glucose', 5.6, lastWeek], [kind, value])).toMatchObject({
      ...low,
      publicHealth: '低血糖',
    });
  });

  it.each([
    ['fasting-glucose', 4],
    ['random-glucose', 4],
    ['glucose-2h', 4],
  ])('%s %f is not', (kind, value) => {
    expect(said(['fasting-glucose', 5.6, lastWeek], [kind, value])).toMatchObject({
      ...good,
      publicHealth: '达标',
    });
  });

  it('is told by the newest: a low one before a good one says nothing of today', () => {
    expect(said(['random-glucose', 3.2, lastWeek], ['fasting-glucose', 5.6])).toMatchObject({
      ...good,
      publicHealth: '达标',
    });
  });

  it('of the fasting one itself nothing good is said, also when another time was fine since', () => {
    expect(said(['fasting-glucose', 3.2, lastWeek], ['random-glucose', 7])).toMatchObject({
      publicHealth: '低血糖',
    });
  });
});
