import type { ClinicalState } from '#platform/browser/design-system/state-tag.tsx';
import type { Appointment } from '../contract.ts';

export const statusLabels: Readonly<Record<Appointment['status'], string>> = {
  booked: '已预约',
  arrived: '已到诊',
  cancelled: '已取消',
  'no-show': '爽约',
};

export const statusTones: Readonly<Record<Appointment['status'], ClinicalState>> = {
  booked: 'plain',
  arrived: 'good',
  cancelled: 'plain',
  'no-show': 'late',
};

/** What a write about appointments makes old. */
export const appointmentQueries = ['appointments', 'centre', 'reception', 'contracts'] as const;

/** What people usually come for. */
export const usualPurposes = ['慢病复诊', '随访复查', '取药咨询', '健康咨询', '专科会诊'] as const;
