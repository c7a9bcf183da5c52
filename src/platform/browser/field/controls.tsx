import { type ButtonHTMLAttributes, type ReactNode, useEffect, useRef, useState } from 'react';
import { goBack } from './navigation.tsx';

/** A button of the phone; `main` is the one thing to do on a screen. */
export function FieldButton({
  kind = 'plain',
  ...rest
}: { kind?: 'main' | 'plain' | 'quiet' | 'danger' } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type="button" {...rest} className={`f-button ${rest.className ?? ''}`} data-kind={kind} />;
}

/** The head of a screen below the first: back, what it is, and what stands at its right. */
export function ScreenHead(props: { title: string; back?: string | false; children?: ReactNode }) {
  return (
    <header className="f-top f-no-print">
      {props.back !== false && (
        <button type="button" aria-label="返回" onClick={() => goBack(props.back || '/')}>
          ‹ 返回
        </button>
      )}
      <h1>{props.title}</h1>
      {props.children}
    </header>
  );
}

export type FieldState = 'crisis' | 'late' | 'recheck' | 'good' | 'plain';

/** A state in a word; the colour only repeats it. */
export function FieldTag({ state, children }: { state: FieldState; children: ReactNode }) {
  return (
    <span className="f-tag" data-state={state}>
      {children}
    </span>
  );
}

/** A sheet that rises from the bottom over the screen, ready to type in what is marked first; Escape and the dark close it. */
export function BottomSheet(props: { title: string; onClose: () => void; children: ReactNode }) {
  const sheet = useRef<HTMLDivElement>(null);
  const { onClose } = props;
  useEffect(() => {
    const before = document.activeElement;
    const first = sheet.current?.querySelector<HTMLElement>('[data-first]');
    (first ?? sheet.current)?.focus();
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press beside the sheet closes it; the sheet has its own button.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same.
    <div className="f-sheet-back" onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div
        className="f-sheet"
        role="dialog"
        aria-modal="true"
        aria-label={props.title}
        ref={sheet}
        tabIndex={-1}
      >
        <div className="f-row f-spread">
          <h2>{props.title}</h2>
          <FieldButton kind="quiet" onClick={onClose}>
            关闭
          </FieldButton>
        </div>
        {props.children}
      </div>
    </div>
  );
}

/** Something to know, gone after a while or when it is pressed away. */
export function Toast({ children, onGone }: { children: ReactNode; onGone: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onGone, 5000);
    return () => clearTimeout(timer);
  }, [onGone]);
  return (
    <div className="f-toast" role="status">
      <span style={{ flex: 1 }}>{children}</span>
      <button type="button" onClick={onGone} style={{ background: 'none', border: 0, minHeight: 44 }}>
        知道了
      </button>
    </div>
  );
}

/** Nothing here, and why. */
export function FieldEmpty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="f-empty">
      <div style={{ fontWeight: 600, color: 'var(--f-ink)' }}>{title}</div>
      {children && <div>{children}</div>}
    </div>
  );
}

/** What a piece of work on the store answers, for a screen: loading, there, or failed with a way to try again. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'there'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string };

/** Reads something and reads it again when `key` changes; what is shown stays until the new is there. */
export function useLoaded<T>(read: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names what the reading depends on.
  useEffect(() => {
    let isCurrent = true;
    read().then(
      (value) => isCurrent && setState({ kind: 'there', value }),
      (error: unknown) =>
        isCurrent &&
        setState({ kind: 'failed', message: error instanceof Error ? error.message : '读取失败。' }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return state;
}

/** Grey lines while the phone reads. */
export function FieldLoading() {
  return (
    <div className="f-empty" role="status">
      正在打开…
    </div>
  );
}

/** What went wrong, that nothing is lost, and the way on. */
export function FieldFailure({ message }: { message: string }) {
  return (
    <div className="f-note" data-state="crisis" role="alert">
      {message} 已保存的内容都在；请返回重试，仍不行请重新打开应用。
    </div>
  );
}
