import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from './lazy-screen.ts';
import { root } from './root-route.tsx';

const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  component: lazyScreen(() => import('#capabilities/privacy/workbench/privacy-screen.tsx'), 'PrivacyScreen'),
});
const privacyRequests = createRoute({
  getParentRoute: () => root,
  path: '/privacy-requests',
  component: lazyScreen(
    () => import('#capabilities/privacy/workbench/requests-screen.tsx'),
    'RequestsScreen',
  ),
});
const researchExports = createRoute({
  getParentRoute: () => root,
  path: '/research-exports',
  component: lazyScreen(
    () => import('#capabilities/privacy/workbench/research-screen.tsx'),
    'ResearchScreen',
  ),
});
const exportRegister = createRoute({
  getParentRoute: () => root,
  path: '/export-register',
  component: lazyScreen(
    () => import('#capabilities/privacy/workbench/export-register-screen.tsx'),
    'ExportRegisterScreen',
  ),
});
const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  component: lazyScreen(() => import('#capabilities/access/workbench/incident-screen.tsx'), 'IncidentScreen'),
});
const emergency = createRoute({
  getParentRoute: () => root,
  path: '/emergency',
  component: lazyScreen(
    () => import('#capabilities/access/workbench/emergency-screen.tsx'),
    'EmergencyScreen',
  ),
});
const emergencySummary = createRoute({
  getParentRoute: () => root,
  path: '/emergency/$accessId',
  component: lazyScreen(
    () => import('#capabilities/access/workbench/emergency-summary-screen.tsx'),
    'EmergencySummaryScreen',
  ),
});

const accessMatrix = createRoute({
  getParentRoute: () => root,
  path: '/access-matrix',
  component: lazyScreen(
    () => import('#capabilities/access/workbench/access-matrix-screen.tsx'),
    'AccessMatrixScreen',
  ),
});

const auditTrail = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  component: lazyScreen(() => import('#capabilities/access/workbench/audit-screen.tsx'), 'AuditScreen'),
});
const accountSecurity = createRoute({
  getParentRoute: () => root,
  path: '/account-security',
  component: lazyScreen(
    () => import('#capabilities/organizations/workbench/account-security-screen.tsx'),
    'AccountSecurityScreen',
  ),
});

/** The screens about who may see what of a person, and what the person asks about it. */
export const accessScreens = [
  accessMatrix,
  emergency,
  emergencySummary,
  privacy,
  privacyRequests,
  researchExports,
  exportRegister,
  incidents,
  auditTrail,
  accountSecurity,
] as const;
