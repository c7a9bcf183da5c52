import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { FigureCard } from '#capabilities/indicators/workbench/figure-card.tsx';
import { valueOn } from '#kernel/dated.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { certaintyWord } from '#platform/browser/design-system/certainty-labels.ts';
import { DefinitionDrawer } from '#platform/browser/design-system/definition-drawer.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { PlaceTrail } from '#platform/browser/design-system/place-trail.tsx';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import { referralAfterDays, referralOpenDays } from '#standards/referral-parameters.ts';
import { type ReferralFigure, type TimedFigure, timedFigures } from '../domain/referral-figures.ts';
import { periodsToChoose } from '../domain/referral-period.ts';
import { showReferralFigures } from '../figures-contract.ts';
import { FigurePlaces } from './figure-places.tsx';
import { FigureReferralsDrawer } from './figure-referrals-drawer.tsx';
import {
  type FiguresPage,
  noteOf,
  type OpenReferrals,
  printFigure,
  printMedian,
  sideLabels,
} from './figure-words.ts';

const timeNames: Readonly<Record<TimedFigure, string>> = { accepted: '接受用时', arrived: '到位用时' };

/** 转诊统计: how referrals went in a period, from county to village; every figure opens its referrals and says how it is counted. */
export function ReferralFiguresScreen() {
  const search = useSearch({ from: '/referrals/figures' });
  const [open, setOpen] = useState<OpenReferrals>();
  const [defined, setDefined] = useState<ReferralFigure>();
  const page = useQuery({
    queryKey: ['referral-figures', search],
    queryFn: () => callApi(showReferralFigures, { query: search }),
    placeholderData: (previous) => previous,
  });
  if (page.isPending || page.isLoadingError)
    return (
      <main className="page">
        <h1>转诊统计</h1>
        {page.isPending ? (
          <Loading rows={10} />
        ) : (
          <Failure error={page.error} onRetry={() => void page.refetch()} />
        )}
      </main>
    );
  const { data } = page;
  const today = dayInChina(new Date(data.countedAt));
  const definitionOf = (figure: ReferralFigure | undefined) =>
    data.definitions.find((one) => one.figure === figure);
  const show = (figure: ReferralFigure, place: { id: string; name: string } = data.organization) =>
    setOpen({
      organizationId: place.id,
      organizationName: place.name,
      figure,
      side: data.side,
      period: data.period.key,
    });
  return (
    <main className="page">
      <Heading data={data} />
      {data.counts.sent?.in === 0 ? (
        <Empty title={`${data.period.label}没有${data.side === 'received' ? '收到' : '发出'}转诊`}>
          可以换一个时期或机构看。
        </Empty>
      ) : (
        <Cards data={data} onOpen={show} onDefine={setDefined} />
      )}
      {data.side === 'received' && (
        <p className="small soft">
          本院收到的转诊，结束 {valueOn(referralAfterDays, today)} 天（未结束的，最近一步{' '}
          {valueOn(referralOpenDays, today)}{' '}
          天）后按规定不再可见，也不计入这里；全期的数字由卫健局、疾控按居民的管理机构统计。
        </p>
      )}
      {data.children.length > 0 && data.counts.sent?.in !== 0 && <FigurePlaces data={data} onOpen={show} />}
      <FigureReferralsDrawer
        open={open}
        definition={definitionOf(open?.figure)}
        onClose={() => setOpen(undefined)}
      />
      <DefinitionDrawer
        definition={definitionOf(defined)}
        onClose={() => setDefined(undefined)}
        countOf="份数"
        belongsTo="按居民现在的管理机构；县医院按收到或发出的机构。"
        remark={({ certainty }) => certaintyWord(certainty)}
      />
    </main>
  );
}

function Heading({ data }: { data: FiguresPage }) {
  const search = useSearch({ from: '/referrals/figures' });
  const navigate = useNavigate();
  const go = (more: typeof search) =>
    void navigate({ to: '/referrals/figures', search: { ...search, ...more } });
  const periods = periodsToChoose(dayInChina(new Date(data.countedAt)));
  return (
    <>
      <div className="row spread">
        <div>
          <PlaceTrail
            trail={data.trail}
            here={data.organization.id}
            link={({ id, name }) => (
              <Link to="/referrals/figures" search={{ ...search, organizationId: id }}>
                {name}
              </Link>
            )}
          />
          <h1>{data.organization.name} · 转诊统计</h1>
        </div>
        <div className="row">
          <Select
            aria-label="时期"
            style={{ width: 160 }}
            value={data.period.key}
            onChange={(period) => go({ period })}
            options={periods.map((group) => ({
              label: group.label,
              options: group.periods.map(({ key, label }) => ({ value: key, label })),
            }))}
          />
          <span className="soft small">
            统计于 {printInstantDay(data.countedAt)} {printInstantTime(data.countedAt)}
          </span>
        </div>
      </div>
      {data.sides.length > 1 && (
        <PartTabs
          parts={data.sides.map((side) => ({ key: side, label: sideLabels[side] }))}
          here={data.side}
          onChoose={(side) => go({ side })}
        />
      )}
    </>
  );
}

function Cards(props: {
  data: FiguresPage;
  onOpen: (figure: ReferralFigure) => void;
  onDefine: (figure: ReferralFigure) => void;
}) {
  const { data, onOpen, onDefine } = props;
  return (
    <div className="figure-grid">
      {data.definitions.map(({ figure, name, denominator }) => (
        <FigureCard
          key={figure}
          title={name}
          value={printFigure(figure, data.counts[figure])}
          note={noteOf(figure, data.counts[figure], denominator !== null)}
          onOpen={() => onOpen(figure)}
          onDefine={() => onDefine(figure)}
        />
      ))}
      {timedFigures.map((figure) => (
        <FigureCard
          key={`${figure} time`}
          title={timeNames[figure]}
          value={printMedian(data.medians, figure)}
          note={`中位数，${data.counts[figure]?.in ?? 0} 份`}
          onOpen={() => onOpen(figure)}
          onDefine={() => onDefine(figure)}
        />
      ))}
    </div>
  );
}
