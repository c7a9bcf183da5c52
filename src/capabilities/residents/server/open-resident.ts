import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ResidentDetail } from '../contract.ts';
import { openPrograms, summariseResident, summaryColumns } from './summarise-residents.ts';

/** The record of one resident of the actor's subtree; undefined when there is none there. */
export async function readResidentDetail(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
  today: PlainDate,
): Promise<ResidentDetail | undefined> {
  const row = await tx
    .selectFrom('resident as r')
    .innerJoin('organization as o', (join) =>
      join.onRef('o.county_id', '=', 'r.county_id').onRef('o.id', '=', 'r.organization_id'),
    )
    .leftJoin('resident_revision as v', (join) =>
      join
        .onRef('v.county_id', '=', 'r.county_id')
        .onRef('v.resident_id', '=', 'r.id')
        .onRef('v.version', '=', 'r.version'),
    )
    .leftJoin('staff as s', (join) =>
      join.onRef('s.county_id', '=', 'v.county_id').onRef('s.id', '=', 'v.changed_by'),
    )
    .select([...summaryColumns])
    .select([
      'r.status_on',
      'r.status_note',
      'r.version',
      'r.form_edition',
      'r.personal_information',
      'r.updated_at',
      's.name as updated_by_name',
    ])
    .select((eb) => openPrograms(eb))
    .where('r.county_id', '=', actor.countyId)
    .where('r.id', '=', residentId)
    .executeTakeFirst();
  if (!row) return undefined;
  const enrollments = await tx
    .selectFrom('enrollment')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', residentId)
    .orderBy('enrolled_on', 'desc')
    .orderBy('id')
    .execute();
  const tasks = await tx
    .selectFrom('follow_up_task as t')
    .leftJoin('form_record as f', (join) =>
      join.onRef('f.county_id', '=', 't.county_id').onRef('f.id', '=', 't.opened_by_record'),
    )
    .selectAll('t')
    .select('f.occurred_on as found_on')
    .where('t.county_id', '=', actor.countyId)
    .where('t.resident_id', '=', residentId)
    .where('t.closed_at', 'is', null)
    .orderBy('t.due_on')
    .execute();
  return {
    ...summariseResident(row, today),
    statusOn: row.status_on,
    statusNote: row.status_note,
    version: row.version,
    formEdition: row.form_edition,
    personalInformation: { ...row.personal_information },
    updatedAt: row.updated_at.toISOString(),
    updatedByName: row.updated_by_name,
    enrollments: enrollments.map((e) => ({
      id: e.id,
      program: e.program,
      enrolledOn: e.enrolled_on,
      diagnosedOn: e.diagnosed_on,
      closedOn: e.closed_on,
      closeReason: e.close_reason,
      version: e.version,
    })),
    openTasks: tasks.map((t) => ({
      id: t.id,
      enrollmentId: t.enrollment_id,
      program: t.program,
      kind: t.kind,
      dueOn: t.due_on,
      latestOn: t.latest_on,
      reason: t.reason,
      foundOn: t.found_on,
    })),
  };
}
