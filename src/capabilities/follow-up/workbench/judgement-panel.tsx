import type { ReactNode } from 'react';
import type { Program } from '#capabilities/residents/contract.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { namesLowGlucose } from '#clinical/diabetes/tell-low-glucose.ts';
import { crisisSteps } from '#clinical/early-warning/crisis-steps.ts';
import { followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import type { JointVisit } from '#clinical/follow-up/join-next-visits.ts';
import type { Decision } from '#kernel/decision.ts';
import { certaintyLabels } from '#platform/browser/design-system/certainty-labels.ts';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import type { FollowUpEvaluation } from '../domain/sheet-evaluation.ts';

/** A person in danger: what was seen and what to do first. Everything else waits. */
export function CrisisBanner({ decisions }: { decisions: readonly Decision<boolean>[] }) {
  const found = decisions.flatMap((one) => (one.kind === 'decided' && one.value ? [one] : []));
  if (found.length === 0) return null;
  const texts = [...new Set(found.flatMap((one) => one.reasons.map((reason) => reason.text)))];
  return (
    <section className="crisis-banner" role="alert">
      <h2 style={{ color: '#fff' }}>危急：先处理，再紧急转诊</h2>
      <ul style={{ margin: '0 0 6px', paddingLeft: 18 }}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div>{crisisSteps(texts).join('')}</div>
      <div className="small" style={{ opacity: 0.85, marginTop: 4 }}>
        依据：{[...new Set(found.map((one) => one.rule.clause))].join('；')}
      </div>
    </section>
  );
}

/** What the rules say of the sheet as it stands, each with its reasons and its source. */
export function JudgementPanel({
  evaluation,
  heading,
}: {
  evaluation: FollowUpEvaluation;
  /** The disease, where there are several. */
  heading?: string;
}) {
  const { classification, statutory, clinical, plan } = evaluation;
  return (
    <>
      {heading && <h2 style={{ margin: '4px 2px 0' }}>{heading}</h2>}
      <Judgement title="建议分类" decision={classification}>
        {(value) => (
          <span className="row">
            <StateTag state={classState(value.state)}>
              {value.state === 'crisis' ? '危急' : followUpClassLabels[value.formClass]}
            </StateTag>
            {value.refer && <StateTag state="late">建议转诊</StateTag>}
          </span>
        )}
      </Judgement>
      <Judgement title="下次随访" decision={plan}>
        {(value) => <b>{value.proposedOn}</b>}
      </Judgement>
      {statutory && (
        <Judgement title="达标（公卫口径）" decision={statutory}>
          {(value) => <ControlTag value={value} isLow={namesLowGlucose(statutory)} />}
        </Judgement>
      )}
      {clinical && (
        <Judgement title="达标（临床目标）" decision={clinical}>
          {(value) => <ControlTag value={value} isLow={namesLowGlucose(clinical)} />}
        </Judgement>
      )}
    </>
  );
}

/** The one next visit of all diseases, and which keep a later date of their own. */
export function JointVisitPanel({ joint }: { joint: Decision<JointVisit<Program>> }) {
  return (
    <Judgement title="合并后的下次随访" decision={joint}>
      {(value) => (
        <span>
          <b>{value.on}</b>{' '}
          {(Object.keys(value.byKey) as Program[])
            .filter((program) => value.byKey[program] !== value.on)
            .map((program) => `${programLabels[program]} ${value.byKey[program]}`)
            .join('、')}
        </span>
      )}
    </Judgement>
  );
}

function ControlTag({ value, isLow }: { value: 'controlled' | 'not-controlled'; isLow: boolean }) {
  if (isLow) return <StateTag state="crisis">低血糖</StateTag>;
  return (
    <StateTag state={value === 'controlled' ? 'good' : 'late'}>
      {value === 'controlled' ? '达标' : '未达标'}
    </StateTag>
  );
}

function classState(state: string): ClinicalState {
  if (state === 'crisis') return 'crisis';
  return state === 'satisfied' ? 'good' : 'late';
}

function Judgement<T>(props: { title: string; decision: Decision<T>; children: (value: T) => ReactNode }) {
  const { decision } = props;
  return (
    <section className="card" style={{ padding: '10px 14px' }} aria-live="polite">
      <div className="row spread">
        <span className="soft">{props.title}</span>
        {decision.kind === 'decided' ? (
          props.children(decision.value)
        ) : (
          <StateTag state="plain">尚不能判定</StateTag>
        )}
      </div>
      <div className="small" style={{ marginTop: 6 }}>
        {decision.kind === 'decided'
          ? decision.reasons.map((reason) => <div key={reason.text}>{reason.text}</div>)
          : `还缺：${decision.missing.join('、')}。`}
      </div>
      <details className="small soft" style={{ marginTop: 4 }}>
        <summary>依据</summary>
        {decision.rule.clause}（{decision.rule.id} · {decision.rule.edition} ·{' '}
        {certaintyLabels[decision.rule.certainty]}）
      </details>
    </section>
  );
}
