import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { courseTimers } from '#standards/indicators/condition-course.ts';

/** Where a person stands in the course of one disease, from the first finding to the end of management. */
export const courseStates = ['normal', 'high-risk', 'suspected', 'confirmed', 'enrolled', 'closed'] as const;
export type CourseState = (typeof courseStates)[number];

export const courseStateLabels: Readonly<Record<CourseState, string>> = {
  normal: '正常',
  'high-risk': '高危',
  suspected: '疑似',
  confirmed: '确诊',
  enrolled: '纳入管理',
  closed: '终止管理',
};

/** What is to be done next at each step, as the worklists print it. */
export const courseNextSteps: Readonly<Record<CourseState, string>> = {
  normal: '按周期再次筛查',
  'high-risk': '高危人群随访与健康指导',
  suspected: '另选日复测或进一步检查，明确诊断',
  confirmed: '登记并纳入健康管理',
  enrolled: '按计划随访',
  closed: '无',
};

/** Where a finding came from. */
export const courseSources = {
  clinic: '门诊',
  'first-visit': '首诊测血压',
  campaign: '筛查活动',
  checkup: '健康体检',
  'self-test': '健康自检',
  'outside-hospital': '外院就诊',
  'follow-up': '随访',
  enrollment: '纳管登记',
} as const;
export type CourseSource = keyof typeof courseSources;

/**
 * Which state may follow which. A finding may be renewed (a state after itself) while the person is not yet managed; a
 * confirmed disease never becomes suspected again by a lower reading: only a wrong diagnosis closes it.
 */
const following: Readonly<Record<CourseState | 'none', readonly CourseState[]>> = {
  none: ['normal', 'high-risk', 'suspected', 'confirmed', 'enrolled'],
  normal: ['normal', 'high-risk', 'suspected', 'confirmed', 'enrolled', 'closed'],
  'high-risk': ['normal', 'high-risk', 'suspected', 'confirmed', 'enrolled', 'closed'],
  suspected: ['normal', 'high-risk', 'suspected', 'confirmed', 'enrolled', 'closed'],
  confirmed: ['confirmed', 'enrolled', 'closed'],
  enrolled: ['closed'],
  closed: [],
};

/** Whether a course may go from one state (`none`: no course is open) to another. */
export function mayFollow(from: CourseState | 'none', to: CourseState): boolean {
  return following[from].includes(to);
}

/** Why a move is not on the course, in a Chinese sentence. */
export function whyNot(from: CourseState | 'none', to: CourseState): string {
  if (from === 'none') return '还没有病程记录，不能终止。';
  const [was, next] = [courseStateLabels[from], courseStateLabels[to]];
  return from === 'confirmed' || from === 'enrolled'
    ? `该病已${was}，不能改为“${next}”；诊断有误时请以“诊断有误”结案。`
    : `病程不能从“${was}”改为“${next}”。`;
}

/** The last day for the next step by the county's timers; none once managed or closed. */
export function courseDueOn(state: CourseState, onDay: PlainDate): PlainDate | undefined {
  if (state === 'enrolled' || state === 'closed') return undefined;
  return addDays(onDay, valueOn(courseTimers, onDay)[state]);
}
