import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import type { CheckupFinding } from '#clinical/checkup/checkup-facts.ts';
import type { CheckupReview } from '#clinical/checkup/review-checkup.ts';
import { measureCompleteness } from '#kernel/form-completeness.ts';
import type { FormSubject } from '#kernel/form-condition.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { ApiProblem } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import {
  acceptedFindings,
  type ConclusionDecision,
  declinedWithoutReason,
  proposeEvaluation,
  proposeRiskControl,
  reviewSheet,
  unanswered,
} from '../domain/conclude-checkup.ts';
import type { CheckupPerson } from '../domain/read-checkup-facts.ts';
import { whyRequired } from '../domain/station-progress.ts';
import { stationLabels, stationOf } from '../domain/stations.ts';

export interface Conclusion {
  readonly answers: FormAnswers;
  readonly decisions: readonly ConclusionDecision[];
}

interface ConcludePanelProps {
  readonly edition: FormEdition;
  /** The sheet as it stands, computed values filled in. */
  readonly answers: FormAnswers;
  readonly about: CheckupPerson;
  readonly subject: FormSubject;
  readonly day: string;
  readonly problem: ApiProblem | undefined;
  readonly busy: boolean;
  readonly label: string;
  readonly onSave: (conclusion: Conclusion, confirmed: readonly string[]) => void;
}

const writtenGroups = new Set(['evaluation', 'feedback']);

/** The end of a checkup: what is still open, each conclusion the rules suggest with the doctor's answer, what is printed. */
export function ConcludePanel(props: ConcludePanelProps) {
  const { edition, about, subject, problem } = props;
  const [decisions, setDecisions] = useState<Record<string, ConclusionDecision>>({});
  const [edits, setEdits] = useState<Record<string, unknown>>({});
  const review = useMemo(
    () => reviewSheet(edition, props.answers, about, plainDate(props.day)),
    [edition, props.answers, about, props.day],
  );
  const given = review.findings.flatMap((one) => decisions[one.code] ?? []);
  const waiting = unanswered(review, given).length;
  // Nothing is called unremarkable while a conclusion stands unanswered.
  const { evaluation, ...printed } = proposeEvaluation(acceptedFindings(review, given), about);
  const proposed = {
    ...printed,
    ...(waiting === 0 ? { evaluation } : {}),
    ...proposeRiskControl(review),
  };
  const answers: FormAnswers = { ...props.answers, ...proposed, ...edits };
  const { missing } = measureCompleteness(edition, answers, subject);
  const conclusionFields = useMemo(
    () =>
      new Set(
        edition.groups
          .filter((group) => writtenGroups.has(group.id))
          .flatMap((group) => group.fields.map((f) => f.id)),
      ),
    [edition],
  );
  const writtenPart = useMemo(
    () => ({ ...edition, groups: edition.groups.filter((group) => writtenGroups.has(group.id)) }),
    [edition],
  );
  const openItems = missing.filter((id) => !conclusionFields.has(id));
  const reasons = declinedWithoutReason(review, given).length;
  const decide = (code: string, change: Partial<ConclusionDecision>) =>
    setDecisions((old) => ({
      ...old,
      [code]: { ...(old[code] ?? { code, decision: 'accepted' as const }), ...change },
    }));
  const acceptAll = () =>
    setDecisions((old) => ({
      ...Object.fromEntries(
        review.findings.map((one) => [one.code, { code: one.code, decision: 'accepted' as const }]),
      ),
      ...old,
    }));
  const [asked, setAsked] = useState(false);
  const unansweredProblem = asked && waiting + reasons > 0 ? describeOpen(review, given) : undefined;
  const shown = unansweredProblem ?? problem;
  const save = (confirmed: readonly string[]) => {
    setAsked(true);
    if (waiting + reasons === 0)
      props.onSave({ answers: { ...proposed, ...edits }, decisions: given }, confirmed);
  };
  return (
    <>
      {openItems.length > 0 && <OpenItems edition={edition} missing={openItems} />}
      <section className="card" aria-label="体检结论">
        <div className="row spread">
          <h2>体检结论</h2>
          {review.findings.length > 0 && (
            <span className="row">
              <span className="small soft">
                {waiting > 0 ? `还有 ${waiting} 条须采纳或不采纳` : '已全部答复'}
                {reasons > 0 && `，${reasons} 条须写理由`}
              </span>
              <Button size="small" onClick={acceptAll}>
                其余全部采纳
              </Button>
            </span>
          )}
        </div>
        {review.findings.length === 0 && <p className="soft">按已填的项目，没有发现异常。</p>}
        {review.findings.map((finding) => (
          <FindingLine
            key={finding.code}
            finding={finding}
            decision={decisions[finding.code]}
            onDecide={(change) => decide(finding.code, change)}
          />
        ))}
      </section>
      <FormScreen
        edition={writtenPart}
        answers={answers}
        subject={subject}
        errors={(problem?.code === 'invalid-input' ? problem.issues : []).filter((one) =>
          conclusionFields.has(one.path),
        )}
        warnings={[]}
        prefilled={new Set(Object.keys(proposed).filter((id) => !(id in edits)))}
        onChange={(id, value) => setEdits((old) => ({ ...old, [id]: value ?? null }))}
      />
      <SaveBar
        problem={shown}
        busy={props.busy}
        label={props.label}
        onSave={() => save([])}
        onConfirm={() => save(problem?.issues.map((one) => `${one.path}:${one.code}`) ?? [])}
      />
    </>
  );
}

