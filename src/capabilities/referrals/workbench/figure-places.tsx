import { Link, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { PlaceBars } from '#platform/browser/design-system/place-bars.tsx';
import { type ReferralFigure, timedFigures } from '../domain/referral-figures.ts';
import {
  type FiguresPage,
  type FiguresPlace,
  printFigure,
  printMedian,
  printShare,
  shareOf,
} from './figure-words.ts';

/** What places are compared by: the two that say whether the loop closes, and whether people are answered and come. */
const compared = [
  'followed-up',
  'taken-on',
  'accepted',
  'arrived',
] as const satisfies readonly ReferralFigure[];
type Compared = (typeof compared)[number];
const shareNames: Readonly<Record<Compared, string>> = {
  'followed-up': '转诊随访率',
  'taken-on': '回转承接率',
  accepted: '接受率',
  arrived: '到位率',
};

/** The places below as bars and as a table, the lowest first; those without a share last. */
export function FigurePlaces(props: {
  data: FiguresPage;
  onOpen: (figure: ReferralFigure, place: FiguresPlace) => void;
}) {
  const { data, onOpen } = props;
  const [shown, setShown] = useState<Compared>('followed-up');
  const share = (place: FiguresPlace) => shareOf(place.counts[shown]);
  const sorted = data.children.toSorted((a, b) => (share(a) ?? 2) - (share(b) ?? 2));
  return (
    <section className="card" aria-label="按下级机构">
      <div className="row spread" style={{ marginBottom: 10, flexWrap: 'wrap' }}>
        <h2>按下级机构（低的在前）</h2>
        <Segmented<Compared>
          style={{ maxWidth: '100%', overflowX: 'auto' }}
          value={shown}
          onChange={setShown}
          options={compared.map((figure) => ({ value: figure, label: shareNames[figure] }))}
        />
      </div>
      <PlaceBars
        label={`各机构${shareNames[shown]}条形图，数值见下表`}
        widths={[130, 92]}
        places={sorted.map((place) => ({
          id: place.id,
          name: place.name,
          share: share(place) ?? 0,
          text: (
            <>
              {printShare(place.counts[shown])}{' '}
              <span className="soft">
                {place.counts[shown]?.in ?? 0}/{place.counts[shown]?.of ?? 0}
              </span>
            </>
          ),
        }))}
      />
      <PlacesTable data={data} places={sorted} onOpen={onOpen} />
    </section>
  );
}

function PlacesTable(props: {
  data: FiguresPage;
  places: readonly FiguresPlace[];
  onOpen: (figure: ReferralFigure, place: FiguresPlace) => void;
}) {
  const search = useSearch({ from: '/referrals/figures' });
  const columns = props.data.definitions;
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th>机构</th>
            {columns.map(({ figure, name }) => (
              <th key={figure} className="number" style={{ whiteSpace: 'nowrap' }}>
                {name}
              </th>
            ))}
            <th className="number">接受用时</th>
            <th className="number">到位用时</th>
          </tr>
        </thead>
        <tbody>
          {props.places.map((place) => (
            <tr key={place.id}>
              <td style={{ whiteSpace: 'nowrap' }}>
                <Link to="/referrals/figures" search={{ ...search, organizationId: place.id }}>
                  {place.name}
                </Link>
              </td>
              {columns.map(({ figure, name }) => (
                <td key={figure} className="number">
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${place.name}${name} ${printFigure(figure, place.counts[figure])}，打开名单`}
                    onClick={() => props.onOpen(figure, place)}
                  >
                    {printFigure(figure, place.counts[figure])}
                  </button>
                </td>
              ))}
              {timedFigures.map((figure) => (
                <td key={figure} className="number" style={{ whiteSpace: 'nowrap' }}>
                  {printMedian(place.medians, figure)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
