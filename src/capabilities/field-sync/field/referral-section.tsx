import type { ReferralProposal } from '#capabilities/referrals/domain/propose-referral.ts';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { StoredOperation } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { adviceToRefer, referralToPropose, underWayOf } from '../domain/referrals-on-phone.ts';
import { CallHouse } from './call-house.tsx';
import { mendPlaceOf } from './mend-place.ts';
import { usePhone, usePhoneToday, useStoreVersion } from './phone-context.tsx';
import { ReferralCard } from './referral-card.tsx';
import { problemLines } from './refusal-of.ts';
import { useHouses } from './use-houses.ts';

type Stored = StoredOperation<FieldOperation>;

/** What must be seen before all else: a referral that came back, one nobody knows of yet, and what was just found. */
export function ReferralFirst({ person, isJustSaved }: { person: PersonDocument; isJustSaved: boolean }) {
  const { store } = usePhone();
  useStoreVersion();
  const { own } = useHouses();
  const unsent = store.operations({ residentId: person.id }).filter((one) => one.state !== 'sent');
  const refused = unsent.filter(isRefusedReferral);
  const today = usePhoneToday();
  const mayPropose = isJustSaved && refused.length === 0 && person.status === 'active';
  const advice = mayPropose && !underWayOf(person, own) ? adviceToRefer(person, today) : undefined;
  return (
    <>
      {refused.map((one) => (
        <CameBack key={one.operation.operationId} stored={one} />
      ))}
      {unsent.map(({ operation, state }) =>
        operation.kind === 'referral.send' &&
        state !== 'needs-you' &&
        !isTakenBack(person, operation.body.referralId) ? (
          <NotKnownYet key={operation.operationId} asked={operation.body} />
        ) : null,
      )}
      {advice && <Advice person={person} advice={advice} />}
    </>
  );
}

/** How far each referral of a person has come; what an open follow-up advises, where nothing came of it yet. */
export function ReferralSection({ person, isJustSaved }: { person: PersonDocument; isJustSaved: boolean }) {
  const { store } = usePhone();
  useStoreVersion();
  const today = usePhoneToday();
  const hasRefused = store.operations({ residentId: person.id }).some(isRefusedReferral);
  const advice = isJustSaved || hasRefused ? undefined : referralToPropose(person, today);
  const referrals = person.referrals ?? [];
  return (
    <>
      {advice && <Advice person={person} advice={advice} />}
      {referrals.length > 0 && (
        <section className="f-card" aria-label="转诊">
          <h2>转诊</h2>
          {referrals.map((one) => (
            <ReferralCard key={one.id} person={person} referral={one} />
          ))}
        </section>
      )}
    </>
  );
}

const isRefusedReferral = ({ operation, state }: Stored) =>
  state === 'needs-you' && (operation.kind === 'referral.send' || operation.kind === 'referral.step');

const isTakenBack = ({ referrals = [] }: PersonDocument, id: string) =>
  referrals.some((one) => one.id === id && one.state === 'withdrawn');

function CameBack({ stored: { operation, problem } }: { stored: Stored }) {
  return (
    <div className="f-note" data-state="crisis" role="alert">
      <b>{operation.kind === 'referral.send' ? '转诊没有送出，被退回' : '转诊的这一步没有办成，被退回'}</b>
      {problem && problemLines(problem).map((line) => <div key={line}>{line}</div>)}
      <FieldLink
        to={mendPlaceOf(operation, 'operation') ?? '/sync'}
        className="f-button"
        data-kind="main"
        style={{ marginTop: 8 }}
      >
        打开修改
      </FieldLink>
    </div>
  );
}

function NotKnownYet({ asked }: { asked: (FieldOperation & { kind: 'referral.send' })['body'] }) {
  const { receivers } = useHouses();
  const house = receivers?.find((one) => one.id === asked.toOrganizationId);
  return (
    <div className="f-note" data-state="crisis" role="status">
      <b>转诊待发送：{asked.toOrganizationId ? '对方还不知道' : '对方不在本平台，不会自动收到'}</b>
      <div>{asked.toOrganizationId ? '手机有网络后才会送出，急的请马上打电话。' : '请另行联系。'}</div>
      <CallHouse name={house?.name} phone={house?.phone} isEmergency={asked.urgency === 'emergency'} />
    </div>
  );
}

function Advice({ person, advice }: { person: PersonDocument; advice: ReferralProposal }) {
  const isCrisis = advice.urgency === 'emergency';
  return (
    <section className="f-note" data-state={isCrisis ? 'crisis' : 'late'} aria-label="建议转诊">
      <b>{advice.title}</b>
      {advice.first && <div>{advice.first}</div>}
      <div className={advice.first ? 'f-small f-soft' : ''}>{advice.reason}</div>
      <FieldLink
        to={`/people/${person.id}/refer`}
        className="f-button"
        data-kind={isCrisis ? 'danger' : 'main'}
        style={{ marginTop: 8 }}
      >
        发起转诊
      </FieldLink>
    </section>
  );
}
