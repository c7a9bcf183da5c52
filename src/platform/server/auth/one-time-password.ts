import { randomBytes } from 'node:crypto';

/** A password for one sign-in: three kinds of characters, 72 bits. */
export const oneTimePassword = () => `Qc-${randomBytes(9).toString('base64url')}`;
