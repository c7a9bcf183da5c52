import { useQuery } from '@tanstack/react-query';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { showReferral } from '../contract.ts';

/** What the sender did first, and what was told of the person when they were sent: the receiving house sees no more. */
export function ReferralMore({ referralId }: { referralId: string }) {
  const referral = useQuery({
    queryKey: ['referrals', 'one', referralId],
    queryFn: () => callApi(showReferral, { params: { referralId } }),
  });
  if (referral.isPending) return <Loading rows={3} />;
  if (referral.isError) return <Failure error={referral.error} onRetry={() => void referral.refetch()} />;
  const { firstHandling, summary, side, receiverUntil } = referral.data;
  const parts = [
    ['初步处理', firstHandling],
    ['疾病', summary.conditions.join('、') || '未登记'],
    ['用药', summary.medicines.join('；') || '未登记'],
  ] as const;
  return (
    <div style={{ marginTop: 8 }}>
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
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        转出时的摘要，之后的变化不在其中。
        {side === 'received' && receiverUntil && `本机构可见到 ${printInstantDay(receiverUntil)}。`}
      </p>
    </div>
  );
}
