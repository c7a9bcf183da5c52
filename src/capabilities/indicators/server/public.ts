export { hypertensionCount } from './hypertension-count.ts';
export { rejudgeManagementYear, yearOf } from './rejudge-management-years.ts';
export { findCountedOrganization } from './show-hypertension-indicators.ts';
