import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { type ReferralBack, showReferral } from '../contract.ts';
import { FoundPerson } from './found-person.tsx';
import { LabelledLines, ToldList } from './told-list.tsx';

/** What the sender did first, and what was told of the person when they were sent: the receiving house sees no more. */
export function ReferralMore({ referralId }: { referralId: string }) {
  const referral = useQuery({
    queryKey: ['referrals', 'one', referralId],
    queryFn: () => callApi(showReferral, { params: { referralId } }),
  });
  if (referral.isPending) return <Loading rows={3} />;
  if (referral.isLoadingError)
    return <Failure error={referral.error} onRetry={() => void referral.refetch()} />;
  const { firstHandling, summary, side, receiverUntil, back, isFound } = referral.data;
  return (
    <div style={{ marginTop: 8 }}>
      {back && <BackSlip title={isFound ? '下转单' : '回转单'} back={back} />}
      {isFound && <FoundPerson one={referral.data} />}
      {!isFound && <ToldList summary={summary} lines={[['初步处理', firstHandling || '未填写']]} />}
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        {!isFound && '转出时的摘要，之后的变化不在其中。'}
        {side === 'received' && receiverUntil && `本机构可见到 ${printInstantDay(receiverUntil)}。`}{' '}
        <Link to="/print/referrals/$referralId" params={{ referralId }} target="_blank">
          打印转诊单
        </Link>
      </p>
    </div>
  );
}

/** 回转: what the hospital found, did, and asks to go on with. */
function BackSlip({ title, back }: { title: string; back: ReferralBack }) {
  const lines = [
    ['诊断结果', back.diagnosis],
    ['主要检查结果', back.examResults],
    ['治疗与建议', back.treatmentAndAdvice],
    ['病案号', [back.hospitalRecordNo, back.inpatientNo].filter(Boolean).join('，')],
    ['转诊医生', `${back.fromDoctor} ${back.fromPhone} · ${back.backDate}`],
  ] as const;
  return (
    <div style={{ background: 'var(--ground)', padding: 10, borderRadius: 6, marginBottom: 8 }}>
      <b>{title}</b>
      <div style={{ marginTop: 4 }}>
        <LabelledLines lines={lines.filter(([, text]) => text)} />
      </div>
    </div>
  );
}
