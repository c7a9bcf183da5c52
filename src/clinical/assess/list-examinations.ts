import { rowOn } from '#kernel/dated.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { oxygenLimits } from '../copd/copd-parameters.ts';
import { type ScreeningItem, screeningItems } from '../diabetes/diabetes-parameters.ts';
import { scheduleComplicationScreening } from '../diabetes/schedule-complication-screening.ts';
import { clinicalContactDays } from '../hypertension/treatment-parameters.ts';
import type { DueTask } from './assessment.ts';
import { engineTimes } from './engine-parameters.ts';
import type { ExaminationItem } from './examination-item.ts';
import { takesAny } from './medicine-groups.ts';
import type { PatientRecord } from './patient-record.ts';
import { type Facts, readFacts } from './read-facts.ts';
import { taskOf } from './task-of.ts';

export interface DueExamination extends DueTask {
  readonly item: ExaminationItem;
  /** The day it was last done; absent while the record tells of none. */
  readonly lastOn?: PlainDate;
}

const laboratory = new Set<ScreeningItem>(['hba1c', 'lipids', 'acr', 'kidney']);
/** Screening a village does on one yearly day; named together so that the list stays readable. */
const asked = new Set<ScreeningItem>(['dental', 'mood', 'cognition']);
const kidneyClasses = ['ACEI', 'ARB', 'ARNI', 'MRA', 'SGLT2'];
/** The reading that shows an examination was done. */
const readingOf: Readonly<Partial<Record<ExaminationItem, string>>> = {
  acr: 'acr',
  kidney: 'creatinine',
  lipids: 'ldl',
  hba1c: 'hba1c',
  potassium: 'potassium',
  spirometry: 'fev1-percent-predicted',
};
/** Kinds of readings that say when an examination was last done. */
export const examinationReadings: readonly string[] = Object.values(readingOf);

/** Examinations and tests of a person that are due on a day, whatever else there is to say of them. */
export const dueExaminations = (record: PatientRecord, day: PlainDate): DueExamination[] =>
  listExaminations(readFacts(record, day));

/** The same from facts already read: complication screening, yearly tests of target organs, lungs, vaccine, checkup. */
export function listExaminations(facts: Facts): DueExamination[] {
  const due: DueExamination[] = [];
  const diabetes = facts.record.programs.find((one) => one.program === 'type-2-diabetes');
  if (diabetes) addScreening(facts, diabetes.diagnosedOn, due);
  addYearly(facts, diabetes !== undefined, due);
  return due;
}

/** The later of the day it is recorded as done and the day its reading was taken. */
function lastOf(facts: Facts, item: ExaminationItem): PlainDate | undefined {
  const done = facts.record.examinations?.[item];
  const kind = readingOf[item];
  const read = kind === undefined ? undefined : facts.latestOn(kind);
  const known = done !== undefined && done <= facts.day ? done : undefined;
  return known && read ? (known > read ? known : read) : (known ?? read);
}

function addScreening(facts: Facts, diagnosedOn: PlainDate | undefined, due: DueExamination[]): void {
  const { day } = facts;
  const last: Partial<Record<ScreeningItem, PlainDate>> = {};
  for (const item of screeningItems) {
    const on = lastOf(facts, item);
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
  let first: { dueOn: PlainDate; lastOn: PlainDate | undefined } | undefined;
  const { rule } = plan;
  for (const { item, label, dueOn, isDue } of plan.value) {
    if (!isDue) continue;
    const lastOn = last[item];
    if (asked.has(item)) {
      talk.push(label);
      if (!first || dueOn < first.dueOn) first = { dueOn, lastOn };
      continue;
    }
    const kind = laboratory.has(item) ? 'laboratory' : 'examination';
    const task = taskOf(kind, label, dueOn, dueOn, day, '糖尿病并发症筛查', rule.id, rule);
    due.push({ ...task, item, ...(lastOn ? { lastOn } : {}) });
  }
  if (!first) return;
  const label = `${talk.join('、')}评估`;
  const { dueOn, lastOn } = first;
  const talks = taskOf('examination', label, dueOn, dueOn, day, '糖尿病每年评估', rule.id, rule);
  due.push({ ...talks, item: 'assessments', ...(lastOn ? { lastOn } : {}) });
}

/** Where the interval of something done each year, or sooner, is written. */
type Source = Parameters<typeof taskOf>[7];

function addYearly(facts: Facts, hasDiabetes: boolean, due: DueExamination[]): void {
  const { day, conditions } = facts;
  const times = rowOn(engineTimes, day);
  const { yearlyMonths, kidneyMonths } = times.value;
  const add = (
    item: ExaminationItem,
    what: { kind: DueTask['kind']; label: string; months: number },
    why: { reason: string; ruleId: string; source: Source },
  ) => {
    const lastOn = lastOf(facts, item);
    const dueOn = lastOn ? addMonths(lastOn, what.months) : day;
    if (dueOn > day) return;
    const task = taskOf(what.kind, what.label, dueOn, dueOn, day, why.reason, why.ruleId, why.source);
    due.push({ ...task, item, ...(lastOn ? { lastOn } : {}) });
  };
  const onKidneyDrug = takesAny(facts, kidneyClasses);
  const closer = onKidneyDrug || conditions.includes('chronic-kidney-disease');
  // The screening of diabetes asks the same and more.
  if (conditions.includes('hypertension') && !hasDiabetes) {
    const why = { reason: '高血压每年评估', ruleId: 'HTN-14', source: rowOn(clinicalContactDays, day) };
    const yearly = (kind: DueTask['kind'], label: string) => ({ kind, label, months: yearlyMonths });
    add('lipids', yearly('laboratory', '血脂'), why);
    if (!closer) add('kidney', yearly('laboratory', '血钾、肾功能'), why);
    add('ecg', yearly('examination', '心电图'), why);
  }
  if (closer)
    add(
      'potassium',
      {
        kind: 'laboratory',
        label: '血钾、肌酐',
        months: kidneyMonths,
      },
      {
        reason: onKidneyDrug ? '用普利、沙坦、列净类等药须定期查' : '慢性肾脏病须定期查',
        ruleId: 'MM-03',
        source: times,
      },
    );
  if (conditions.includes('copd')) {
    const lung = rowOn(oxygenLimits, day);
    add(
      'spirometry',
      {
        kind: 'examination',
        label: '肺功能',
        months: yearlyMonths,
      },
      { reason: '慢阻肺每年至少一次', ruleId: 'COPD-10', source: lung },
    );
    add(
      'influenza',
      {
        kind: 'examination',
        label: '流感疫苗',
        months: lung.value.influenzaMonths,
      },
      { reason: '慢阻肺每年接种', ruleId: 'COPD-07', source: lung },
    );
  }
  if (facts.record.programs.length > 0)
    add(
      'checkup',
      { kind: 'checkup', label: '年度健康体检', months: yearlyMonths },
      { reason: '在管患者每年一次', ruleId: 'PHS-checkup', source: times },
    );
}
