import { type Parameter, parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** The data level of an extract: 2 for wide use without anything that tells one person from another, 3 for one project. */
export const researchLevels = ['2', '3'] as const;
export type ResearchLevel = (typeof researchLevels)[number];

/** How far an extract of a level is from the people in it. */
export interface ResearchRules {
  /** People who share sex, age band, township and diseases at least; smaller groups are blurred, then left out. */
  readonly smallestGroup: number;
  readonly ageBandYears: number;
  /** Ages from here on are one band. */
  readonly oldestBandFrom: number;
  /** Days are moved by up to so many, the same for all of one person; 0 leaves days out. */
  readonly shiftDays: number;
  /** Blood pressures are rounded to this. */
  readonly roundPressureTo: number;
}

/** What each level of an extract for research keeps of a person. */
export const researchRules = parameter<Readonly<Record<ResearchLevel, ResearchRules>>>({
  id: 'PRV-05.research',
  label: '去标识科研数据按级别的处理：最小组人数、年龄段、日期平移、血压取整',
  unit: '',
  rows: [
    {
      from: plainDate('2021-07-01'),
      source: 'GBT39725-2020',
      certainty: 'uncertain',
      clause: '数据分级（2级、3级）和去标识要求；人数、年龄段和天数标准未定，为平台参数，待县里核定',
      value: {
        '2': { smallestGroup: 10, ageBandYears: 10, oldestBandFrom: 90, shiftDays: 0, roundPressureTo: 5 },
        '3': { smallestGroup: 5, ageBandYears: 5, oldestBandFrom: 90, shiftDays: 180, roundPressureTo: 1 },
      },
    },
  ],
});

/** Hours an approved extract can be fetched. */
export const researchFileHours = parameter({
  id: 'PRV-06.research-file',
  label: '批准后的科研数据文件可下载的时间',
  unit: '小时',
  rows: [
    {
      from: plainDate('2021-07-01'),
      source: 'GBT39725-2020',
      certainty: 'uncertain',
      clause: '标准未定时长，为平台参数，待县里核定',
      value: 24,
    },
  ],
});

export const researchParameters: readonly Parameter<unknown>[] = [researchRules, researchFileHours];
