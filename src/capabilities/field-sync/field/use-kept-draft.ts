import { useEffect, useRef, useState } from 'react';
import type { VillageStore } from './village-store.ts';

const writeAfterMilliseconds = 250;

/**
 * A half-typed form kept in the encrypted store while it is typed: it survives a crash, an idle lock and an update of the
 * app. `undefined` while it is read; `take` makes the form when there is no draft.
 */
export function useKeptDraft<T>(
  store: VillageStore,
  key: string,
  make: () => T,
  isStillGood: (draft: T) => boolean = () => true,
): {
  readonly draft: T | undefined;
  readonly change: (next: (old: T) => T) => void;
  readonly drop: () => Promise<void>;
  readonly wasKept: boolean;
} {
  const [draft, setDraft] = useState<T>();
  const [wasKept, setWasKept] = useState(false);
  const latest = useRef<T>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isDropped = useRef(false);

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
        void store.saveDraft(key, latest.current);
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
      if (!isDropped.current) void store.saveDraft(key, latest.current);
    }, writeAfterMilliseconds);
  };
  const drop = async () => {
    isDropped.current = true;
    clearTimeout(timer.current);
    timer.current = undefined;
    await store.deleteDraft(key);
  };
  return { draft, change, drop, wasKept };
}

/** Where the form of a saved operation is kept as typed, until the server has taken it. */
export const typedAs = (operationId: string) => `operation:${operationId}`;
