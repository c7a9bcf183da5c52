import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { refusalReviewDays } from '#standards/indicators/record-closing.ts';

/** A refusal as it is written down: of all management or of one disease. */
export interface GivenRefusal {
  readonly note: string | undefined;
  readonly reviewOn: PlainDate | undefined;
  /** The day of writing; what a phone sends late was right when it was saved, and is held against the day of the refusal. */
  readonly after: PlainDate;
  readonly today: PlainDate;
}

/** What a refusal still lacks, by whichever way it is written down: why, and the day to ask again. */
export function checkRefusal({ note, reviewOn, after, today }: GivenRefusal): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (!note?.trim()) issues.push({ path: 'note', code: 'missing', message: '请写明拒绝的原因。' });
  const latest = latestReviewOn(today);
  if (reviewOn === undefined || reviewOn <= after || reviewOn > latest) {
    const message = `请定一个再次征询的日期：${addDays(after, 1)} 到 ${latest}。`;
    issues.push({ path: 'reviewOn', code: 'out-of-range', message });
  }
  return issues;
}

/** The last day on which a refusal of today may be asked again. */
export const latestReviewOn = (today: PlainDate): PlainDate =>
  addDays(today, valueOn(refusalReviewDays, today));
