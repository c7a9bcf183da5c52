import type { ReactNode } from 'react';
import { describeAnswer } from '#kernel/form-describe.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { PersonHeader } from '#platform/browser/person-header.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import type { ResidentDetail } from '../contract.ts';
import { programLabels } from '../domain/program.ts';
import { ContactLine } from './contact-line.tsx';

const allergyField = fieldsOf(personalInformation2017).find((field) => field.id === 'drugAllergies');

/** The persistent header of a resident, from the record. */
export function ResidentHeader({ person, children }: { person: ResidentDetail; children?: ReactNode }) {
  const codes = person.personalInformation.drugAllergies;
  const known = Array.isArray(codes) ? (codes as string[]).filter((code) => code !== '1') : [];
  const other = person.personalInformation.drugAllergyOther;
  const allergies = allergyField && known.length > 0 ? describeAnswer(allergyField, known) : '';
  return (
    <PersonHeader
      name={person.name}
      sex={person.sex}
      ageYears={person.ageYears}
      archiveNo={person.archiveNo}
      idNo={person.idNo}
      contact={<ContactLine key={person.id} person={person} />}
      organizationName={person.organizationName}
      status={person.status}
      tags={person.programs.map((program) => programLabels[program])}
      allergies={allergies ? `${allergies}${typeof other === 'string' ? `（${other}）` : ''}` : null}
    >
      {children}
    </PersonHeader>
  );
}
