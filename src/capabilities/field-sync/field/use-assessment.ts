import { useMemo } from 'react';
import { assess } from '#clinical/assess/assess.ts';
import type { Assessment } from '#clinical/assess/assessment.ts';
import { underRows } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';
import { useDefinitions } from './use-definitions.ts';

/** A person judged by the same engine as the workbench, under the county's numbers; nothing until the phone has read them. */
export function useAssessment(person: PersonDocument, today: PlainDate): Assessment | undefined {
  const book = useDefinitions();
  return useMemo(() => {
    if (book.kind !== 'there') return undefined;
    const { rows, criticalValues } = book.value;
    return underRows(rows, () => assess(phonePatientRecord(person, today, criticalValues), today));
  }, [person, today, book]);
}
