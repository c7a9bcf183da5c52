import { operationLabels } from '../domain/field-operation.ts';
import { usePhone, useStoreVersion } from './phone-context.tsx';

const stateWords = {
  'saved-on-phone': '已存在本机，有网络时自动上传',
  waiting: '已存在本机，等前一项处理好再上传',
  sent: '已上传',
  'needs-you': '被退回，需要您处理',
} as const;

/** What became of what was just saved; changes by itself when it is sent. */
export function SavedNote({ operationId }: { operationId: string }) {
  const { store } = usePhone();
  useStoreVersion();
  const found = store.operations().find((one) => one.operation.operationId === operationId);
  if (!found) return null;
  return (
    <div className="f-note" role="status" data-state={found.state === 'needs-you' ? 'crisis' : undefined}>
      {operationLabels[found.operation.kind]}：{stateWords[found.state]}
    </div>
  );
}
