import { Button, Input } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { requestReferral, type VisitDetail } from '../contract.ts';
import { ChoiceRow } from './choice-row.tsx';
import { ProblemText, useAct } from './use-act.tsx';
import { useKept } from './use-kept.ts';

const urgencies = [
  { value: 'routine', label: '一般' },
  { value: 'soon', label: '尽快' },
  { value: 'emergency', label: '急诊' },
] as const;

interface Typed {
  readonly toDepartment: string;
  readonly urgency: 'routine' | 'soon' | 'emergency';
  readonly reason: string;
  readonly firstHandling: string;
}

/** Beyond the centre: what was done first, where to, and why; the summary is drawn from the record. */
export function ReferralForm({ visit }: { visit: VisitDetail }) {
  const [typed, setTyped, drop] = useKept<Typed>(`visit:${visit.visitId}:referral`, {
    toDepartment: '',
    urgency: 'routine',
    reason: '',
    firstHandling: '',
  });
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const save = async () => {
    const done = await act.run(
      () =>
        callApi(requestReferral, {
          params: { visitId: visit.visitId },
          body: { operationId: ids.operationId, referralId: ids.id, version: visit.version, ...typed },
        }),
      '转诊申请已提交',
    );
    if (!done) return;
    renew();
    drop();
  };
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <div className="row">
        <Input
          aria-label="转往科室"
          placeholder="转往科室，如：县人民医院心内科"
          style={{ width: 260 }}
          maxLength={60}
          value={typed.toDepartment}
          onChange={(event) => setTyped({ ...typed, toDepartment: event.target.value })}
        />
        <ChoiceRow
          label="缓急"
          options={urgencies}
          value={typed.urgency}
          onChange={(urgency) => setTyped({ ...typed, urgency })}
        />
      </div>
      <Input.TextArea
        aria-label="转诊理由"
        placeholder="转诊理由"
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        value={typed.reason}
        onChange={(event) => setTyped({ ...typed, reason: event.target.value })}
      />
      <Input.TextArea
        aria-label="初步处理"
        placeholder="已做的初步处理（用药、吸氧、监测等）"
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={1000}
        value={typed.firstHandling}
        onChange={(event) => setTyped({ ...typed, firstHandling: event.target.value })}
      />
      <div className="row">
        <Button danger type="primary" loading={act.busy} onClick={() => void save()}>
          记下处理并申请转诊
        </Button>
        <span className="small soft">诊断、最近的检查与用药会自动附上。</span>
        <ProblemText problem={act.problem} />
      </div>
    </div>
  );
}
