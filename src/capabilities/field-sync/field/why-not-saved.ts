import type { StoreRefusal } from '#platform/browser/offline/field-store.ts';

/** Why the phone did not save, in words; of a form that is kept as typed it says so. */
export const whyNotSaved = (refusal: StoreRefusal, isKept = false): string =>
  refusal.reason === 'locked' ? `已锁屏，请解锁后再${isKept ? '保存；内容都在' : '试'}。` : refusal.message;
