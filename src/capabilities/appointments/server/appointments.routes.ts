import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  bookAppointment,
  changeAppointment,
  listResidentAppointments,
  listSlotAppointments,
  listSlots,
  settleAppointment,
} from '../contract.ts';
import { moveAppointment, writeAppointment } from './book-appointment.ts';
import { readResidentAppointments, readSlotAppointments } from './read-appointments.ts';
import { isOffered, readSlotDay } from './read-slots.ts';
import { writeSettlement } from './settle-appointment.ts';

export const appointmentRoutes = [
  defineRoute({
    ...listSlots,
    summary: '某日号源与余号',
    action: 'schedules.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readSlotDay(tx, {
          countyId: actor.countyId,
          day: query.day ?? today,
          kind: query.kind,
          organizationId: query.organizationId,
          today,
          now,
        }),
      ),
  }),
  defineRoute({
    ...listSlotAppointments,
    summary: '一个时段的预约名单',
    action: 'appointments.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        if (!(await isOffered(tx, actor.countyId, params.slotId))) return refused('not-found');
        await recordAudit(tx, actor, { action: 'appointment.list', subject: params.slotId, now });
        return readSlotAppointments(tx, { countyId: actor.countyId, ...params, ...query, today });
      }),
  }),
  defineRoute({
    ...listResidentAppointments,
    summary: '居民的预约',
    action: 'appointments.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'appointment.list', residentId: params.residentId, now });
        return readResidentAppointments(tx, { countyId: actor.countyId, ...params, ...query, today });
      }),
  }),
  defineRoute({
    ...bookAppointment,
    summary: '预约',
    action: 'appointments.write',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'appointment.book', body, now },
        (tx) => writeAppointment(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...changeAppointment,
    summary: '改约',
    action: 'appointments.write',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'appointment.change', body: { ...params, ...body }, now },
        (tx) => moveAppointment(tx, actor, { ...params, ...body, now }),
      ),
  }),
  defineRoute({
    ...settleAppointment,
    summary: '取消预约、登记到诊或爽约',
    action: 'appointments.write',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'appointment.settle', body: { ...params, ...body }, now },
        (tx) => writeSettlement(tx, actor, { ...params, ...body, now }),
      ),
  }),
];
