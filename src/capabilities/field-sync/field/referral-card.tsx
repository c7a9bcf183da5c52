import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import {
  labelOf,
  type ReferralState,
  referralStates,
  urgencies,
} from '#capabilities/referrals/domain/referral-states.ts';
import { dialLink } from '#kernel/dial-link.ts';
import { FieldButton, type FieldState, FieldTag } from '#platform/browser/field/controls.tsx';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import type { PhoneReferral } from '../domain/phone-referral.ts';
import {
  cameToNothing,
  deedsOnPhone,
  followUpAfterReturn,
  underWayOf,
} from '../domain/referrals-on-phone.ts';
import { usePhone, useSyncState } from './phone-context.tsx';
import { useHouses } from './use-houses.ts';
import { whyNotSaved } from './why-not-saved.ts';

const looks: Readonly<Record<ReferralState, FieldState>> = {
  requested: 'recheck',
  accepted: 'recheck',
  declined: 'late',
  'not-arrived': 'late',
  arrived: 'good',
  returned: 'late',
  'taken-on': 'good',
  withdrawn: 'plain',
};

/** One referral: where to, how far it has come, what was said, and what the village may do now. */
export function ReferralCard({ person, referral }: { person: PersonDocument; referral: PhoneReferral }) {
  const { own, receivers } = useHouses();
  const waits = useUnsent(person.id, referral);
  const house = receivers?.find((one) => one.id === referral.toId);
  const name = referral.toName ?? house?.name;
  const deeds = deedsOnPhone(referral, own);
  return (
    <div style={{ padding: '6px 0' }} data-referral={referral.id}>
      <span className="f-row">
        <b>{[name, referral.toDepartment].filter(Boolean).join(' · ')}</b>
        {referral.urgency === 'emergency' && <FieldTag state="crisis">{urgencies.emergency}</FieldTag>}
        <FieldTag state={waits ? 'crisis' : looks[referral.state]}>
          {waits === 'sending'
            ? '待发送'
            : waits
              ? `${referralStates[referral.state]} · 待发送`
              : referralStates[referral.state]}
        </FieldTag>
      </span>
      <div className="f-small">{referral.reason}</div>
      {referral.fromName && referral.fromId !== own && (
        <div className="f-small f-soft">由{referral.fromName}发起</div>
      )}
      {waits !== 'sending' && <HowFar person={person} referral={referral} />}
      {deeds.includes('take-on') && <TakeOn person={person} referral={referral} />}
      {deeds.includes('withdraw') && (
        <span className="f-row" style={{ marginTop: 8 }}>
          {cameToNothing.includes(referral.state) && !underWayOf(person, own) && (
            <FieldLink to={`/people/${person.id}/refer`} className="f-button" data-kind="main">
              重新转诊
            </FieldLink>
          )}
          <FieldLink
            to={`/people/${person.id}/withdraw?referral=${referral.id}`}
            className="f-button"
            data-kind="quiet"
          >
            {labelOf('withdraw', referral.state)}
          </FieldLink>
        </span>
      )}
    </div>
  );
}

const momentWords = (at: string) => `${printInstantDay(at)} ${printInstantTime(at)}`;

/** What was said at the last step, by whom to be read on. */
function HowFar({ person, referral }: { person: PersonDocument; referral: PhoneReferral }) {
  const { clockSkewMinutes } = useSyncState();
  const { state, at, note, answerDueAt, back } = referral;
  const now = Date.now() - (clockSkewMinutes ?? 0) * 60_000;
  const isLate = state === 'requested' && answerDueAt !== undefined && Date.parse(answerDueAt) < now;
  const followUpBy = followUpAfterReturn(referral, person);
  const dial = dialLink(back?.fromPhone);
  return (
    <>
      <div className="f-small f-soft">
        {at && `${state === 'requested' ? '送达' : ''} ${momentWords(at)}`}
        {state === 'requested' && answerDueAt && `，应于 ${momentWords(answerDueAt)} 前答复`}
      </div>
      {isLate && <div className="f-error">超时未答复，请打电话问对方。</div>}
      {state === 'requested' && referral.toId === undefined && (
        <div className="f-warning">对方不在本平台，请另行联系。</div>
      )}
      {note && <div className="f-small">{note}</div>}
      {back && (
        <dl className="f-pairs f-small" style={{ marginTop: 6 }}>
          <dt>诊断</dt>
          <dd>{back.diagnosis}</dd>
          <dt>治疗与建议</dt>
          <dd>{back.treatmentAndAdvice}</dd>
          <dt>接诊医生</dt>
          <dd>
            {back.fromDoctor} {dial ? <a href={dial}>{back.fromPhone}</a> : back.fromPhone}（{back.backDate}）
          </dd>
        </dl>
      )}
      {state === 'taken-on' && (
        <div className="f-small">
          {followUpBy ? `转回后应随访：${followUpBy} 前` : '转回后已随访，转诊闭环'}
        </div>
      )}
    </>
  );
}

function TakeOn({ person, referral }: { person: PersonDocument; referral: PhoneReferral }) {
  const { store } = usePhone();
  const [operationId] = useState(uuidv7);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const result = await store.save({
      operationId,
      kind: 'referral.step',
      residentId: person.id,
      body: { referralId: referral.id, version: referral.version, deed: 'take-on', note: '' },
    });
    if (result.kind === 'refused') {
      setBusy(false);
      setFailure(whyNotSaved(result));
    }
  };
  return (
    <>
      <FieldButton kind="main" disabled={busy} onClick={() => void save()} style={{ marginTop: 8 }}>
        {labelOf('take-on', referral.state)}
      </FieldButton>
      {failure && (
        <div className="f-error" role="alert">
          {failure}
        </div>
      )}
    </>
  );
}

/** What of this referral still lies on the phone: itself, or its last step. */
function useUnsent(residentId: string, { id, isLocal }: PhoneReferral): 'sending' | 'step' | undefined {
  const { store } = usePhone();
  if (!isLocal) return undefined;
  const unsent = store.operations({ residentId }).filter((one) => one.state !== 'sent');
  const isOf = (kind: 'referral.send' | 'referral.step') =>
    unsent.some(({ operation }) => operation.kind === kind && operation.body.referralId === id);
  if (isOf('referral.send')) return 'sending';
  return isOf('referral.step') ? 'step' : undefined;
}
