import { useNavigate, useSearch } from '@tanstack/react-router';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
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
const parts = contractTabs.map((key) => ({ key, label: labels[key] }));

/** Family-doctor contracts of a place: what is owed, whom to ask, how it stands, what is offered. */
export function ContractsScreen() {
  const { tab = 'due', organizationId } = useSearch({ from: '/contracts' });
  const navigate = useNavigate();
  return (
    <main className="page">
      <h1>家庭医生签约</h1>
      <PartTabs
        label="家庭医生签约"
        parts={parts}
        here={tab}
        onChoose={(one) => void navigate({ to: '/contracts', search: { tab: one } })}
      />
      {tab === 'due' && <DueList />}
      {tab === 'unsigned' && <UnsignedList />}
      {tab === 'rates' && <RatesView organizationId={organizationId} />}
      {tab === 'packages' && <PackagesView />}
    </main>
  );
}
