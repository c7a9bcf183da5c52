import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { filtrationStageOf } from './estimate-filtration.ts';
import {
  type AlbuminuriaStage,
  albuminuriaLimits,
  type FiltrationStage,
  type KidneyRisk,
  kidneyChecks,
  kidneyRanges,
  kidneyRiskTable,
} from './kidney-parameters.ts';

export interface KidneyFacts {
  /** mL/min/1.73m², not rounded. */
  readonly egfr?: number | undefined;
  /** Urine albumin to creatinine, mg/g. */
  readonly acr?: number | undefined;
  /** The finding has lasted more than three months. */
  readonly overThreeMonths?: boolean | undefined;
  /** Another mark of kidney damage: sediment, imaging, pathology, transplant. */
  readonly otherDamage?: boolean | undefined;
}

export interface KidneyClass {
  readonly filtration: FiltrationStage;
  readonly albuminuria: AlbuminuriaStage;
  readonly risk: KidneyRisk;
  /** At least so many checks a year. */
  readonly checksPerYear: number;
  /** `unconfirmed`: not yet three months, or that or other damage is not known. */
  readonly chronicKidneyDisease: 'yes' | 'no' | 'unconfirmed';
  /** G4, G5 or A3 alone is a reason to refer; the other reasons are CKD-02-refer. */
  readonly refer: boolean;
}

/** A stage of albumin to creatinine, mg/g. */
export function albuminuriaStageOf(acr: number, day: PlainDate): AlbuminuriaStage {
  const { a2From, a3Above } = valueOn(albuminuriaLimits, day);
  return acr > a3Above ? 'A3' : acr >= a2From ? 'A2' : 'A1';
}

const riskLabels = { low: '低危', moderate: '中危', high: '高危', 'very-high': '极高危' } as const;

/**
 * G and A stage, risk and checks a year by KDIGO, and whether this is chronic kidney disease: below 60, albumin from 30
 * or other damage, for more than three months. Undecided without filtration rate and albumin ratio.
 * @source KDIGO 慢性肾脏病评估与管理指南（2024）
 */
export function classifyKidneyDisease(facts: KidneyFacts, day: PlainDate): Decision<KidneyClass> {
  const row = rowOn(kidneyRiskTable, day);
  const rule: RuleRef = { id: 'CKD-02', edition: row.source, clause: row.clause, certainty: row.certainty };
  const ranges = valueOn(kidneyRanges, day);
  const { egfr, acr } = facts;
  if (!isWithin(egfr, ranges.egfr) || !isWithin(acr, ranges.acr)) {
    const pairs = [
      [egfr, ranges.egfr],
      [acr, ranges.acr],
    ] as const;
    return undecided(rule, lackingFigures(pairs));
  }
  const filtration = filtrationStageOf(egfr, day);
  const albuminuria = albuminuriaStageOf(acr, day);
  const risk = row.value[filtration][{ A1: 0, A2: 1, A3: 2 }[albuminuria] as 0 | 1 | 2];
  const late = filtration === 'G4' || filtration === 'G5';
  const checks = valueOn(kidneyChecks, day);
  const worst = filtration === 'G5' || (filtration === 'G4' && albuminuria === 'A3');
  const marked = risk !== 'low' || facts.otherDamage;
  const chronicKidneyDisease =
    marked && facts.overThreeMonths
      ? 'yes'
      : marked || facts.otherDamage === undefined
        ? 'unconfirmed'
        : 'no';
  const reasons: Reason[] = [
    {
      code: `risk-${risk}`,
      text: `肾小球滤过率 ${egfr.toFixed(1)}（${filtration}），尿白蛋白/肌酐 ${acr} mg/g（${albuminuria}），${riskLabels[risk]}。`,
    },
  ];
  const refer = late || albuminuria === 'A3';
  if (refer) reasons.push({ code: 'refer', text: `${late ? filtration : albuminuria} 期，建议转诊肾内科。` });
  const value: KidneyClass = {
    filtration,
    albuminuria,
    risk,
    checksPerYear: worst ? checks.worst : checks[risk],
    chronicKidneyDisease,
    refer,
  };
  return decided(rule, value, reasons);
}
