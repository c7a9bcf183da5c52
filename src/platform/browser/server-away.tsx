import { Button } from 'antd';
import { ApiProblem } from './api-client.ts';

interface ServerAwayProps {
  readonly error: unknown;
  readonly isAsking: boolean;
  readonly onRetry: () => void;
}

const titleOf = (error: unknown) => (error instanceof ApiProblem ? error.title : '连不上服务器');

/** In place of the page: the server did not say who is signed in, which is no reason to sign in. */
export function ServerAway({ error, isAsking, onRetry }: ServerAwayProps) {
  return (
    <main
      style={{
        minHeight: 'calc(100dvh - var(--drill, 0px))',
        display: 'grid',
        placeItems: 'center',
        padding: 16,
      }}
    >
      <div className="card empty" style={{ width: 'min(440px, 100%)' }}>
        <div style={{ fontSize: 26, fontWeight: 700, color: 'var(--accent)', marginBottom: 14 }}>全程</div>
        <div role="alert">
          <h1 style={{ fontSize: 18, marginBottom: 8 }}>{titleOf(error)}</h1>
          <p>不用重新登录，也不用刷新：系统会自动再试，连上后接着打开。填写中的内容还在本标签页里。</p>
        </div>
        <Button type="primary" size="large" loading={isAsking} onClick={onRetry}>
          重试
        </Button>
      </div>
    </main>
  );
}

/** The same over a page that is open and stays. */
export function ServerAwayStrip({ error, isAsking, onRetry }: ServerAwayProps) {
  return (
    <div className="server-away no-print" role="alert">
      <span>{titleOf(error)}：会自动再试，填写的内容还在。</span>
      <Button size="small" loading={isAsking} onClick={onRetry}>
        重试
      </Button>
    </div>
  );
}
