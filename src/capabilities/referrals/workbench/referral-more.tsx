import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { type ReferralBack, showReferral } from '../contract.ts';
import { FoundPerson } from './found-person.tsx';

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
  const parts = [
    ['初步处理', firstHandling || '未填写'],
    ['疾病', summary.conditions.join('、') || '未登记'],
    ['用药', summary.medicines.join('；') || '未登记'],
  ] as const;
  return (
    <div style={{ marginTop: 8 }}>
      {back && <BackSlip title={isFound ? '下转单' : '回转单'} back={back} />}
      {isFound && <FoundPerson one={referral.data} />}
      {!isFound && (
        <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 12px', margin: 0 }}>
          {parts.map(([label, text]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt className="soft">{label}</dt>
              <dd style={{ margin: 0 }}>{text}</dd>
            </div>
          ))}
          <dt className="soft">最近检查</dt>
          <dd style={{ margin: 0 }}>
            {summary.readings.length === 0 && '未登记'}
            {summary.readings.map((one) => (
              <div key={one.label}>
                {one.label} {one.value} {one.unit}{' '}
                <span className="soft">
                  {one.on} {one.context}
                </span>
              </div>
            ))}
          </dd>
        </dl>
      )}
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
  ].filter(([, text]) => text);
  return (
    <div style={{ background: 'var(--ground)', padding: 10, borderRadius: 6, marginBottom: 8 }}>
      <b>{title}</b>
      <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 12px', margin: '4px 0 0' }}>
        {lines.map(([label, text]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt className="soft">{label}</dt>
            <dd style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
