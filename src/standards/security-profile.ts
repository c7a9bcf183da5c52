import type { Role } from './roles.ts';

/**
 * How strictly a county lets its staff in. Defaults of the product, meant for level 3 of GB/T 22239-2019 8.1.4.1 (two
 * factors, time-outs, periodic change); the figures are ours and a county may tighten them.
 */
export interface SecurityProfile {
  /** Roles whose password alone opens nothing. */
  readonly secondFactorRoles: readonly Role[];
  /** Minutes without a request after which a session ends. */
  readonly idleMinutes: Readonly<Record<Role, number>>;
  /** Hours after which a session ends whatever was done. */
  readonly absoluteHours: Readonly<Record<Role, number>>;
  /** Days after which a password must be changed. */
  readonly passwordDays: number;
  /** Former passwords that may not be used again. */
  readonly passwordsRemembered: number;
}

export const defaultSecurityProfile: SecurityProfile = {
  secondFactorRoles: [
    'township-doctor',
    'township-public-health-doctor',
    'county-specialist',
    'cdc',
    'health-bureau',
    'administrator',
    'security-administrator',
    'audit-administrator',
  ],
  idleMinutes: {
    'village-doctor': 30,
    'township-doctor': 30,
    'township-public-health-doctor': 30,
    'county-specialist': 30,
    cdc: 15,
    'health-bureau': 15,
    administrator: 15,
    'security-administrator': 15,
    'audit-administrator': 15,
  },
  absoluteHours: {
    'village-doctor': 12,
    'township-doctor': 12,
    'township-public-health-doctor': 12,
    'county-specialist': 12,
    cdc: 10,
    'health-bureau': 10,
    administrator: 8,
    'security-administrator': 8,
    'audit-administrator': 8,
  },
  passwordDays: 90,
  passwordsRemembered: 5,
};

/** Hours in which an account may be tied to the county's identity service after the security administrator allowed it. Our figure. */
export const identityTieHours = 72;

/** A county that shows itself with made-up data: the same door without the second factor and the periodic change. */
export const demoSecurityProfile: SecurityProfile = {
  ...defaultSecurityProfile,
  secondFactorRoles: [],
  passwordDays: 36_500,
};
