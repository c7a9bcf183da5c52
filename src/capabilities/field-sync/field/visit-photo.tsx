import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { FieldButton } from '#platform/browser/field/controls.tsx';
import { NoPhoto, type ShrunkPhoto, shrinkPhoto } from '#platform/browser/field/shrink-photo.ts';
import type { Attached, DraftChange } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import { usePhone } from './phone-context.tsx';

interface KeptPhoto extends ShrunkPhoto {
  readonly photoId: string;
  readonly operationId: string;
}

/** The photo of a visit being typed: kept sealed like the form, so that it survives a crash too. */
export interface PhotoInHand {
  readonly photo: KeptPhoto | undefined;
  readonly message: string | undefined;
  take(file: Blob): Promise<void>;
  drop(): Promise<void>;
  /** What a save of this visit takes along. */
  attached(residentId: string): Attached<FieldOperation> | undefined;
  /** The draft that is done with once the visit is saved. */
  readonly done: readonly DraftChange[];
}

/** Kept under the form's own name, not the visit's: a crash before the form was written must not leave the photo behind. */
export function useVisitPhoto(form: string, visitId: string): PhotoInHand {
  const { store } = usePhone();
  const [photo, setPhoto] = useState<KeptPhoto>();
  const [message, setMessage] = useState<string>();
  const key = `photo:${form}`;
  useEffect(() => {
    let isCurrent = true;
    void store.readDraft(key).then((kept) => {
      if (isCurrent && kept) setPhoto(kept as KeptPhoto);
    });
    return () => {
      isCurrent = false;
    };
  }, [store, key]);
  return {
    photo,
    message,
    async take(file) {
      setMessage(undefined);
      try {
        const taken = { ...(await shrinkPhoto(file)), photoId: uuidv7(), operationId: uuidv7() };
        const kept = await store.saveDraft(key, taken);
        if (kept.kind === 'refused')
          setMessage(
            kept.reason === 'storage-full'
              ? '手机存储空间不足，照片没有留下。随访照常填写、保存。'
              : '照片没有存下，请再试一次。随访不受影响。',
          );
        else setPhoto(taken);
      } catch (error) {
        if (!(error instanceof NoPhoto)) throw error;
        setMessage(error.message);
      }
    },
    async drop() {
      setPhoto(undefined);
      await store.deleteDraft(key);
    },
    attached: (residentId) =>
      photo && {
        key: photo.photoId,
        content: photo.content,
        operation: {
          operationId: photo.operationId,
          kind: 'visit.photo',
          residentId,
          body: { photoId: photo.photoId, visitId, byteCount: photo.byteCount, sha256: photo.sha256 },
        },
      },
    done: photo ? [{ key, draft: undefined }] : [],
  };
}

/** A photo if somebody wants one: a foot, a rash, a medicine box. */
export function VisitPhotoField({ hand }: { hand: PhotoInHand }) {
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const { photo, message } = hand;
  return (
    <section className="f-card" aria-label="照片">
      <div className="f-row f-spread">
        <span className="f-label">照片（可不拍）</span>
        {photo ? (
          <FieldButton kind="quiet" onClick={() => void hand.drop()}>
            不要这张
          </FieldButton>
        ) : (
          <FieldButton kind="quiet" disabled={isBusy} onClick={() => input.current?.click()}>
            {isBusy ? '正在缩小…' : '拍照或选图'}
          </FieldButton>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        aria-label="随访照片"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (!file) return;
          setBusy(true);
          void hand.take(file).finally(() => setBusy(false));
        }}
      />
      {photo && (
        <figure style={{ margin: '8px 0 0' }}>
          <img
            src={`data:image/jpeg;base64,${photo.content}`}
            alt="这次随访的照片"
            style={{ maxWidth: '100%', maxHeight: 160, borderRadius: 8 }}
          />
          <figcaption className="f-small f-soft">
            {Math.ceil(photo.byteCount / 1024)} kB，已加密存在本机；随访上传后再传照片。
          </figcaption>
        </figure>
      )}
      {message && (
        <div className="f-note" data-state="late" role="alert" style={{ marginTop: 8 }}>
          {message}
        </div>
      )}
    </section>
  );
}
