import { createRoute, createRouter } from '@tanstack/react-router';
import { readAppointmentSearch } from '#capabilities/appointments/workbench/appointment-search.ts';
import { type ContractTab, contractTabs } from '#capabilities/contracts/workbench/contract-words.ts';
import { accessScreens } from './access-screens.ts';
import { checkupScreens } from './checkup-screens.ts';
import { lazyScreen } from './lazy-screen.ts';
import { referralScreens } from './referral-screens.ts';
import { root } from './root-route.tsx';
import { ScreenFailure } from './screen-failure.tsx';
import { screeningScreens } from './screening-screens.ts';

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyScreen(() => import('./account-screen.tsx'), 'AccountScreen'),
});
const worklist = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyScreen(() => import('./today-screen.tsx'), 'TodayScreen'),
});
const residents = createRoute({
  getParentRoute: () => root,
  path: '/residents',
  component: lazyScreen(() => import('#capabilities/residents/workbench/search-screen.tsx'), 'SearchScreen'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/residents/new',
  validateSearch: (search: Record<string, unknown>): { from?: 'centre'; referral?: string } => ({
    ...(search.from === 'centre' ? { from: 'centre' } : {}),
    ...(typeof search.referral === 'string' ? { referral: search.referral } : {}),
  }),
  component: lazyScreen(
    () => import('#capabilities/residents/workbench/register-screen.tsx'),
    'RegisterScreen',
  ),
});
const resident = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId',
  component: lazyScreen(() => import('./resident-screen.tsx'), 'ResidentScreen'),
});
const followUp = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/follow-up',
  component: lazyScreen(
    () => import('#capabilities/follow-up/workbench/follow-up-screen.tsx'),
    'FollowUpScreen',
  ),
});
const correction = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/follow-up/$recordId',
  component: lazyScreen(
    () => import('#capabilities/follow-up/workbench/follow-up-screen.tsx'),
    'CorrectionScreen',
  ),
});
const printPersonalInformation = createRoute({
  getParentRoute: () => root,
  path: '/print/residents/$residentId/personal-information',
  component: lazyScreen(
    () => import('#capabilities/residents/workbench/print-personal-information-screen.tsx'),
    'PrintPersonalInformationScreen',
  ),
});
const print = createRoute({
  getParentRoute: () => root,
  path: '/print/residents/$residentId/$program',
  component: lazyScreen(
    () => import('#capabilities/follow-up/workbench/print-sheet-screen.tsx'),
    'PrintSheetScreen',
  ),
});
const newRecord = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/forms/$form',
  component: lazyScreen(() => import('#capabilities/records/workbench/record-screen.tsx'), 'NewRecordScreen'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/records/$recordId',
  component: lazyScreen(() => import('#capabilities/records/workbench/record-screen.tsx'), 'RecordScreen'),
});
const printRecord = createRoute({
  getParentRoute: () => root,
  path: '/print/records/$recordId',
  component: lazyScreen(
    () => import('#capabilities/records/workbench/print-record-screen.tsx'),
    'PrintRecordScreen',
  ),
});
const county = createRoute({
  getParentRoute: () => root,
  path: '/county',
  validateSearch: (search: Record<string, unknown>): { organizationId?: string } =>
    typeof search.organizationId === 'string' ? { organizationId: search.organizationId } : {},
  component: lazyScreen(() => import('#capabilities/indicators/workbench/county-screen.tsx'), 'CountyScreen'),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: lazyScreen(() => import('#capabilities/exchange/workbench/import-screen.tsx'), 'ImportScreen'),
});

const organizations = createRoute({
  getParentRoute: () => root,
  path: '/organizations',
  component: lazyScreen(
    () => import('#capabilities/organizations/workbench/organizations-screen.tsx'),
    'OrganizationsScreen',
  ),
});

