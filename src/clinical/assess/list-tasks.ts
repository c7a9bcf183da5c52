import { rowOn, valueOn } from '#kernel/dated.ts';
import { inOrder } from '#kernel/in-order.ts';
import { addDays, addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { oxygenLimits } from '../copd/copd-parameters.ts';
import { scheduleComplicationScreening } from '../diabetes/schedule-complication-screening.ts';
import { clinicalContactDays } from '../hypertension/treatment-parameters.ts';
import type { DueTask } from './assessment.ts';
import { engineTimes } from './engine-parameters.ts';
import { takesAny } from './medicine-groups.ts';
import type { Facts } from './read-facts.ts';
import { taskOf } from './task-of.ts';

const laboratory = new Set(['hba1c', 'lipids', 'kidney']);
/** Screening a village does on one yearly day; named together so that the list stays readable. */
const asked = new Set(['dental', 'mood', 'cognition']);
const kidneyClasses = ['ACEI', 'ARB', 'ARNI', 'MRA', 'SGLT2'];

/** What is due and until when besides the visits: screening, laboratory, checkup, spirometry, vaccine, medicine. */
export function listTasks(facts: Facts, visits: readonly DueTask[]): DueTask[] {
  const tasks: DueTask[] = [...visits];
  const diabetes = facts.record.programs.find((one) => one.program === 'type-2-diabetes');
  if (diabetes) addScreening(facts, diabetes.diagnosedOn, tasks);
  addYearly(facts, diabetes !== undefined, tasks);
  addRefills(facts, tasks);
  return inOrder(tasks, byDay);
}

const byDay = (a: DueTask, b: DueTask) =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.label < b.label ? -1 : a.label > b.label ? 1 : 0;

/** The later of the day it is recorded as done and the day its reading was taken. */
function lastOf(facts: Facts, name: string, kind?: string): PlainDate | undefined {
  const done = facts.record.examinations?.[name];
  const read = kind === undefined ? undefined : facts.latestOn(kind);
  const known = done !== undefined && done <= facts.day ? done : undefined;
  return known && read ? (known > read ? known : read) : (known ?? read);
}

const readingOf: Readonly<Record<string, string>> = { kidney: 'creatinine', lipids: 'ldl', hba1c: 'hba1c' };

function addScreening(facts: Facts, diagnosedOn: PlainDate | undefined, tasks: DueTask[]): void {
  const { day } = facts;
  const last: Record<string, PlainDate> = {};
  for (const item of screened) {
    const on = lastOf(facts, item, readingOf[item]);
    if (on) last[item] = on;
  }
  // Whoever is known to have diabetes and was never looked at is due now, even when the day of diagnosis is not known.
  const since = diagnosedOn !== undefined && diagnosedOn <= day ? diagnosedOn : day;
  const plan = scheduleComplicationScreening(
    { ageYears: facts.ageYears, diagnosedOn: since, last, lastAcr: facts.latest('acr') },
    day,
  );
  if (plan.kind === 'undecided') return;
  const talk: string[] = [];
  let talkOn = day;
  for (const { item, label, dueOn, isDue } of plan.value) {
    if (!isDue) continue;
    if (asked.has(item)) {
      talk.push(label);
      if (dueOn < talkOn) talkOn = dueOn;
      continue;
    }
    const kind = laboratory.has(item) ? 'laboratory' : 'examination';
    tasks.push(taskOf(kind, label, dueOn, dueOn, day, '糖尿病并发症筛查', plan.rule.id, plan.rule));
  }
  if (talk.length > 0)
    tasks.push(
      taskOf(
        'examination',
        `${talk.join('、')}评估`,
        talkOn,
        talkOn,
        day,
        '糖尿病每年评估',
        plan.rule.id,
        plan.rule,
      ),
    );
}

const screened = [
  'retina',
  'kidney',
  'neuropathy',
  'foot',
  'ecg',
  'lipids',
  'hba1c',
  'artery',
  'dental',
  'mood',
  'cognition',
];

function addYearly(facts: Facts, hasDiabetes: boolean, tasks: DueTask[]): void {
  const { day, conditions } = facts;
  const times = rowOn(engineTimes, day);
  const { yearlyMonths, kidneyMonths } = times.value;
  const add = (
    kind: DueTask['kind'],
    label: string,
    on: PlainDate | undefined,
    months: number,
    reason: string,
    ruleId: string,
    source: Parameters<typeof taskOf>[7],
  ) => {
    const dueOn = on ? addMonths(on, months) : day;
    if (dueOn <= day) tasks.push(taskOf(kind, label, dueOn, dueOn, day, reason, ruleId, source));
  };
  const onKidneyDrug = takesAny(facts, kidneyClasses);
  const closer = onKidneyDrug || conditions.includes('chronic-kidney-disease');
  if (conditions.includes('hypertension')) {
    const contact = rowOn(clinicalContactDays, day);
    if (!hasDiabetes)
      add(
        'laboratory',
        '血脂',
        lastOf(facts, 'lipids', 'ldl'),
        yearlyMonths,
        '高血压每年评估',
        'HTN-14',
        contact,
      );
    if (!hasDiabetes && !closer)
      add(
        'laboratory',
        '血钾、肾功能',
        lastOf(facts, 'kidney', 'creatinine'),
        yearlyMonths,
        '高血压每年评估',
        'HTN-14',
        contact,
      );
    if (!hasDiabetes)
      add('examination', '心电图', lastOf(facts, 'ecg'), yearlyMonths, '高血压每年评估', 'HTN-14', contact);
  }
  if (closer)
    add(
      'laboratory',
      '血钾、肌酐',
      lastOf(facts, 'potassium', 'potassium'),
      kidneyMonths,
      onKidneyDrug ? '用普利、沙坦、列净类等药须定期查' : '慢性肾脏病须定期查',
      'MM-03',
      times,
    );
  if (conditions.includes('copd')) {
    const lung = rowOn(oxygenLimits, day);
    add(
      'examination',
      '肺功能',
      lastOf(facts, 'spirometry', 'fev1-percent-predicted'),
      yearlyMonths,
      '慢阻肺每年至少一次',
      'COPD-10',
      lung,
    );
    add(
      'examination',
      '流感疫苗',
      lastOf(facts, 'influenza'),
      lung.value.influenzaMonths,
      '慢阻肺每年接种',
      'COPD-07',
      lung,
    );
  }
  if (facts.record.programs.length > 0)
    add(
      'checkup',
      '年度健康体检',
      lastOf(facts, 'checkup'),
      yearlyMonths,
      '在管患者每年一次',
      'PHS-checkup',
      times,
    );
}

function addRefills(facts: Facts, tasks: DueTask[]): void {
  const { day } = facts;
  for (const { name, suppliedTo } of facts.record.medicines) {
    if (suppliedTo === undefined) continue;
    const times = rowOn(engineTimes, day);
    const from = addDays(suppliedTo, -valueOn(engineTimes, day).refillDays);
    if (from <= day)
      tasks.push(
        taskOf('refill', `取药：${name}`, from, suppliedTo, day, `药用到 ${suppliedTo}`, 'ADH-02', times),
      );
  }
}
