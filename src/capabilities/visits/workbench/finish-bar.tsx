import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { finishVisit, moveVisit } from '../contract.ts';
import type { BoxId } from '../domain/flow-boxes.ts';
import { findBox } from '../domain/flow-boxes.ts';
import { mayRest } from '../domain/move-visit.ts';
import { ProblemText, useAct } from './use-act.tsx';
import type { VisitPart } from './visit-part.ts';

/** Steps without a page of their own, and the end of today's visit, which writes the encounter note. */
export function FinishBar({ visit, mayTreat }: VisitPart) {
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const navigate = useNavigate();
  if (!mayTreat) return null;
  const params = { visitId: visit.visitId };
  const move = async (to: string) => {
    const done = await act.run(() =>
      callApi(moveVisit, { params, body: { operationId: ids.operationId, version: visit.version, to } }),
    );
    if (done) renew();
  };
  const finish = async () => {
    const done = await act.run(
      () =>
        callApi(finishVisit, {
          params,
          body: { operationId: ids.operationId, noteId: ids.id, version: visit.version },
        }),
      '就诊已结束，接诊记录已写入档案',
    );
    if (done) void navigate({ to: '/clinic' });
  };
  return (
    <div className="save-bar">
      {visit.moves
        .filter((id) => ['C2', 'C4'].includes(id))
        .map((id) => (
          <Button key={id} loading={act.busy} onClick={() => void move(id)}>
            转到{findBox(id)?.label}
          </Button>
        ))}
      <Button
        type={mayRest(visit.box as BoxId) ? 'primary' : 'default'}
        loading={act.busy}
        onClick={() => void finish()}
      >
        结束就诊
      </Button>
      <ProblemText problem={act.problem} />
    </div>
  );
}
