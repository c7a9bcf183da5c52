import { Link } from '@tanstack/react-router';
import { Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listSigningPeople } from '../contract.ts';
import { type SigningFigure, signingDefinitions } from '../domain/signing-figures.ts';

/** A figure of a place, opened to see its people. */
export interface OpenSigning {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly figure: SigningFigure;
}

/** The people behind a signing figure: those in it, and those it is about who are not. */
export function SigningPeopleDrawer({
  open,
  onClose,
}: {
  open: OpenSigning | undefined;
  onClose: () => void;
}) {
  const [side, setSide] = useState<'in' | 'out'>('out');
  const people = usePages({
    queryKey: ['contracts', 'people', open, side],
    enabled: open !== undefined,
    read: (cursor) =>
      callApi(listSigningPeople, {
        body: {
          organizationId: open?.organizationId,
          figure: open?.figure ?? 'signed',
          side,
          limit: 50,
          cursor,
        },
      }),
  });
  const name = signingDefinitions.find((one) => one.figure === open?.figure)?.name ?? '';
  const items = people.data?.items ?? [];
  const first = people.data?.first;
  return (
    <Drawer
      open={open !== undefined}
      onClose={onClose}
      size="large"
      title={open ? `${open.organizationName} · ${name}` : ''}
    >
      <Segmented
        block
        value={side}
        onChange={(value) => setSide(value as 'in' | 'out')}
        options={[
          { value: 'out', label: '未计入的人' },
          { value: 'in', label: '计入的人' },
        ]}
      />
      {people.isPending && open && <Loading />}
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {first && (
        <p>
          共 <b>{first.total}</b> 人，截至 {first.asOf}
        </p>
      )}
      {people.isSuccess && items.length === 0 && <Empty title="没有人" />}
      {items.map((one) => (
        <div key={one.residentId} style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
          <div className="row spread">
            <Link to="/residents/$residentId/contract" params={{ residentId: one.residentId }}>
              {one.name} {printSex(one.sex)} {one.ageYears} 岁
            </Link>
            <span className="small soft">{one.organizationName}</span>
          </div>
          <div className="small soft">
            {[...one.reasons, one.doctorName && `${one.doctorName}签约，到 ${one.validTo}`]
              .filter(Boolean)
              .join('；')}
          </div>
        </div>
      ))}
      <MoreButton list={people} style={{ marginTop: 12 }} />
    </Drawer>
  );
}
