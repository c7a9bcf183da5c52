import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { PlaceBars } from '#platform/browser/design-system/place-bars.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { Figure, showHypertensionIndicators } from '../contract.ts';
import { type OpenFigure, rate, ratio } from './figure-rate.ts';

type Page = EndpointResponse<typeof showHypertensionIndicators>;

const bars: readonly { figure: Figure; label: string }[] = [
  { figure: 'standard', label: '规范管理率' },
  { figure: 'controlledStatutory', label: '控制率（公卫口径）' },
  { figure: 'controlledClinical', label: '控制率（临床目标）' },
];

/** The organizations below as bars and as a table, the lowest first. */
export function OrganizationsTable({ data, onOpen }: { data: Page; onOpen: (open: OpenFigure) => void }) {
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
      <div className="row spread" style={{ marginBottom: 10, flexWrap: 'wrap' }}>
        <h2>按下级机构（低的在前）</h2>
        <Segmented
          style={{ maxWidth: '100%', overflowX: 'auto' }}
          value={shown}
          onChange={(value) => setShown(value as Figure)}
          options={bars.map((bar) => ({ value: bar.figure, label: bar.label }))}
        />
      </div>
      <PlaceBars
        label="各机构比率条形图，数值见下表"
        widths={[150, 56]}
        places={sorted.map(({ id, name, figures }) => ({
          id,
          name,
          share: ratio(figures, shown),
          text: rate(figures, shown),
        }))}
      />
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