const centre = createRoute({
  getParentRoute: () => root,
  path: '/centre',
  validateSearch: (search: Record<string, unknown>): { residentId?: string } =>
    typeof search.residentId === 'string' ? { residentId: search.residentId } : {},
  component: lazyScreen(
    () => import('#capabilities/visits/workbench/reception-screen.tsx'),
    'ReceptionScreen',
  ),
});
const centreFlow = createRoute({
  getParentRoute: () => root,
  path: '/centre/flow',
  component: lazyScreen(() => import('#capabilities/visits/workbench/flow-screen.tsx'), 'FlowScreen'),
});
const clinic = createRoute({
  getParentRoute: () => root,
  path: '/clinic',
  component: lazyScreen(() => import('#capabilities/visits/workbench/room-screen.tsx'), 'RoomScreen'),
});
const visit = createRoute({
  getParentRoute: () => root,
  path: '/visits/$visitId',
  component: lazyScreen(() => import('#capabilities/visits/workbench/visit-screen.tsx'), 'VisitScreen'),
});
const board = createRoute({
  getParentRoute: () => root,
  path: '/board',
  component: lazyScreen(() => import('#capabilities/visits/workbench/board-screen.tsx'), 'BoardScreen'),
});
const consultations = createRoute({
  getParentRoute: () => root,
  path: '/consultations',
  validateSearch: (search: Record<string, unknown>): { side?: 'asking' } =>
    search.side === 'asking' ? { side: 'asking' } : {},
  component: lazyScreen(
    () => import('#capabilities/consultations/workbench/consultations-screen.tsx'),
    'ConsultationsScreen',
  ),
});
const printPlan = createRoute({
  getParentRoute: () => root,
  path: '/print/plans/$planId',
  component: lazyScreen(
    () => import('#capabilities/visits/workbench/print-plan-screen.tsx'),
    'PrintPlanScreen',
  ),
});

const contracts = createRoute({
  getParentRoute: () => root,
  path: '/contracts',
  validateSearch: (search: Record<string, unknown>): { tab?: ContractTab; organizationId?: string } => ({
    ...(contractTabs.includes(search.tab as ContractTab) ? { tab: search.tab as ContractTab } : {}),
    ...(typeof search.organizationId === 'string' ? { organizationId: search.organizationId } : {}),
  }),
  component: lazyScreen(
    () => import('#capabilities/contracts/workbench/contracts-screen.tsx'),
    'ContractsScreen',
  ),
});
const residentContract = createRoute({
  getParentRoute: () => root,
  path: '/residents/$residentId/contract',
  component: lazyScreen(
    () => import('#capabilities/contracts/workbench/signing-screen.tsx'),
    'SigningScreen',
  ),
});
const printAgreement = createRoute({
  getParentRoute: () => root,
  path: '/print/contracts/$contractId',
  component: lazyScreen(
    () => import('#capabilities/contracts/workbench/print-agreement-screen.tsx'),
    'PrintAgreementScreen',
  ),
});
const appointments = createRoute({
  getParentRoute: () => root,
  path: '/appointments',
  validateSearch: readAppointmentSearch,
  component: lazyScreen(
    () => import('#capabilities/appointments/workbench/appointments-screen.tsx'),
    'AppointmentsScreen',
  ),
});
const schedules = createRoute({
  getParentRoute: () => root,
  path: '/appointments/schedules',
  component: lazyScreen(
    () => import('#capabilities/appointments/workbench/schedules-screen.tsx'),
    'SchedulesScreen',
  ),
});
const notices = createRoute({
  getParentRoute: () => root,
  path: '/appointments/notices',
  component: lazyScreen(
    () => import('#capabilities/appointments/workbench/notices-screen.tsx'),
    'NoticesScreen',
  ),
});

const syncHealth = createRoute({
  getParentRoute: () => root,
  path: '/sync-health',
  component: lazyScreen(
    () => import('#capabilities/field-sync/workbench/sync-health-screen.tsx'),
    'SyncHealthScreen',
  ),
});

const medicineAvailability = createRoute({
  getParentRoute: () => root,
  path: '/medicine-availability',
  component: lazyScreen(
    () => import('#capabilities/medicines/workbench/medicine-availability-screen.tsx'),
    'MedicineAvailabilityScreen',
  ),
});

/** Every screen of the workbench and where it stands. */
export const router = createRouter({
  defaultErrorComponent: ScreenFailure,
  routeTree: root.addChildren([
    worklist,
    residents,
    register,
    resident,
    followUp,
    correction,
    printPersonalInformation,
    print,
    newRecord,
    record,
    printRecord,
    county,
    imports,
    organizations,
    account,
    medicineAvailability,
    syncHealth,
    centre,
    centreFlow,
    clinic,
    visit,
    board,
    ...referralScreens,
    consultations,
    printPlan,
    contracts,
    residentContract,
    printAgreement,
    appointments,
    schedules,
    notices,
    ...accessScreens,
    ...screeningScreens,
    ...checkupScreens,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
