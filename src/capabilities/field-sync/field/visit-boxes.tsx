import { useState } from 'react';
import type { JudgedVisit } from '#capabilities/follow-up/domain/judge-visit-entry.ts';
import type { VisitEntry, VisitEvent, VisitFrame } from '#capabilities/follow-up/domain/visit-entry.ts';
import type { FormField } from '#kernel/form-shape.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { programWords, sexAndAge } from './person-words.tsx';
import { usePhoneToday } from './phone-context.tsx';

const shortLabels: Readonly<Record<string, string>> = {
  sbp: '收缩压',
  dbp: '舒张压',
  heartRate: '心率',
  fpg: '空腹血糖',
  spo2: '血氧',
  respRate: '呼吸',
  weight: '体重',
};

/** Who it is, the day, and what the last visit read. */
export function VisitHead(props: {
  person: PersonDocument;
  entry: VisitEntry;
  wasKept: boolean;
  onChange: (event: VisitEvent) => void;
}) {
  const { person, entry } = props;
  const today = usePhoneToday();
  const [changing, setChanging] = useState(false);
  const last = person.programs
    .flatMap((one) => (one.last ? [one.last] : []))
    .toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  // Of somebody whose management has ended the last sheet is not on the phone, but its class is.
  const isFirst = !person.visits.some((visit) => visit.formClass !== null);
  const day = String(entry.answers.visitDate ?? '');
  return (
    <div className="f-small">
      <div className="f-row f-spread">
        <span className="f-soft">
          {sexAndAge(person, today)} · {programWords(person.programs.map((one) => one.program))}
        </span>
        {changing ? (
          <input
            className="f-input"
            style={{ width: 160 }}
            type="date"
            aria-label="随访日期"
            max={today}
            value={day}
            onChange={(event) =>
              props.onChange({ kind: 'answer', id: 'visitDate', value: event.target.value || undefined })
            }
          />
        ) : (
          <button type="button" className="f-link" onClick={() => setChanging(true)}>
            {day}
            {day === today ? '（今天）' : ''} 改
          </button>
        )}
      </div>
      <div className="f-soft">
        {last ? `上次 ${last.on} ${readingsOf(last.answers)}` : isFirst && '首次随访'}
        {props.wasKept && <b>　已接着上次没写完的</b>}
      </div>
    </div>
  );
}

/** The last readings in one line. */
function readingsOf(answers: Readonly<Record<string, unknown>>): string {
  const { sbp, dbp, heartRate, fpg, spo2 } = answers;
  return [
    sbp === undefined ? '' : `${sbp}/${dbp ?? '—'}`,
    heartRate === undefined ? '' : `心率 ${heartRate}`,
    fpg === undefined ? '' : `血糖 ${fpg}`,
    spo2 === undefined ? '' : `血氧 ${spo2}`,
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

/** The readings as big boxes; the open one takes what the pad types. */
export function VisitBoxes(props: {
  frame: VisitFrame;
  entry: VisitEntry;
  judged: JudgedVisit;
  onOpen: (id: string) => void;
}) {
  const { frame, entry } = props;
  return (
    <div className="f-boxes">
      {frame.boxes.map((field) => (
        <Box
          key={field.id}
          field={field}
          isOpen={entry.box === field.id}
          text={
            entry.box === field.id && entry.typed !== '' ? entry.typed : numberText(entry.answers[field.id])
          }
          state={stateOf(props.judged, field.id, entry)}
          onOpen={() => props.onOpen(field.id)}
        />
      ))}
    </div>
  );
}

function Box(props: {
  field: FormField;
  isOpen: boolean;
  text: string;
  state: 'error' | 'warning' | undefined;
  onOpen: () => void;
}) {
  const { field } = props;
  const label = shortLabels[field.id] ?? field.label;
  return (
    <button
      type="button"
      className="f-box"
      data-wide={field.id === 'sbp' || field.id === 'dbp'}
      data-state={props.state}
      aria-pressed={props.isOpen}
      onClick={props.onOpen}
    >
      <small>
        {label} {field.unit}
      </small>
      {props.text ? (
        <b>{props.text}</b>
      ) : (
        <>
          <b aria-hidden="true">{props.isOpen ? '▏' : '—'}</b>
          <span className="f-visually-hidden">未填</span>
        </>
      )}
    </button>
  );
}

function numberText(value: unknown): string {
  return typeof value === 'number' ? `${value}` : '';
}

function stateOf(judged: JudgedVisit, id: string, entry: VisitEntry): 'error' | 'warning' | undefined {
  // While a box is being typed it is not wrong yet.
  if (entry.box === id) return undefined;
  if (entry.answers[id] !== undefined && judged.errors.some((issue) => issue.path === id)) return 'error';
  return judged.warnings.some((issue) => issue.path === id) ? 'warning' : undefined;
}
