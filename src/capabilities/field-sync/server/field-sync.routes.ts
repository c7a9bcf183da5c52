import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { checkPeople } from '../check-contract.ts';
import {
  giveUpOperation,
  handOver,
  listDevices,
  orderDevice,
  pullChanges,
  pushOperations,
  registerDevice,
} from '../contract.ts';
import { listHeldOperations } from '../held-contract.ts';
import { sendPhotoPiece } from '../photo-contract.ts';
import { answerPull } from './answer-pull.ts';
import { comparePeople } from './check-people.ts';
import { chosenPaths, findDevice, greetDevice, markContact } from './devices.ts';
import { takeOver } from './hand-over.ts';
import { holdOperations } from './hold-operation.ts';
import { readDevices, readHeldOperations } from './list-devices.ts';
import { orderOneDevice } from './order-device.ts';
import { readPhoneSettings } from './phone-settings.ts';
import { keepPhotoPiece } from './photo-pieces.ts';
import { publishOwnDefinitions } from './publish-definitions.ts';
import { pushSentOperations } from './push-operations.ts';
import { readFeedState } from './read-feed-state.ts';
import { sendCompressed } from './send-compressed.ts';

/** Half a thousand kilobytes of typed forms in one go is plenty; the rest follows. */
const pushBytes = 2 * 1024 * 1024;

/** A user's own phones are the user's wherever they work now. */
const countyOf = (actor: Actor) => ({ countyId: actor.countyId, path: countyWide(actor).scopePath });
const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** On a phone two doctors share, the session may be the other one's: nothing is done or shown in the wrong name. */
const refuseAnother = (actor: Actor, userId: string) =>
  userId === actor.staffId
    ? undefined
    : refused('not-signed-in', { detail: '现在登录的是另一位医生，请用自己的账号登录后上传；内容都在。' });

/** Calls of the phones; `tables` is the list of every table about a resident. */
export const fieldSyncRoutes = (tables: readonly ResidentTable[]): AnyRoute[] => [
  defineRoute({
    ...registerDevice,
    summary: '登记手机',
    action: 'field.sync',
    handle: ({ actor, body, now }, { database }) =>
      withScope(database, countyOf(actor), async (tx) => {
        const paths = await chosenPaths(tx, actor, body.organizationIds);
        if (paths && 'kind' in paths) return paths;
        const greeted = await greetDevice(tx, actor, { ...body, paths, now });
        if ('kind' in greeted) return greeted;
        return {
          deviceId: body.deviceId,
          userId: actor.staffId,
          userName: actor.name,
          leaseDays: (await readPhoneSettings(tx, actor.countyId)).leaseDays,
          serverNow: now.toISOString(),
          ...greeted,
        };
      }),
  }),
  defineRoute({
    ...pullChanges,
    summary: '取回变化',
    action: 'field.sync',
    async handle({ actor, body, now, today, request, reply }, { database }) {
      const another = refuseAnother(actor, body.userId);
      if (another) return another;
      const answer = await answerPull(database, actor, body, { now, today });
      return 'problem' in answer ? answer : sendCompressed(request, reply, answer);
    },
  }),
  defineRoute({
    ...checkPeople,
    summary: '核对手机上的内容',
    action: 'field.sync',
    async handle({ actor, body, now, request, reply }, { database }) {
      const another = refuseAnother(actor, body.userId);
      if (another) return another;
      const answer = await withScope(database, scopeOf(actor), (tx) => comparePeople(tx, actor, body, now));
      return 'problem' in answer ? answer : sendCompressed(request, reply, answer);
    },
  }),
  defineRoute({
    ...pushOperations,
    summary: '送出操作',
    action: 'field.sync',
    bodyLimitBytes: pushBytes,
    async handle({ actor, body, now, today }, context) {
      const { database } = context;
      const another = refuseAnother(actor, body.userId);
      if (another) return another;
      const device = await withScope(database, countyOf(actor), (tx) => findDevice(tx, actor, body.deviceId));
      if (!device) return refused('not-found', { detail: '这台手机尚未登记，请重新登录。' });
      await publishOwnDefinitions(database, actor, now);
      const isRevoked = device.state === 'revoked';
      if (isRevoked) {
        const holdings = body.operations.map((operation) => ({
          operation,
          why: 'handed-over' as const,
          now,
        }));
        await holdOperations(database, { ...actor, actor, deviceId: body.deviceId }, holdings);
      }
      const answers = isRevoked
        ? body.operations.map(({ operationId }) => ({
            operationId,
            outcome: 'accepted' as const,
            result: { held: true },
          }))
        : await pushSentOperations(context, actor, { ...body, tables, now, today });
      return withScope(database, countyOf(actor), async (tx) => {
        // Taken after everything above is committed: its effects lie before this transaction.
        const seen = await markContact(tx, actor, { ...body, now });
        const feed = await readFeedState(tx, actor.countyId, seen);
        const order = device.state === 'active' ? ('none' as const) : ('wipe' as const);
        return {
          device: { order, epoch: feed.epoch, serverNow: now.toISOString() },
          answers,
          seen,
        };
      });
    },
  }),
  defineRoute({
    ...sendPhotoPiece,
    summary: '上传照片的一段',
    action: 'field.sync',
    async handle({ actor, params, body, now }, { database, keys }) {
      const another = refuseAnother(actor, body.userId);
      if (another) return another;
      return withScope(database, scopeOf(actor), async (tx) => {
        const device = await findDevice(tx, actor, body.deviceId);
        if (device?.state !== 'active')
          return refused('not-allowed', { detail: '这台手机没有登记或已被收回。' });
        const { piece, pieces, content } = body;
        return keepPhotoPiece(tx, actor, keys, { ...params, piece, pieces, content, now });
      });
    },
  }),
  defineRoute({
    ...giveUpOperation,
    summary: '放弃一项被退回的操作',
    action: 'field.sync',
    async handle({ actor, body, now }, { database }) {
      const another = refuseAnother(actor, body.userId);
      if (another) return another;
      const { deviceId, operation, reason } = body;
      await holdOperations(database, { ...actor, actor, deviceId }, [
        { operation, why: 'given-up', note: reason, now },
      ]);
      await withScope(database, countyOf(actor), (tx) =>
        recordAudit(tx, actor, { action: 'field-operation.give-up', subject: operation.operationId, now }),
      );
      return { held: true as const };
    },
  }),
  defineRoute({
    ...handOver,
    summary: '交出未送达的操作',
    action: 'field.hand-over',
    bodyLimitBytes: pushBytes,
    handle: ({ body, now }, { database, countyId }) => takeOver(database, countyId, body, now),
  }),
  defineRoute({
    ...listDevices,
    summary: '手机与同步',
    action: 'field.devices',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), (tx) =>
        readDevices(tx, { countyId: actor.countyId, ...query, cursor: query.cursor, now }),
      ),
  }),
  defineRoute({
    ...orderDevice,
    summary: '收回或清除手机',
    action: 'field.devices',
    handle: ({ actor, params, body, now }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => orderOneDevice(tx, actor, { ...params, ...body, now })),
  }),
  defineRoute({
    ...listHeldOperations,
    summary: '待处理的操作',
    action: 'field.support',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'field-operation.list-held', now });
        const { deviceId, cursor, limit } = query;
        return readHeldOperations(tx, { countyId: actor.countyId, deviceId, cursor, limit });
      }),
  }),
];
