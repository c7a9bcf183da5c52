import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormPaper } from '#platform/browser/form-renderer/form-paper.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { referralBack2017 } from '#standards/forms/referral-back/2017.ts';
import { referralOut2017 } from '#standards/forms/referral-out/2017.ts';
import { showReferral } from '../contract.ts';
import { backSlip, outSlip } from '../domain/slip-answers.ts';

/** The national slips of a referral on A4: the way out, and the way back once there is one. */
export function PrintReferralScreen() {
  const { referralId } = useParams({ from: '/print/referrals/$referralId' });
  const actor = useActor();
  const referral = useQuery({
    queryKey: ['referrals', 'one', referralId],
    queryFn: () => callApi(showReferral, { params: { referralId } }),
  });
  if (referral.isLoadingError)
    return <Failure error={referral.error} onRetry={() => void referral.refetch()} />;
  if (referral.isPending) return <Loading />;
  const one = referral.data;
  const sheet = { name: one.name, archiveTail: '', isDemo: actor.isDemo };
  const takenOn = one.steps.find((step) => step.state === 'taken-on')?.byName;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <span className="small soft">家庭住址、联系电话不随转诊单传送，请手写。</span>
      </div>
      <div className="scroll-x">
        {!one.isFound && (
          <FormPaper {...sheet} edition={referralOut2017} answers={outSlip(one, one.requestedOn)} />
        )}
        {one.back && (
          <div style={one.isFound ? {} : { breakBefore: 'page', marginTop: 32 }}>
            <FormPaper {...sheet} edition={referralBack2017} answers={backSlip(one, one.back, takenOn)} />
          </div>
        )}
      </div>
    </div>
  );
}
