import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { type AddedLine, addExamPeople, readPeopleFile } from '../contract.ts';

const mostMegabytes = 10;
const good: readonly AddedLine['state'][] = ['added', 'already', 'repeated'];

/** Adds people by a pasted list or a workbook of identity numbers; every line gets its answer. */
export function AddPeople({ examDayId }: { examDayId: string }) {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{ items: AddedLine[]; added: number }>();
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([
    ['exam-day', examDayId],
    ['exam-people', examDayId],
  ]);
  const file = useRef<HTMLInputElement>(null);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const add = async () => {
    const done = await run(() =>
      callApi(addExamPeople, {
        params: { examDayId },
        body: { operationId: ids.operationId, lines: lines.map((line) => line.slice(0, 200)) },
      }),
    );
    if (!done) return;
    renew();
    setAnswer(done);
    setText('');
  };
  const read = async (chosen: File) => {
    if (chosen.size > mostMegabytes * 1024 * 1024) return;
    const done = await run(async () =>
      callApi(readPeopleFile, { body: new Uint8Array(await chosen.arrayBuffer()) }),
    );
    if (done) setText(done.lines.join('\n'));
    if (file.current) file.current.value = '';
  };
  const open = answer?.items.filter((one) => !good.includes(one.state)) ?? [];
  return (
    <section className="card" aria-label="加入受检人">
      <div className="row spread">
        <h2>加入受检人</h2>
        <span className="small soft">每行一人：身份证号或档案编码，前后可带姓名；最多 500 行。</span>
      </div>
      <Input.TextArea
        aria-label="受检人名单"
        style={{ margin: '8px 0' }}
        autoSize={{ minRows: 2, maxRows: 8 }}
        placeholder="粘贴身份证号名单"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <Button
          type="primary"
          loading={busy}
          disabled={lines.length === 0 || lines.length > 500}
          onClick={() => void add()}
        >
          加入{lines.length > 0 && ` ${lines.length} 行`}
        </Button>
        <input
          ref={file}
          type="file"
          accept=".xlsx"
          aria-label="名单文件"
          style={{ display: 'none' }}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void read(chosen);
          }}
        />
        <Button onClick={() => file.current?.click()}>从 .xlsx 读取</Button>
        {answer && (
          <span role="status">
            加入 <b>{answer.added}</b> 人{open.length > 0 ? `，${open.length} 行未能加入` : '，全部成功'}
          </span>
        )}
      </div>
      <WriteProblem problem={problem} />
      {open.map((one) => (
        <div key={one.line} className="row" style={{ padding: '4px 0' }}>
          <StateTag state="late">第 {one.line} 行</StateTag>
          <span>{one.name ?? one.text}</span>
          <span className="soft">{one.message}</span>
          {one.state === 'unknown' && one.idNo && (
            <Link to="/residents/new" target="_blank">
              去建档
            </Link>
          )}
        </div>
      ))}
    </section>
  );
}
