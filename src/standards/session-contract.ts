import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { roles } from '#standards/roles.ts';
import { textSchema } from '#standards/wire-schemas.ts';

export const sessionSchema = z.object({
  staffId: z.string(),
  name: z.string(),
  username: z.string(),
  role: z.enum(roles as readonly [string, ...string[]]),
  roleLabel: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  organizationKind: z.string(),
  countyId: z.string(),
  countyName: z.string(),
  scopeName: z.string(),
  isDemo: z.boolean(),
  mustChangePassword: z.boolean(),
  today: z.string(),
});
export type Session = z.infer<typeof sessionSchema>;

/** 登录。 */
export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  body: z.strictObject({ username: textSchema(64), password: textSchema(200) }),
  response: sessionSchema,
});

/** 当前登录的是谁。 */
export const showSession = endpoint({ method: 'GET', path: '/api/session', response: sessionSchema });

/** 退出。 */
export const signOut = endpoint({
  method: 'DELETE',
  path: '/api/session',
  response: z.object({ signedOut: z.literal(true) }),
});

/** 修改自己的口令；其他登录随即失效。 */
export const changePassword = endpoint({
  method: 'PUT',
  path: '/api/session/password',
  body: z.strictObject({ currentPassword: textSchema(200), newPassword: textSchema(200) }),
  response: z.object({ changed: z.literal(true) }),
});

/** 登录前可知的系统情况。 */
export const showSystem = endpoint({
  method: 'GET',
  path: '/api/system',
  response: z.object({ countyName: z.string(), isDemo: z.boolean(), today: z.string() }),
});
