import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { scheduleComplicationScreening } from '../diabetes/schedule-complication-screening.ts';
import type { DueTask } from './assessment.ts';
import type { Facts } from './read-facts.ts';

const taskOf = (
  kind: DueTask['kind'],
  label: string,
  dueOn: PlainDate,
  day: PlainDate,
  reason: string,
  ruleId: string,
): DueTask => ({ kind, label, dueOn, isOverdue: dueOn < day, reason, ruleId });

/** Months between yearly examinations. */
const yearly = 12;

/** What is due and until when: complication screening, laboratory, checkup, spirometry. */
export function listTasks(facts: Facts): DueTask[] {
  const { day, record, conditions } = facts;
  const tasks: DueTask[] = [];
  const done = record.examinations ?? {};
  const last = (name: string, kind?: string) => {
    const [a, b] = [done[name], kind ? facts.latestOn(kind) : undefined];
    return a && b ? (a > b ? a : b) : (a ?? b);
  };
  const diabetes = record.programs.find((one) => one.program === 'type-2-diabetes');
  if (diabetes) {
    const dates = Object.fromEntries(
      (
        [
          ['retina', last('retina')],
          ['kidney', last('kidney', 'creatinine')],
          ['neuropathy', last('neuropathy')],
          ['foot', last('foot')],
          ['ecg', last('ecg')],
          ['lipids', last('lipids', 'ldl')],
          ['hba1c', last('hba1c', 'hba1c')],
        ] as const
      ).filter(([, on]) => on !== undefined),
    ) as Record<string, PlainDate>;
    const plan = scheduleComplicationScreening(
      { diagnosedOn: diabetes.diagnosedOn, last: dates, lastAcr: facts.latest('acr') },
      day,
    );
    if (plan.kind === 'decided')
      for (const one of plan.value)
        if (one.isDue)
          tasks.push(
            taskOf(
              one.item === 'hba1c' || one.item === 'lipids' || one.item === 'kidney'
                ? 'laboratory'
                : 'examination',
              one.label,
              one.dueOn,
              day,
              '糖尿病并发症筛查',
              plan.rule.id,
            ),
          );
  }
  const everyYear = (
    kind: DueTask['kind'],
    label: string,
    on: PlainDate | undefined,
    reason: string,
    ruleId: string,
  ) => {
    const dueOn = on ? addMonths(on, yearly) : day;
    if (dueOn <= day) tasks.push(taskOf(kind, label, dueOn, day, reason, ruleId));
  };
  if (conditions.includes('hypertension')) {
    const known = new Set(tasks.map((one) => one.label));
    if (!diabetes)
      everyYear('laboratory', '血脂、肾功能、血钾', last('kidney', 'creatinine'), '高血压每年评估', 'HTN-14');
    if (!known.has('心电图')) everyYear('examination', '心电图', last('ecg'), '高血压每年评估', 'HTN-14');
  }
  if (conditions.includes('copd'))
    everyYear(
      'examination',
      '肺功能',
      last('spirometry', 'fev1-percent-predicted'),
      '慢阻肺每年至少一次',
      'COPD-10',
    );
  if (record.programs.length > 0)
    everyYear('checkup', '年度健康体检', last('checkup'), '在管患者每年一次', 'PHS-checkup');
  return tasks.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}
