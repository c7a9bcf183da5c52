import { useState } from 'react';
import type { JudgedVisit } from '#capabilities/follow-up/domain/judge-visit-entry.ts';
import type { SheetReading } from '#capabilities/follow-up/domain/read-visit.ts';
import {
  unansweredSteady,
  type VisitEntry,
  type VisitEvent,
  type VisitFrame,
} from '#capabilities/follow-up/domain/visit-entry.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { FieldButton, type FieldState, FieldTag } from '#platform/browser/field/controls.tsx';

/** What the rules say of the visit as typed so far, why, the next day, and what is still open. */
export function VisitBand(props: {
  frame: VisitFrame;
  entry: VisitEntry;
  judged: JudgedVisit;
  onChange: (event: VisitEvent) => void;
  onNeeded: () => void;
}) {
  const { frame, entry, judged } = props;
  const [changing, setChanging] = useState(false);
  const fields = fieldsOf(frame.merged.edition);
  const steady = unansweredSteady(entry, frame);
  const open = judged.errors.filter((issue) => !frame.boxes.some((box) => box.id === issue.path));
  const next = judged.reading.shown.nextVisitDate;
  return (
    <section
      className="f-card"
      aria-live="polite"
      style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
    >
      {judged.reading.sheets.map((sheet) => (
        <ClassLine key={sheet.program} sheet={sheet} withName={judged.reading.sheets.length > 1} />
      ))}
      <div className="f-row f-spread">
        <span className="f-soft">下次随访</span>
        {changing ? (
          <input
            className="f-input"
            style={{ width: 170 }}
            type="date"
            aria-label="下次随访日期"
            value={typeof next === 'string' ? next : ''}
            onChange={(event) =>
              props.onChange({ kind: 'answer', id: 'nextVisitDate', value: event.target.value || undefined })
            }
          />
        ) : (
          <button
            type="button"
            className="f-link"
            style={{ fontWeight: 700 }}
            onClick={() => setChanging(true)}
          >
            {typeof next === 'string' ? `${next} 改` : '待定'}
          </button>
        )}
      </div>
      {steady.length > 0 && (
        <FieldButton onClick={() => props.onChange({ kind: 'same-as-last' })}>
          同上次：
          {steady
            .flatMap(([id, value]) => {
              const field = fields.find((one) => one.id === id);
              return field ? [`${field.label.replace(/^.*·/, '')}${describeAnswer(field, value)}`] : [];
            })
            .join('、')}
        </FieldButton>
      )}
      {steady.length === 0 && open.length > 0 && (
        <button type="button" onClick={props.onNeeded} className="f-link f-error">
          还需填写：
          {[
            ...new Set(
              open.map(
                (issue) => fields.find((one) => one.id === issue.path.split('.')[0])?.label ?? issue.message,
              ),
            ),
          ].join('、')}
        </button>
      )}
    </section>
  );
}

function ClassLine({ sheet, withName }: { sheet: SheetReading; withName: boolean }) {
  const { classification } = sheet.evaluation;
  const name = withName ? programLabels[sheet.program] : '分类';
  if (classification.kind === 'undecided')
    return (
      <div className="f-row f-spread">
        <span className="f-soft">{name}</span>
        <span className="f-small f-soft">还缺 {classification.missing.join('、')}</span>
      </div>
    );
  const { value, reasons, rule } = classification;
  return (
    <details className="f-small">
      <summary style={{ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: 2, minHeight: 44 }}>
        <span className="f-row f-spread">
          <span className="f-soft" style={{ fontSize: 16 }}>
            {name}
          </span>
          <span className="f-row">
            <FieldTag state={stateOf(value.state)}>
              {value.state === 'crisis' ? '危急' : followUpClassLabels[value.formClass]}
            </FieldTag>
            {value.refer && <FieldTag state="late">建议转诊</FieldTag>}
          </span>
        </span>
        {reasons.map((reason) => (
          <span key={reason.text}>{reason.text}</span>
        ))}
      </summary>
      <span className="f-soft">
        依据：{rule.clause}（{rule.id}）
      </span>
    </details>
  );
}

function stateOf(state: string): FieldState {
  return state === 'crisis' ? 'crisis' : state === 'satisfied' ? 'good' : 'late';
}
