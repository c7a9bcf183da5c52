import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { certaintyWord } from '#platform/browser/design-system/certainty-labels.ts';
import { DefinitionDrawer } from '#platform/browser/design-system/definition-drawer.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PlaceTrail } from '#platform/browser/design-system/place-trail.tsx';
import { countContracts } from '../contract.ts';
import { type SigningFigure, signingDefinitions } from '../domain/signing-figures.ts';
import { printRate } from './contract-words.ts';
import { type OpenSigning, SigningPeopleDrawer } from './signing-people-drawer.tsx';

/** How signing stands at a place and below it; each figure opens its people and says how it is counted. */
export function RatesView({ organizationId }: { organizationId: string | undefined }) {
  const [open, setOpen] = useState<OpenSigning>();
  const [defined, setDefined] = useState<SigningFigure>();
  const [shown, setShown] = useState<SigningFigure>('signed');
  const rates = useQuery({
    queryKey: ['contracts', 'rates', organizationId ?? 'top'],
    queryFn: () => callApi(countContracts, { query: organizationId ? { organizationId } : {} }),
    placeholderData: (previous) => previous,
  });
  if (rates.isPending) return <Loading rows={8} />;
  if (rates.isLoadingError) return <Failure error={rates.error} onRetry={() => void rates.refetch()} />;
  const { organization, trail, counts, children, definitions, asOf } = rates.data;
  const definition = definitions.find((one) => one.figure === defined);
  const share = (count: { in: number; of: number } | undefined) =>
    !count || count.of === 0 ? 0 : count.in / count.of;
  const sorted = children.toSorted((a, b) => share(a.counts[shown]) - share(b.counts[shown]));
  const show = (place: { id: string; name: string }, figure: SigningFigure) =>
    setOpen({ organizationId: place.id, organizationName: place.name, figure });
  return (
    <>
      <div className="row spread">
        <div>
          <PlaceTrail
            trail={trail}
            here={organization.id}
            link={({ id, name }) => (
              <Link to="/contracts" search={{ tab: 'rates', organizationId: id }}>
                {name}
              </Link>
            )}
          />
          <h2>{organization.name}</h2>
        </div>
        <span className="small soft">截至 {asOf}</span>
      </div>
      <div className="figure-grid">
        {signingDefinitions.map(({ figure, name }) => (
          <div key={figure} style={{ position: 'relative' }}>
            <button
              type="button"
              className="figure"
              style={{ width: '100%', height: '100%' }}
              onClick={() => show(organization, figure)}
              aria-label={`${name} ${printRate(counts[figure])} ${counts[figure].in} / ${counts[figure].of} 人，打开名单`}
            >
              <span className="soft" style={{ paddingRight: 20, display: 'block' }}>
                {name}
              </span>
              <b>{printRate(counts[figure])}</b>
              <span className="small soft">
                {counts[figure].in} / {counts[figure].of} 人
              </span>
            </button>
            <button
              type="button"
              className="link-button"
              style={{ position: 'absolute', top: 8, right: 10, minWidth: 24, minHeight: 24 }}
              onClick={() => setDefined(figure)}
              aria-label={`${name}怎么算`}
            >
              ？
            </button>
          </div>
        ))}
      </div>
      {children.length > 0 && (
        <section className="card">
          <div className="row spread" style={{ marginBottom: 10 }}>
            <h2>按下级机构（低的在前）</h2>
            <div className="scroll-x" style={{ maxWidth: '100%' }}>
              <Segmented<SigningFigure>
                value={shown}
                onChange={setShown}
                options={signingDefinitions.map(({ figure, name }) => ({ value: figure, label: name }))}
              />
            </div>
          </div>
          <div className="scroll-x">
            <table className="plain-table">
              <thead>
                <tr>
                  <th>机构</th>
                  {signingDefinitions.map(({ figure, name }) => (
                    <th key={figure} className="number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sorted.map((child) => (
                  <tr key={child.id}>
                    <td style={{ whiteSpace: 'nowrap' }}>
                      <Link to="/contracts" search={{ tab: 'rates', organizationId: child.id }}>
                        {child.name}
                      </Link>
                    </td>
                    {signingDefinitions.map(({ figure, name }) => (
                      <td key={figure} className="number" style={{ whiteSpace: 'nowrap' }}>
                        <button
                          type="button"
                          className="link-button"
                          aria-label={`${child.name}${name}`}
                          onClick={() => show(child, figure)}
                        >
                          {printRate(child.counts[figure])}
                        </button>{' '}
                        <span className="small soft">
                          {child.counts[figure].in}/{child.counts[figure].of}
                        </span>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {children.length === 0 && organization.kind !== 'village-clinic' && (
        <Empty title="没有下级机构">这里的数字就是本机构的数字。</Empty>
      )}
      <SigningPeopleDrawer open={open} onClose={() => setOpen(undefined)} />
      <DefinitionDrawer
        definition={definition}
        onClose={() => setDefined(undefined)}
        remark={({ certainty }) => certaintyWord(certainty)}
      />
    </>
  );
}
