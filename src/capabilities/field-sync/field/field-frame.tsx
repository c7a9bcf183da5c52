import type { ReactNode } from 'react';
import { ScreenHead } from '#platform/browser/field/controls.tsx';
import { FieldLink, useLocation } from '#platform/browser/field/navigation.tsx';
import { usePhone } from './phone-context.tsx';
import { SyncBadge } from './sync-badge.tsx';

const places = [
  { to: '/', label: '今日', mark: '☑' },
  { to: '/search', label: '查找', mark: '⌕' },
  { to: '/register', label: '建档', mark: '＋' },
  { to: '/sync', label: '同步', mark: '⇅' },
] as const;

/** The frame of a first-level screen: what it is, the sync state, and the four places under the thumb. */
export function PlaceFrame({ title, children }: { title: string; children: ReactNode }) {
  const { path } = useLocation();
  return (
    <div className="f-app">
      <DemoLine />
      <ScreenHead title={title} back={false}>
        <SyncBadge />
      </ScreenHead>
      <main className="f-main">{children}</main>
      <nav className="f-tabs f-no-print" aria-label="主导航">
        {places.map((place) => (
          <FieldLink key={place.to} to={place.to} aria-current={place.to === path ? 'page' : undefined}>
            <span aria-hidden="true" style={{ fontSize: 20, lineHeight: 1 }}>
              {place.mark}
            </span>
            {place.label}
          </FieldLink>
        ))}
      </nav>
    </div>
  );
}

/** The frame of a screen one goes back from; `action` is what the thumb does here. */
export function InnerFrame(props: { title: string; back?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="f-app">
      <DemoLine />
      <ScreenHead title={props.title} {...(props.back ? { back: props.back } : {})}>
        <SyncBadge />
      </ScreenHead>
      <main className={`f-main ${props.action ? 'f-main-with-action' : ''}`}>{props.children}</main>
      {props.action && <footer className="f-action f-no-print">{props.action}</footer>}
    </div>
  );
}

function DemoLine() {
  const { isDemo } = usePhone();
  return isDemo ? (
    <aside className="f-demo" aria-label="演示数据">
      演示数据：人名、证件号与记录均为虚构
    </aside>
  ) : null;
}
