import type { OrgPath } from '#kernel/org-path.ts';
import type { Role } from '#standards/roles.ts';

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
  /** Where the request came from, for the audit trail; absent in work the server does by itself. */
  readonly origin?: RequestOrigin;
}

/** Where a request came from. */
export interface RequestOrigin {
  readonly address: string;
  readonly requestId: string;
  readonly device?: string;
  readonly purpose?: string;
}
