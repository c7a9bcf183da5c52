import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';

/** A screen that did not open, or broke: said in Chinese inside the frame, with the way on; nothing typed is lost. */
export function ScreenFailure({ error }: ErrorComponentProps) {
  return (
    <main className="page">
      <div className="card empty" role="alert">
        <div style={{ fontSize: 16, marginBottom: 6 }}>这个页面没有打开</div>
        <p className="soft">
          可能是网络中断，或系统刚刚更新。填写中的内容保留在本机浏览器标签页，请重新加载。
        </p>
        <Button type="primary" onClick={() => window.location.reload()}>
          重新加载
        </Button>
        <details className="small soft" style={{ marginTop: 12 }}>
          <summary>报修时请提供</summary>
          {error instanceof Error ? error.message : String(error)}
        </details>
      </div>
    </main>
  );
}
