import { Link } from '@tanstack/react-router';
import { Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import type { Standing } from '../domain/explain-referral.ts';
import { rateFigures } from '../domain/referral-figures.ts';
import { referralStates, urgencies } from '../domain/referral-states.ts';
import { listFigureReferrals } from '../figures-contract.ts';
import type { FiguresPage, OpenReferrals } from './figure-words.ts';

type Listed = EndpointResponse<typeof listFigureReferrals>['items'][number];

/** The referrals behind a figure: those in it, those not, and those it is not about, each with why. */
export function FigureReferralsDrawer({
  open,
  definition,
  onClose,
}: {
  open: OpenReferrals | undefined;
  definition: FiguresPage['definitions'][number] | undefined;
  onClose: () => void;
}) {
  return (
    <Drawer
      open={open !== undefined}
      onClose={onClose}
      size="large"
      title={open ? `${open.organizationName} · ${definition?.name ?? ''}` : ''}
      destroyOnHidden
    >
      {open && (
        <Referrals
          key={`${open.organizationId} ${open.figure}`}
          open={open}
          isPlain={definition?.denominator === null}
        />
      )}
    </Drawer>
  );
}

function Referrals({ open, isPlain }: { open: OpenReferrals; isPlain: boolean }) {
  const { organizationId, figure, side, period } = open;
  // Of a rate one asks who is missing.
  const [standing, setStanding] = useState<Standing['side']>(rateFigures.includes(figure) ? 'out' : 'in');
  const list = usePages({
    queryKey: ['referral-figures', 'list', open, standing],
    read: (cursor) =>
      callApi(listFigureReferrals, {
        body: { organizationId, figure, side, period, standing, limit: 50, cursor },
      }),
  });
  const { first, items = [] } = list.data ?? {};
  return (
    <>
      <Segmented<Standing['side']>
        block
        value={standing}
        onChange={setStanding}
        options={[
          { value: 'in', label: '计入' },
          { value: 'out', label: '未计入' },
          ...(isPlain ? [] : [{ value: 'excluded' as const, label: '不在分母' }]),
        ]}
      />
      {list.isPending && <Loading />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {first && (
        <p>
          共 <b>{first.total}</b> 份，统计于 {printInstantDay(first.countedAt)}{' '}
          {printInstantTime(first.countedAt)}
        </p>
      )}
      {list.isSuccess && items.length === 0 && <Empty title="没有转诊" />}
      {items.map((one) => (
        <ReferralRow key={one.id} one={one} />
      ))}
      <MoreButton list={list} style={{ marginTop: 12 }} />
    </>
  );
}

function ReferralRow({ one }: { one: Listed }) {
  const who = `${one.name} ${printSex(one.sex)}${one.ageYears === null ? '' : ` ${one.ageYears} 岁`}`;
  return (
    <div style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
      <div className="row spread">
        {one.mayOpenRecord && one.residentId !== null ? (
          <Link to="/residents/$residentId" params={{ residentId: one.residentId }}>
            {who}
          </Link>
        ) : (
          <span>{who}</span>
        )}
        <span className="small soft">{one.organizationName}</span>
      </div>
      <div>{one.standing.text}</div>
      <div className="small soft">
        {printInstantDay(one.sentAt)} {printInstantTime(one.sentAt)} 发出 · {one.fromName} →{' '}
        {one.toName ?? '外县或平台以外'} · {urgencies[one.urgency]} · {referralStates[one.state]}
      </div>
    </div>
  );
}
