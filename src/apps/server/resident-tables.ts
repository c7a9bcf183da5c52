import { accessTables } from '#capabilities/access/server/resident-tables.ts';
import { appointmentTables } from '#capabilities/appointments/server/resident-tables.ts';
import { checkupTables } from '#capabilities/checkups/server/resident-tables.ts';
import { closingTables } from '#capabilities/closing/server/resident-tables.ts';
import { consultationTables } from '#capabilities/consultations/server/resident-tables.ts';
import { contractTables } from '#capabilities/contracts/server/resident-tables.ts';
import { enrollmentTables } from '#capabilities/enrollment/server/resident-tables.ts';
import { exchangeTables } from '#capabilities/exchange/server/resident-tables.ts';
import { fieldSyncTables } from '#capabilities/field-sync/server/resident-tables.ts';
import { followUpTables } from '#capabilities/follow-up/server/resident-tables.ts';
import { indicatorTables } from '#capabilities/indicators/server/resident-tables.ts';
import { privacyTables } from '#capabilities/privacy/server/resident-tables.ts';
import { recordTables } from '#capabilities/records/server/resident-tables.ts';
import { referralTables } from '#capabilities/referrals/server/resident-tables.ts';
import { residentOwnTables } from '#capabilities/residents/server/resident-tables.ts';
import { screeningTables } from '#capabilities/screening/server/resident-tables.ts';
import { visitTables } from '#capabilities/visits/server/resident-tables.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';

const audit: ResidentTable = {
  table: 'audit_entry',
  title: '操作记录',
  key: ['id'],
  onMove: 'stays',
  onMerge: { kind: 'stays', why: '操作记录不改' },
};

/**
 * Every table with rows about a resident, each declared by its owner. Moving, merging and ending a record go through this
 * list in this order: what is open ends before the sheets move, what is reckoned comes last.
 */
export const residentTables: readonly ResidentTable[] = [
  ...enrollmentTables,
  ...followUpTables,
  ...contractTables,
  ...appointmentTables,
  ...visitTables,
  ...referralTables,
  ...consultationTables,
  ...screeningTables,
  ...checkupTables,
  ...recordTables,
  ...closingTables,
  ...indicatorTables,
  ...residentOwnTables,
  ...exchangeTables,
  ...fieldSyncTables,
  ...accessTables,
  ...privacyTables,
  audit,
];
