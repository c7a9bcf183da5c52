import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { countDueContracts } from '../contract.ts';

/** On the day's worklist: what the doctor's contracts owe; nothing when nothing is owed. */
export function DueContractsStrip() {
  const actor = useActor();
  const mine = actor.role === 'village-doctor' ? ('true' as const) : ('false' as const);
  const due = useQuery({
    queryKey: ['contracts', 'due-counts', mine],
    queryFn: () => callApi(countDueContracts, { query: { mine } }),
  });
  if (due.isLoadingError) return <Failure error={due.error} onRetry={() => void due.refetch()} />;
  if (!due.data) return null;
  const { counts, most } = due.data;
  if (counts.overdue + counts.soon + counts['to-renew'] === 0) return null;
  const print = (count: number) => (count >= most ? `${count}+` : String(count));
  return (
    <Link to="/contracts" className="card row" style={{ padding: '10px 14px', textDecoration: 'none' }}>
      <b>签约履约</b>
      <span style={{ color: counts.overdue > 0 ? 'var(--late)' : 'inherit' }}>
        逾期 {print(counts.overdue)} 人
      </span>
      <span>30日内 {print(counts.soon)} 人</span>
      <span>待续签 {print(counts['to-renew'])} 人</span>
    </Link>
  );
}
