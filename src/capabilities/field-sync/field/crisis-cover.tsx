import { useEffect, useRef, useState } from 'react';
import type { JudgedVisit } from '#capabilities/follow-up/domain/judge-visit-entry.ts';
import type { VisitEvent } from '#capabilities/follow-up/domain/visit-entry.ts';
import { crisisSteps } from '#clinical/early-warning/crisis-steps.ts';
import { FieldButton } from '#platform/browser/field/controls.tsx';
import type { PersonDocument } from '../domain/person-document.ts';

/** Covers the whole screen when the rules find a person in danger: what was seen, what to do first. Writing waits. */
export function CrisisCover(props: {
  person: PersonDocument;
  judged: JudgedVisit;
  /** Half a number is no crisis: the cover waits until the pad has moved on. */
  isTyping: boolean;
  onChange: (event: VisitEvent) => void;
}) {
  const cover = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState('');
  const found = props.judged.reading.sheets.flatMap(({ evaluation: { crisis } }) =>
    crisis.kind === 'decided' && crisis.value ? [crisis] : [],
  );
  const reasons = [...new Set(found.flatMap((crisis) => crisis.reasons.map((reason) => reason.text)))];
  const key = reasons.join('|');
  const isShown = found.length > 0 && key !== seen && !props.isTyping;
  useEffect(() => {
    if (isShown) cover.current?.focus();
  }, [isShown]);
  if (!isShown) return null;
  const refer = () => {
    props.onChange({
      kind: 'answer',
      id: 'referralReason',
      value: `危急：${reasons.join('')}`.slice(0, 200),
    });
    setSeen(key);
  };
  return (
    <div
      className="f-crisis"
      role="alertdialog"
      aria-modal="true"
      aria-label="危急"
      ref={cover}
      tabIndex={-1}
    >
      <h1>危急：先处理，再记录</h1>
      <b style={{ fontSize: 20 }}>{props.person.name}</b>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <ol>
        {crisisSteps(reasons).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <a className="f-button" href="tel:120" style={{ marginTop: 'auto' }}>
        ☎ 拨打 120
      </a>
      <FieldButton kind="danger" style={{ borderColor: '#fff' }} onClick={refer}>
        已处置，写转诊原因
      </FieldButton>
      <FieldButton
        kind="danger"
        style={{ borderColor: '#fff' }}
        onClick={() => {
          setSeen(key);
          props.onChange({ kind: 'open-box', box: 'sbp' });
        }}
      >
        复测，改读数
      </FieldButton>
      <span className="f-small">
        依据：{[...new Set(found.map((crisis) => crisis.rule.clause))].join('；')}
      </span>
    </div>
  );
}
