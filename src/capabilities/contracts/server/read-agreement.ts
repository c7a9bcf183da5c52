import { sql, type Transaction } from 'kysely';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type AgreementParty, agreementAnswers } from '../domain/agreement-answers.ts';
import type { Consent } from './contract-rows.ts';
import { readPackages } from './service-packages.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly package_ids: string[];
  readonly signed_on: PlainDate;
  readonly valid_from: PlainDate;
  readonly valid_to: PlainDate;
  readonly consent: Consent;
  readonly family: string[];
  readonly ended_on: PlainDate | null;
  readonly end_reason: string | null;
  readonly previous_signed_on: PlainDate | null;
  readonly doctor_name: string;
  readonly doctor_role: string;
  readonly organization_name: string;
  readonly hospital: string | null;
}

interface PartyRow {
  readonly id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly id_no: string | null;
  readonly phone: string | null;
  readonly archive_no: string;
  readonly personal_information: FormAnswers;
  readonly programs: string[];
}

/** The number of an agreement: the person's archive and the day of signing. */
const numberOf = (archiveNo: string, signedOn: PlainDate) => `${archiveNo}-${signedOn.replaceAll('-', '')}`;

/** The agreement of a contract, filled in from the record; undefined when it is out of scope. */
export async function readAgreement(
  tx: Transaction<Tables>,
  countyId: string,
  contractId: string,
): Promise<{ residentId: string; name: string; archiveNo: string; answers: FormAnswers } | undefined> {
  const found = await sql<Row>`
    select c.id, c.resident_id, c.package_ids, c.signed_on, c.valid_from, c.valid_to, c.consent, c.family, c.ended_on,
      c.end_reason, p.signed_on as previous_signed_on, s.name as doctor_name, s.role as doctor_role,
      o.name as organization_name, (select h.name from organization h where h.county_id = c.county_id
        and h.kind = 'county-hospital' order by h.position limit 1) as hospital
    from contract c
    join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    left join contract p on p.county_id = c.county_id and p.id = c.previous_id
    where c.county_id = ${countyId} and c.id = ${contractId}::uuid`.execute(tx);
  const [row] = found.rows;
  if (!row) return undefined;
  const ids = [row.resident_id, ...row.family];
  const parties = await sql<PartyRow>`
    select r.id, r.name, r.sex, r.birth_date, r.id_no, r.phone, r.archive_no, r.personal_information,
      array(select e.program from enrollment e where e.county_id = r.county_id and e.resident_id = r.id
        and e.closed_on is null order by e.program) as programs
    from resident r where r.county_id = ${countyId} and r.id = any(${ids}::uuid[])`.execute(tx);
  const first = parties.rows.find((one) => one.id === row.resident_id);
  if (!first) return undefined;
  const packages = await readPackages(tx, countyId);
  const info = first.personal_information;
  const payMethods = Array.isArray(info.payMethods) ? info.payMethods.map(String) : [];
  const answers = agreementAnswers({
    contractNo: numberOf(first.archive_no, row.signed_on),
    renewFrom: row.previous_signed_on && numberOf(first.archive_no, row.previous_signed_on),
    signedOn: row.signed_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    organizationName: row.organization_name,
    doctorName: row.doctor_name,
    doctorRole: row.doctor_role,
    supportHospital: row.hospital,
    parties: [first, ...parties.rows.filter((one) => one !== first)].map((one) =>
      toParty(one, row.signed_on),
    ),
    address: typeof info.currentAddress === 'string' ? info.currentAddress : null,
    payMethods,
    ...row.consent,
    packages: packages.filter((one) => row.package_ids.includes(one.id)),
    endedOn: row.ended_on,
    endReason: row.end_reason,
  });
  return { residentId: first.id, name: first.name, archiveNo: first.archive_no, answers };
}

function toParty(row: PartyRow, on: PlainDate): AgreementParty {
  return {
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    idNo: row.id_no,
    phone: row.phone,
    relation: null,
    ageYears: ageInYears(row.birth_date, on),
    programs: row.programs,
  };
}
