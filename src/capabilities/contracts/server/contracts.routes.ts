import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  countDueContracts,
  endContract,
  listDueContracts,
  listUnsigned,
  recordOffer,
  showAgreement,
  showContracts,
  signContract,
  transferContract,
} from '../contract.ts';
import { bringDeliveriesUpToDate } from './bring-deliveries-up-to-date.ts';
import { closeContract, handOverContract, writeOffer } from './end-contract.ts';
import { findPlace } from './find-place.ts';
import { countDue, mostCounted, readDueContracts } from './list-due-contracts.ts';
import { readUnsigned } from './list-signing-people.ts';
import { readAgreement } from './read-agreement.ts';
import { readSigningPage } from './show-contracts.ts';
import { signContracts } from './sign-contract.ts';

export const contractRoutes = [
  defineRoute({
    ...showContracts,
    summary: '居民的签约情况',
    action: 'contracts.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const page = await readSigningPage(tx, actor, params.residentId, today);
        if (!('kind' in page))
          await recordAudit(tx, actor, { action: 'contract.read', residentId: params.residentId, now });
        return page;
      }),
  }),
  defineRoute({
    ...signContract,
    summary: '签约或续签',
    action: 'contracts.sign',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'contract.sign', body: { ...params, ...body }, now },
        (tx) =>
          signContracts(tx, actor, {
            residentId: params.residentId,
            contractId: body.contractId,
            packageIds: [...new Set(body.packageIds)],
            doctorId: body.doctorId,
            signedOn: body.signedOn,
            validFrom: body.validFrom,
            years: body.years,
            consent: {
              signer: body.signer,
              signerName: body.signerName,
              guardianRelation: body.guardianRelation,
              guardianPhone: body.guardianPhone,
              consents: body.consents,
            },
            family: body.family,
            renews: body.renews,
            today,
            now,
          }),
      ),
  }),
  defineRoute({
    ...endContract,
    summary: '终止签约',
    action: 'contracts.sign',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'contract.end', body: { ...params, ...body }, now },
        (tx) => closeContract(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...transferContract,
    summary: '转给另一位家庭医生',
    action: 'contracts.sign',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'contract.transfer', body: { ...params, ...body }, now },
        (tx) => handOverContract(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...recordOffer,
    summary: '记下签约引导的结果',
    action: 'contracts.sign',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'contract.offer', body: { ...params, ...body }, now },
        (tx) => writeOffer(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...showAgreement,
    summary: '签约服务协议书',
    action: 'contracts.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const agreement = await readAgreement(tx, actor.countyId, params.contractId);
        if (!agreement) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'contract.print',
          residentId: agreement.residentId,
          subject: params.contractId,
          now,
        });
        return { ...agreement, answers: { ...agreement.answers } };
      }),
  }),
  defineRoute({
    ...listDueContracts,
    summary: '待履约与待续签',
    action: 'contracts.read',
    async handle({ actor, query, now, today }, { database }) {
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      await bringDeliveriesUpToDate(database, scope, today);
      const page = await withScope(database, scope, async (tx) => {
        await recordAudit(tx, actor, { action: 'contract.list', subject: query.bucket, now });
        return readDueContracts(tx, actor, {
          bucket: query.bucket,
          isMine: query.mine === 'true',
          cursor: query.cursor,
          limit: query.limit,
          today,
        });
      });
      return { asOf: today, ...page };
    },
  }),
  defineRoute({
    ...countDueContracts,
    summary: '待履约与待续签各有多少',
    action: 'contracts.read',
    async handle({ actor, query, today }, { database }) {
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      await bringDeliveriesUpToDate(database, scope, today);
      const counts = await withScope(database, scope, (tx) =>
        countDue(tx, actor, { isMine: query.mine === 'true', today }),
      );
      return { asOf: today, counts, most: mostCounted };
    },
  }),
  defineRoute({
    ...listUnsigned,
    summary: '待签约的重点人群与高危人群',
    action: 'contracts.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const place = await findPlace(tx, actor, query.organizationId);
        if (!place) return refused('not-found');
        const page = await readUnsigned(tx, {
          countyId: actor.countyId,
          place,
          group: query.group,
          cursor: query.cursor,
          limit: query.limit,
          today,
        });
        await recordAudit(tx, actor, {
          action: 'contract.unsigned',
          subject: place.id,
          detail: { group: query.group, rows: page.items.length },
          now,
        });
        return page;
      }),
  }),
];
