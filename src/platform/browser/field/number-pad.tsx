import { useLayoutEffect } from 'react';
import type { PadKey } from '#kernel/number-entry.ts';

const digits: readonly PadKey[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface SideKey {
  readonly label: string;
  readonly onPress: () => void;
  readonly kind?: 'main' | 'side';
  readonly disabled?: boolean;
}

interface PadProps {
  readonly onKey: (key: PadKey) => void;
  /** The point, for numbers with decimals. */
  readonly hasPoint: boolean;
  /** The keys at the right side, from the top: what they say and do. */
  readonly side: readonly (SideKey | undefined)[];
  readonly inline?: boolean;
}

/** A big pad for the thumb; a keyboard's digits do the same. */
export function NumberPad({ onKey, hasPoint, side, inline }: PadProps) {
  // Before the pad is seen: a digit pressed at its first sight would otherwise be lost, and the rest make another number.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[0-9.]$/.test(event.key)) onKey(event.key as PadKey);
      else if (event.key === 'Backspace') onKey('back');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onKey]);
  const key = (which: PadKey, label: string = which) => (
    <button
      key={which}
      type="button"
      className="f-key"
      onClick={() => onKey(which)}
      aria-label={spoken(which)}
    >
      {label}
    </button>
  );
  const sideKey = (at: number) => {
    const one = side[at];
    if (!one) return inline ? null : <span key={`side-${at}`} />;
    return (
      <button
        key={`side-${at}`}
        type="button"
        className="f-key"
        data-kind={one.kind ?? 'side'}
        onClick={one.onPress}
        disabled={one.disabled}
      >
        {one.label}
      </button>
    );
  };
  return (
    <section className={`f-pad ${inline ? 'f-pad-inline' : ''}`} aria-label="数字键盘">
      {digits.slice(0, 3).map((one) => key(one))}
      {sideKey(0)}
      {digits.slice(3, 6).map((one) => key(one))}
      {sideKey(1)}
      {digits.slice(6, 9).map((one) => key(one))}
      {sideKey(2)}
      {hasPoint ? key('.', '·') : <span aria-hidden="true" />}
      {key('0')}
      {key('back', '⌫')}
      {sideKey(3)}
    </section>
  );
}

function spoken(key: PadKey): string {
  return key === 'back' ? '退一格' : key === '.' ? '小数点' : key;
}