/** What the doctor has not answered yet, said before the server has to. */
function describeOpen(review: CheckupReview, given: readonly ConclusionDecision[]): ApiProblem {
  const issue = (code: string, message: string) => ({
    path: `conclusion.${code}`,
    code: 'unanswered',
    message,
  });
  return new ApiProblem({
    code: 'invalid-input',
    title: '还有结论没有答复',
    detail: '请逐条采纳或不采纳。',
    retryable: false,
    issues: [
      ...unanswered(review, given).map((one) => issue(one.code, `“${one.label}”还没有采纳或不采纳。`)),
      ...declinedWithoutReason(review, given).map((one) =>
        issue(one.code, `不采纳“${one.label}”须写明理由。`),
      ),
    ],
  });
}

/** Required items still open, where they are entered and by which requirement. */
function OpenItems({ edition, missing }: { edition: FormEdition; missing: readonly string[] }) {
  const fields = fieldsOf(edition);
  return (
    <section className="card" aria-label="未填的必填项">
      <h2>还有 {missing.length} 项必填</h2>
      <div className="row" style={{ gap: 6, marginTop: 8 }}>
        {missing.map((id) => {
          const station = stationOf(edition, id);
          return (
            <span key={id} title={`须填：${whyRequired(edition, id) ?? ''}`}>
              <StateTag state="recheck">
                {fields.find((field) => field.id === id)?.label ?? id}
                {station && `（${stationLabels[station]}）`}
              </StateTag>
            </span>
          );
        })}
      </div>
    </section>
  );
}

const levels = {
  urgent: { state: 'crisis', label: '紧急' },
  abnormal: { state: 'late', label: '异常' },
  note: { state: 'plain', label: '提示' },
} as const;
const actions = { recheck: '复查', refer: '转诊', suspect: '明确诊断' } as const;

function FindingLine(props: {
  finding: CheckupFinding;
  decision: ConclusionDecision | undefined;
  onDecide: (change: Partial<ConclusionDecision>) => void;
}) {
  const { finding, decision } = props;
  const level = levels[finding.level];
  return (
    <div className="finding">
      <span>
        <StateTag state={level.state}>{level.label}</StateTag>
      </span>
      <div>
        {decision?.decision === 'accepted' ? (
          <Input
            aria-label={`结论：${finding.label}`}
            maxLength={200}
            value={decision.label ?? finding.label}
            onChange={(event) => props.onDecide({ label: event.target.value })}
          />
        ) : (
          <b>{finding.label}</b>
        )}
        <div className="small soft">
          {finding.reason}
          {finding.action &&
            ` → ${actions[finding.action.kind]}：${finding.action.what}（${finding.action.withinDays} 天内）`}
        </div>
        <div className="small soft">依据：{finding.clause}</div>
        {decision?.decision === 'declined' && (
          <Input
            aria-label={`不采纳的理由：${finding.label}`}
            placeholder={finding.level === 'urgent' ? '不采纳的理由（必填）' : '不采纳的理由'}
            style={{ marginTop: 4 }}
            maxLength={200}
            value={decision.reason ?? ''}
            onChange={(event) => props.onDecide({ reason: event.target.value })}
          />
        )}
      </div>
      <div className="choices" role="radiogroup" aria-label={`答复：${finding.label}`}>
        {(['accepted', 'declined'] as const).map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: buttons drawn as chips keep the one look of every sheet.
          <button
            key={one}
            type="button"
            role="radio"
            className="choice"
            aria-checked={decision?.decision === one}
            onClick={() => props.onDecide({ decision: one })}
          >
            {one === 'accepted' ? '采纳' : '不采纳'}
          </button>
        ))}
      </div>
    </div>
  );
}
