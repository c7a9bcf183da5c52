import { callApi } from '#platform/browser/api-client.ts';
import { requestReferral, type VisitDetail } from '../contract.ts';
import { ReferralFields } from './referral-fields.tsx';

/** Beyond the centre: what was done first, to which house, and why; the summary is drawn from the record. */
export function ReferralForm({ visit: { visitId, residentId, version } }: { visit: VisitDetail }) {
  return (
    <ReferralFields
      residentId={residentId}
      draft={`visit:${visitId}:referral`}
      action="记下处理并申请转诊"
      send={(asked) => callApi(requestReferral, { params: { visitId }, body: { ...asked, version } })}
    />
  );
}
