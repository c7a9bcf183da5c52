import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from './lazy-screen.ts';
import { root } from './root-route.tsx';

const checkups = createRoute({
  getParentRoute: () => root,
  path: '/checkups',
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/checkups-screen.tsx'),
    'CheckupsScreen',
  ),
});

const examDay = createRoute({
  getParentRoute: () => root,
  path: '/checkups/days/$examDayId',
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/exam-day-screen.tsx'),
    'ExamDayScreen',
  ),
});

const examStation = createRoute({
  getParentRoute: () => root,
  path: '/checkups/days/$examDayId/stations/$station',
  component: lazyScreen(() => import('#capabilities/checkups/workbench/station-screen.tsx'), 'StationScreen'),
});

const examConclusion = createRoute({
  getParentRoute: () => root,
  path: '/checkups/days/$examDayId/people/$residentId',
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/exam-conclusion-screen.tsx'),
    'ExamConclusionScreen',
  ),
});

const checkupSheet = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/checkup',
  validateSearch: (search: Record<string, unknown>): { corrects?: string } =>
    typeof search.corrects === 'string' ? { corrects: search.corrects } : {},
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/checkup-sheet-screen.tsx'),
    'CheckupSheetScreen',
  ),
});

const checkupOutcome = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/checkups/$recordId',
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/checkup-outcome-screen.tsx'),
    'CheckupOutcomeScreen',
  ),
});

const printFeedback = createRoute({
  getParentRoute: () => root,
  path: '/print/checkups/$recordId',
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/print-feedback-screen.tsx'),
    'PrintFeedbackScreen',
  ),
});

const printLabels = createRoute({
  getParentRoute: () => root,
  path: '/print/exam-days/$examDayId',
  component: lazyScreen(
    () => import('#capabilities/checkups/workbench/print-labels-screen.tsx'),
    'PrintLabelsScreen',
  ),
});

const closing = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/closing',
  component: lazyScreen(() => import('#capabilities/closing/workbench/closing-screen.tsx'), 'ClosingScreen'),
});

const transfers = createRoute({
  getParentRoute: () => root,
  path: '/transfers',
  component: lazyScreen(
    () => import('#capabilities/closing/workbench/transfers-screen.tsx'),
    'TransfersScreen',
  ),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/duplicates/compare',
  validateSearch: (search: Record<string, unknown>): { first: string; second: string } => ({
    first: typeof search.first === 'string' ? search.first : '',
    second: typeof search.second === 'string' ? search.second : '',
  }),
  component: lazyScreen(() => import('#capabilities/closing/workbench/compare-screen.tsx'), 'CompareScreen'),
});

const merge = createRoute({
  getParentRoute: () => root,
  path: '/merges/$mergeId',
  component: lazyScreen(() => import('#capabilities/closing/workbench/merge-screen.tsx'), 'MergeScreen'),
});

const printTransfer = createRoute({
  getParentRoute: () => root,
  path: '/print/residents/$residentId/transfer',
  component: lazyScreen(
    () => import('#capabilities/closing/workbench/print-transfer-screen.tsx'),
    'PrintTransferScreen',
  ),
});

/** Screens of annual checkups, and of records that end, move and merge. */
export const checkupScreens = [
  checkups,
  examDay,
  examStation,
  examConclusion,
  checkupSheet,
  checkupOutcome,
  printFeedback,
  printLabels,
  closing,
  transfers,
  compare,
  merge,
  printTransfer,
] as const;
