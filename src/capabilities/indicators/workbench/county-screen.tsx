import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { type Figure, type Figures, listFigurePeople, showHypertensionIndicators } from '../contract.ts';

type Page = EndpointResponse<typeof showHypertensionIndicators>;

interface OpenFigure {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly figure: Figure;
}

/** How hypertension care stands, from county to village; every figure opens its people. */
export function CountyScreen() {
  const { organizationId } = useSearch({ from: '/county' });
  const [open, setOpen] = useState<OpenFigure>();
  const [defined, setDefined] = useState<Figure>();
  const page = useQuery({
    queryKey: ['county', organizationId ?? 'top'],
    queryFn: () => callApi(showHypertensionIndicators, { query: organizationId ? { organizationId } : {} }),
    placeholderData: (previous) => previous,
  });
  if (page.isPending) {
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  }
  if (page.isError) {
    return (
      <main className="page">
        <Failure error={page.error} onRetry={() => void page.refetch()} />
      </main>
    );
  }
  const data = page.data;
  const show = (figure: Figure) =>
    setOpen({ organizationId: data.organization.id, organizationName: data.organization.name, figure });
  return (
    <main className="page">
      <div className="row spread">
        <div>
          <div className="small">
            {data.trail.map((place, index) => (
              <span key={place.id}>
                {index > 0 && ' › '}
                {place.id === data.organization.id ? (
                  place.name
                ) : (
                  <Link to="/county" search={{ organizationId: place.id }}>
                    {place.name}
                  </Link>
                )}
              </span>
            ))}
          </div>
          <h1>{data.organization.name} · 高血压管理</h1>
        </div>
        <span className="soft small">
          {data.year} 年，截至 {data.asOf}；统计于 {new Date(data.countedAt).toLocaleTimeString('zh-CN')}
        </span>
      </div>
      <div className="figure-grid">
        <FigureCard
          title="年内已管理"
          value={String(data.figures.managed)}
          note="人"
          onOpen={() => show('managed')}
          onDefine={() => setDefined('managed')}
        />
        <FigureCard
          title="规范管理率"
          value={rate(data.figures, 'standard')}
          note={`${data.figures.standard} / ${data.figures.managed}`}
          onOpen={() => show('standard')}
          onDefine={() => setDefined('standard')}
        />
        <FigureCard
          title="控制率（公卫口径）"
          value={rate(data.figures, 'controlledStatutory')}
          note={`${data.figures.controlledStatutory} / ${data.figures.managed}`}
          onOpen={() => show('controlledStatutory')}
          onDefine={() => setDefined('controlledStatutory')}
        />
        <FigureCard
          title="控制率（临床目标）"
          value={rate(data.figures, 'controlledClinical')}
          note={`${data.figures.controlledClinical} / ${data.figures.managed}`}
          onOpen={() => show('controlledClinical')}
          onDefine={() => setDefined('controlledClinical')}
        />
        <FigureCard
          title="到期未随访"
          value={String(data.figures.due)}
          note="人次"
          onOpen={() => show('due')}
          onDefine={() => setDefined('due')}
        />
        <FigureCard
          title="逾期未随访"
          value={String(data.figures.overdue)}
          note="人次"
          onOpen={() => show('overdue')}
          onDefine={() => setDefined('overdue')}
        />
      </div>
      {data.children.length > 0 && <ChildrenTable data={data} onOpen={setOpen} />}
      <PeopleDrawer open={open} year={data.year} onClose={() => setOpen(undefined)} />
      <Drawer
        open={defined !== undefined}
        onClose={() => setDefined(undefined)}
        title="这个数字怎么算"
        size="large"
      >
        {data.definitions
          .filter((definition) => definition.figure === defined)
          .map((definition) => (
            <dl key={definition.id}>
              <dt className="soft">指标</dt>
              <dd>
                {definition.name}（{definition.id}）
              </dd>
              <dt className="soft">分子</dt>
              <dd>{definition.numerator}</dd>
              <dt className="soft">分母</dt>
              <dd>{definition.denominator ?? '无，本指标为人数'}</dd>
              <dt className="soft">口径</dt>
              <dd>{definition.policy}</dd>
              <dt className="soft">依据</dt>
              <dd>
                {definition.source}（{definition.edition}）
              </dd>
            </dl>
          ))}
      </Drawer>
    </main>
  );
}

function rate(figures: Figures, figure: Figure): string {
  return figures.managed === 0 ? '无数据' : `${((figures[figure] / figures.managed) * 100).toFixed(1)}%`;
}

function FigureCard(props: {
  title: string;
  value: string;
  note: string;
  onOpen: () => void;
  onDefine: () => void;
}) {
  return (
    <div style={{ position: 'relative' }}>
      <button
        type="button"
        className="figure"
        style={{ width: '100%' }}
        onClick={props.onOpen}
        aria-label={`${props.title} ${props.value}，打开名单`}
      >
        <span className="soft">{props.title}</span>
        <b>{props.value}</b>
        <span className="small soft">{props.note}</span>
      </button>
      <Button
        size="small"
        type="text"
        shape="circle"
        style={{ position: 'absolute', top: 6, right: 6 }}
        onClick={props.onDefine}
        aria-label={`${props.title}怎么算`}
      >
        ？
      </Button>
    </div>
  );
}

