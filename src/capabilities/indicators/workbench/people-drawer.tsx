import { Link } from '@tanstack/react-router';
import { Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { type Figure, listFigurePeople } from '../contract.ts';
import type { OpenFigure } from './figure-rate.ts';

const figureNames: Record<Figure, string> = {
  managed: '年内已管理',
  standard: '规范管理',
  controlledStatutory: '控制（公卫口径）',
  controlledClinical: '控制（临床目标）',
  due: '到期未随访',
  overdue: '逾期未随访',
};

/** The people behind a figure, those counted and those not, each with the reasons. */
export function PeopleDrawer({
  open,
  year,
  onClose,
}: {
  open: OpenFigure | undefined;
  year: number;
  onClose: () => void;
}) {
  const [side, setSide] = useState<'in' | 'out'>('in');
  const people = usePages({
    queryKey: ['county', 'people', open, side, year],
    enabled: open !== undefined,
    read: (cursor) =>
      callApi(listFigurePeople, {
        body: {
          organizationId: open?.organizationId ?? '',
          figure: open?.figure ?? 'managed',
          year,
          side,
          limit: 50,
          cursor,
        },
      }),
  });
  const items = people.data?.items ?? [];
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
        共 <b>{people.data?.first?.total ?? '…'}</b> 人，截至 {people.data?.first?.asOf ?? '…'}
      </p>
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && items.length === 0 && <Empty title="没有人" />}
      {items.map((person) => (
        <div key={person.id} style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
          <div className="row spread">
            <Link to="/residents/$residentId" params={{ residentId: person.id }}>
              {person.name} {printSex(person.sex)} {person.ageYears} 岁
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
      <MoreButton list={people} style={{ marginTop: 12 }} />
    </Drawer>
  );
}
