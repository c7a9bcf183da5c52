import { useMemo } from 'react';
import { isWritten, toggleStep } from '#capabilities/referrals/domain/handling-text.ts';
import { helpWith, type ReferralHelp } from '#capabilities/referrals/domain/referral-help.ts';
import type { Urgency } from '#capabilities/referrals/domain/referral-states.ts';
import { underRows } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { useDefinitions } from './use-definitions.ts';

const none: ReferralHelp = { departments: [], steps: [] };

/** Help for a referral that is being typed, by the rules' numbers this phone holds. */
export function useReferralHelp(reason: string, urgency: Urgency, today: PlainDate): ReferralHelp {
  const book = useDefinitions();
  return useMemo(
    () =>
      book.kind === 'there' ? underRows(book.value.rows, () => helpWith({ reason, urgency }, today)) : none,
    [book, reason, urgency, today],
  );
}

/** The departments the reason speaks for, one tap each. */
export function DepartmentChips(props: {
  readonly departments: ReferralHelp['departments'];
  readonly chosen: string;
  readonly onChoose: (department: string) => void;
}) {
  if (props.departments.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own legend and frame.
    <div role="group" aria-label="按理由建议的科室">
      <span className="f-small f-soft">按理由建议</span>
      <div className="f-chips" style={{ flexWrap: 'wrap' }}>
        {props.departments.map((one) => (
          <button
            key={one}
            type="button"
            className="f-chip"
            aria-pressed={one === props.chosen}
            onClick={() => props.onChoose(one)}
          >
            {one}
          </button>
        ))}
      </div>
    </div>
  );
}

/** What to do first for an emergency: what is tapped is written into the text with the minute. */
export function HandlingSteps(props: {
  readonly steps: ReferralHelp['steps'];
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  if (props.steps.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own legend and frame.
    <div role="group" aria-label="急诊处理清单">
      <span className="f-small f-soft">做完一项点一项，连同时间记入上面；供核对，以医生判断为准。</span>
      <div className="f-choices" style={{ flexDirection: 'column' }}>
        {props.steps.map((step) => (
          // biome-ignore lint/a11y/useSemanticElements: a large target, not a small box.
          <button
            key={step.code}
            type="button"
            role="checkbox"
            className="f-choice"
            aria-checked={isWritten(props.text, step)}
            onClick={() => props.onChange(toggleStep(props.text, step, new Date()))}
          >
            {isWritten(props.text, step) ? '✓ ' : ''}
            {step.done}
            {step.provided && <span className="f-small">（{step.provided}）</span>}
          </button>
        ))}
      </div>
    </div>
  );
}
