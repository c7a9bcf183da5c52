import { nameInitialsOf } from '#capabilities/residents/server/public.ts';
import { addDays } from '#kernel/plain-date.ts';
import type { BinaryRows } from './binary-rows.ts';
import type { DemoCare } from './demo-care.ts';
import type { DemoResident } from './generate-resident.ts';
import { peopleTables } from './people-tables.ts';
import { mostPersonBytes, type SealedAnswers, writePersonAnswers } from './person-answers.ts';
import { readyValues } from './ready-values.ts';
import type { RowContext } from './row-context.ts';
import type { DemoSeals } from './seal-people.ts';

/** Writes the rows of residents. */
export class PersonRows {
  readonly #rows: BinaryRows;
  readonly #seals: DemoSeals;
  /** A name with its initials; names repeat by the thousand, reading one takes long. */
  readonly #names = new Map<string, Uint8Array>();

  constructor(rows: BinaryRows, seals: DemoSeals) {
    this.#rows = rows;
    this.#seals = seals;
  }

  write(
    { county, place, doctor, today }: RowContext,
    person: DemoResident,
    care: Pick<DemoCare, 'residentStatus'> | null,
  ): void {
    const filedOn = addDays(today, -1);
    const status = care?.residentStatus ?? null;
    const sealed = this.#seal(person);
    const indexes = this.#seals.indexes(person.idNo, person.phone);
    const rows = this.#rows
      .row(peopleTables.resident.length)
      .ready(county)
      .uuid(person.id)
      .ready(place)
      .uuid(person.householdId)
      .text(person.archiveNo)
      .ready(this.#nameOf(person.name))
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
      .text('2017');
    const at = rows.open(mostPersonBytes);
    rows.bytes[at] = 1;
    rows
      .close(writePersonAnswers(rows.bytes, at + 1, person.answers, sealed))
      .text(status?.status ?? 'active')
      .date(status?.on ?? null)
      .text(null)
      .integer(1)
      .moment(filedOn, 17)
      .ready(doctor)
      .moment(filedOn, 17);
  }

  /** Everything of the form that the product seals; a test looks for what lies open in a filled county. */
  #seal({ id, idNo, phone, contactPhone, address, registeredAddress }: DemoResident): SealedAnswers {
    const seal = this.#seals.text;
    return {
      idNo: seal(id, 'idNo', idNo),
      phone: seal(id, 'phone', phone),
      contactPhone: seal(id, 'contactPhone', contactPhone),
      currentAddress: seal(id, 'currentAddress', address),
      registeredAddress: registeredAddress === null ? null : seal(id, 'registeredAddress', registeredAddress),
    };
  }

  #nameOf(name: string): Uint8Array {
    let known = this.#names.get(name);
    if (!known) {
      const { initials, alternative } = nameInitialsOf(name);
      known = readyValues((row) => row.text(name).text(initials).text(alternative));
      this.#names.set(name, known);
    }
    return known;
  }
}
