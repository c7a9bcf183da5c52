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
    actions: [
      'record.export',
      'roster-import.export',
      'research-export.',
      'export-register.',
      'bulk-export.',
    ],
  },
  emergency: { label: '紧急查阅', actions: ['emergency-access.'] },
  audit: { label: '审计本身', actions: ['audit-trail.'] },
} as const satisfies Readonly<Record<string, { label: string; actions: readonly string[] }>>;
export type AuditGroup = keyof typeof auditGroups;

export const auditGroupNames = Object.keys(auditGroups) as [AuditGroup, ...AuditGroup[]];
