import { type CopdEvidence, confirmCopd } from '#clinical/copd/confirm-copd.ts';
import { type DiabetesDiagnosisFacts, diagnoseDiabetes } from '#clinical/diabetes/diagnose-diabetes.ts';
import { type DiagnosisFacts, diagnoseHypertension } from '#clinical/hypertension/diagnose-hypertension.ts';
import type { Decision, Reason, RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** What a diagnosis stands on: values put to the disease's rule, or another hospital's written diagnosis. */
export type Evidence =
  | { readonly kind: 'pressures'; readonly facts: DiagnosisFacts }
  | { readonly kind: 'glucose'; readonly facts: DiabetesDiagnosisFacts }
  | { readonly kind: 'spirometry'; readonly facts: CopdEvidence }
  | { readonly kind: 'outside'; readonly hospital: string; readonly on: PlainDate };

export interface Weighed {
  readonly isEnough: boolean;
  readonly reasons: readonly Reason[];
  readonly rule: RuleRef | undefined;
}

/** Whether evidence confirms the disease, and what the rule says when it does not. */
export function weighEvidence(evidence: Evidence, day: PlainDate): Weighed {
  switch (evidence.kind) {
    case 'outside':
      return {
        isEnough: true,
        reasons: [{ code: 'outside', text: `${evidence.hospital} ${evidence.on} 已确诊。` }],
        rule: undefined,
      };
    case 'pressures':
      return weigh(diagnoseHypertension(evidence.facts, day), (value) => value.startsWith('confirmed'));
    case 'glucose':
      return weigh(diagnoseDiabetes(evidence.facts, day), (value) => value === 'confirmed');
    case 'spirometry':
      return weigh(confirmCopd(evidence.facts, day), (value) => value === 'confirmed');
  }
}

function weigh<T>(decision: Decision<T>, confirms: (value: T) => boolean): Weighed {
  if (decision.kind === 'undecided')
    return {
      isEnough: false,
      reasons: [{ code: 'missing', text: `缺少${decision.missing.join('、')}。` }],
      rule: decision.rule,
    };
  return { isEnough: confirms(decision.value), reasons: decision.reasons, rule: decision.rule };
}
