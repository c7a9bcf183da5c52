import { useEffect, useRef, useState } from 'react';
import type { DraftChange, SaveResult } from '#platform/browser/offline/field-store.ts';
import { type FormRoom, useFormRoom } from './no-room.tsx';
import type { VillageStore } from './village-store.ts';

const writeAfterMilliseconds = 250;

/**
 * A half-typed form kept in the encrypted store while it is typed: it survives a crash, an idle lock and an update of the
 * app. `undefined` while it is read, and for a new form the phone has no room for.
 */
export function useKeptDraft<T>(
  store: VillageStore,
  key: string,
  make: () => T,
  isStillGood: (draft: T) => boolean = () => true,
): {
  readonly draft: T | undefined;
  readonly change: (next: (old: T) => T) => void;
  /**
   * Saves an operation made of this form, in one step with the form itself: kept as typed until the server has taken the
   * operation, so that a refusal opens it as it was, and no longer offered as half typed.
   */
  readonly saveWith: (
    operationId: string,
    save: (drafts: readonly DraftChange[]) => Promise<SaveResult>,
  ) => Promise<SaveResult>;
  readonly wasKept: boolean;
  readonly room: FormRoom;
} {
  const [draft, setDraft] = useState<T>();
  const [wasKept, setWasKept] = useState(false);
  const room = useFormRoom(store, draft !== undefined && !wasKept && !isTyped(key));
  const latest = useRef<T>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isDropped = useRef(false);
  const writing = useRef<Promise<unknown>>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is read once per key.
  useEffect(() => {
    let isCurrent = true;
    isDropped.current = false;
    void store.readDraft(key).then((kept) => {
      if (!isCurrent) return;
      const good = kept !== undefined && kept !== null && isStillGood(kept as T);
      latest.current = good ? (kept as T) : make();
      setWasKept(good);
      setDraft(latest.current);
    });
    const write = () => {
      clearTimeout(timer.current);
      if (timer.current !== undefined && !isDropped.current && latest.current !== undefined)
        writing.current = store.saveDraft(key, latest.current);
      timer.current = undefined;
    };
    document.addEventListener('visibilitychange', write);
    return () => {
      isCurrent = false;
      document.removeEventListener('visibilitychange', write);
      write();
    };
  }, [store, key]);

  const change = (next: (old: T) => T) => {
    if (latest.current === undefined) return;
    latest.current = next(latest.current);
    setDraft(latest.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (!isDropped.current) writing.current = store.saveDraft(key, latest.current);
    }, writeAfterMilliseconds);
  };
  const saveWith = async (
    operationId: string,
    save: (drafts: readonly DraftChange[]) => Promise<SaveResult>,
  ) => {
    isDropped.current = true;
    clearTimeout(timer.current);
    timer.current = undefined;
    // One on its way must not come back after the save has deleted it.
    await writing.current;
    const typed = { key: typedAs(operationId), draft: latest.current };
    const result = await save(key === typed.key ? [typed] : [typed, { key, draft: undefined }]);
    if (result.kind === 'refused') isDropped.current = false;
    return result;
  };
  return { draft: room.kind === 'there' ? draft : undefined, change, saveWith, wasKept, room };
}

/** Where the form of a saved operation is kept as typed, until the server has taken it. */
export const typedAs = (operationId: string) => `operation:${operationId}`;
const isTyped = (key: string) => key.startsWith(typedAs(''));
