import { z } from 'zod';
import { textShapes } from '#kernel/form-text-patterns.ts';
import { endpoint } from '#standards/endpoint.ts';
import { type Role, roles } from '#standards/roles.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';

export const organizationKindSchema = z.enum([
  'health-bureau',
  'cdc',
  'county-hospital',
  'township-centre',
  'village-clinic',
]);
export type OrganizationKind = z.infer<typeof organizationKindSchema>;

const roleSchema = z.enum(roles as readonly [Role, ...Role[]]);

export const organizationLineSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  kind: z.string(),
  name: z.string(),
  regionCode: z.string(),
  /** Where other houses call, as before an emergency referral. */
  orgPhone: z.string().nullable(),
  staff: z.int(),
});
export type OrganizationLine = z.infer<typeof organizationLineSchema>;

/** 一个机构和它下面一级的机构；不指定时从县开始。 */
export const listOrganizations = endpoint({
  method: 'GET',
  path: '/api/organizations',
  query: z.strictObject({ parentId: idSchema().optional() }),
  response: z.object({
    parent: organizationLineSchema,
    trail: z.array(z.object({ id: z.string(), name: z.string() })),
    items: z.array(organizationLineSchema),
  }),
});

/** 新增机构：卫生院编码为县级6位加3位，卫生室再加3位。 */
export const addOrganization = endpoint({
  method: 'POST',
  path: '/api/organizations',
  body: z.strictObject({
    operationId: idSchema(),
    organizationId: idSchema(),
    parentId: idSchema(),
    kind: organizationKindSchema,
    name: textSchema(60),
    regionCode: textSchema(12),
  }),
  response: organizationLineSchema,
});

/** 改机构名称、联系电话；不写电话的不变，写空的清除。 */
export const renameOrganization = endpoint({
  method: 'PUT',
  path: '/api/organizations/:organizationId',
  params: z.strictObject({ organizationId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    name: textSchema(60),
    orgPhone: textSchema(20)
      .refine((text) => text.trim() === '' || textShapes.phone.shape.test(text.trim()), {
        error: `联系电话${textShapes.phone.message}`,
      })
      .optional(),
  }),
  response: z.object({ id: z.string(), name: z.string() }),
});

export const staffLineSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: roleSchema,
  phone: z.string().nullable(),
  disabled: z.boolean(),
  lockedUntil: z.string().nullable(),
  mustChangePassword: z.boolean(),
  /** Entered, but the security administrator has not granted the role yet. */
  awaitsGrant: z.boolean(),
  /** Whether the account is tied to the county's identity service, may be tied, or neither. */
  identityTie: z.enum(['tied', 'allowed', 'none']),
  identityTieUntil: z.string().nullable(),
});
export type StaffLine = z.infer<typeof staffLineSchema>;

/** 一个机构的人员。 */
export const listStaff = endpoint({
  method: 'GET',
  path: '/api/organizations/:organizationId/staff',
  params: z.strictObject({ organizationId: idSchema() }),
  response: z.object({ items: z.array(staffLineSchema) }),
});

/** 新增人员：安全管理员授予角色后才能登录。系统给出一次性口令，首次登录须修改；口令只显示这一次。 */
export const addStaff = endpoint({
  method: 'POST',
  path: '/api/staff',
  body: z.strictObject({
    operationId: idSchema(),
    staffId: idSchema(),
    organizationId: idSchema(),
    username: textSchema(40),
    name: textSchema(40),
    role: roleSchema,
    phone: textSchema(20).optional(),
  }),
  response: z.object({ id: z.string(), username: z.string(), oneTimePassword: z.string().nullable() }),
});

export const staffChanges = ['reset-password', 'disable', 'enable'] as const;
export type StaffChange = (typeof staffChanges)[number];

/** 重置口令（给出新的一次性口令并结束其所有登录）、停用或恢复。 */
export const changeStaff = endpoint({
  method: 'POST',
  path: '/api/staff/:staffId/changes',
  params: z.strictObject({ staffId: idSchema() }),
  body: z.strictObject({ operationId: idSchema(), change: z.enum(staffChanges) }),
  response: z.object({ id: z.string(), oneTimePassword: z.string().nullable() }),
});

export const securityChanges = ['grant-role', 'allow-identity-tie', 'withdraw-identity-tie'] as const;
export type SecurityChange = (typeof securityChanges)[number];

/** 安全管理员：给新账号授予角色，限时开通首次统一身份认证登录或收回。 */
export const secureStaff = endpoint({
  method: 'POST',
  path: '/api/staff/:staffId/security',
  params: z.strictObject({ staffId: idSchema() }),
  body: z.strictObject({ operationId: idSchema(), change: z.enum(securityChanges) }),
  response: z.object({ id: z.string() }),
});

/** 等待授予角色的账号，先建的在前。 */
export const listWaitingGrants = endpoint({
  method: 'GET',
  path: '/api/staff/waiting',
  query: z.strictObject(pageSchema(100)),
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        username: z.string(),
        name: z.string(),
        role: roleSchema,
        organizationName: z.string(),
        since: z.string(),
        /** Other accounts of an administrator that bear the same name: nobody is two of the three. */
        sameName: z.array(z.string()),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
