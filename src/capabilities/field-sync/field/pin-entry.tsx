import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { PadKey } from '#kernel/number-entry.ts';
import { NumberPad } from '#platform/browser/field/number-pad.tsx';

/** Digits of a PIN. */
export const pinLength = 6;

/** What came of a PIN: nothing to say, or why not, and for how long none is taken. */
export interface PinAnswer {
  readonly message?: string;
  readonly waitSeconds?: number;
}

/** Six dots and a pad. After too many wrong tries it counts down and takes no key. */
export function PinEntry(props: {
  title: string;
  note?: ReactNode;
  /** Seconds to wait from the start. */
  wait?: number;
  onPin: (pin: string) => Promise<PinAnswer>;
}) {
  const { onPin } = props;
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<PinAnswer>({});
  const [wait, setWait] = useState(props.wait ?? 0);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);
  const onKey = useCallback(
    (key: PadKey) => {
      if (busy || wait > 0 || key === '.') return;
      setPin((old) => (key === 'back' ? old.slice(0, -1) : old.length < pinLength ? old + key : old));
    },
    [busy, wait],
  );
  useEffect(() => {
    if (pin.length !== pinLength) return;
    setBusy(true);
    const failed = () => ({ message: '读不到手机存储，请关掉应用重新打开；本机已存的内容都在。' });
    void onPin(pin)
      .then(undefined, failed)
      .then((given: PinAnswer) => {
        setBusy(false);
        setPin('');
        setAnswer(given);
        setWait(given.waitSeconds ?? 0);
      });
  }, [pin, onPin]);
  return (
    <>
      <h1 style={{ fontSize: 22, textAlign: 'center' }}>{props.title}</h1>
      {props.note && (
        <div className="f-soft" style={{ textAlign: 'center' }}>
          {props.note}
        </div>
      )}
      <div className="f-dots" role="status" aria-label={`已输入 ${pin.length} 位，共 ${pinLength} 位`}>
        {Array.from({ length: pinLength }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots are places.
          <i key={at} data-on={at < pin.length} />
        ))}
      </div>
      <div className="f-error" role="alert" style={{ textAlign: 'center', minHeight: 24 }}>
        {busy
          ? ''
          : wait > 0
            ? `${answer.message ?? '输错次数过多。'} 请等 ${wait} 秒再试。`
            : answer.message}
      </div>
      <div className="f-soft" style={{ textAlign: 'center', minHeight: 24 }}>
        {busy && '正在核对…'}
      </div>
      <NumberPad onKey={onKey} hasPoint={false} inline side={[]} />
    </>
  );
}
