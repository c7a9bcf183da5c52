import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import type { ReferralStep } from '../contract.ts';
import { minutesBetween, printInterval } from '../domain/print-interval.ts';
import { type ReferralState, referralStates } from '../domain/referral-states.ts';

/** What each step was, when, by whom, and how long after the one before: for an emergency the times of its green channel. */
export function ReferralSteps(props: {
  steps: readonly ReferralStep[];
  state: ReferralState;
  isGreenChannel: boolean;
}) {
  const { steps, state } = props;
  const isCutShort = state === 'withdrawn' && steps.at(-1)?.state !== 'withdrawn';
  return (
    <ol
      aria-label={props.isGreenChannel ? '急诊绿色通道时间' : '经过'}
      className="small"
      style={{
        listStyle: 'none',
        margin: '6px 0',
        padding: '4px 0 4px 10px',
        borderInlineStart: '2px solid var(--line)',
      }}
    >
      {steps.map((step, index) => (
        <li key={`${step.state} ${step.at}`}>
          <b>{index === 0 ? '发出' : referralStates[step.state]}</b> {printInstantDay(step.at)}{' '}
          {printInstantTime(step.at)}
          {index > 0 && (
            <span className="soft">
              （{printInterval(minutesBetween(steps[index - 1]?.at ?? step.at, step.at))}后）
            </span>
          )}{' '}
          <span className="soft">
            {step.organizationName} {step.byName}
          </span>
          {step.note && ` · ${step.note}`}
        </li>
      ))}
      {isCutShort && <li>档案已终止，转诊随之撤回</li>}
    </ol>
  );
}
