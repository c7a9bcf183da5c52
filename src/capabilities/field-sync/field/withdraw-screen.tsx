import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { labelOf, missingWord, referralDeeds } from '#capabilities/referrals/domain/referral-states.ts';
import { FieldButton, FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { goTo, useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import type { PersonDocument } from '../domain/person-document.ts';
import type { PhoneReferral } from '../domain/phone-referral.ts';
import { deedsOnPhone } from '../domain/referrals-on-phone.ts';
import { InnerFrame } from './field-frame.tsx';
import { NoRoom } from './no-room.tsx';
import { usePerson, usePhone } from './phone-context.tsx';
import { refusalOf } from './refusal-of.ts';
import { isOnPhone, refusedOperation } from './replace-refused.ts';
import { useHouses } from './use-houses.ts';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';
import { whyNotSaved } from './why-not-saved.ts';

/** Takes a referral back, or says what was arranged instead. */
export function WithdrawScreen() {
  const { id = '' } = usePathParts('/people/:id/withdraw');
  const { query } = useLocation();
  const person = usePerson(id);
  const { own } = useHouses();
  const found = person.kind === 'there' ? person.value : undefined;
  const referral = found?.referrals?.find((one) => one.id === query.get('referral'));
  if (found && referral && deedsOnPhone(referral, own).includes('withdraw'))
    return <WithdrawOf person={found} referral={referral} />;
  return (
    <InnerFrame title="撤回转诊" back={`/people/${id}`}>
      {person.kind === 'loading' && <FieldLoading />}
      {person.kind === 'there' && (
        <FieldEmpty title="这份转诊不能撤回了">本人已到位、已转回，或已经撤回。</FieldEmpty>
      )}
    </InnerFrame>
  );
}

function WithdrawOf({ person, referral }: { person: PersonDocument; referral: PhoneReferral }) {
  const { store } = usePhone();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const sentBack = refusedOperation(store, mended);
  const { draft, change, saveWith, room } = useKeptDraft(
    store,
    mended ? typedAs(mended) : `withdraw:${referral.id}`,
    () => ({
      operationId: mended ?? uuidv7(),
      note: sentBack?.kind === 'referral.step' ? sentBack.body.note : '',
    }),
    (kept) => mended !== undefined || !isOnPhone(store, kept.operationId, person.id),
  );
  const [failure, setFailure] = useState<string>();
  const label = labelOf('withdraw', referral.state);
  // Typed before what was kept has been read, a word would be lost.
  if (!draft)
    return (
      <InnerFrame title={`${person.name} · ${label}`} back={`/people/${person.id}`}>
        {room.kind === 'none' ? <NoRoom again={room.again} /> : <FieldLoading />}
      </InnerFrame>
    );
  const missing = missingWord('withdraw', draft.note);
  const save = async () => {
    const { operationId, note } = draft;
    const body = { referralId: referral.id, version: referral.version, deed: 'withdraw' as const, note };
    const operation = { operationId, kind: 'referral.step' as const, residentId: person.id, body };
    const result = await saveWith(operationId, (drafts) =>
      mended ? store.resolve(mended, { kind: 'replace', body }, drafts) : store.save(operation, drafts),
    );
    if (result.kind === 'refused') return setFailure(whyNotSaved(result, true));
    goTo(`/people/${person.id}?saved=${operationId}`, 'replace');
  };
  return (
    <InnerFrame
      title={`${person.name} · ${label}`}
      back={`/people/${person.id}`}
      action={
        <FieldButton kind="main" disabled={missing !== undefined} onClick={() => void save()}>
          确认{label}
        </FieldButton>
      }
    >
      {[...refusalOf(store, mended), ...(failure ? [failure] : [])].map((line) => (
        <div key={line} className="f-note" data-state="crisis" role="alert">
          {line}
        </div>
      ))}
      <section className="f-card">
        <p style={{ margin: 0 }}>
          转往{referral.toName ?? ''}“{referral.toDepartment}”：{referral.reason}
        </p>
        <label className="f-field" style={{ marginTop: 12 }}>
          <span className="f-label" data-required="true">
            {referralDeeds.withdraw.asks}
          </span>
          <textarea
            className="f-input"
            rows={3}
            maxLength={300}
            value={draft.note}
            onChange={(event) => change((old) => ({ ...old, note: event.target.value }))}
          />
        </label>
      </section>
      <p className="f-small f-soft" style={{ margin: 0 }}>
        送达后对方不再看到这份转诊；没有网络时先存在手机里，急的请打电话告诉对方。
      </p>
    </InnerFrame>
  );
}
