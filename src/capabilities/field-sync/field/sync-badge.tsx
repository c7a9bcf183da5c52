import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { SyncState } from '#platform/browser/offline/field-store.ts';
import { useSyncState } from './phone-context.tsx';

/** In words and numbers, never in colour alone: what is saved here, what is sent, what needs somebody. */
export function syncWords(state: SyncState): { readonly text: string; readonly mark: string } {
  if (state.needsYou > 0) return { text: `需要您处理 ${state.needsYou}`, mark: '！' };
  if (state.firstSync)
    return { text: `正在取回 ${state.firstSync.received}/${state.firstSync.expected}`, mark: '↓' };
  if (state.phase === 'signed-out') return { text: `请登录${pendingWords(state)}`, mark: '⚠' };
  if (state.pending > 0)
    return { text: `本机已存 ${state.pending}`, mark: state.phase === 'syncing' ? '↑' : '●' };
  if (state.phase === 'offline') return { text: '离线', mark: '○' };
  return { text: '已上传', mark: '✓' };
}

function pendingWords(state: SyncState): string {
  return state.pending > 0 ? ` · 本机已存 ${state.pending}` : '';
}

/** The state of saving and sending, on every screen; leads to the page that explains it. */
export function SyncBadge() {
  const { text, mark } = syncWords(useSyncState());
  return (
    <FieldLink to="/sync" className="f-sync" aria-label={`同步状态：${text}`}>
      <span aria-hidden="true">{mark}</span> {text}
    </FieldLink>
  );
}
