import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { whyNoAttempt } from '#capabilities/closing/domain/check-attempt.ts';
import { tellAttempts, weighAttempts } from '#capabilities/closing/domain/check-loss.ts';
import { type ContactMeans, contactMeans } from '#capabilities/closing/domain/closing-words.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { FieldButton, FieldTag } from '#platform/browser/field/controls.tsx';
import { contactsOf } from '../domain/contacts-of.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { usePhone } from './phone-context.tsx';
import { whyNotSaved } from './why-not-saved.ts';

const shown = 6;

/** Attempts to reach a person: how many count towards a loss on a day, which they are, and a new one. */
export function ContactAttempts(props: { person: PersonDocument; today: PlainDate; lostOn: PlainDate }) {
  const { person, today } = props;
  const ended = whyNoAttempt(person.status);
  const weighed = weighAttempts(contactsOf(person, today), props.lostOn);
  const attempts = person.attempts.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
  return (
    <section className="f-card" aria-label="联系尝试">
      <h2>联系尝试</h2>
      <div className="f-note" role="status" data-state={weighed.missing > 0 ? 'late' : undefined}>
        {ended ?? tellAttempts(weighed)}
      </div>
      {attempts.slice(0, shown).map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two attempts on one day are two lines.
        <div key={at} className="f-row f-spread f-small" style={{ padding: '4px 0' }}>
          <span>
            {one.on} {contactMeans[one.means]}
          </span>
          {one.isLocal && <FieldTag state="recheck">待上传</FieldTag>}
        </div>
      ))}
      {attempts.length > shown && <p className="f-small f-soft">另有 {attempts.length - shown} 次更早的。</p>}
      {ended === undefined && <NewAttempt person={person} today={today} />}
      <p className="f-small f-soft" style={{ margin: '8px 0 0' }}>
        本机保存的也算数；别处记的，联网同步后算上。
      </p>
    </section>
  );
}

function NewAttempt({ person, today }: { person: PersonDocument; today: PlainDate }) {
  const { store } = usePhone();
  const [means, setMeans] = useState<ContactMeans>('telephone');
  const [day, setDay] = useState<string>(today);
  const [note, setNote] = useState('');
  const [ids, setIds] = useState(() => ({ operationId: uuidv7(), attemptId: uuidv7() }));
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    // Emptied when pressed: what is typed from now on is the next attempt's, though it may be the same words.
    setNote('');
    setDay(today);
    const result = await store.save({
      operationId: ids.operationId,
      kind: 'contact.attempt',
      residentId: person.id,
      body: { attemptId: ids.attemptId, onDay: day as PlainDate, means, note: note.trim() },
    });
    setBusy(false);
    if (result.kind === 'refused') {
      setNote((now) => now || note);
      setDay((now) => (now === today ? day : now));
      return setFailure(whyNotSaved(result));
    }
    setFailure(undefined);
    setIds({ operationId: uuidv7(), attemptId: uuidv7() });
  };
  return (
    <>
      <div className="f-choices" role="radiogroup" aria-label="联系方式" style={{ marginTop: 8 }}>
        {(Object.keys(contactMeans) as ContactMeans[]).map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: a large target, not a small dot.
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={means === one}
            className="f-choice"
            onClick={() => setMeans(one)}
          >
            {contactMeans[one]}
          </button>
        ))}
      </div>
      <label className="f-field">
        <span className="f-label" data-required="true">
          联系日期
        </span>
        <input
          className="f-input"
          type="date"
          max={today}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      <label className="f-field">
        <span className="f-label" data-required="true">
          联系结果
        </span>
        <input
          className="f-input"
          maxLength={200}
          placeholder="如：电话停机"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {failure && (
        <div className="f-error" role="alert">
          {failure}
        </div>
      )}
      <FieldButton
        disabled={busy || note.trim() === '' || day === '' || day > today}
        onClick={() => void save()}
      >
        记一次联系
      </FieldButton>
    </>
  );
}
