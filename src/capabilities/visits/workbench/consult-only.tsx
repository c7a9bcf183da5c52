import { Button, Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { consult } from '../desk-contract.ts';
import { ProblemText, useAct } from './use-act.tsx';

/** A question answered at the desk, or something taught, without a number: both are written down. */
export function ConsultOnly(props: {
  residentId: string;
  entry: 'A1' | 'A2';
  question: string;
  onDone: () => void;
}) {
  const [answer, setAnswer] = useState('');
  const act = useAct();
  const { ids } = useWriteIds();
  const save = async () => {
    const done = await act.run(
      () =>
        callApi(consult, {
          params: { residentId: props.residentId },
          body: {
            operationId: ids.operationId,
            visitId: ids.id,
            entry: props.entry,
            question: props.question,
            answer,
          },
        }),
      '已记下，未取号',
    );
    if (done) props.onDone();
  };
  return (
    <div style={{ display: 'grid', gap: 6, marginTop: 10 }}>
      <Input.TextArea
        aria-label="解答"
        placeholder={props.entry === 'A1' ? '解答（只咨询、不就诊时填写）' : '科普的内容'}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={1000}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <div className="row">
        <Button loading={act.busy} onClick={() => void save()}>
          记下解答，不取号
        </Button>
        <ProblemText problem={act.problem} />
      </div>
    </div>
  );
}
