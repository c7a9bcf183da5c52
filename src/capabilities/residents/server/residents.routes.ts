import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import {
  checkIdentity,
  listPersonalInformationVersions,
  listRegistrationOrganizations,
  openResident,
  registerResident,
  searchResidents,
  updatePersonalInformation,
} from '../contract.ts';
import { revealResident } from '../reveal-contract.ts';
import { findIdentityHolder } from './find-identity-holder.ts';
import { readPersonalInformationVersions } from './list-personal-information-versions.ts';
import { readRegistrationOrganizations } from './list-registration-organizations.ts';
import { readResidentDetail } from './open-resident.ts';
import { refuseDuplicateIdentity } from './refuse-duplicate-identity.ts';
import { revealFields } from './reveal-resident.ts';
import { searchResidentsInScope } from './search-residents.ts';
import { insertResident, replacePersonalInformation } from './write-resident.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

export const residentRoutes = [
  defineRoute({
    ...searchResidents,
    summary: '检索居民',
    action: 'residents.search',
    lookUp: 'search',
    handle: ({ actor, body, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const found = await searchResidentsInScope(tx, actor, body, today);
        await recordAudit(tx, actor, {
          action: 'resident.search',
          detail: { found: found.items.length },
          now,
        });
        const scope = await tx
          .selectFrom('organization')
          .select('name')
          .where('county_id', '=', actor.countyId)
          .where('path', '=', actor.scopePath)
          .executeTakeFirst();
        return { scopeName: scope?.name ?? '', ...found };
      }),
  }),
  defineRoute({
    ...registerResident,
    summary: '建档',
    action: 'residents.register',
    handle: ({ actor, body, now, today }, { database }) =>
      refuseDuplicateIdentity(database, actor, body.answers, () =>
        onceOnly(
          database,
          actor,
          { operationId: body.operationId, kind: 'resident.register', body, now },
          (tx) => insertResident(tx, actor, { ...body, today, now }),
        ),
      ),
  }),
  defineRoute({
    ...openResident,
    summary: '打开居民档案',
    action: 'residents.read',
    lookUp: 'person',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const detail = await readResidentDetail(tx, actor, params.residentId, today);
        if (!detail) return refused('not-found');
        await recordAudit(tx, actor, { action: 'resident.open', residentId: params.residentId, now });
        return detail;
      }),
  }),
  defineRoute({
    ...revealResident,
    summary: '查看完整的证件号码、电话、住址、敏感诊断',
    action: 'residents.reveal',
    lookUp: 'reveal',
    handle: ({ actor, params, body, now }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => revealFields(tx, actor, { ...params, ...body, now })),
  }),
  defineRoute({
    ...updatePersonalInformation,
    summary: '修改个人基本信息',
    action: 'residents.register',
    handle: ({ actor, params, body, now, today }, { database }) =>
      refuseDuplicateIdentity(database, actor, body.answers, () =>
        onceOnly(
          database,
          actor,
          { operationId: body.operationId, kind: 'resident.update', body: { params, body }, now },
          (tx) =>
            replacePersonalInformation(tx, actor, {
              residentId: params.residentId,
              version: body.version,
              answers: body.answers,
              confirmed: body.confirmed,
              reason: body.reason,
              today,
              now,
            }),
        ),
      ),
  }),
  defineRoute({
    ...listPersonalInformationVersions,
    summary: '个人基本信息历史版本',
    action: 'residents.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const versions = await readPersonalInformationVersions(tx, actor, params.residentId);
        if (!versions) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'resident.read-versions',
          residentId: params.residentId,
          now,
        });
        return versions;
      }),
  }),
  defineRoute({
    ...checkIdentity,
    summary: '核对身份证号',
    action: 'residents.register',
    lookUp: 'identity',
    async handle({ actor, body, now, today }, { database }) {
      const checked = checkIdentityNumber(body.idNo);
      const none = { idNo: null, birthDate: null, sex: null, holder: null };
      if (checked.kind === 'invalid') return { valid: false, message: checked.message, ...none };
      if (checked.birthDate > today)
        return { valid: false, message: '身份证号里的出生日期在今天之后。', ...none };
      const holder = await findIdentityHolder(database, actor, '01', checked.idNo);
      await withScope(database, scopeOf(actor), (tx) =>
        recordAudit(tx, actor, { action: 'identity.check', detail: { found: holder !== undefined }, now }),
      );
      const { idNo, birthDate, sex } = checked;
      return { valid: true, message: null, idNo, birthDate, sex, holder: holder ?? null };
    },
  }),
  defineRoute({
    ...listRegistrationOrganizations,
    summary: '可选的管理机构',
    action: 'residents.register',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readRegistrationOrganizations(tx, actor)),
  }),
];
