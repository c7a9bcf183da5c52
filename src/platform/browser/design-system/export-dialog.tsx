import { App, Modal, Radio } from 'antd';
import { useState } from 'react';
import {
  type ExportDoor,
  type ExportDoorRow,
  type ExportPurpose,
  exportDoors,
  exportPurposeLabels,
} from '#standards/privacy/export-doors.ts';
import { ApiProblem, fetchFile } from '../api-client.ts';

/** Asks what a file with residents' data is for, then fetches and keeps it. */
export function ExportDialog(props: { href: string; door: ExportDoor; onClose: () => void }) {
  const { label, purposes }: ExportDoorRow = exportDoors[props.door];
  const [purpose, setPurpose] = useState<ExportPurpose | undefined>(
    purposes.length === 1 ? purposes[0] : undefined,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { message } = App.useApp();
  const take = async () => {
    if (!purpose) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const joint = props.href.includes('?') ? '&' : '?';
      keepFile(await fetchFile(`${props.href}${joint}purpose=${purpose}`));
      void message.success('已导出，并记入导出登记');
      props.onClose();
    } catch (error) {
      setProblem(
        error instanceof ApiProblem ? `${error.title}。${error.detail}` : '文件没有导出，请稍后重试。',
      );
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`导出${label}`}
      okText="导出"
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={{ disabled: purpose === undefined }}
      onOk={() => void take()}
      onCancel={props.onClose}
      maskClosable={false}
      destroyOnHidden
    >
      <p style={{ marginTop: 0 }} id="export-purpose">
        这份文件用于
      </p>
      <Radio.Group
        aria-labelledby="export-purpose"
        style={{ display: 'grid', gap: 8 }}
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
        options={purposes.map((value) => ({ value, label: exportPurposeLabels[value] }))}
      />
      <p className="small soft" style={{ marginBottom: 0 }}>
        文件里会写明您的姓名、机构、时间、用途和导出编号，并记入导出登记。请妥善保管，不得转传。
      </p>
      {problem && (
        <p role="alert" style={{ color: 'var(--crisis)', marginBottom: 0 }}>
          {problem}
        </p>
      )}
    </Modal>
  );
}

/** Hands a fetched file to the browser's own downloads. */
function keepFile({ name, content }: { name: string; content: Blob }): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn; the address is kept until then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
