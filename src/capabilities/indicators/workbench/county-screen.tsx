import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { DefinitionDrawer } from '#platform/browser/design-system/definition-drawer.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PlaceTrail } from '#platform/browser/design-system/place-trail.tsx';
import { printInstantTime } from '#platform/browser/print-instant.ts';
import { type Figure, showHypertensionIndicators } from '../contract.ts';
import { FigureCard } from './figure-card.tsx';
import { type OpenFigure, rate } from './figure-rate.ts';
import { OrganizationsTable } from './organizations-table.tsx';
import { PeopleDrawer } from './people-drawer.tsx';

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
  if (page.isLoadingError) {
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
          <PlaceTrail
            trail={data.trail}
            here={data.organization.id}
            link={({ id, name }) => (
              <Link to="/county" search={{ organizationId: id }}>
                {name}
              </Link>
            )}
          />
          <h1>{data.organization.name} · 高血压管理</h1>
        </div>
        <span className="soft small">
          {data.year} 年，截至 {data.asOf}；统计于 {printInstantTime(data.countedAt)}
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
      {data.children.length > 0 && <OrganizationsTable data={data} onOpen={setOpen} />}
      <PeopleDrawer open={open} year={data.year} onClose={() => setOpen(undefined)} />
      <DefinitionDrawer
        definition={data.definitions.find((one) => one.figure === defined)}
        onClose={() => setDefined(undefined)}
        remark={({ edition }) => edition}
      />
    </main>
  );
}
