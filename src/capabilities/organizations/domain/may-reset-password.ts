import { isAdministrator, type Role } from '#standards/roles.ts';

/** Whether who keeps the accounts may reset this one's password: no kind of administrator takes over another. */
export const mayResetPassword = (by: Role, of: Role): boolean => !isAdministrator(of) || of === by;
