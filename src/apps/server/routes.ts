import { accessRoutes } from '#capabilities/access/server/access.routes.ts';
import { auditRoutes } from '#capabilities/access/server/audit.routes.ts';
import { incidentRoutes } from '#capabilities/access/server/incident.routes.ts';
import { appointmentRoutes } from '#capabilities/appointments/server/appointments.routes.ts';
import { scheduleRoutes } from '#capabilities/appointments/server/schedules.routes.ts';
import { assessmentRoutes } from '#capabilities/assessment/server/assessment.routes.ts';
import { checkupRoutes } from '#capabilities/checkups/server/checkups.routes.ts';
import { closingRoutes } from '#capabilities/closing/server/closing.routes.ts';
import { consultationRoutes } from '#capabilities/consultations/server/consultations.routes.ts';
import { contractRoutes } from '#capabilities/contracts/server/contracts.routes.ts';
import { packageAndRateRoutes } from '#capabilities/contracts/server/packages-and-rates.routes.ts';
import { courseRoutes } from '#capabilities/enrollment/server/course.routes.ts';
import { enrollmentRoutes } from '#capabilities/enrollment/server/enrollment.routes.ts';
import { gradingRoutes } from '#capabilities/enrollment/server/grading.routes.ts';
import { exchangeRoutes } from '#capabilities/exchange/server/exchange.routes.ts';
import { definitionRoutes } from '#capabilities/field-sync/server/definitions.routes.ts';
import { fieldSyncRoutes } from '#capabilities/field-sync/server/field-sync.routes.ts';
import { phoneSupportRoutes } from '#capabilities/field-sync/server/phone-support.routes.ts';
import { signingRoutes } from '#capabilities/field-sync/server/signing.routes.ts';
import { followUpRoutes } from '#capabilities/follow-up/server/follow-up.routes.ts';
import { photoRoutes } from '#capabilities/follow-up/server/photo.routes.ts';
import { indicatorRoutes } from '#capabilities/indicators/server/indicators.routes.ts';
import { medicineRoutes } from '#capabilities/medicines/server/medicines.routes.ts';
import { organizationRoutes } from '#capabilities/organizations/server/organizations.routes.ts';
import { exportRegisterRoutes } from '#capabilities/privacy/server/export-register.routes.ts';
import { privacyRoutes } from '#capabilities/privacy/server/privacy.routes.ts';
import { privacyRequestRoutes } from '#capabilities/privacy/server/requests.routes.ts';
import { researchRoutes } from '#capabilities/privacy/server/research.routes.ts';
import { recordRoutes } from '#capabilities/records/server/records.routes.ts';
import { downRoutes } from '#capabilities/referrals/server/down.routes.ts';
import { referralFigureRoutes } from '#capabilities/referrals/server/figures.routes.ts';
import { referralRoutes } from '#capabilities/referrals/server/referrals.routes.ts';
import { residentRoutes } from '#capabilities/residents/server/residents.routes.ts';
import { consentRoutes } from '#capabilities/screening/server/consent.routes.ts';
import { dueExaminationRoutes } from '#capabilities/screening/server/due-examinations.routes.ts';
import { highRiskRoutes } from '#capabilities/screening/server/high-risk.routes.ts';
import { screeningRoutes } from '#capabilities/screening/server/screening.routes.ts';
import { dangerRoutes } from '#capabilities/visits/server/danger.routes.ts';
import { receptionRoutes } from '#capabilities/visits/server/reception.routes.ts';
import { visitRoutes } from '#capabilities/visits/server/visits.routes.ts';
import { factorRoutes } from '#platform/server/auth/factor-routes.ts';
import { identityRoutes } from '#platform/server/auth/identity-routes.ts';
import { sessionRoutes } from '#platform/server/auth/session-routes.ts';
import type { AnyRoute } from '#platform/server/http/define-route.ts';
import { residentTables } from './resident-tables.ts';

/** Every call the server answers; each says who may make it. */
export const routes: readonly AnyRoute[] = [
  ...sessionRoutes,
  ...factorRoutes,
  ...identityRoutes,
  ...residentRoutes,
  ...enrollmentRoutes,
  ...courseRoutes,
  ...gradingRoutes,
  ...followUpRoutes,
  ...photoRoutes,
  ...organizationRoutes,
  ...medicineRoutes,
  ...assessmentRoutes,
  ...recordRoutes,
  ...screeningRoutes,
  ...highRiskRoutes,
  ...dueExaminationRoutes,
  ...consentRoutes,
  ...checkupRoutes,
  ...closingRoutes(residentTables),
  ...indicatorRoutes,
  ...exchangeRoutes,
  ...fieldSyncRoutes(residentTables),
  ...definitionRoutes,
  ...signingRoutes,
  ...phoneSupportRoutes,
  ...receptionRoutes,
  ...dangerRoutes,
  ...visitRoutes,
  ...consultationRoutes,
  ...referralRoutes,
  ...downRoutes,
  ...referralFigureRoutes,
  ...contractRoutes,
  ...packageAndRateRoutes,
  ...appointmentRoutes,
  ...scheduleRoutes,
  ...accessRoutes,
  ...auditRoutes,
  ...incidentRoutes,
  ...privacyRoutes,
  ...privacyRequestRoutes(residentTables),
  ...researchRoutes,
  ...exportRegisterRoutes,
];
