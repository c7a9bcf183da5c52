import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const parts = [
  { key: 'campaigns', to: '/screening', label: '筛查活动' },
  { key: 'suspected', to: '/screening/suspected', label: '待确诊' },
  { key: 'confirmed', to: '/screening/confirmed', label: '待纳管' },
  { key: 'high-risk', to: '/screening/high-risk', label: '高危人群' },
  { key: 'due-examinations', to: '/screening/due-examinations', label: '到期检查' },
  { key: 'first-visits', to: '/screening/first-visits', label: '首诊测血压' },
] as const;

/** On a phone the tab one is at may lie beyond the edge. */
const showTab = (tab: HTMLAnchorElement | null) =>
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' });

/** The frame of the screens about finding people: title and the lists. */
export function ScreeningPage(props: {
  here: (typeof parts)[number]['key'];
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="page">
      <div className="row spread">
        <h1>筛查与高危</h1>
        {props.action}
      </div>
      <div className="tabs" role="tablist">
        {parts.map((part) => (
          <Link
            key={part.key}
            to={part.to}
            role="tab"
            className="tab"
            ref={part.key === props.here ? showTab : undefined}
            aria-selected={part.key === props.here}
            style={{ display: 'inline-flex', alignItems: 'center', textDecoration: 'none' }}
          >
            {part.label}
          </Link>
        ))}
      </div>
      {props.children}
    </main>
  );
}
