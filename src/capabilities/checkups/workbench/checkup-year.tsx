import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Progress, Select } from 'antd';
import { useState } from 'react';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listCheckupYear, showCheckupYear } from '../contract.ts';

const groupLabels: Readonly<Record<string, string>> = { 'older-people': '65岁及以上', ...programLabels };
const yearsShown = 3;

const lists = [
  { key: 'due', label: '未检' },
  { key: 'done', label: '已检' },
] as const;

/** Who is due for this year's checkup, village by village, and how far the year is. */
export function CheckupYear() {
  const actor = useActor();
  const thisYear = Number(actor.today.slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [organizationId, setOrganizationId] = useState<string>();
  const [state, setState] = useState<'due' | 'done'>('due');
  const progress = useQuery({
    queryKey: ['checkup-year', year, organizationId],
    queryFn: () =>
      callApi(showCheckupYear, { params: { year }, query: organizationId ? { organizationId } : {} }),
  });
  if (progress.isPending) return <Loading />;
  if (progress.isLoadingError)
    return <Failure error={progress.error} onRetry={() => void progress.refetch()} />;
  const { organization, due, done, children } = progress.data;
  return (
    <>
      <section className="card">
        <div className="row spread">
          <div className="row">
            <Select
              aria-label="年度"
              value={year}
              onChange={setYear}
              options={Array.from({ length: yearsShown }, (_, back) => ({
                value: thisYear - back,
                label: `${thisYear - back} 年`,
              }))}
            />
            <b>{organization.name}</b>
            {organizationId && organization.parentId && (
              <Button size="small" onClick={() => setOrganizationId(organization.parentId ?? undefined)}>
                上级机构
              </Button>
            )}
          </div>
          <span>
            应检 {due} 人，已检 <b>{done}</b> 人，未检 <b>{due - done}</b> 人
          </span>
        </div>
        <Progress strokeColor="var(--accent)" percent={due === 0 ? 0 : Math.floor((done * 100) / due)} />
        {children.length > 0 && (
          <div className="figure-grid">
            {children.map((child) => (
              <button
                key={child.id}
                type="button"
                className="figure"
                onClick={() => setOrganizationId(child.id)}
              >
                {child.name}
                <b>{child.due === 0 ? '—' : `${Math.floor((child.done * 100) / child.due)}%`}</b>
                <span className="small soft">
                  {child.done} / {child.due}
                </span>
              </button>
            ))}
          </div>
        )}
      </section>
      <PartTabs label="名单" parts={lists} here={state} onChoose={setState} />
      <YearPeople key={`${year} ${organizationId} ${state}`} {...{ year, organizationId, state }} />
    </>
  );
}

function YearPeople(props: { year: number; organizationId: string | undefined; state: 'due' | 'done' }) {
  const actor = useActor();
  const { year, organizationId, state } = props;
  const people = usePages({
    queryKey: ['checkup-year-people', year, organizationId, state],
    read: (cursor) =>
      callApi(listCheckupYear, {
        params: { year },
        query: { state, limit: 50, cursor, ...(organizationId ? { organizationId } : {}) },
      }),
  });
  const items = people.data?.items ?? [];
  const mayWrite = mayDo(actor.role, 'checkups.write');
  if (people.isPending) return <Loading />;
  if (people.isLoadingError) return <Failure error={people.error} onRetry={() => void people.refetch()} />;
  if (items.length === 0)
    return <Empty title={state === 'due' ? '没有未检的人' : '还没有人完成'}>名单每天自动补入新对象。</Empty>;
  return (
    <>
      <div className="card" style={{ padding: 0 }}>
        {items.map((person) => (
          <div key={person.id} className="work-line">
            <Link to="/residents/$residentId" params={{ residentId: person.id }}>
              <b>{person.name}</b>
            </Link>
            <span>
              {printSex(person.sex)} · {person.ageYears} 岁
            </span>
            <span className="small soft">
              {person.groups.map((group) => groupLabels[group] ?? group).join('、')} ·{' '}
              {person.organizationName} · 电话 {person.phone ?? '未登记'}
            </span>
            {person.recordId ? (
              <Link to="/print/checkups/$recordId" params={{ recordId: person.recordId }} target="_blank">
                {person.doneOn} 反馈单
              </Link>
            ) : (
              mayWrite && (
                <Link to="/residents/$residentId/checkup" params={{ residentId: person.id }}>
                  填写体检表
                </Link>
              )
            )}
          </div>
        ))}
      </div>
      <MoreButton list={people} />
    </>
  );
}
