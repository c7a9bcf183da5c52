import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { StoredOperation } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { referralToPropose } from '../domain/referrals-on-phone.ts';
import { mendPlaceOf } from './mend-place.ts';
import { usePhone, useStoreVersion } from './phone-context.tsx';
import { ReferralCard } from './referral-card.tsx';
import { problemLines } from './refusal-of.ts';
import { useHouses } from './use-houses.ts';

/** About referrals of a person: what came back unsent, what the rules advise, and how far each has come. */
export function ReferralSection({ person }: { person: PersonDocument }) {
  const { store } = usePhone();
  useStoreVersion();
  const { own } = useHouses();
  const refused = store.needsYou().filter((one) => isOfReferral(one, person.id));
  const advice = refused.length === 0 ? referralToPropose(person, own) : undefined;
  const referrals = person.referrals ?? [];
  return (
    <>
      {refused.map(({ operation, problem }) => (
        <div key={operation.operationId} className="f-note" data-state="crisis" role="alert">
          <b>
            {operation.kind === 'referral.send' ? '转诊没有送出，被退回' : '转诊的这一步没有办成，被退回'}
          </b>
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
      ))}
      {advice && (
        <section
          className="f-note"
          data-state={advice.kind === 'crisis' ? 'crisis' : 'late'}
          aria-label="建议转诊"
        >
          <b>{advice.kind === 'crisis' ? '危急：应紧急转诊' : '按规则建议转诊'}</b>
          <div>{advice.reason}</div>
          <FieldLink
            to={`/people/${person.id}/refer`}
            className="f-button"
            data-kind={advice.kind === 'crisis' ? 'danger' : 'main'}
            style={{ marginTop: 8 }}
          >
            发起转诊
          </FieldLink>
        </section>
      )}
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

const isOfReferral = ({ operation }: StoredOperation<FieldOperation>, residentId: string) =>
  operation.residentId === residentId &&
  (operation.kind === 'referral.send' || operation.kind === 'referral.step');
