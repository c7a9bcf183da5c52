import { createRootRoute } from '@tanstack/react-router';
import { Empty } from '#platform/browser/design-system/page-states.tsx';
import { Shell } from './shell.tsx';

/** The frame every screen stands in. */
export const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <main className="page">
      <Empty title="没有这个页面">请从左侧导航进入。</Empty>
    </main>
  ),
});
