import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { type Role, roles } from '#standards/roles.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';

export const sessionSchema = z.object({
  staffId: z.string(),
  name: z.string(),
  username: z.string(),
  role: z.enum(roles as readonly [Role, ...Role[]]),
  roleLabel: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  organizationKind: z.string(),
  countyId: z.string(),
  countyName: z.string(),
  scopeName: z.string(),
  isDemo: z.boolean(),
  mustChangePassword: z.boolean(),
  /** 登录到了哪一步：已登录、待动态验证码、待启用第二因子、待修改口令。 */
  stage: z.enum(['open', 'second-factor', 'set-up-factor', 'change-password']),
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

/** 输入动态验证码或备用码，完成登录。 */
export const passSecondFactor = endpoint({
  method: 'POST',
  path: '/api/session/second-factor',
  body: z.strictObject({ code: textSchema(20) }),
  response: sessionSchema,
});

/** 第二因子的状态。 */
export const showFactor = endpoint({
  method: 'GET',
  path: '/api/session/factor',
  response: z.object({ enabledAt: z.string().nullable(), recoveryCodesLeft: z.int() }),
});

/** 生成第二因子的密钥，只显示一次；输入一个验证码后才启用。 */
export const setUpFactor = endpoint({
  method: 'POST',
  path: '/api/session/factor',
  response: z.object({ secret: z.string(), uri: z.string() }),
});

/** 用一个验证码启用第二因子，得到备用码。 */
export const enableFactor = endpoint({
  method: 'PUT',
  path: '/api/session/factor',
  body: z.strictObject({ code: textSchema(20) }),
  response: z.object({ recoveryCodes: z.array(z.string()) }),
});

/** 自己在哪些地方登录着。 */
export const listSessions = endpoint({
  method: 'GET',
  path: '/api/session/list',
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        openedAt: z.string(),
        lastSeenAt: z.string(),
        address: z.string().nullable(),
        agent: z.string().nullable(),
        isThis: z.boolean(),
      }),
    ),
  }),
});

/** 让自己的一处登录失效。 */
export const revokeSession = endpoint({
  method: 'DELETE',
  path: '/api/session/list/:sessionId',
  params: z.strictObject({ sessionId: idSchema() }),
  response: z.object({ revoked: z.literal(true) }),
});

/** 申请重置一个人的第二因子（换手机又没有备用码）；须另一位管理员批准。 */
export const requestFactorReset = endpoint({
  method: 'POST',
  path: '/api/factor-resets',
  body: z.strictObject({ resetId: idSchema(), staffId: idSchema(), reason: textSchema(200) }),
  response: z.object({ resetId: z.string() }),
});

/** 待批准的重置。 */
export const listFactorResets = endpoint({
  method: 'GET',
  path: '/api/factor-resets',
  response: z.object({
    items: z.array(
      z.object({
        resetId: z.string(),
        staffName: z.string(),
        username: z.string(),
        reason: z.string(),
        requestedBy: z.string(),
        requestedAt: z.string(),
        mayApprove: z.boolean(),
      }),
    ),
  }),
});

/** 批准重置：第二因子与全部登录随即失效，本人下次登录时重新启用。 */
export const approveFactorReset = endpoint({
  method: 'PUT',
  path: '/api/factor-resets/:resetId',
  params: z.strictObject({ resetId: idSchema() }),
  response: z.object({ approved: z.literal(true) }),
});

/** 登录前可知的系统情况。 */
export const showSystem = endpoint({
  method: 'GET',
  path: '/api/system',
  response: z.object({
    countyName: z.string(),
    isDemo: z.boolean(),
    today: z.string(),
    /** 县统一身份认证的名称；没有接入时为空。 */
    identityService: z.string().nullable(),
  }),
});
