import { useEffect, useState } from 'react';
import { dropDraft, keepDraft, readDraft } from './draft-store.ts';

/** A state that survives a reload and an expired session, until it is dropped after saving. */
export function useKept<T>(name: string, first: T): readonly [T, (value: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => readDraft<T>(name)?.content ?? first);
  const [isTyped, setTyped] = useState(false);
  useEffect(() => {
    if (isTyped) keepDraft(name, value);
  }, [isTyped, name, value]);
  return [
    value,
    (next) => {
      setTyped(true);
      setValue(next);
    },
    () => {
      setTyped(false);
      dropDraft(name);
      setValue(first);
    },
  ];
}
