import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { assess } from '#clinical/assess/assess.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { loadAssessmentRecord } from '../contract.ts';
import { overlayVisit, type VisitSigns, visitDayOf } from '../domain/overlay-visit.ts';
import { AssessmentView } from './assessment-view.tsx';

/** What the rules say of the person as recorded; with a visit being typed, of the person as it would then be. */
export function AssessmentPanel({
  residentId,
  typed,
  signs,
}: {
  residentId: string;
  typed?: FormAnswers;
  signs?: VisitSigns;
}) {
  const loaded = useQuery({
    queryKey: ['assessment-record', residentId],
    queryFn: () => callApi(loadAssessmentRecord, { params: { residentId } }),
  });
  const assessment = useMemo(() => {
    if (!loaded.data) return undefined;
    const day = plainDate(loaded.data.today);
    // What travels is the engine's own record; it reads every value with care.
    const record = loaded.data.record as unknown as PatientRecord;
    return typed
      ? assess(overlayVisit(record, typed, day, signs), visitDayOf(typed, day))
      : assess(record, day);
  }, [loaded.data, typed, signs]);
  if (loaded.isLoadingError) return <Failure error={loaded.error} onRetry={() => void loaded.refetch()} />;
  if (!assessment) return <Loading rows={4} />;
  return <AssessmentView assessment={assessment} />;
}
