import { nameInitialsOf } from '#capabilities/residents/server/public.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { DemoCare } from './demo-care.ts';
import type { DemoResident } from './generate-resident.ts';
import { type PeopleRows, peopleTables } from './people-tables.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import { type DemoSeals, sealDemoResident } from './seal-people.ts';

/** Where rows of one village's people belong and who writes them. */
export interface RowContext {
  readonly countyId: string;
  readonly village: PlannedVillage;
  readonly doctorId: string;
  readonly today: PlainDate;
  readonly seals: DemoSeals;
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
  rows: PeopleRows,
  context: RowContext,
  person: DemoResident,
  care: DemoCare | null,
): void {
  const { countyId, village, doctorId } = context;
  const initials = initialsOf(person.name);
  const filedOn = addDays(context.today, -1);
  const status = care?.residentStatus ?? null;
  const sealed = sealDemoResident(context.seals, person);
  const { indexes } = sealed;
  rows.resident
    .row(peopleTables.resident.length)
    .text(countyId)
    .uuid(person.id)
    .uuid(village.id)
    .text(village.path)
    .uuid(person.householdId)
    .text(person.archiveNo)
    .text(person.name)
    .text(initials.initials)
    .text(initials.alternative)
    .text(person.sex)
    .date(person.birthDate)
    .text('01')
    .raw(sealed.idNo)
    .raw(sealed.phone)
    .raw(indexes.id_no_index)
    .raw(indexes.identity_index)
    .raw(indexes.id_tail_index)
    .raw(indexes.phone_index)
    .raw(indexes.phone_tail_index)
    .text('2017')
    .json(...sealed.answers, JSON.stringify(person.answers).slice(1))
    .text(status?.status ?? 'active')
    .date(status?.on ?? null)
    .text(null)
    .integer(1)
    .moment(filedOn, 17)
    .uuid(doctorId)
    .moment(filedOn, 17);
}
