import type { StoreRefusal } from './field-store.ts';
import { StorageFull } from './storage.ts';

/** Why nothing was kept: the phone is full, or its storage broken. */
export function refusalOfWrite(error: unknown): StoreRefusal {
  if (error instanceof StorageFull)
    return {
      kind: 'refused',
      reason: 'storage-full',
      message: '手机存储空间已满，这次没有保存。请先清理照片或应用，再点保存；本页内容仍在。',
    };
  return {
    kind: 'refused',
    reason: 'storage-failed',
    message: `写入手机存储失败，这次没有保存（${(error as Error).name}）。本页内容仍在，请再试一次。`,
  };
}
