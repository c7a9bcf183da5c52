import { useState } from 'react';
import { BottomSheet } from '#platform/browser/field/controls.tsx';
import { goTo } from '#platform/browser/field/navigation.tsx';
import { readQrCode } from '#platform/browser/field/read-qr-code.ts';
import { residentOnCard } from './card-text.ts';
import { usePhone } from './phone-context.tsx';

/** Reads a QR code with the phone's own camera app or from a picture; no permission and no network are needed. */
export function ScanSheet({ onClose }: { onClose: () => void }) {
  const { store } = usePhone();
  const [said, setSaid] = useState<string>();
  const read = async (photo: File | undefined) => {
    if (!photo) return;
    setSaid('正在识别…');
    const text = await readQrCode(photo).catch(() => undefined);
    if (text === undefined) return setSaid('没有认出二维码，请对正、靠近再拍一张。');
    const residentId = residentOnCard(text);
    if (residentId === undefined) return goTo(`/verify#${encodeURIComponent(text)}`);
    if (!store.line(residentId)) return setSaid('这张卡上的居民不在本机的管理范围内。');
    goTo(`/people/${residentId}`);
  };
  return (
    <BottomSheet title="扫二维码" onClose={onClose}>
      <p style={{ margin: 0 }}>拍下居民卡，或别的医生出示的“健康摘要”二维码。</p>
      <label className="f-button" data-kind="main">
        拍照识别
        <input
          className="f-visually-hidden"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      </label>
      <label className="f-button">
        从相册选
        <input
          className="f-visually-hidden"
          type="file"
          accept="image/*"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      </label>
      {said && (
        <div className="f-note" role="status">
          {said}
        </div>
      )}
    </BottomSheet>
  );
}
