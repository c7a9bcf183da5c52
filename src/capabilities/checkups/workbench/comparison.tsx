import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { FormSubject } from '#kernel/form-condition.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { listCheckups } from '../contract.ts';
import { type ComparedLine, compareCheckups } from '../domain/compare-checkups.ts';

interface ComparisonProps {
  readonly residentId: string;
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly subject: FormSubject;
  /** The filed sheet itself, left out of the search for the one before. */
  readonly recordId?: string;
  readonly before?: string;
}

/** This checkup beside the one before: what changed or is abnormal; the rest on request. */
export function Comparison(props: ComparisonProps) {
  const [showsAll, setShowsAll] = useState(false);
  const history = useQuery({
    queryKey: ['checkups', props.residentId],
    queryFn: () => callApi(listCheckups, { params: { residentId: props.residentId } }),
  });
  const last = history.data?.checkups.find(
    (one) => one.recordId !== props.recordId && (!props.before || one.occurredOn < props.before),
  );
  const lines = useMemo(
    () => compareCheckups(props.edition, last?.answers ?? {}, props.answers, props.subject),
    [props.edition, props.answers, props.subject, last],
  );
  if (history.isPending) return <Loading rows={3} />;
  if (history.isLoadingError) return <Failure error={history.error} onRetry={() => void history.refetch()} />;
  const shown = showsAll
    ? lines
    : lines.filter((line) => line.abnormal || line.wasAbnormal || (last !== undefined && line.difference));
  return (
    <section className="card" aria-label="与上次体检比较">
      <div className="row spread">
        <h2>{last ? `与 ${last.occurredOn} 的体检比较` : '异常项目（没有以前的体检可比）'}</h2>
        <Button size="small" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? '只看异常与变化' : '看全部项目'}
        </Button>
      </div>
      {shown.length === 0 ? (
        <p className="soft">没有异常或变化的项目。</p>
      ) : (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th>项目</th>
                {last && <th>上次</th>}
                <th>本次</th>
                {last && <th className="number">变化</th>}
                <th>提示</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <Line key={line.id} line={line} hasLast={last !== undefined} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Line({ line, hasLast }: { line: ComparedLine; hasLast: boolean }) {
  const difference = line.difference ?? 0;
  return (
    <tr>
      <td>{line.label}</td>
      {hasLast && <td className="soft">{line.before || '未查'}</td>}
      <td>{line.now || '未查'}</td>
      {hasLast && (
        <td className="number">
          {difference === 0 ? '' : difference > 0 ? `↑ ${difference}` : `↓ ${Math.abs(difference)}`}
        </td>
      )}
      <td>
        {line.abnormal && (
          <StateTag state={line.wasAbnormal ? 'recheck' : 'late'}>
            {hasLast ? (line.wasAbnormal ? '持续异常' : '新出现异常') : '异常'}
          </StateTag>
        )}
        {!line.abnormal && line.wasAbnormal && line.now !== '' && <StateTag state="good">已恢复</StateTag>}
      </td>
    </tr>
  );
}
