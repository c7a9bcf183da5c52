import { Navigate } from '@tanstack/react-router';
import { RefusalsStrip } from '#capabilities/closing/workbench/refusals-strip.tsx';
import { ConsultationsStrip } from '#capabilities/consultations/workbench/consultations-strip.tsx';
import { DueContractsStrip } from '#capabilities/contracts/workbench/due-contracts-strip.tsx';
import { CutOffStrip } from '#capabilities/enrollment/workbench/cut-off-strip.tsx';
import { WorklistScreen } from '#capabilities/follow-up/workbench/worklist-screen.tsx';
import { ReferralsStrip } from '#capabilities/referrals/workbench/referrals-strip.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { type AdministratorRole, isAdministrator } from '#standards/roles.ts';

/** Where an administrator's day begins: they have no residents to visit. */
const homes = {
  administrator: '/organizations',
  'security-administrator': '/account-security',
  'audit-administrator': '/audit',
} as const satisfies Readonly<Record<AdministratorRole, string>>;

/** The day's work: visits that are due, and what contracts owe. */
export function TodayScreen() {
  const { role } = useActor();
  if (isAdministrator(role)) return <Navigate to={homes[role]} replace />;
  return (
    <WorklistScreen>
      <ReferralsStrip />
      <ConsultationsStrip />
      <CutOffStrip onlyMine />
      <DueContractsStrip />
      <RefusalsStrip />
    </WorklistScreen>
  );
}
