import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { PersonLine } from '#capabilities/residents/workbench/person-line.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PlacesTable } from '#platform/browser/design-system/places-table.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { orderableTests } from '#standards/measurements/reading-kinds.ts';
import { listedTests } from '../domain/due-by-test.ts';
import { type DueTest, listDueExaminations, showDueExaminations } from '../due-examinations-contract.ts';
import { ScreeningPage } from './screening-page.tsx';

type Page = EndpointResponse<typeof showDueExaminations>;
type Person = EndpointResponse<typeof listDueExaminations>['items'][number];

const choices: readonly DueTest[] = ['any', ...listedTests];
const labelOf = (test: DueTest) =>
  test === 'any' ? '任一项' : (orderableTests.find((one) => one.code === test)?.label ?? test);
/** Names for tiles and column heads, where room is scarce. */
const shortLabels: Readonly<Record<DueTest, string>> = {
  any: '任一项',
  retina: '眼底',
  acr: '尿白蛋白',
  kidney: '肾功能',
  foot: '足与神经',
  artery: '踝臂指数',
  ecg: '心电图',
  lipids: '血脂',
  hba1c: '糖化',
  assessments: '每年评估',
  spirometry: '肺功能',
  influenza: '流感疫苗',
};

/** 到期检查: managed people whose tests of eyes, kidneys, feet, heart and lungs are due, here and below. */
export function DueExaminationsScreen() {
  const [organizationId, setOrganizationId] = useState<string>();
  const [test, setTest] = useState<DueTest>('any');
  const page = useQuery({
    queryKey: ['due-examinations', organizationId],
    queryFn: () => callApi(showDueExaminations, { query: { organizationId } }),
    refetchInterval: ({ state }) => ((state.data?.counts.waiting ?? 0) > 0 ? 10_000 : false),
  });
  return (
    <ScreeningPage here="due-examinations">
      <p className="small soft" style={{ margin: 0 }}>
        在管患者按各病方案应做而未做的检查、评估和接种。每天逐村推算一次；打开名单时，每人还差哪几项按最新记录重新推算。
      </p>
      {page.isPending && <Loading rows={8} />}
      {page.isLoadingError && <Failure error={page.error} onRetry={() => void page.refetch()} />}
      {page.data && (
        <Place
          place={page.data.place}
          people={page.data.judgedAt === null ? undefined : page.data.counts.people}
          onPlace={setOrganizationId}
        />
      )}
      {page.data && page.data.counts.waiting > 0 && (
        <p role="status" className="small" style={{ margin: 0 }}>
          还有 {page.data.counts.waiting} 个机构正在推算，算完自动显示；下面的人数还不含这些机构。
        </p>
      )}
      {page.data?.judgedAt === null && page.data.counts.waiting === 0 && (
        <Empty title="这里没有管理居民的机构" />
      )}
      {page.data && page.data.judgedAt !== null && (
        <>
          <Counts page={page.data} test={test} onTest={setTest} onPlace={setOrganizationId} />
          <People organizationId={page.data.place.id} test={test} />
        </>
      )}
    </ScreeningPage>
  );
}

function Place(props: {
  place: Page['place'];
  people: number | undefined;
  onPlace: (id: string | undefined) => void;
}) {
  const { name, parentId } = props.place;
  return (
    <div className="row spread">
      <h2>
        {name}
        {props.people !== undefined && ` · 在管 ${props.people} 人`}
      </h2>
      {parentId && <Button onClick={() => props.onPlace(parentId)}>上一级</Button>}
    </div>
  );
}

function Counts(props: {
  page: Page;
  test: DueTest;
  onTest: (test: DueTest) => void;
  onPlace: (id: string | undefined) => void;
}) {
  const { counts, children, judgedAt } = props.page;
  return (
    <>
      {judgedAt !== null && (
        <p className="small soft" style={{ margin: 0 }}>
          人数截至 {printInstant(judgedAt)}
        </p>
      )}
      <div
        className="figure-grid"
        style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(160px, 28%), 1fr))' }}
      >
        {choices.map((key) => (
          <button
            key={key}
            type="button"
            className="figure"
            aria-pressed={props.test === key}
            onClick={() => props.onTest(key)}
          >
            {shortLabels[key]}
            <b>{counts.due[key] ?? 0}</b>
          </button>
        ))}
      </div>
      {children.length > 0 && (
        <PlacesTable places={children} columns={columns} remark={remark} onOpen={props.onPlace} />
      )}
    </>
  );
}

type Child = Page['children'][number];

const columns = [
  { label: '在管', of: (place: Child) => place.counts.people },
  ...choices.map((key) => ({ label: shortLabels[key], of: (place: Child) => place.counts.due[key] ?? 0 })),
];
const remark = (place: Child) => place.counts.waiting > 0 && <span className="small soft"> 推算中</span>;

function People({ organizationId, test }: { organizationId: string; test: DueTest }) {
  const people = usePages({
    queryKey: ['due-examinations', 'people', organizationId, test],
    read: (cursor) => callApi(listDueExaminations, { query: { organizationId, test, limit: 20, cursor } }),
  });
  const items = people.data?.items ?? [];
  return (
    <>
      <h2>{test === 'any' ? '名单' : `${labelOf(test)}到期名单`}</h2>
      {people.isPending && <Loading rows={6} />}
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.data && items.length === 0 && <Empty title="没有到期未做的人" />}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((person) => (
            <DueLine key={person.residentId} person={person} test={test} />
          ))}
        </div>
      )}
      <MoreButton list={people} />
    </>
  );
}

function DueLine({ person, test }: { person: Person; test: DueTest }) {
  const days = person.due.filter((one) => test === 'any' || one.test === test).map((one) => one.dueOn);
  const [first] = days.toSorted();
  return (
    <PersonLine
      person={person}
      tag={<StateTag state={person.isDone ? 'good' : 'late'}>{person.isDone ? '已补查' : '到期'}</StateTag>}
    >
      <div className="small">
        <b>{person.programs.map((program) => programLabels[program]).join('、')}</b>{' '}
        {person.due.map((one) => shortLabels[one.test]).join('、') || '各项都不欠'}
        <div className="soft">{[...new Set(person.due.map((one) => one.reason))].join('；')}</div>
      </div>
      <div className="small soft">{first && `应于 ${first} 前`}</div>
    </PersonLine>
  );
}
