import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { type Colour, colourLabels } from '#clinical/grading/grade-management.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { gradeResident, showGrades } from '../grading-contract.ts';
import { colourSign, gradeText, whyText } from './grade-words.ts';

/** 分级分标: the grade that stands and why, what the rules say today, every grade before, and how to grade anew. */
export function GradePanel({ residentId }: { residentId: string }) {
  const actor = useActor();
  const mayGrade = mayDo(actor.role, 'grades.decide');
  const [isOverriding, setIsOverriding] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const [ids, setIds] = useState(() => ({ operationId: uuidv7(), gradeId: uuidv7() }));
  const { run, problem, busy } = useWrite(['grades', 'grading', 'resident', 'worklist']);
  const grades = useQuery({
    queryKey: ['grades', residentId],
    queryFn: () => callApi(showGrades, { params: { residentId } }),
  });
  if (grades.isPending) return <Loading rows={2} />;
  if (grades.isLoadingError) return <Failure error={grades.error} onRetry={() => void grades.refetch()} />;
  const { current, history, suggestion } = grades.data;
  const year = actor.today.slice(0, 4);
  const isDue = current !== null && current.onDay.slice(0, 4) < year;
  const grade = async (override?: { colour: Colour; reason: string }) => {
    const done = await run(
      () =>
        callApi(gradeResident, {
          params: { residentId },
          body: { ...ids, ...(override ? { override } : {}) },
        }),
      '已评定',
    );
    if (done) setIds({ operationId: uuidv7(), gradeId: uuidv7() });
    return done;
  };
  return (
    <section className="card">
      <div className="row spread">
        <h2 className="row" style={{ gap: 8 }}>
          分级分标
          <StateTag state={current ? colourSign[current.colour] : 'plain'}>
            {gradeText(current?.tier ?? null, current?.colour ?? null)}
          </StateTag>
          {current && (
            <span className="small soft" style={{ fontWeight: 400 }}>
              自 {current.since} · {current.onDay} 评定 · 每 {current.everyDays} 天随访
            </span>
          )}
          {(isDue || !current) && <StateTag state="late">{year} 年度待评定</StateTag>}
        </h2>
        {mayGrade && (
          <span className="row" style={{ gap: 8 }}>
            <Button
              size="small"
              type="primary"
              loading={busy}
              disabled={!suggestion.colour}
              onClick={() => void grade()}
            >
              按规则评定
            </Button>
            <Button size="small" onClick={() => setIsOverriding(true)}>
              另行评定
            </Button>
          </span>
        )}
      </div>
      <p className="small" style={{ margin: '6px 0' }}>
        今日按规则：<b>{gradeText(suggestion.tier, suggestion.colour)}</b>。{whyText(suggestion.detail)}
      </p>
      {!isOverriding && <WriteProblem problem={problem} />}
      {history.length > 0 && (
        <>
          <button type="button" className="link-button small" onClick={() => setShowsAll((old) => !old)}>
            {showsAll ? '收起历次' : `看历次评定（${history.length}）`}
          </button>
          {showsAll && (
            <ol style={{ margin: '6px 0 0', paddingLeft: 20 }}>
              {history.map((one) => (
                <li key={one.id} className="small" style={{ padding: '3px 0' }}>
                  {one.onDay} <b>{gradeText(one.tier, one.colour)}</b>（
                  {one.source === 'batch' ? '批量' : '单人'}，{one.recordedByName}）{whyText(one.detail)}
                </li>
              ))}
            </ol>
          )}
        </>
      )}
      {isOverriding && (
        <OverrideDialog
          busy={busy}
          problem={<WriteProblem problem={problem} />}
          onClose={() => setIsOverriding(false)}
          onSave={async (override) => {
            if (await grade(override)) setIsOverriding(false);
          }}
        />
      )}
    </section>
  );
}

function OverrideDialog(props: {
  busy: boolean;
  problem: React.ReactNode;
  onClose: () => void;
  onSave: (override: { colour: Colour; reason: string }) => Promise<void>;
}) {
  const [colour, setColour] = useState<Colour>('yellow');
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title="另行评定"
      okText="评定"
      cancelText="取消"
      confirmLoading={props.busy}
      onCancel={props.onClose}
      onOk={() => void props.onSave({ colour, reason })}
    >
      <Radio.Group
        value={colour}
        onChange={(event) => setColour(event.target.value as Colour)}
        options={(['green', 'yellow', 'red'] as const).map((value) => ({
          value,
          label: colourLabels[value],
        }))}
      />
      <div style={{ marginTop: 12 }}>
        <label htmlFor="override-reason">理由（至少4个字）</label>
        <Input.TextArea
          id="override-reason"
          maxLength={200}
          autoSize={{ minRows: 2 }}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {props.problem}
    </Modal>
  );
}
