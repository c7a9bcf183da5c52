export { hypertensionCount } from './hypertension-count.ts';
export {
  type ManagementCase,
  type ManagementCaseRow,
  selectManagementCases,
  toManagementCase,
} from './load-management-facts.ts';
export { readTrail } from './read-figures.ts';
export { judgeManagementYearWith, rejudgeManagementYear, yearOf } from './rejudge-management-years.ts';
export { findCountedOrganization } from './show-hypertension-indicators.ts';
