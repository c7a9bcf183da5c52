import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { checkLoss, type KnownContacts } from './check-loss.ts';
import { checkRefusal } from './check-refusal.ts';
import type { EndingKind } from './closing-words.ts';

export interface EndingFacts extends KnownContacts {
  readonly kind: EndingKind;
  readonly onDay: PlainDate;
  readonly today: PlainDate;
  readonly birthDate: PlainDate;
  readonly source: string;
  readonly note: string;
  readonly reviewOn: PlainDate | undefined;
  readonly destination: string | undefined;
  /** Day of the last service face to face, as far as known. */
  readonly lastSeenOn: PlainDate | undefined;
}

/** What keeps a record from being ended so; empty when nothing does. */
export function checkEnding(facts: EndingFacts): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const refuse = (path: string, code: string, message: string) => issues.push({ path, code, message });
  const { kind, onDay, today } = facts;
  if (onDay > today) refuse('onDay', 'future', '日期不能晚于今天。');
  if (onDay < facts.birthDate) refuse('onDay', 'before-birth', '日期早于出生日期。');
  if (kind === 'dead') {
    if (facts.source === '') refuse('source', 'missing', '请选择死亡信息来源。');
    if (facts.lastSeenOn !== undefined && facts.lastSeenOn > onDay)
      refuse(
        'onDay',
        'seen-later',
        `${facts.lastSeenOn} 还有面对面的服务记录，请核对死亡日期或先更正那条记录。`,
      );
  }
  if (kind === 'moved' && !facts.destination?.trim()) refuse('destination', 'missing', '请写明迁往何处。');
  if (kind === 'refused') issues.push(...checkRefusal({ ...facts, after: today }));
  // A day before the birth is refused above, and may be none that can be reckoned back from.
  if (kind === 'lost' && onDay >= facts.birthDate) {
    const tooFew = checkLoss(facts, onDay);
    if (tooFew) issues.push(tooFew);
  }
  return issues;
}
