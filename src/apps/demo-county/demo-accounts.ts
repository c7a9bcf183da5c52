import type { Role } from '#standards/roles.ts';

/** The password of every demo account; a real county starts with none of them. */
export const demoPassword = 'Quancheng-2026';

export interface DemoAccount {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  /** Where the person works: the n-th village of the first township, the first township, or a county organization. */
  readonly place: { readonly village: number } | 'township' | 'county-hospital' | 'cdc' | 'health-bureau';
}

/** One account for each role, a village doctor whose village is behind, and a second in the bureau, who approves. */
export const demoAccounts: readonly DemoAccount[] = [
  { username: 'village', name: '王守义', role: 'village-doctor', place: { village: 0 } },
  { username: 'village2', name: '李长福', role: 'village-doctor', place: { village: 1 } },
  { username: 'township', name: '陈立新', role: 'township-doctor', place: 'township' },
  { username: 'publichealth', name: '赵晓燕', role: 'township-public-health-doctor', place: 'township' },
  { username: 'specialist', name: '林文博', role: 'county-specialist', place: 'county-hospital' },
  { username: 'cdc', name: '周敏', role: 'cdc', place: 'cdc' },
  { username: 'bureau', name: '孙志刚', role: 'health-bureau', place: 'health-bureau' },
  { username: 'bureau2', name: '钱文君', role: 'health-bureau', place: 'health-bureau' },
  { username: 'admin', name: '系统管理员', role: 'administrator', place: 'health-bureau' },
  { username: 'security', name: '安全管理员', role: 'security-administrator', place: 'health-bureau' },
  { username: 'audit', name: '审计管理员', role: 'audit-administrator', place: 'health-bureau' },
];
