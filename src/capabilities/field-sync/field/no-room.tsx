import { useEffect, useState } from 'react';
import { FieldButton } from '#platform/browser/field/controls.tsx';
import { sizeWords } from '../domain/size-words.ts';
import { useSyncState } from './phone-context.tsx';
import type { VillageStore } from './village-store.ts';

/** Whether a form may be begun: not known yet, yes, or no with how to ask again. */
export type FormRoom =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there' }
  | { readonly kind: 'none'; readonly again: () => void };

/** Asks for room before a new form is shown; what was begun or came back is always opened. */
export function useFormRoom(store: VillageStore, isNew: boolean): FormRoom {
  const [isRoomy, setRoomy] = useState<boolean>();
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again.
  useEffect(() => {
    if (!isNew) return;
    let isCurrent = true;
    void store.hasRoomForForm().then((has) => {
      if (isCurrent) setRoomy(has);
    });
    return () => {
      isCurrent = false;
    };
  }, [store, isNew, asked]);
  if (!isNew || isRoomy) return { kind: 'there' };
  if (isRoomy === undefined) return { kind: 'asking' };
  return { kind: 'none', again: () => setAsked((count) => count + 1) };
}

/** Said instead of a form that could not be kept. */
export function NoRoom({ again }: { again: () => void }) {
  const { room, pending } = useSyncState();
  return (
    <section className="f-card" role="alert">
      <h2 style={{ marginTop: 0 }}>手机存储空间不足</h2>
      <p>现在开始的表可能存不下，所以先不开始。已存的内容都在；没填完的表还能接着填、接着存。</p>
      <p>
        请删除不用的照片、视频或应用，再点下面的按钮。
        {pending > 0 && `还有 ${pending} 项未上传，请先联网上传。`}
      </p>
      {room && (
        <p className="f-small f-soft">
          本应用已用 {sizeWords(room.used)}，还可存 {sizeWords(Math.max(0, room.quota - room.used))}。
        </p>
      )}
      <FieldButton kind="main" style={{ width: '100%' }} onClick={again}>
        已清理，再看看
      </FieldButton>
    </section>
  );
}
