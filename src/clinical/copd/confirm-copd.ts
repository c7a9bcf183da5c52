import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { spirometry } from './copd-parameters.ts';
import { gradeCopd } from './grade-copd.ts';

/** Spirometry after the bronchodilator, with its day. */
export interface BronchodilatorTest {
  readonly on: PlainDate;
  /** FEV1/FVC, 0–1. */
  readonly ratio: number;
  readonly fev1Percent?: number | undefined;
}

export interface CopdEvidence {
  /** Only tests made after the bronchodilator; in any order. */
  readonly tests: readonly BronchodilatorTest[];
  readonly symptomsOrExposure?: boolean | undefined;
  readonly otherLungDiseaseExcluded?: boolean | undefined;
}

/** Confirmed; to be tested again on another day; to be told from other lung disease; not COPD. */
export type CopdFinding = 'confirmed' | 'repeat' | 'differentiate' | 'not-met';

/**
 * Whether the evidence confirms COPD. The newest test decides; a ratio so near the limit that it may cross it by chance
 * is believed only when another day's test shows the same. Then the doctor's two answers.
 * @source GOLD 报告 诊断：比值 0.60–0.80 须另日重复
 */
export function confirmCopd(evidence: CopdEvidence, day: PlainDate): Decision<CopdFinding> {
  const row = rowOn(spirometry, day);
  const rule = ruleFrom('COPD-04-confirm', row);
  const { ratioBelow, repeat } = row.value;
  // Of one day the best blow counts.
  const known = evidence.tests
    .filter((one) => one.on <= day)
    .sort((a, b) => (a.on === b.on ? b.ratio - a.ratio : a.on < b.on ? 1 : -1));
  const newest = known[0];
  if (!newest) return undecided(rule, ['支气管舒张后肺功能']);
  const limits = (one: BronchodilatorTest) => one.ratio < ratioBelow;
  const isNear = newest.ratio >= repeat.from && newest.ratio <= repeat.to;
  const again = known.find((one) => one.on !== newest.on && limits(one) === limits(newest));
  const said = `${newest.on} 支气管舒张后 FEV1/FVC ${newest.ratio}`;
  if (!limits(newest))
    return decided(rule, 'not-met', [
      because('not-met', `${said}，不低于 ${ratioBelow}，不符合慢阻肺。`),
      ...(isNear && !again
        ? [because('may-cross', `比值在 ${repeat.from}–${repeat.to} 之间，有症状的另日重复。`)]
        : []),
    ]);
  if (isNear && !again)
    return decided(rule, 'repeat', [
      because(
        'repeat',
        `${said}，在 ${repeat.from}–${repeat.to} 之间，须另日重复仍低于 ${ratioBelow} 才能确诊。`,
      ),
    ]);
  const missing = missingOf({
    慢性症状或危险因素接触: evidence.symptomsOrExposure,
    '是否排除哮喘、支扩、结核、心衰': evidence.otherLungDiseaseExcluded,
  });
  if (missing.length > 0) return undecided(rule, missing);
  const reasons = [
    ...gradeReasons(newest, day, said),
    ...(again ? [because('repeated', `${again.on} 为 ${again.ratio}，另日重复一致。`)] : []),
  ];
  if (evidence.symptomsOrExposure !== true)
    return decided(rule, 'differentiate', [
      ...reasons,
      because('no-exposure', '没有慢性症状，也没有危险因素接触。'),
    ]);
  if (evidence.otherLungDiseaseExcluded !== true)
    return decided(rule, 'differentiate', [
      ...reasons,
      because('not-excluded', '哮喘、支气管扩张、结核、心衰尚未排除。'),
    ]);
  return decided(rule, 'confirmed', reasons);
}

function gradeReasons(
  { ratio, fev1Percent }: BronchodilatorTest,
  day: PlainDate,
  said: string,
): readonly Reason[] {
  const grade = gradeCopd({ ratio, fev1Percent, afterBronchodilator: true }, day);
  return grade.kind === 'decided' ? grade.reasons : [because('limited', `${said}，存在持续气流受限。`)];
}
