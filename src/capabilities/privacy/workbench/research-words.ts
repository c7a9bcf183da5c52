import type { ResearchLevel } from '#standards/privacy/research-levels.ts';

/** What a data level means, as an applicant reads it. */
export const researchLevelWords: Readonly<Record<ResearchLevel, string>> = {
  '2': '2级：每人一行、末次数值，没有编号和日期',
  '3': '3级：逐次数值，一次性编号，日期整体平移',
};
