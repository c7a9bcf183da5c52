import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { ApiProblem } from '../api-client.ts';

/** What the server said, and the one button that matters. */
export function SaveBar(props: {
  problem: ApiProblem | undefined;
  busy: boolean;
  onSave: () => void;
  onConfirm: () => void;
  label: string;
}) {
  const save = useRef(props.onSave);
  save.current = props.onSave;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 's') {
        event.preventDefault();
        save.current();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const asks = props.problem?.code === 'needs-confirmation';
  return (
    <div className="save-bar">
      <Button
        type="primary"
        size="large"
        loading={props.busy}
        onClick={asks ? props.onConfirm : props.onSave}
      >
        {asks ? '已核对，确认保存' : props.label}
      </Button>
      {props.problem ? (
        <div
          role="alert"
          style={{ color: asks ? 'var(--late)' : 'var(--crisis)', maxHeight: 84, overflow: 'auto', flex: 1 }}
        >
          {props.problem.title}：
          {props.problem.issues.length > 0
            ? props.problem.issues.map((issue) => issue.message).join(' ')
            : props.problem.detail}
        </div>
      ) : (
        <span className="soft small">Ctrl+S 保存；未保存的内容会保留在本机浏览器标签页中。</span>
      )}
    </div>
  );
}
