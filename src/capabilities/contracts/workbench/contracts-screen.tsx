import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ContractTab, contractTabs } from './contract-words.ts';
import { DueList } from './due-list.tsx';
import { PackagesView } from './packages-view.tsx';
import { RatesView } from './rates-view.tsx';
import { UnsignedList } from './unsigned-list.tsx';

const labels: Readonly<Record<ContractTab, string>> = {
  due: '履约与续签',
  unsigned: '待签约',
  rates: '签约指标',
  packages: '服务包',
};

/** Family-doctor contracts of a place: what is owed, whom to ask, how it stands, what is offered. */
export function ContractsScreen() {
  const { tab = 'due', organizationId } = useSearch({ from: '/contracts' });
  const navigate = useNavigate();
  return (
    <main className="page">
      <h1>家庭医生签约</h1>
      <div className="tabs" role="tablist" aria-label="家庭医生签约">
        {contractTabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === one}
            onClick={() => void navigate({ to: '/contracts', search: { tab: one } })}
          >
            {labels[one]}
          </button>
        ))}
      </div>
      {tab === 'due' && <DueList />}
      {tab === 'unsigned' && <UnsignedList />}
      {tab === 'rates' && <RatesView organizationId={organizationId} />}
      {tab === 'packages' && <PackagesView />}
    </main>
  );
}
