import type { ReferralStep } from '../contract.ts';
import { type ReferralState, referralStates } from '../domain/referral-states.ts';
import { StepList } from './step-list.tsx';

/** How a referral went: for an emergency the times of its green channel. */
export function ReferralSteps(props: {
  steps: readonly ReferralStep[];
  state: ReferralState;
  isGreenChannel: boolean;
}) {
  const { steps, state } = props;
  const isCutShort = state === 'withdrawn' && steps.at(-1)?.state !== 'withdrawn';
  return (
    <StepList
      label={props.isGreenChannel ? '急诊绿色通道时间' : '经过'}
      steps={steps}
      first="发出"
      names={referralStates}
    >
      {isCutShort && <li>档案已终止，转诊随之撤回</li>}
    </StepList>
  );
}
