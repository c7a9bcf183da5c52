import { oneTimePassword } from '#platform/server/auth/one-time-password.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  addOrganization,
  addStaff,
  changeStaff,
  listOrganizations,
  listStaff,
  listWaitingGrants,
  renameOrganization,
  secureStaff,
} from '../contract.ts';
import { insertOrganization, readOrganizations, updateOrganizationName } from './organizations.ts';
import { readWaitingGrants, secureAccount } from './secure-staff.ts';
import { insertStaff, readStaff, updateStaff } from './staff.ts';

export const organizationRoutes = [
  defineRoute({
    ...listOrganizations,
    summary: '机构',
    action: 'organizations.read',
    handle: ({ actor, query }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readOrganizations(tx, actor, query.parentId),
      ),
  }),
  defineRoute({
    ...addOrganization,
    summary: '新增机构',
    action: 'organizations.manage',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'organization.add', body, now },
        (tx) => insertOrganization(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...renameOrganization,
    summary: '改机构名称、电话',
    action: 'organizations.manage',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'organization.rename', body: { params, body }, now },
        (tx) => updateOrganizationName(tx, actor, { ...params, name: body.name, phone: body.orgPhone, now }),
      ),
  }),
  defineRoute({
    ...listStaff,
    summary: '机构人员',
    action: 'organizations.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readStaff(tx, actor, params.organizationId, now),
      ),
  }),
  defineRoute({
    ...addStaff,
    summary: '新增人员',
    action: 'organizations.manage',
    async handle({ actor, body, now }, { database }) {
      const password = oneTimePassword();
      let isNew = false;
      const done = await onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'staff.add', body, now },
        (tx) => {
          isNew = true;
          return insertStaff(tx, actor, { ...body, password, now });
        },
      );
      // The stored answer holds no password: a repeated request is told the person exists, not the secret.
      return 'kind' in done ? done : { ...done, oneTimePassword: isNew ? password : null };
    },
  }),
  defineRoute({
    ...changeStaff,
    summary: '重置口令、停用或恢复',
    action: 'organizations.manage',
    async handle({ actor, params, body, now }, { database }) {
      const password = oneTimePassword();
      let isNew = false;
      const done = await onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'staff.change', body: { params, body }, now },
        (tx) => {
          isNew = true;
          return updateStaff(tx, actor, { staffId: params.staffId, change: body.change, password, now });
        },
      );
      const shown = isNew && body.change === 'reset-password' ? password : null;
      return 'kind' in done ? done : { ...done, oneTimePassword: shown };
    },
  }),
  defineRoute({
    ...secureStaff,
    summary: '授予角色、开通统一认证',
    action: 'roles.grant',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'staff.secure', body: { params, body }, now },
        (tx) => secureAccount(tx, actor, { staffId: params.staffId, change: body.change, now }),
      ),
  }),
  defineRoute({
    ...listWaitingGrants,
    summary: '等待授予角色的账号',
    action: 'roles.grant',
    handle: ({ actor, query }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readWaitingGrants(tx, actor, query),
      ),
  }),
];
