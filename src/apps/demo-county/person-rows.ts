import { nameInitialsOf } from '#capabilities/residents/server/public.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { FieldSeals } from '#platform/server/crypto/field-seals.ts';
import { copyLine } from './copy-text.ts';
import type { DemoCare } from './demo-care.ts';
import type { DemoResident } from './generate-resident.ts';
import type { TableTexts } from './people-tables.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import { sealDemoResident } from './seal-people.ts';

/** Where rows of one village's people belong and who writes them. */
export interface RowContext {
  readonly countyId: string;
  readonly village: PlannedVillage;
  readonly doctorId: string;
  readonly today: PlainDate;
  readonly seals: FieldSeals;
}

const initialsByName = new Map<string, { initials: string; alternative: string | null }>();

/** Initials of a name; names repeat by the thousand, reading one takes long. */
function initialsOf(name: string): { initials: string; alternative: string | null } {
  let known = initialsByName.get(name);
  if (!known) {
    known = nameInitialsOf(name);
    initialsByName.set(name, known);
  }
  return known;
}

/** Writes the resident's row. */
export function writePersonRow(
  texts: TableTexts,
  context: RowContext,
  person: DemoResident,
  care: DemoCare | null,
): void {
  const { countyId, village, doctorId } = context;
  const initials = initialsOf(person.name);
  const filedAt = `${addDays(context.today, -1)}T17:00:00+08:00`;
  const status = care?.residentStatus ?? null;
  const sealed = sealDemoResident(context.seals, person);
  texts.resident.add(
    copyLine([
      countyId,
      person.id,
      village.id,
      village.path,
      person.householdId,
      person.archiveNo,
      person.name,
      initials.initials,
      initials.alternative,
      person.sex,
      person.birthDate,
      '01',
      sealed.idNo,
      sealed.phone,
      ...sealed.indexes,
      '2017',
      JSON.stringify(sealed.answers),
      status?.status ?? 'active',
      status?.on ?? null,
      null,
      1,
      filedAt,
      doctorId,
      filedAt,
    ]),
  );
}
