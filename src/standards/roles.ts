/** What a member of staff is in the county's chronic-disease work. */
export type Role =
  | 'village-doctor'
  | 'township-doctor'
  | 'township-public-health-doctor'
  | 'county-specialist'
  | 'cdc'
  | 'health-bureau'
  | AdministratorRole;

/** The three who keep the system and see no patient; nobody is two of them (GB/T 22239-2019 8.1.4.2). */
export type AdministratorRole = 'administrator' | 'security-administrator' | 'audit-administrator';

/** Roles as the screens name them. */
export const roleLabels: Readonly<Record<Role, string>> = {
  'village-doctor': '村医',
  'township-doctor': '乡镇全科医生',
  'township-public-health-doctor': '乡镇公卫医师',
  'county-specialist': '县级专科医生',
  cdc: '疾控中心',
  'health-bureau': '卫健局',
  administrator: '系统管理员',
  'security-administrator': '安全管理员',
  'audit-administrator': '审计管理员',
};

export const roles = Object.keys(roleLabels) as readonly Role[];

/** Who may write clinical records. Managers read figures and lists; they do not write in a patient's record. */
export const clinicalRoles: readonly Role[] = [
  'village-doctor',
  'township-doctor',
  'township-public-health-doctor',
  'county-specialist',
];

/** Who may make or lift a diagnosis: doctors of a township centre and of the county hospital. */
export const diagnosingRoles: readonly Role[] = [
  'township-doctor',
  'township-public-health-doctor',
  'county-specialist',
];

/** Who looks after privacy: reviews emergency accesses to people of their area. */
export const reviewerRoles: readonly Role[] = ['township-public-health-doctor', 'health-bureau'];

/** Who may open a patient's record: those who treat, and public health. */
export const recordReaderRoles: readonly Role[] = [...clinicalRoles, 'cdc', 'health-bureau'];

/** System, security and audit: apart from each other and from every patient. */
export const administratorRoles: readonly AdministratorRole[] = [
  'administrator',
  'security-administrator',
  'audit-administrator',
];

/** Whether this is one of the three administrators. */
export const isAdministrator = (role: string): role is AdministratorRole =>
  (administratorRoles as readonly string[]).includes(role);
