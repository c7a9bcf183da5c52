import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { showContracts } from '../contract.ts';
import { contractWords } from './contract-words.ts';

/** On the person's page: with whom they are signed and what is owed, or that they should be asked. */
export function ContractPanel({ residentId }: { residentId: string }) {
  const contracts = useQuery({
    queryKey: ['contracts', 'of', residentId],
    queryFn: () => callApi(showContracts, { params: { residentId } }),
  });
  if (contracts.isLoadingError)
    return <Failure error={contracts.error} onRetry={() => void contracts.refetch()} />;
  if (!contracts.data) return null;
  const { current, running, fitting, packages } = contracts.data;
  const words = current && contractWords(current.state);
  const late = [...(running?.deliveries ?? []), ...(current?.deliveries ?? [])].filter(
    (one) => one.isOverdue,
  );
  const fits = packages.filter((one) => fitting.includes(one.id)).map((one) => one.name);
  return (
    <section className="card" aria-label="家庭医生签约">
      <div className="row spread">
        <h2>家庭医生签约</h2>
        <Link to="/residents/$residentId/contract" params={{ residentId }}>
          {current ? '签约与履约' : '去签约'}
        </Link>
      </div>
      {current && words ? (
        <div className="row" style={{ marginTop: 6 }}>
          <StateTag state={words.tone}>{words.text}</StateTag>
          <span>
            {current.doctorName}，到 {current.validTo}
          </span>
          {late.length > 0 && <StateTag state="late">欠 {late.map((one) => one.label).join('、')}</StateTag>}
        </div>
      ) : (
        <div className="row" style={{ marginTop: 6 }}>
          <StateTag state="recheck">未签约</StateTag>
          <span className="soft">适合：{fits.join('、')}</span>
        </div>
      )}
    </section>
  );
}
