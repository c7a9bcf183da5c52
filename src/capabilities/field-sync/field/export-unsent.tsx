import { useState } from 'react';
import { FieldButton } from '#platform/browser/field/controls.tsx';
import { usePhone, usePhoneToday } from './phone-context.tsx';

/** For a phone that cannot send: what is typed leaves it as a sealed file, and stays on it as well. */
export function ExportUnsent() {
  const { store, doctorName } = usePhone();
  const today = usePhoneToday();
  const [message, setMessage] = useState<string>();
  const write = async () => {
    const content = await store.exportUnsent();
    if (content === undefined) {
      setMessage('现在不能导出，请先解锁；若提示钥匙丢失，请联网登录一次。');
      return;
    }
    const address = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `未上传-${doctorName}-${today}.quancheng`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    setMessage('文件已存到“下载”。请交给乡镇支持人员读入；本机的内容还在，有网络时照常上传，不会重复。');
  };
  return (
    <details className="f-card f-details">
      <summary>一直传不上去？导出给支持人员</summary>
      <p className="f-small" style={{ margin: '8px 0' }}>
        换手机、送修、清理浏览器之前，先把未上传的内容导出成加密文件。只有本县服务器打得开；照片不在其中。
      </p>
      <FieldButton kind="quiet" onClick={() => void write()}>
        导出未上传内容（加密）
      </FieldButton>
      {message && (
        <div className="f-note" role="status" style={{ marginTop: 8 }}>
          {message}
        </div>
      )}
    </details>
  );
}
