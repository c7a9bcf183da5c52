import { Button, Input } from 'antd';
import { ChoiceRow } from '#capabilities/visits/workbench/choice-row.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { answerConsultation, type ConsultationLine } from '../contract.ts';
import { type ConsultationMode, consultationModes } from '../domain/consultation-states.ts';
import { refreshed } from './refreshed.ts';

const modes = (Object.keys(consultationModes) as ConsultationMode[]).map((value) => ({
  value,
  label: consultationModes[value],
}));

/** 会诊意见: what to do, by whom, and how the doctors met. What is typed stays until it is sent. */
export function OpinionForm({ line, onDone }: { line: ConsultationLine; onDone: () => void }) {
  const { name } = useActor();
  const [typed, setTyped, drop] = useKept<{ opinion: string; doctors: string; mode: ConsultationMode }>(
    `consultation:${line.id}:opinion`,
    { opinion: '', doctors: name, mode: '3' },
  );
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const send = async () => {
    const done = await run(
      () =>
        callApi(answerConsultation, {
          params: { consultationId: line.id },
          body: { operationId: ids.operationId, version: line.version, ...typed },
        }),
      `会诊意见已送到${line.fromName}`,
    );
    if (!done) return;
    drop();
    onDone();
  };
  return (
    <div style={{ display: 'grid', gap: 8, marginTop: 8 }}>
      <Input.TextArea
        aria-label="会诊意见"
        placeholder="诊断考虑、用药调整、还要做的检查、什么情况须转诊、何时复诊"
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={2000}
        value={typed.opinion}
        onChange={(event) => setTyped({ ...typed, opinion: event.target.value })}
      />
      <div className="row">
        <Input
          aria-label="会诊医生"
          placeholder="会诊医生，多人用顿号隔开"
          maxLength={100}
          style={{ width: 260, maxWidth: '100%' }}
          value={typed.doctors}
          onChange={(event) => setTyped({ ...typed, doctors: event.target.value })}
        />
        <ChoiceRow
          label="会诊方式"
          options={modes}
          value={typed.mode}
          onChange={(mode) => setTyped({ ...typed, mode })}
        />
      </div>
      <div className="row">
        <Button type="primary" loading={busy} onClick={() => void send()}>
          送出意见
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </div>
  );
}
