import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api-client.ts';

/** Something is on its way. */
export function Loading({ rows = 5 }: { rows?: number }) {
  return (
    <div className="card" role="status" aria-label="正在加载">
      <Skeleton active paragraph={{ rows }} />
    </div>
  );
}

/** Nothing here, and what that means. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="card empty">
      <div style={{ fontSize: 16, marginBottom: 6 }}>{title}</div>
      {children}
    </div>
  );
}

/** What went wrong, that nothing was lost, and what to do. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <div className="card empty" role="alert">
      <div style={{ fontSize: 16, marginBottom: 6 }}>{problem?.title ?? '页面出现错误'}</div>
      <p className="soft">{problem?.detail ?? '请刷新页面后重试。'}</p>
      {onRetry && problem?.code !== 'not-allowed' && <Button onClick={onRetry}>重试</Button>}
    </div>
  );
}
