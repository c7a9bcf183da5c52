import { programLabels } from '#capabilities/residents/domain/program.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldState, FieldTag } from '#platform/browser/field/controls.tsx';
import type { PersonDocument } from '../domain/person-document.ts';
import type { PersonLine, TodayReasonKind } from '../domain/person-line.ts';

const sexes: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** Sex and age as they stand beside a name. */
export function sexAndAge(person: Pick<PersonLine, 'sex' | 'birthDate'>, today: PlainDate): string {
  return `${sexes[person.sex] ?? ''} ${ageInYears(person.birthDate, today)}岁`.trim();
}

/** The diseases of a person in words. */
export function programWords(programs: PersonLine['programs']): string {
  return programs.map((program) => programLabels[program]).join('、');
}

/** Words and state of each reason for being on today's list. */
export const reasonWords: Readonly<Record<TodayReasonKind, { label: string; state: FieldState }>> = {
  crisis: { label: '危急后随访', state: 'crisis' },
  referral: { label: '转诊待处理', state: 'late' },
  refer: { label: '转诊后随访', state: 'late' },
  recheck: { label: '两周复查', state: 'recheck' },
  overdue: { label: '逾期', state: 'late' },
  due: { label: '今日到期', state: 'plain' },
  soon: { label: '七日内', state: 'plain' },
  ask: { label: '再次征询', state: 'recheck' },
  screening: { label: '筛查', state: 'recheck' },
  contract: { label: '签约服务', state: 'plain' },
};

const statusWords: Readonly<Record<PersonDocument['status'], string>> = {
  active: '',
  moved: '已迁出',
  dead: '已死亡',
  lost: '失访',
  closed: '已注销',
};

/** A person's status when it is not the ordinary one. */
export function StatusTag({ status }: { status: PersonDocument['status'] }) {
  return status === 'active' ? null : <FieldTag state="late">{statusWords[status]}</FieldTag>;
}
