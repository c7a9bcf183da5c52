import { addDays } from '#kernel/plain-date.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { knowsHolidaysOf } from '#standards/public-holidays.ts';
import {
  addSchedule,
  listNotices,
  listSchedules,
  makeSlots,
  releaseSlot,
  retireSchedule,
  withdrawSlot,
} from '../contract.ts';
import { channelLabels } from '../domain/notice-plan.ts';
import { readNotices } from './list-notices.ts';
import { channelsFrom } from './notice-channels.ts';
import {
  closeSchedule,
  makeSlotsOf,
  readSchedulable,
  readSchedules,
  writeSchedule,
  writeSlot,
} from './schedules.ts';
import { callOffSlot } from './withdraw-slot.ts';

export const scheduleRoutes = [
  defineRoute({
    ...listSchedules,
    summary: '每周排班',
    action: 'schedules.manage',
    handle: ({ actor, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => ({
        items: await readSchedules(tx, actor),
        ...(await readSchedulable(tx, actor)),
        knowsHolidays: knowsHolidaysOf(addDays(today, 60)),
      })),
  }),
  defineRoute({
    ...addSchedule,
    summary: '新增排班',
    action: 'schedules.manage',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'schedule.add', body, now }, (tx) =>
        writeSchedule(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...retireSchedule,
    summary: '停用排班',
    action: 'schedules.manage',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'schedule.retire', body: { ...params, ...body }, now },
        (tx) => closeSchedule(tx, actor, { ...params, ...body, now }),
      ),
  }),
  defineRoute({
    ...makeSlots,
    summary: '按排班放号',
    action: 'schedules.manage',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'slot.make', body, now },
        async (tx) => {
          const made = await makeSlotsOf(tx, {
            countyId: actor.countyId,
            scopePath: actor.scopePath,
            from: today,
            days: body.days,
            now,
          });
          await recordAudit(tx, actor, { action: 'slot.make', detail: { made: made.made }, now });
          return made;
        },
      ),
  }),
  defineRoute({
    ...releaseSlot,
    summary: '手工放号',
    action: 'schedules.manage',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'slot.release', body, now }, (tx) =>
        writeSlot(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...withdrawSlot,
    summary: '停诊',
    action: 'schedules.manage',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'slot.withdraw', body: { ...params, ...body }, now },
        (tx) => callOffSlot(tx, actor, { ...params, ...body, now }),
      ),
  }),
  defineRoute({
    ...listNotices,
    summary: '提醒队列',
    action: 'appointments.read',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'notice.list', residentId: query.residentId, now });
        const channels = channelsFrom(process.env, async () => undefined).map(
          ({ channel, isConfigured }) => ({
            channel,
            label: channelLabels[channel],
            isConfigured,
          }),
        );
        return { channels, ...(await readNotices(tx, actor, query)) };
      }),
  }),
];
