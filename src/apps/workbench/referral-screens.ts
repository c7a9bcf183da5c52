import { createRoute } from '@tanstack/react-router';
import { readFiguresSearch } from '#capabilities/referrals/workbench/figures-search.ts';
import { lazyScreen } from './lazy-screen.ts';
import { root } from './root-route.tsx';

const referrals = createRoute({
  getParentRoute: () => root,
  path: '/referrals',
  validateSearch: (search: Record<string, unknown>): { side?: 'sent' | 'received' } =>
    search.side === 'sent' || search.side === 'received' ? { side: search.side } : {},
  component: lazyScreen(
    () => import('#capabilities/referrals/workbench/referrals-screen.tsx'),
    'ReferralsScreen',
  ),
});
const sendDown = createRoute({
  getParentRoute: () => root,
  path: '/referrals/down',
  component: lazyScreen(
    () => import('#capabilities/referrals/workbench/send-down-screen.tsx'),
    'SendDownScreen',
  ),
});
const referralFigures = createRoute({
  getParentRoute: () => root,
  path: '/referrals/figures',
  validateSearch: readFiguresSearch,
  component: lazyScreen(
    () => import('#capabilities/referrals/workbench/referral-figures-screen.tsx'),
    'ReferralFiguresScreen',
  ),
});
const printReferral = createRoute({
  getParentRoute: () => root,
  path: '/print/referrals/$referralId',
  component: lazyScreen(
    () => import('#capabilities/referrals/workbench/print-referral-screen.tsx'),
    'PrintReferralScreen',
  ),
});

/** Referrals between houses: the lists, sending down, the figures, the slips. */
export const referralScreens = [referrals, sendDown, referralFigures, printReferral] as const;
