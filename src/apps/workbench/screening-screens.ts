import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from './lazy-screen.ts';
import { root } from './root-route.tsx';

const byPlace = (search: Record<string, unknown>): { organizationId?: string } =>
  typeof search.organizationId === 'string' ? { organizationId: search.organizationId } : {};
const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/screening',
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/campaigns-screen.tsx'),
    'CampaignsScreen',
  ),
});
const newCampaign = createRoute({
  getParentRoute: () => root,
  path: '/screening/new',
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/new-campaign-screen.tsx'),
    'NewCampaignScreen',
  ),
});
const campaign = createRoute({
  getParentRoute: () => root,
  path: '/screening/campaigns/$campaignId',
  validateSearch: byPlace,
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/campaign-screen.tsx'),
    'CampaignScreen',
  ),
});
const printCampaign = createRoute({
  getParentRoute: () => root,
  path: '/print/campaigns/$campaignId',
  validateSearch: byPlace,
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/print-campaign-screen.tsx'),
    'PrintCampaignScreen',
  ),
});
const printGuidance = createRoute({
  getParentRoute: () => root,
  path: '/print/residents/$residentId/guidance',
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/print-guidance-screen.tsx'),
    'PrintGuidanceScreen',
  ),
});
const episodesScreens = () => import('#capabilities/screening/workbench/episodes-screens.tsx');
const suspected = createRoute({
  getParentRoute: () => root,
  path: '/screening/suspected',
  component: lazyScreen(episodesScreens, 'SuspectedScreen'),
});
const confirmed = createRoute({
  getParentRoute: () => root,
  path: '/screening/confirmed',
  component: lazyScreen(episodesScreens, 'ConfirmedScreen'),
});
const highRisk = createRoute({
  getParentRoute: () => root,
  path: '/screening/high-risk',
  component: lazyScreen(episodesScreens, 'HighRiskScreen'),
});
const firstVisits = createRoute({
  getParentRoute: () => root,
  path: '/screening/first-visits',
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/first-visits-screen.tsx'),
    'FirstVisitsScreen',
  ),
});
const dueExaminations = createRoute({
  getParentRoute: () => root,
  path: '/screening/due-examinations',
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/due-examinations-screen.tsx'),
    'DueExaminationsScreen',
  ),
});
const screeningSheet = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/screening/$form',
  validateSearch: (search: Record<string, unknown>): { campaignId?: string } =>
    typeof search.campaignId === 'string' ? { campaignId: search.campaignId } : {},
  component: lazyScreen(
    () => import('#capabilities/screening/workbench/screening-sheet-screen.tsx'),
    'ScreeningSheetScreen',
  ),
});
const grading = createRoute({
  getParentRoute: () => root,
  path: '/grading',
  component: lazyScreen(
    () => import('#capabilities/enrollment/workbench/grading-screen.tsx'),
    'GradingScreen',
  ),
});
const gradingBatch = createRoute({
  getParentRoute: () => root,
  path: '/grading/batches/$batchId',
  component: lazyScreen(() => import('#capabilities/enrollment/workbench/batch-screen.tsx'), 'BatchScreen'),
});
const countySettings = createRoute({
  getParentRoute: () => root,
  path: '/county-settings',
  component: lazyScreen(
    () => import('#capabilities/enrollment/workbench/county-settings-screen.tsx'),
    'CountySettingsScreen',
  ),
});

/** The screens about finding people and grading them. */
export const screeningScreens = [
  campaigns,
  newCampaign,
  campaign,
  printCampaign,
  printGuidance,
  suspected,
  confirmed,
  highRisk,
  firstVisits,
  dueExaminations,
  screeningSheet,
  grading,
  gradingBatch,
  countySettings,
] as const;
