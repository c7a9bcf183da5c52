import type { OrgPath } from '#kernel/org-path.ts';
import type { Beyond, Purpose } from '#standards/access-policy.ts';
import type { Role } from '#standards/roles.ts';

/** A session is open, or waits for a code, for a second factor to be set up, or for a new password. */
export type SignInStage = 'open' | 'second-factor' | 'set-up-factor' | 'change-password';

/** Who is asking, as the session knows it. */
export interface Actor {
  readonly staffId: string;
  readonly name: string;
  readonly username: string;
  readonly role: Role;
  readonly countyId: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly organizationKind: string;
  readonly path: OrgPath;
  /** The subtree whose people this person may see. */
  readonly scopePath: OrgPath;
  readonly mustChangePassword: boolean;
  /** The session this request came in; absent where work runs without one. */
  readonly sessionId?: string;
  /** What still stands between this person and the data. */
  readonly stage: SignInStage;
  /** Where the request came from, for the audit trail; absent in work the server does by itself. */
  readonly origin?: RequestOrigin;
  /** What the policy let this person through for; absent in work the server does by itself. */
  readonly permit?: Permit;
}

/** What the policy granted: the action, what for, and what it may touch outside one's own part of the county. */
export interface Permit {
  readonly action: string;
  readonly purpose: Purpose;
  readonly beyond?: Beyond;
}

/** Where a request came from. */
export interface RequestOrigin {
  readonly address: string;
  readonly requestId: string;
  readonly device?: string;
  readonly purpose?: string;
}
