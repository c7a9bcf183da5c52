import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { dialLink } from '#kernel/dial-link.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { BottomSheet, FieldButton } from '#platform/browser/field/controls.tsx';
import { goTo } from '#platform/browser/field/navigation.tsx';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { TodayItem } from '../domain/person-line.ts';
import { usePhone } from './phone-context.tsx';
import { whyNotSaved } from './why-not-saved.ts';

type CloseReason = (FieldOperation & { kind: 'task.close' })['body']['reason'];

/** What came of a call, in the codes a task is closed with; `again` leaves the task as it is. */
const results: readonly {
  readonly code: CloseReason | 'again';
  readonly label: string;
  readonly note: string;
}[] = [
  { code: 'replanned', label: '接通，约好日期再来', note: '电话接通，另约日期' },
  { code: 'refused', label: '接通，本人拒绝', note: '电话接通，拒绝随访' },
  { code: 'lost', label: '空号、停机或已外出，联系不上', note: '电话无法联系' },
  { code: 'other', label: '其他原因（写明）', note: '' },
  { code: 'again', label: '没人接，稍后再打', note: '' },
];

const usualDays = 7;

/** Calls a person and closes the task with what came of it, or leaves it for a later call. */
export function CallSheet(props: { item: TodayItem; today: PlainDate; onClose: () => void }) {
  const { store } = usePhone();
  const { person, reasons } = props.item;
  const dial = dialLink(person.phone);
  const [code, setCode] = useState<CloseReason | 'again'>();
  const [note, setNote] = useState('');
  const [nextDueOn, setNextDueOn] = useState<string>(addDays(props.today, usualDays));
  const [failure, setFailure] = useState<string>();
  const tasks = reasons.filter((reason) => reason.taskId !== undefined);
  const closes = code !== undefined && code !== 'again';

  const finish = async () => {
    if (!closes) return props.onClose();
    for (const task of tasks) {
      const result = await store.save({
        operationId: uuidv7(),
        kind: 'task.close',
        residentId: person.id,
        body: {
          taskId: task.taskId ?? '',
          reason: code,
          note: note.trim(),
          nextDueOn: nextDueOn as PlainDate,
        },
      });
      if (result.kind === 'refused') return setFailure(whyNotSaved(result));
    }
    if (code === 'lost') {
      const result = await store.save({
        operationId: uuidv7(),
        kind: 'contact.attempt',
        residentId: person.id,
        body: { attemptId: uuidv7(), onDay: props.today, means: 'telephone', note: note.trim() },
      });
      if (result.kind === 'refused') return setFailure(whyNotSaved(result));
    }
    props.onClose();
  };

  return (
    <BottomSheet title={person.name} onClose={props.onClose}>
      {dial ? (
        <a className="f-button" data-kind="main" href={dial}>
          ☎ 拨打 {person.phone}
        </a>
      ) : (
        <div className="f-note" data-state="late">
          {person.phone
            ? `留的电话“${person.phone}”不能拨打，可在个人页改。`
            : '没有留电话，可在个人页补上。'}
        </div>
      )}
      <FieldButton onClick={() => goTo(`/people/${person.id}/visit?by=3`)}>通话中，做电话随访</FieldButton>
      {tasks.length === 0 ? (
        <p className="f-small f-soft">{reasons[0]?.text}</p>
      ) : (
        <>
          <div
            className="f-choices"
            role="radiogroup"
            aria-label="通话结果"
            style={{ flexDirection: 'column' }}
          >
            {results.map((result) => (
              // biome-ignore lint/a11y/useSemanticElements: a large target, not a small dot.
              <button
                key={result.code}
                type="button"
                role="radio"
                aria-checked={code === result.code}
                className="f-choice"
                onClick={() => {
                  setCode(result.code);
                  setNote(result.note);
                }}
              >
                {result.label}
              </button>
            ))}
          </div>
          {closes && (
            <>
              <label className="f-field">
                <span className="f-label">说明（不随访的原因）</span>
                <input
                  className="f-input"
                  value={note}
                  maxLength={200}
                  onChange={(event) => setNote(event.target.value)}
                />
              </label>
              <label className="f-field">
                <span className="f-label">下次随访日期</span>
                <input
                  className="f-input"
                  type="date"
                  min={props.today}
                  value={nextDueOn}
                  onChange={(event) => setNextDueOn(event.target.value)}
                />
              </label>
            </>
          )}
          {code === 'lost' && (
            <p className="f-small f-soft" style={{ margin: 0 }}>
              同时记一次联系尝试（电话，今天）。
            </p>
          )}
          {failure && (
            <div className="f-error" role="alert">
              {failure}
            </div>
          )}
          <FieldButton
            kind="main"
            disabled={code === undefined || (closes && (note.trim() === '' || nextDueOn === ''))}
            onClick={() => void finish()}
          >
            {closes ? '今天不随访，保存' : '完成'}
          </FieldButton>
        </>
      )}
    </BottomSheet>
  );
}
