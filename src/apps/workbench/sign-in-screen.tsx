import { useQuery } from '@tanstack/react-query';
import { callApi } from '#platform/browser/api-client.ts';
import { SignInForm, useSession } from '#platform/browser/session.tsx';
import { showSystem } from '#standards/session-contract.ts';

/** The door: what the product is, whose county it is, and the two fields. */
export function SignInScreen() {
  const { refresh } = useSession();
  const system = useQuery({ queryKey: ['system'], queryFn: () => callApi(showSystem) });
  return (
    <div style={{ minHeight: '100%', display: 'grid', gridTemplateRows: 'auto 1fr' }}>
      {system.data?.isDemo ? (
        <div className="demo-banner">演示数据：人名、证件号与记录均为虚构</div>
      ) : (
        <span />
      )}
      <div style={{ display: 'grid', placeItems: 'center', padding: 16 }}>
        <main className="card" style={{ width: 'min(380px, 100%)', padding: 26 }}>
          <div style={{ fontSize: 26, fontWeight: 700, color: 'var(--accent)' }}>全程</div>
          <div className="soft" style={{ marginBottom: 20 }}>
            基层慢性病健康管理平台{system.data ? ` · ${system.data.countyName}` : ''}
          </div>
          <SignInForm onSignedIn={() => void refresh()} />
        </main>
      </div>
    </div>
  );
}
