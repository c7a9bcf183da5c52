import type { Program } from '#capabilities/residents/domain/program.ts';

/** Age from which a person belongs to the older people's services. @source 国家基本公共卫生服务规范（第三版） 老年人健康管理 */
export const olderPeopleFrom = 65;

/** The groups of the norm a person belongs to, by which forms decide what they require. */
export function recordGroups(person: {
  readonly ageYears: number;
  readonly programs: readonly Program[];
}): string[] {
  return [...person.programs, ...(person.ageYears >= olderPeopleFrom ? ['older-people'] : [])];
}
