import { Button } from 'antd';
import { useRef, useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { importLaboratory } from '../contract.ts';

const mostMegabytes = 10;

/** Brings the laboratory's results in by barcode; a row that cannot be read holds nobody else up. */
export function LaboratoryImport({ examDayId }: { examDayId: string }) {
  const [answer, setAnswer] = useState<EndpointResponse<typeof importLaboratory>>();
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([
    ['exam-day', examDayId],
    ['exam-people', examDayId],
  ]);
  const [isTooLarge, setTooLarge] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const send = async (chosen: File) => {
    setTooLarge(chosen.size > mostMegabytes * 1024 * 1024);
    if (chosen.size > mostMegabytes * 1024 * 1024) return;
    const done = await run(async () =>
      callApi(importLaboratory, {
        params: { examDayId },
        query: { operationId: ids.operationId },
        body: new Uint8Array(await chosen.arrayBuffer()),
      }),
    );
    renew();
    if (done) setAnswer(done);
    if (file.current) file.current.value = '';
  };
  const failed = answer?.rows.filter((row) => !row.saved) ?? [];
  return (
    <section className="card" aria-label="化验结果">
      <div className="row spread">
        <div>
          <h2>化验结果</h2>
          <span className="small soft">
            检验科导出的 .xlsx：一列“条码”或“身份证号”，其余列名如 血红蛋白、空腹血糖、GLU、ALT、血清肌酐。
          </span>
        </div>
        <input
          ref={file}
          type="file"
          accept=".xlsx"
          aria-label="化验结果文件"
          style={{ display: 'none' }}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void send(chosen);
          }}
        />
        <Button loading={busy} onClick={() => file.current?.click()}>
          按条码导入
        </Button>
      </div>
      {isTooLarge && (
        <p role="alert" className="field-error">
          文件超过 {mostMegabytes} MB，没有导入；请只导出这一天的结果。
        </p>
      )}
      <WriteProblem problem={problem} />
      {answer && (
        <p role="status">
          已保存 {answer.saved} 人的结果{failed.length > 0 && `，${failed.length} 行未能保存：`}
        </p>
      )}
      {failed.map((row) => (
        <div key={row.row} className="row" style={{ padding: '4px 0' }}>
          <StateTag state="late">第 {row.row} 行</StateTag>
          <span>{row.text}</span>
          <span className="soft">{row.message}</span>
        </div>
      ))}
    </section>
  );
}
