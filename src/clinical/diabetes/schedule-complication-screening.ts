import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import {
  complicationScreening,
  kidneyDisease,
  retinopathyMonths,
  type ScreeningItem,
} from './diabetes-parameters.ts';

export interface ComplicationFacts {
  /** Items for the older are left out while the age is not known. */
  readonly ageYears?: number | undefined;
  readonly diagnosedOn?: PlainDate | undefined;
  /** Last day each was done. */
  readonly last: Readonly<Partial<Record<ScreeningItem, PlainDate>>>;
  /** Last urine albumin-creatinine ratio, mg/g: a raised one is repeated sooner. */
  readonly lastAcr?: number | undefined;
  readonly retinopathy?: 'none' | 'mild' | 'moderate' | 'severe' | 'proliferative' | undefined;
}

export interface DueScreening {
  readonly item: ScreeningItem;
  readonly label: string;
  readonly dueOn: PlainDate;
  readonly isDue: boolean;
}

/**
 * When each complication screening is due: at diagnosis, then by its interval; sooner with a raised albumin ratio or
 * retinopathy. Items never done are due at once. Undecided without the day of diagnosis.
 * @source 中国2型糖尿病防治指南 并发症筛查
 */
export function scheduleComplicationScreening(
  facts: ComplicationFacts,
  day: PlainDate,
): Decision<readonly DueScreening[]> {
  const row = rowOn(complicationScreening, day);
  const rule = ruleFrom('DM-14', row);
  const { diagnosedOn } = facts;
  if (diagnosedOn === undefined) return undecided(rule, ['确诊日期']);
  const eye =
    facts.retinopathy && facts.retinopathy !== 'proliferative'
      ? valueOn(retinopathyMonths, day)[facts.retinopathy].to
      : undefined;
  const kidney = valueOn(kidneyDisease, day);
  const raised = facts.lastAcr !== undefined && facts.lastAcr >= kidney.acr;
  const items: DueScreening[] = [];
  const reasons: Reason[] = [];
  for (const name in row.value) {
    const item = name as ScreeningItem;
    const wanted: { months: number; label: string; fromAge?: number } = row.value[item];
    if (wanted.fromAge !== undefined && (facts.ageYears ?? 0) < wanted.fromAge) continue;
    const every =
      item === 'retina' && eye !== undefined
        ? eye
        : item === 'acr' && raised
          ? kidney.recheckMonths.to
          : wanted.months;
    const last = facts.last[item];
    const dueOn = last ? addMonths(last, every) : diagnosedOn;
    const isDue = dueOn <= day;
    items.push({ item, label: wanted.label, dueOn, isDue });
    if (isDue) reasons.push(because(item, `${wanted.label}筛查应于 ${dueOn} 前完成。`));
  }
  return decided(rule, items, reasons);
}

export interface RetinaFacts {
  readonly grade?: 'none' | 'mild' | 'moderate' | 'severe' | 'proliferative' | undefined;
  readonly lastOn?: PlainDate | undefined;
  readonly pregnant?: boolean | undefined;
}

/** When the eyes are looked at again, or that they go to the specialist now. @source 糖尿病视网膜病变随访 */
export function planRetinaCheck(
  facts: RetinaFacts,
  day: PlainDate,
): Decision<{
  readonly refer: boolean;
  /** From when, and by when at the latest. */
  readonly dueOn: PlainDate | undefined;
  readonly latestOn: PlainDate | undefined;
  readonly isDue: boolean;
}> {
  const row = rowOn(retinopathyMonths, day);
  const rule = ruleFrom('DM-15', row);
  const { grade, lastOn } = facts;
  if (grade === undefined) return undecided(rule, ['视网膜病变分期']);
  if (grade === 'proliferative')
    return decided(rule, { refer: true, dueOn: undefined, latestOn: undefined, isDue: true }, [
      because('refer', '增殖期或黄斑水肿，尽快转眼科。'),
    ]);
  if (lastOn === undefined) return undecided(rule, ['上次眼底检查日期']);
  const months = facts.pregnant ? { from: row.value.pregnant, to: row.value.pregnant } : row.value[grade];
  const [dueOn, latestOn] = [addMonths(lastOn, months.from), addMonths(lastOn, months.to)];
  return decided(rule, { refer: grade === 'severe', dueOn, latestOn, isDue: dueOn <= day }, [
    because('due', `眼底复查 ${dueOn === latestOn ? `不迟于 ${latestOn}` : `${dueOn} 至 ${latestOn}`}。`),
  ]);
}
