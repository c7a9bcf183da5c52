import type { Condition, Sex } from '../conditions.ts';
import type { LaboratoryValues } from './compare-with-reference.ts';

/** What a checkup found, in the words of the rules. Absent: not examined, never "normal". */
export interface CheckupFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  /** Diseases already known; a raised value is then "not controlled" and not a suspicion. */
  readonly known: readonly Condition[];
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly bmi?: number | undefined;
  readonly heightCm?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly spo2?: number | undefined;
  readonly fpg?: number | undefined;
  readonly hba1c?: number | undefined;
  readonly totalCholesterol?: number | undefined;
  readonly triglycerides?: number | undefined;
  readonly ldl?: number | undefined;
  readonly hdl?: number | undefined;
  readonly creatinine?: number | undefined;
  readonly laboratory: LaboratoryValues;
  /** Items of the urine strip that are positive, in Chinese. */
  readonly urinePositive: readonly string[];
  /** Examinations the doctor marked abnormal: name and what was seen. */
  readonly abnormalExaminations: readonly {
    readonly id: string;
    readonly name: string;
    readonly seen: string;
  }[];
  readonly absoluteArrhythmia?: boolean | undefined;
  readonly stoolBlood?: boolean | undefined;
  readonly hepatitisB?: boolean | undefined;
  readonly footPulseWeak?: boolean | undefined;
  readonly legSwelling?: boolean | undefined;
  /** 2 mild, 3 moderate, 4 cannot. */
  readonly dependence?: 1 | 2 | 3 | 4 | undefined;
  readonly cognitionPositive?: boolean | undefined;
  readonly moodPositive?: boolean | undefined;
  readonly hearingPoor?: boolean | undefined;
  readonly movementPoor?: boolean | undefined;
  readonly smokes?: boolean | undefined;
  readonly drinksOften?: boolean | undefined;
  readonly dietUnbalanced?: boolean | undefined;
  readonly exercisesLittle?: boolean | undefined;
}

/** 健康指导 as the sheet codes it: 1 enroll, 2 recheck, 3 refer. */
export type Guidance = '1' | '2' | '3';
/** 危险因素控制 as the sheet codes it. */
export type RiskControl = '1' | '2' | '3' | '4' | '5' | '6';

/** What follows from a finding: a recheck, a referral, or a disease to be confirmed. */
export interface CheckupAction {
  readonly kind: 'recheck' | 'refer' | 'suspect';
  readonly what: string;
  readonly withinDays: number;
  readonly condition?: Condition | undefined;
}

/** One conclusion with why, by which rule, and what the resident is told. */
export interface CheckupFinding {
  readonly code: string;
  /** Words for 健康评价 异常. */
  readonly label: string;
  readonly reason: string;
  readonly ruleId: string;
  readonly clause: string;
  readonly level: 'urgent' | 'abnormal' | 'note';
  readonly guidance: readonly Guidance[];
  readonly action?: CheckupAction | undefined;
  /** Plain words for the resident: what it means and what to do. */
  readonly plain: string;
  readonly advice: string;
}
