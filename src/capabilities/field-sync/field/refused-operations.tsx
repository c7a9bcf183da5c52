import { useState } from 'react';
import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { findRecordForm } from '#capabilities/records/domain/record-forms.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { dayTyped, type PlainDate } from '#kernel/plain-date.ts';
import { BottomSheet, FieldButton } from '#platform/browser/field/controls.tsx';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { StoredOperation } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import { mendPlaceOf } from './mend-place.ts';
import { usePhone, usePhoneToday } from './phone-context.tsx';
import { problemLines } from './refusal-of.ts';
import { readingsOf, timeWords, titleOf } from './typed-words.ts';
import { type DefinitionBook, useDefinitions } from './use-definitions.ts';

type Stored = StoredOperation<FieldOperation>;

/** What the server sent back, to whoever typed it: about whom, what was typed, why, and the ways to mend it. */
export function RefusedOperations() {
  const { store } = usePhone();
  const [givingUp, setGivingUp] = useState<Stored>();
  const refused = store.needsYou();
  if (refused.length === 0) return null;
  return (
    <section className="f-card">
      <h2>需要您处理</h2>
      {refused.map((one) => (
        <RefusedOne key={one.operation.operationId} stored={one} onGiveUp={() => setGivingUp(one)} />
      ))}
      {givingUp && <GiveUp stored={givingUp} onClose={() => setGivingUp(undefined)} />}
    </section>
  );
}

function RefusedOne({ stored, onGiveUp }: { stored: Stored; onGiveUp: () => void }) {
  const { store } = usePhone();
  const { operation, problem } = stored;
  const readings = readingsOf(operation);
  const isHere = operation.kind === 'resident.register' || store.line(operation.residentId) !== undefined;
  const today = usePhoneToday();
  const book = useDefinitions();
  const isOfEnded = problem?.code === 'edition-ended' || problem?.code === 'unknown-edition';
  const moves = isOfEnded && book.kind === 'there' && hasNewer(operation, book.value, today);
  const isTooFew = problem?.code === 'too-few-attempts';
  const mendPlace = !isHere
    ? undefined
    : isTooFew
      ? `/people/${operation.residentId}/contact`
      : mendPlaceOf(operation, moves ? 'moved' : 'operation');
  return (
    <div className="f-note" data-state="crisis" style={{ marginBottom: 8 }}>
      <b>{titleOf(store, stored)}</b>
      {readings && <div>{readings}</div>}
      <div className="f-small">保存于 {timeWords(stored.savedAt)}</div>
      {problem && problemLines(problem).map((line) => <div key={line}>{line}</div>)}
      {!isHere && (
        <div>
          此人已不在本机（去世、迁出或不再归您管理），不能在本机改。原文已留在服务器：请告诉卫生院在“手机与同步”里处理，或写明原因放弃。
        </div>
      )}
      <div className="f-row" style={{ marginTop: 8 }}>
        {mendPlace && (
          <FieldLink to={mendPlace} className="f-button" data-kind="main">
            {moves ? '改用新版填写' : isTooFew ? '记录联系' : '打开修改'}
          </FieldLink>
        )}
        <FieldButton
          kind="quiet"
          onClick={() => void store.resolve(operation.operationId, { kind: 'retry' })}
        >
          原样再传
        </FieldButton>
        <FieldButton kind="quiet" onClick={onGiveUp}>
          放弃
        </FieldButton>
      </div>
    </div>
  );
}

function GiveUp({ stored, onClose }: { stored: Stored; onClose: () => void }) {
  const { store } = usePhone();
  const [reason, setReason] = useState('');
  return (
    <BottomSheet title="放弃这一项" onClose={onClose}>
      <p style={{ margin: 0 }}>原文和原因会留在服务器上，不会计入记录。</p>
      <label className="f-field">
        <span className="f-label" data-required="true">
          原因
        </span>
        <input
          className="f-input"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <FieldButton
        kind="danger"
        disabled={reason.trim() === ''}
        onClick={() =>
          void store
            .resolve(stored.operation.operationId, { kind: 'give-up', reason: reason.trim() })
            .then(onClose)
        }
      >
        放弃
      </FieldButton>
    </BottomSheet>
  );
}

/** Whether one of its sheets would be begun for its day on another edition than it was typed on. */
function hasNewer(operation: FieldOperation, book: DefinitionBook, today: PlainDate): boolean {
  const sheets =
    operation.kind === 'visit.record'
      ? operation.body.sheets.map(
          (one) => [followUpFormOf(one.program), one.formEdition, one.answers.visitDate] as const,
        )
      : operation.kind === 'record.file'
        ? [[operation.body.form, operation.body.formEdition, dayOfRecord(operation.body)] as const]
        : [];
  return sheets.some(
    ([form, edition, day]) =>
      !book.isEnded(form) && book.newest(form, dayTyped(day, today) ?? today).edition !== edition,
  );
}

const dayOfRecord = ({ form, answers }: { form: string; answers: FormAnswers }) =>
  answers[findRecordForm(form)?.dayField ?? ''];
