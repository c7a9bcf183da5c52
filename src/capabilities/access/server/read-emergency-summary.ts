import { sql, type Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { summariseResident, summaryColumns } from '#capabilities/residents/server/public.ts';
import { conditionLabels } from '#clinical/conditions.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { findReadingKind } from '#standards/measurements/reading-kinds.ts';
import { describeAccess } from './open-emergency-access.ts';

/**
 * What a doctor needs of a person unknown to them: who, what they have, take and do not tolerate, the last readings and
 * sheets. Only to who opened the access and only while it is open; every look is in the trail. `tx` sees the county.
 */
export async function readSummaryOfEmergency(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { accessId: string; today: PlainDate; now: Date },
) {
  const access = await tx
    .selectFrom('emergency_access')
    .select(['id', 'resident_id', 'opened_at', 'expires_at'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.accessId)
    .where('staff_id', '=', actor.staffId)
    .executeTakeFirst();
  if (!access) return refused('not-found');
  if (access.expires_at <= input.now) return refused('access-expired');
  const residentId = access.resident_id;
  const found = await readPerson(tx, actor.countyId, residentId);
  const record = await loadPatientRecord(tx, { countyId: actor.countyId, residentId, today: input.today });
  if (!found || !record) return refused('not-found');
  await recordAudit(tx, actor, {
    action: 'emergency-access.read',
    residentId,
    subject: access.id,
    now: input.now,
  });
  return {
    access: describeAccess(access, input.now),
    person: summariseResident({ ...found, programs: null }, input.today),
    formEdition: found.form_edition,
    personalInformation: { ...found.personal_information },
    conditions: [
      ...new Set([
        ...record.programs.map((one) => programLabels[one.program]),
        ...record.conditions.map((one) => conditionLabels[one]),
      ]),
    ],
    medicines: record.medicines.map((one) =>
      one.dailyDose === undefined ? one.name : `${one.name} 每日${one.dailyDose}${one.unit ?? ''}`,
    ),
    readings: lastReadings(record.measurements),
    sheets: await readLastSheets(tx, actor.countyId, residentId),
  };
}

export type EmergencySummary = Exclude<Awaited<ReturnType<typeof readSummaryOfEmergency>>, Refused>;

function readPerson(tx: Transaction<Tables>, countyId: string, residentId: string) {
  return tx
    .selectFrom('resident as r')
    .innerJoin('organization as o', (join) =>
      join.onRef('o.county_id', '=', 'r.county_id').onRef('o.id', '=', 'r.organization_id'),
    )
    .select([...summaryColumns])
    .select(['r.form_edition', 'r.personal_information'])
    .where('r.county_id', '=', countyId)
    .where('r.id', '=', residentId)
    .executeTakeFirst();
}

interface Reading {
  readonly kind: string;
  readonly value: number;
  readonly on: PlainDate;
}

/** The last reading of each kind that has a name, newest first. */
function lastReadings(all: readonly Reading[]): { label: string; value: string; on: string }[] {
  const last = new Map<string, Reading>();
  for (const one of all) {
    const held = last.get(one.kind);
    if (!held || held.on < one.on) last.set(one.kind, one);
  }
  return [...last.values()]
    .sort((a, b) => (a.on < b.on ? 1 : -1))
    .flatMap((one) => {
      const kind = findReadingKind(one.kind);
      return kind ? [{ label: kind.label, value: `${one.value} ${kind.shown}`, on: one.on }] : [];
    });
}

async function readLastSheets(tx: Transaction<Tables>, countyId: string, residentId: string) {
  const { rows } = await sql<{
    form: string;
    form_edition: string;
    occurred_on: PlainDate;
    answers: FormAnswers;
  }>`
    select distinct on (form) id, form, form_edition, occurred_on, answers from form_record
    where county_id = ${countyId} and resident_id = ${residentId}::uuid and superseded_by is null and status = 'complete'
      and (form like '%-follow-up' or form = 'annual-checkup')
    order by form, occurred_on desc, received_at desc`.execute(tx);
  return rows.map((one) => ({
    form: one.form,
    formEdition: one.form_edition,
    occurredOn: one.occurred_on,
    answers: { ...one.answers },
  }));
}
