import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { countConsultations } from '../contract.ts';

const refreshMs = 30_000;

/** On the day's work: how many questions wait for an opinion of this house, and how many opinions came back; nothing when none. */
export function ConsultationsStrip() {
  const { role } = useActor();
  const counts = useQuery({
    queryKey: ['consultation-counts'],
    queryFn: () => callApi(countConsultations),
    enabled: mayDo(role, 'consultations.read'),
    refetchInterval: refreshMs,
  });
  const { unanswered = 0, late = 0, answered = 0, declined = 0 } = counts.data ?? {};
  if (unanswered + answered + declined === 0) return null;
  return (
    <section className="card row spread" aria-label="会诊" style={{ padding: '10px 14px', minHeight: 44 }}>
      <span>
        <b>会诊</b> {unanswered > 0 && <span style={{ color: 'var(--late)' }}>待答复 {unanswered} </span>}
        {late > 0 && <span style={{ color: 'var(--crisis)', fontWeight: 600 }}>其中超时 {late} </span>}
        {answered > 0 && <span style={{ color: 'var(--late)' }}>意见待采纳 {answered} </span>}
        {declined > 0 && <span>被退回 {declined}</span>}
      </span>
      <Link to="/consultations" search={unanswered > 0 ? {} : { side: 'asking' }}>
        打开
      </Link>
    </section>
  );
}
