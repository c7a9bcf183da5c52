import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { SignInForm, useSession } from '#platform/browser/session.tsx';
import { showSystem } from '#standards/session-contract.ts';

/** What went wrong on the way through the county's own sign-in service. */
const troubles: Readonly<Record<string, string>> = {
  away: '统一身份认证没有应答，请稍后重试，或用本系统的口令登录。',
  'not-allowed-yet':
    '您在本系统的账号还没有开通统一身份认证，或开通已过期。请联系管理员在“机构”页为您的账号开通后再登录；也可以先用本系统的口令登录。',
  refused: '统一身份认证没有认出您，或您在本系统没有账号。请联系管理员。',
};

/** The door: what the product is, whose county it is, and the two fields. */
export function SignInScreen() {
  const { enter } = useSession();
  const trouble = troubles[new URLSearchParams(window.location.search).get('sign-in') ?? ''];
  const system = useQuery({ queryKey: ['system'], queryFn: () => callApi(showSystem) });
  return (
    <div
      style={{ minHeight: 'calc(100dvh - var(--drill, 0px))', display: 'grid', gridTemplateRows: 'auto 1fr' }}
    >
      {system.data?.isDemo ? (
        <aside className="demo-banner" aria-label="演示数据">
          演示数据：人名、证件号与记录均为虚构
        </aside>
      ) : (
        <span />
      )}
      <div style={{ display: 'grid', placeItems: 'center', padding: 16 }}>
        <main className="card" style={{ width: 'min(380px, 100%)', padding: 26 }}>
          <div style={{ fontSize: 26, fontWeight: 700, color: 'var(--accent)' }}>全程</div>
          <div className="soft" style={{ marginBottom: 20 }}>
            基层慢性病健康管理平台{system.data ? ` · ${system.data.countyName}` : ''}
          </div>
          {trouble && (
            <p role="alert" style={{ color: 'var(--crisis)' }}>
              {trouble}
            </p>
          )}
          <SignInForm onSignedIn={enter} />
          {system.data?.identityService && (
            <Button block size="large" href="/api/session/identity" style={{ marginTop: 12 }}>
              用{system.data.identityService}登录
            </Button>
          )}
          <p className="small" style={{ margin: '16px 0 0' }}>
            <a href="/privacy">您的健康信息怎样被使用</a>
          </p>
        </main>
      </div>
    </div>
  );
}
