import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { PersonLine } from '#capabilities/residents/workbench/person-line.tsx';
import { colourLabels } from '#clinical/grading/grade-management.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PlacesTable } from '#platform/browser/design-system/places-table.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { type Distribution, listGradedPeople, showGrading } from '../grading-contract.ts';
import { BatchesCard } from './batches-card.tsx';
import { CutOffStrip } from './cut-off-strip.tsx';
import { colourSign, gradeText } from './grade-words.ts';

type Which = 'green' | 'yellow' | 'red' | 'none';
const whichLabels: Readonly<Record<Which, string>> = { ...colourLabels, none: '未评定' };
const order: readonly Which[] = ['red', 'yellow', 'green', 'none'];

/** 分级分标: how many of each colour here and below, who they are, and grading in bulk. */
export function GradingScreen() {
  const actor = useActor();
  const [organizationId, setOrganizationId] = useState<string>();
  const [which, setWhich] = useState<Which>('red');
  const grading = useQuery({
    queryKey: ['grading', 'distribution', organizationId],
    queryFn: () => callApi(showGrading, { query: { organizationId } }),
  });
  if (grading.isPending)
    return (
      <main className="page">
        <Loading rows={8} />
      </main>
    );
  if (grading.isLoadingError)
    return (
      <main className="page">
        <Failure error={grading.error} onRetry={() => void grading.refetch()} />
      </main>
    );
  const { place, counts, children, year } = grading.data;
  return (
    <main className="page">
      <div className="row spread">
        <h1>分级分标 · {place.name}</h1>
        <span className="row">
          {place.parentId && (
            <Button onClick={() => setOrganizationId(place.parentId ?? undefined)}>上一级</Button>
          )}
          <Link to="/county-settings">
            <Button>县级设置</Button>
          </Link>
        </span>
      </div>
      <CutOffStrip />
      <div className="figure-grid">
        {order.map((key) => (
          <button
            key={key}
            type="button"
            className="figure"
            aria-pressed={which === key}
            onClick={() => setWhich(key)}
          >
            {whichLabels[key]}
            <b>{counts[key]}</b>
            <span className="small soft">在管 {counts.managed} 人</span>
          </button>
        ))}
        <div className="figure" style={{ cursor: 'default' }}>
          {year} 年度已评定
          <b>{counts.thisYear}</b>
          <span className="small soft">还有 {counts.managed - counts.thisYear} 人</span>
        </div>
      </div>
      {children.length > 0 && <PlacesTable places={children} columns={columns} onOpen={setOrganizationId} />}
      <BatchesCard places={[place, ...children]} mayGrade={mayDo(actor.role, 'grades.decide')} />
      <GradedPeople organizationId={place.id} which={which} />
    </main>
  );
}

const columns = [
  { label: '在管', of: (place: { counts: Distribution }) => place.counts.managed },
  ...order.map((key) => ({
    label: whichLabels[key],
    of: (place: { counts: Distribution }) => place.counts[key],
  })),
  { label: '年度已评', of: (place: { counts: Distribution }) => place.counts.thisYear },
];

function GradedPeople({ organizationId, which }: { organizationId: string; which: Which }) {
  const people = usePages({
    queryKey: ['grading', 'people', organizationId, which],
    read: (cursor) => callApi(listGradedPeople, { query: { organizationId, which, limit: 30, cursor } }),
  });
  const items = people.data?.items ?? [];
  return (
    <>
      <h2>{whichLabels[which]}名单</h2>
      {people.isPending && <Loading rows={6} />}
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.data && items.length === 0 && <Empty title={`没有${whichLabels[which]}的人`} />}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((person) => (
            <PersonLine
              key={person.residentId}
              person={person}
              tag={
                <StateTag state={person.colour ? colourSign[person.colour] : 'plain'}>
                  {person.colour ? colourLabels[person.colour] : '未评定'}
                </StateTag>
              }
            >
              <div className="small">
                <b>{person.programs.map((program) => programLabels[program]).join('、')}</b>{' '}
                {person.reasons.map((reason) => reason.text).join('')}
              </div>
              <div className="small soft">
                {person.onDay ? `${person.onDay} 评定` : gradeText(null, null)}
                {person.everyDays && <div>每 {person.everyDays} 天随访</div>}
              </div>
            </PersonLine>
          ))}
        </div>
      )}
      <MoreButton list={people} />
    </>
  );
}
