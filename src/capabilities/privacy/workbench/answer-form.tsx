import { Button, Input, Radio } from 'antd';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { ExportButton } from '#platform/browser/design-system/export-menu.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import {
  answerPrivacyRequest,
  claimPrivacyRequest,
  type PrivacyRequest,
  personalCopyPath,
} from '../requests-contract.ts';

/** Takes a request up, hands out the copy it asks for, and answers it with a reason. */
export function AnswerForm({ one }: { one: PrivacyRequest }) {
  const { run, problem, busy } = useWrite(['privacy-requests']);
  const [decision, setDecision] = useState<'done' | 'refused'>();
  const [answer, setAnswer] = useState('');
  const ids = useRef({ claim: uuidv7(), answer: uuidv7() });
  const params = { requestId: one.requestId };
  const claim = () =>
    run(() => callApi(claimPrivacyRequest, { params, body: { operationId: ids.current.claim } }), '已承办');
  const give = async () => {
    if (!decision) return;
    const body = { operationId: ids.current.answer, decision, answer };
    if (!(await run(() => callApi(answerPrivacyRequest, { params, body }), '已答复')))
      ids.current.answer = uuidv7();
  };
  const copy = one.kind === 'copy' && (
    <ExportButton href={personalCopyPath(one.requestId)} door="personal-copy">
      出具资料副本
    </ExportButton>
  );
  if (one.decision) return copy ? <div style={{ marginTop: 8 }}>{copy}</div> : null;
  return (
    <div style={{ marginTop: 10, borderTop: '1px solid var(--line)', paddingTop: 10 }}>
      {one.kind === 'deletion' && (
        <p className="small soft">
          选“办理”会清除电话和联系人（含历次版本），立即生效、不能恢复；法定保存期内的诊疗和公共卫生记录依法保留，保留到哪天会写在答复里。
        </p>
      )}
      <div className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
        {!one.assignedTo && (
          <Button onClick={() => void claim()} disabled={busy}>
            我来承办
          </Button>
        )}
        {copy}
        <Radio.Group
          value={decision}
          onChange={(event) => setDecision(event.target.value)}
          options={[
            { value: 'done', label: '办理' },
            { value: 'refused', label: '不予办理' },
          ]}
        />
        <Input
          aria-label="答复和理由"
          placeholder="答复和理由（必填）"
          value={answer}
          maxLength={500}
          onChange={(event) => setAnswer(event.target.value)}
          style={{ flex: '1 1 220px' }}
        />
        <Button
          type="primary"
          disabled={!decision || answer.trim() === '' || busy}
          loading={busy}
          onClick={() => void give()}
        >
          答复
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </div>
  );
}
