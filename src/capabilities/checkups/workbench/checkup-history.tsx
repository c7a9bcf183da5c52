import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { findRecordForm } from '#capabilities/records/domain/record-forms.ts';
import { olderPeopleFrom } from '#capabilities/records/domain/record-groups.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { listCheckups } from '../contract.ts';

const forOlderPeople = ['elder-self-care', 'tcm-constitution'];

/** A person's checkups of the last years and the yearly assessments of an older one, with what is still open this year. */
export function CheckupHistory(props: {
  person: { readonly id: string; readonly ageYears: number; readonly status: string };
  mayWrite: boolean;
}) {
  const { person } = props;
  const actor = useActor();
  const year = actor.today.slice(0, 4);
  const history = useQuery({
    queryKey: ['checkups', person.id],
    queryFn: () => callApi(listCheckups, { params: { residentId: person.id } }),
  });
  if (history.isPending) return <Loading rows={2} />;
  if (history.isLoadingError) return <Failure error={history.error} onRetry={() => void history.refetch()} />;
  const { checkups, assessments } = history.data;
  const isDone = checkups[0]?.occurredOn.startsWith(year) ?? false;
  const mayFill = props.mayWrite && person.status === 'active';
  return (
    <section className="card" aria-label="年度健康体检">
      <div className="row spread" style={{ marginBottom: 6 }}>
        <span className="row">
          <h2>年度健康体检</h2>
          <StateTag state={isDone ? 'good' : 'recheck'}>
            {isDone ? `${year} 年已体检` : `${year} 年未体检`}
          </StateTag>
        </span>
        {mayFill && (
          <Link to="/residents/$residentId/checkup" params={{ residentId: person.id }}>
            <Button>填写体检表</Button>
          </Link>
        )}
      </div>
      {checkups.map((one) => (
        <div
          key={one.recordId}
          className="row spread"
          style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}
        >
          <Link
            to="/residents/$residentId/checkups/$recordId"
            params={{ residentId: person.id, recordId: one.recordId }}
          >
            {one.occurredOn} 健康体检表
          </Link>
          <Link to="/print/checkups/$recordId" params={{ recordId: one.recordId }} target="_blank">
            反馈单
          </Link>
        </div>
      ))}
      {person.ageYears >= olderPeopleFrom &&
        forOlderPeople.map((form) => {
          const last = assessments.find((one) => one.form === form);
          const done = last?.occurredOn.startsWith(year) ?? false;
          return (
            <div
              key={form}
              className="row spread"
              style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}
            >
              <span className="row">
                {findRecordForm(form)?.title}
                <StateTag state={done ? 'good' : 'recheck'}>
                  {last ? `${done ? '' : '上次 '}${last.occurredOn}` : '从未评估'}
                </StateTag>
              </span>
              {last && done ? (
                <Link
                  to="/residents/$residentId/records/$recordId"
                  params={{ residentId: person.id, recordId: last.recordId }}
                >
                  查看
                </Link>
              ) : (
                mayFill && (
                  <Link to="/residents/$residentId/forms/$form" params={{ residentId: person.id, form }}>
                    填写
                  </Link>
                )
              )}
            </div>
          );
        })}
    </section>
  );
}
