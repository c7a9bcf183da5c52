import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { type ExamPerson, listExamPeople } from '../contract.ts';
import { stationLabels } from '../domain/stations.ts';

/** Everybody of an exam day by number, with what is still open at each station. */
export function ExamPeople({ examDayId, mayWrite }: { examDayId: string; mayWrite: boolean }) {
  const people = usePages({
    queryKey: ['exam-people', examDayId],
    read: (cursor) => callApi(listExamPeople, { params: { examDayId }, query: { limit: 50, cursor } }),
  });
  if (people.isPending) return <Loading />;
  if (people.isLoadingError) return <Failure error={people.error} onRetry={() => void people.refetch()} />;
  const items = people.data.items;
  if (items.length === 0) return <Empty title="还没有受检人">请先粘贴身份证号名单。</Empty>;
  return (
    <section className="card" aria-label="受检人名单">
      <h2 style={{ marginBottom: 8 }}>受检人</h2>
      {items.map((person) => (
        <PersonLine key={person.id} {...{ person, examDayId, mayWrite }} />
      ))}
      <MoreButton list={people} style={{ marginTop: 8 }} />
    </section>
  );
}

function PersonLine(props: { person: ExamPerson; examDayId: string; mayWrite: boolean }) {
  const { person, examDayId } = props;
  return (
    <div className="exam-line">
      <span className="exam-number">{person.number}</span>
      <span>
        <Link to="/residents/$residentId" params={{ residentId: person.id }}>
          <b>{person.name}</b>
        </Link>{' '}
        <span className="small soft">
          {printSex(person.sex)} {person.ageYears} 岁 · {person.organizationName}
        </span>
      </span>
      <span className="row" style={{ gap: 6 }}>
        {person.examStatus === 'waiting' &&
          person.progress
            .filter((one) => one.required > 0)
            .map((one) => (
              <StateTag
                key={one.station}
                state={
                  one.missing.length === 0
                    ? 'good'
                    : person.visited.includes(one.station)
                      ? 'recheck'
                      : 'plain'
                }
              >
                {stationLabels[one.station]} {one.filled}/{one.required}
              </StateTag>
            ))}
        {person.examStatus === 'finished' && <StateTag state="good">体检表已完成</StateTag>}
        {person.examStatus === 'absent' && <StateTag state="late">未到</StateTag>}
      </span>
      {person.recordId ? (
        <Link to="/print/checkups/$recordId" params={{ recordId: person.recordId }} target="_blank">
          反馈单
        </Link>
      ) : (
        props.mayWrite &&
        person.examStatus === 'waiting' && (
          <Link
            to="/checkups/days/$examDayId/people/$residentId"
            params={{ examDayId, residentId: person.id }}
          >
            结论
          </Link>
        )
      )}
    </div>
  );
}