const bars: readonly { figure: Figure; label: string }[] = [
  { figure: 'standard', label: '规范管理率' },
  { figure: 'controlledStatutory', label: '控制率（公卫口径）' },
  { figure: 'controlledClinical', label: '控制率（临床目标）' },
];

function ChildrenTable({ data, onOpen }: { data: Page; onOpen: (open: OpenFigure) => void }) {
  const navigate = useNavigate();
  const [shown, setShown] = useState<Figure>('standard');
  const sorted = data.children.toSorted((a, b) => ratio(a.figures, shown) - ratio(b.figures, shown));
  const cell = (child: Page['children'][number], figure: Figure, text: string) => (
    <button
      type="button"
      className="link-button"
      onClick={() => onOpen({ organizationId: child.id, organizationName: child.name, figure })}
    >
      {text}
    </button>
  );
  return (
    <section className="card">
      <div className="row spread" style={{ marginBottom: 10 }}>
        <h2>按下级机构（低的在前）</h2>
        <Segmented
          value={shown}
          onChange={(value) => setShown(value as Figure)}
          options={bars.map((bar) => ({ value: bar.figure, label: bar.label }))}
        />
      </div>
      <div
        role="img"
        aria-label="各机构比率条形图，数值见下表"
        style={{ display: 'grid', gap: 5, marginBottom: 14 }}
      >
        {sorted.map((child) => (
          <div
            key={child.id}
            className="small"
            style={{ display: 'grid', gridTemplateColumns: '150px 1fr 56px', gap: 8, alignItems: 'center' }}
          >
            <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
              {child.name}
            </span>
            <span style={{ background: '#eef1f4', borderRadius: 4, height: 14 }}>
              <span
                style={{
                  display: 'block',
                  width: `${ratio(child.figures, shown) * 100}%`,
                  background: 'var(--accent)',
                  height: 14,
                  borderRadius: 4,
                }}
              />
            </span>
            <span className="number">{rate(child.figures, shown)}</span>
          </div>
        ))}
      </div>
      <div className="scroll-x">
        <table className="plain-table">
          <thead>
            <tr>
              <th>机构</th>
              <th className="number">已管理</th>
              <th className="number">规范管理率</th>
              <th className="number">控制率（公卫）</th>
              <th className="number">控制率（临床）</th>
              <th className="number">到期</th>
              <th className="number">逾期</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((child) => (
              <tr key={child.id}>
                <td style={{ whiteSpace: 'nowrap' }}>
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => void navigate({ to: '/county', search: { organizationId: child.id } })}
                  >
                    {child.name}
                  </button>
                </td>
                <td className="number">{cell(child, 'managed', String(child.figures.managed))}</td>
                <td className="number">{cell(child, 'standard', rate(child.figures, 'standard'))}</td>
                <td className="number">
                  {cell(child, 'controlledStatutory', rate(child.figures, 'controlledStatutory'))}
                </td>
                <td className="number">
                  {cell(child, 'controlledClinical', rate(child.figures, 'controlledClinical'))}
                </td>
                <td className="number">{cell(child, 'due', String(child.figures.due))}</td>
                <td className="number">{cell(child, 'overdue', String(child.figures.overdue))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ratio(figures: Figures, figure: Figure): number {
  return figures.managed === 0 ? 0 : figures[figure] / figures.managed;
}

const figureNames: Record<Figure, string> = {
  managed: '年内已管理',
  standard: '规范管理',
  controlledStatutory: '控制（公卫口径）',
  controlledClinical: '控制（临床目标）',
  due: '到期未随访',
  overdue: '逾期未随访',
};

function PeopleDrawer({
  open,
  year,
  onClose,
}: {
  open: OpenFigure | undefined;
  year: number;
  onClose: () => void;
}) {
  const [side, setSide] = useState<'in' | 'out'>('in');
  const people = useInfiniteQuery({
    queryKey: ['county', 'people', open, side, year],
    enabled: open !== undefined,
    queryFn: ({ pageParam }) =>
      callApi(listFigurePeople, {
        body: {
          organizationId: open?.organizationId ?? '',
          figure: open?.figure ?? 'managed',
          year,
          side,
          limit: 50,
          cursor: pageParam,
        },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer
      open={open !== undefined}
      onClose={onClose}
      size="large"
      title={open ? `${open.organizationName} · ${figureNames[open.figure]}` : ''}
    >
      <Segmented
        block
        value={side}
        onChange={(value) => setSide(value as 'in' | 'out')}
        options={[
          { value: 'in', label: '计入的人' },
          { value: 'out', label: '未计入的人' },
        ]}
      />
      <p>
        共 <b>{people.data?.pages[0]?.total ?? '…'}</b> 人，截至 {people.data?.pages[0]?.asOf ?? '…'}
      </p>
      {people.isError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && items.length === 0 && <Empty title="没有人" />}
      {items.map((person) => (
        <div key={person.id} style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
          <div className="row spread">
            <Link to="/residents/$residentId" params={{ residentId: person.id }}>
              {person.name} {person.sex === '1' ? '男' : '女'} {person.ageYears} 岁
            </Link>
            <span className="small soft">{person.organizationName}</span>
          </div>
          <div className="small">
            {person.reasons.map((reason) => (
              <div key={reason.code + reason.text}>{reason.text}</div>
            ))}
          </div>
        </div>
      ))}
      {people.hasNextPage && (
        <Button
          style={{ marginTop: 12 }}
          loading={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        >
          显示更多
        </Button>
      )}
    </Drawer>
  );
}
