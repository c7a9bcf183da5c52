import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { checkLoss } from '#capabilities/closing/domain/check-loss.ts';
import { checkRefusal, latestReviewOn } from '#capabilities/closing/domain/check-refusal.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { FieldButton, FieldEmpty } from '#platform/browser/field/controls.tsx';
import { goTo, useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import { contactsOf } from '../domain/contacts-of.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { ContactAttempts } from './contact-attempts.tsx';
import { InnerFrame } from './field-frame.tsx';
import { usePerson, usePhone, usePhoneToday } from './phone-context.tsx';
import { refusedOperation } from './replace-refused.ts';
import { whyNotSaved } from './why-not-saved.ts';

type CloseReason = (FieldOperation & { kind: 'enrollment.close' })['body']['reason'];

const reasons: readonly { readonly code: CloseReason; readonly label: string; readonly all: boolean }[] = [
  { code: 'dead', label: '死亡', all: true },
  { code: 'moved', label: '迁出（不再由本村管理）', all: true },
  { code: 'refused', label: '拒绝管理', all: false },
  { code: 'lost', label: '失访（多次联系不上）', all: true },
  { code: 'wrong-diagnosis', label: '诊断有误', all: false },
];

/** Ends the management of a person with a reason and a day; death, moving away and loss end all of it. */
export function CloseScreen() {
  const { id = '' } = usePathParts('/people/:id/close');
  const person = usePerson(id);
  const found = person.kind === 'there' ? person.value : undefined;
  if (found && found.programs.length > 0) return <CloseOf person={found} />;
  return (
    <InnerFrame title="死亡·迁出·拒绝" back={`/people/${id}`}>
      {person.kind === 'there' && (
        <FieldEmpty title={found ? `${found.name} 没有在管的病种` : '本机没有这个人'}>
          未纳入管理的居民，死亡或迁出请在工作台登记。
        </FieldEmpty>
      )}
    </InnerFrame>
  );
}

/** What was typed of an ending that came back, to be opened again as it was. */
const closingOf = (operation: FieldOperation | undefined) =>
  operation?.kind === 'enrollment.close' ? operation.body : undefined;

function CloseOf({ person }: { person: PersonDocument }) {
  const { store } = usePhone();
  const today = usePhoneToday();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const sentBack = closingOf(refusedOperation(store, mended));
  const [code, setCode] = useState<CloseReason | undefined>(
    sentBack?.reason ?? (query.get('reason') === 'lost' ? 'lost' : undefined),
  );
  const programs = sentBack
    ? person.programs.filter((one) => one.enrollmentId === sentBack.enrollmentId)
    : person.programs;
  const [chosen, setChosen] = useState<readonly string[]>(programs.map((one) => one.enrollmentId));
  const [day, setDay] = useState<string>(sentBack?.closedOn ?? today);
  const [note, setNote] = useState(sentBack?.note ?? '');
  const [reviewOn, setReviewOn] = useState<string>(sentBack?.reviewOn ?? '');
  const [failure, setFailure] = useState<string>();
  const reason = reasons.find((one) => one.code === code);
  // While the year is being typed the day is of long ago.
  const isDay = day >= person.birthDate && day <= today;
  const tooFew =
    code === 'lost' && isDay ? checkLoss(contactsOf(person, today), day as PlainDate) : undefined;
  const isRefusal = code === 'refused';
  const asked = { note, reviewOn: (reviewOn || undefined) as PlainDate | undefined, after: today, today };
  const lacking = isRefusal ? checkRefusal(asked) : [];
  const ended = programs.filter((one) => reason?.all || chosen.includes(one.enrollmentId));

  const save = async () => {
    if (!code || tooFew || lacking.length > 0) return;
    let last = '';
    for (const program of ended) {
      last = uuidv7();
      const body = {
        enrollmentId: program.enrollmentId,
        version: program.version,
        closedOn: day as PlainDate,
        reason: code,
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(isRefusal && asked.reviewOn ? { reviewOn: asked.reviewOn } : {}),
      };
      if (sentBack && mended) last = mended;
      const result =
        sentBack && mended
          ? await store.resolve(mended, { kind: 'replace', body })
          : await store.save({
              operationId: last,
              kind: 'enrollment.close',
              residentId: person.id,
              body,
            });
      if (result.kind === 'refused') return setFailure(whyNotSaved(result));
    }
    goTo(`/people/${person.id}?saved=${last}`, 'replace');
  };

  return (
    <InnerFrame
      title={`${person.name} · 结束管理`}
      back={`/people/${person.id}`}
      action={
        <FieldButton
          kind="danger"
          disabled={!code || ended.length === 0 || !isDay || tooFew !== undefined || lacking.length > 0}
          onClick={() => void save()}
        >
          {reason ? `登记${reason.label.replace(/（.*/, '')}` : '请先选原因'}
        </FieldButton>
      }
    >
      <section className="f-card">
        <h2>原因</h2>
        <div className="f-choices" role="radiogroup" aria-label="原因" style={{ flexDirection: 'column' }}>
          {reasons.map((one) => (
            // biome-ignore lint/a11y/useSemanticElements: a large target, not a small dot.
            <button
              key={one.code}
              type="button"
              role="radio"
              aria-checked={code === one.code}
              className="f-choice"
              onClick={() => setCode(one.code)}
            >
              {one.label}
            </button>
          ))}
        </div>
      </section>
      {code === 'lost' && (
        <ContactAttempts person={person} today={today} lostOn={isDay ? (day as PlainDate) : today} />
      )}
      {reason && !reason.all && programs.length > 1 && (
        <section className="f-card">
          <h2>哪些病种</h2>
          <div className="f-choices">
            {programs.map((one) => (
              // biome-ignore lint/a11y/useSemanticElements: a large target, not a small box.
              <button
                key={one.enrollmentId}
                type="button"
                role="checkbox"
                aria-checked={chosen.includes(one.enrollmentId)}
                className="f-choice"
                onClick={() =>
                  setChosen((old) =>
                    old.includes(one.enrollmentId)
                      ? old.filter((id) => id !== one.enrollmentId)
                      : [...old, one.enrollmentId],
                  )
                }
              >
                {programLabels[one.program]}
              </button>
            ))}
          </div>
        </section>
      )}
      <section className="f-card">
        <label className="f-field">
          <span className="f-label" data-required="true">
            日期
          </span>
          <input
            className="f-input"
            type="date"
            max={today}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </label>
        {isRefusal && (
          <label className="f-field">
            <span className="f-label" data-required="true">
              再次征询日期
            </span>
            <input
              className="f-input"
              type="date"
              min={addDays(today, 1)}
              max={latestReviewOn(today)}
              value={reviewOn}
              onChange={(event) => setReviewOn(event.target.value)}
            />
          </label>
        )}
        <label className="f-field">
          <span className="f-label" data-required={isRefusal ? 'true' : undefined}>
            {isRefusal ? '拒绝的原因' : '说明'}
          </span>
          <input
            className="f-input"
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {lacking.length > 0 && (
          <div className="f-note" role="status" data-state="late">
            {lacking.map((one) => (
              <div key={one.path}>{one.message}</div>
            ))}
          </div>
        )}
      </section>
      {failure && (
        <div className="f-note" data-state="crisis" role="alert">
          {failure}
        </div>
      )}
    </InnerFrame>
  );
}
