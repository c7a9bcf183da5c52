import '#platform/browser/no-eval.ts';
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/600.css';
import '#platform/browser/design-system/fonts/rare-characters.css';
import '#platform/browser/design-system/tokens.css';
import '#platform/browser/design-system/drill.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from '#platform/browser/api-client.ts';
import { DrillBanner } from '#platform/browser/drill-banner.tsx';
import { SessionProvider, useSession } from '#platform/browser/session.tsx';
import { keepingCache } from '#platform/browser/stale-strip.tsx';
import { router } from './screens.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

const PrivacyScreen = lazy(() =>
  import('#capabilities/privacy/workbench/privacy-screen.tsx').then((page) => ({
    default: page.PrivacyScreen,
  })),
);

const queries = new QueryClient({
  queryCache: keepingCache(),
  defaultOptions: {
    // Without a network an answer is wanted at once: the library's own way is to wait in silence.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => error instanceof ApiProblem && error.retryable && count < 2,
    },
  },
});

const theme = {
  token: {
    colorPrimary: '#0f766e',
    colorLink: '#0f766e',
    colorTextPlaceholder: '#66737f',
    borderRadius: 7,
    fontFamily: 'var(--font)',
    colorText: '#1b2733',
    colorError: '#b42318',
    colorWarning: '#b54708',
    // Whoever has asked their system for less movement gets none.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
};

const opening = <div className="empty">正在打开…</div>;

/** The one page that is for anybody, whoever they are and whether or not the server answers; undefined elsewhere. */
function pageForAnybody() {
  if (window.location.pathname !== '/privacy') return undefined;
  return (
    <Suspense fallback={opening}>
      <PrivacyScreen />
    </Suspense>
  );
}

function Product() {
  const { session } = useSession();
  return session ? <RouterProvider router={router} /> : (pageForAnybody() ?? <SignInScreen />);
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <App>
          <DrillBanner />
          <QueryClientProvider client={queries}>
            <SessionProvider unknown={(away) => pageForAnybody() ?? away ?? opening}>
              <Product />
            </SessionProvider>
          </QueryClientProvider>
        </App>
      </ConfigProvider>
    </StrictMode>,
  );
}
