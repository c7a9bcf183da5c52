import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { decideResearchExport, type ResearchExport } from '../research-contract.ts';

/** Somebody other than the applicant agrees, which makes the extract, or does not; both with a word why. */
export function ResearchDecisionForm({ one }: { one: ResearchExport }) {
  const { run, problem, busy } = useWrite(['research-exports']);
  const [note, setNote] = useState('');
  const operation = useRef(uuidv7());
  const decide = async (approve: boolean) => {
    const body = { operationId: operation.current, approve, note };
    const done = await run(
      () => callApi(decideResearchExport, { params: { exportId: one.exportId }, body }),
      approve ? '已批准并生成' : '已记下不批准',
    );
    if (!done) operation.current = uuidv7();
  };
  return (
    <div style={{ marginTop: 10, borderTop: '1px solid var(--line)', paddingTop: 10 }}>
      <div className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
        <Input
          aria-label="批准意见"
          placeholder="意见（必填），如：材料齐全"
          value={note}
          maxLength={300}
          onChange={(event) => setNote(event.target.value)}
          style={{ flex: '1 1 220px' }}
        />
        <Button type="primary" disabled={note.trim() === ''} loading={busy} onClick={() => void decide(true)}>
          批准并生成
        </Button>
        <Button disabled={note.trim() === '' || busy} onClick={() => void decide(false)}>
          不批准
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </div>
  );
}
