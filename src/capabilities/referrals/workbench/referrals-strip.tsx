import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { countReferrals } from '../contract.ts';

const refreshMs = 30_000;

/** On the day's work: how many referrals wait for an answer of this house, or to be arranged otherwise; nothing when none. */
export function ReferralsStrip() {
  const { role } = useActor();
  const counts = useQuery({
    queryKey: ['referral-counts'],
    queryFn: () => callApi(countReferrals),
    enabled: mayDo(role, 'referrals.answer'),
    refetchInterval: refreshMs,
  });
  const { unanswered = 0, late = 0, unsettled = 0, returned = 0 } = counts.data ?? {};
  if (unanswered + unsettled + returned === 0) return null;
  return (
    <section
      className="card row spread"
      aria-label="双向转诊"
      style={{ padding: '10px 14px', minHeight: 44 }}
    >
      <span>
        <b>双向转诊</b> {unanswered > 0 && <span style={{ color: 'var(--late)' }}>待答复 {unanswered} </span>}
        {late > 0 && <span style={{ color: 'var(--crisis)', fontWeight: 600 }}>其中超时 {late} </span>}
        {returned > 0 && <span style={{ color: 'var(--late)' }}>回转待接续 {returned} </span>}
        {unsettled > 0 && <span>被拒收或未到位 {unsettled}</span>}
      </span>
      <Link to="/referrals" search={{ side: unanswered > 0 ? 'received' : 'sent' }}>
        打开
      </Link>
    </section>
  );
}
