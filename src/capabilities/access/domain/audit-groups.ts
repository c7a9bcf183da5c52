import { exportDoors } from '#standards/privacy/export-doors.ts';

const exportDeeds = Object.values(exportDoors).map((door) => door.deed);

/** Kinds of entries an auditor looks for, and the beginnings of the actions that belong to each. */
export const auditGroups = {
  all: { label: '全部', actions: [] },
  accounts: {
    label: '账号与授权',
    actions: ['staff.', 'factor.', 'organization.', 'password.', 'county-setting.'],
  },
  'sign-in': { label: '登录', actions: ['session.', 'security.sign-in'] },
  security: { label: '安全事件', actions: ['security.', 'look-up.'] },
  exports: {
    label: '导出',
    actions: [...exportDeeds, 'research-export.', 'export-register.'],
  },
  emergency: { label: '紧急查阅', actions: ['emergency-access.'] },
  audit: { label: '审计本身', actions: ['audit-trail.'] },
} as const satisfies Readonly<Record<string, { label: string; actions: readonly string[] }>>;
export type AuditGroup = keyof typeof auditGroups;

export const auditGroupNames = Object.keys(auditGroups) as [AuditGroup, ...AuditGroup[]];
