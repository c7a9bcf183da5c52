import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { openResident, type ResidentDetail } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { listNoticeable } from '#kernel/form-attention.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds } from '#platform/browser/use-write.tsx';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { fileCheckup, showCheckupOutcome } from '../contract.ts';
import { Comparison } from './comparison.tsx';
import { ConcludePanel } from './conclude-panel.tsx';

/** The whole checkup sheet of one person outside an exam day, new or corrected. */
export function CheckupSheetScreen() {
  const { residentId } = useParams({ from: '/residents/$residentId/checkup' });
  const { corrects } = useSearch({ from: '/residents/$residentId/checkup' });
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const corrected = useQuery({
    queryKey: ['checkup', corrects],
    queryFn: () => callApi(showCheckupOutcome, { params: { recordId: corrects ?? '' } }),
    enabled: corrects !== undefined,
  });
  const failed = [resident, corrected].find((query) => query.isLoadingError);
  if (failed)
    return (
      <main className="page">
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    );
  if (!resident.data || (corrects && !corrected.data))
    return (
      <main className="page">
        <Loading rows={10} />
      </main>
    );
  const person = resident.data;
  return (
    <>
      <ResidentHeader person={person} />
      <main className="page">
        <h1>
          {corrects ? '更正 ' : ''}
          {annualCheckup2017.title}
        </h1>
        {person.status === 'active' || corrects ? (
          <Sheet
            key={corrects ?? 'new'}
            person={person}
            {...(corrected.data
              ? { corrected: { recordId: corrects ?? '', answers: corrected.data.answers } }
              : {})}
          />
        ) : (
          <Empty title="档案不在管，不能填写健康体检表">
            已登记死亡、迁出、失访或注销；如有误，请先更正档案状态。
          </Empty>
        )}
      </main>
    </>
  );
}

const enteredBelow = new Set(['evaluation', 'feedback']);
const above = {
  ...annualCheckup2017,
  groups: annualCheckup2017.groups.filter((group) => !enteredBelow.has(group.id)),
};
const belowFields = new Set(
  annualCheckup2017.groups
    .filter((group) => enteredBelow.has(group.id))
    .flatMap((group) => group.fields.map((f) => f.id)),
);

function Sheet(props: { person: ResidentDetail; corrected?: { recordId: string; answers: FormAnswers } }) {
  const { person, corrected } = props;
  const actor = useActor();
  const navigate = useNavigate();
  const { ids } = useWriteIds();
  const draftName = `checkup:${person.id}:${corrected?.recordId ?? 'new'}`;
  const [answers, setAnswers] = useState<FormAnswers>(
    () =>
      readDraft<FormAnswers>(draftName)?.content ??
      withoutConclusion(corrected?.answers) ?? { checkDate: actor.today, responsibleDoctor: actor.name },
  );
  const [reason, setReason] = useState('');
  useEffect(() => {
    keepDraft(draftName, answers);
  }, [answers, draftName]);
  const { run, problem, busy, clear } = useWrite([
    ['checkups', person.id],
    ['checkup-tasks'],
    ['records', person.id],
    ['resident', person.id],
    ['checkup-year'],
    ['checkup-year-people'],
  ]);
  const about = useMemo(
    () => ({ sex: person.sex, ageYears: person.ageYears, programs: person.programs }),
    [person],
  );
  const subject = useMemo(() => ({ ...about, groups: recordGroups(about) }), [about]);
  const live = useMemo(
    () => validateAnswers(annualCheckup2017, answers, { today: plainDate(actor.today), ...subject }),
    [answers, actor.today, subject],
  );
  const day = typeof live.answers.checkDate === 'string' ? live.answers.checkDate : actor.today;
  return (
    <>
      {corrected && (
        <div className="card field">
          <label className="field-label" data-required htmlFor="correction-reason">
            更正原因
          </label>
          <Input
            id="correction-reason"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <FormScreen
        edition={above}
        answers={live.answers}
        subject={subject}
        errors={[
          ...live.errors.filter((one) => !['missing', 'needs-text'].includes(one.code)),
          ...(problem?.code === 'invalid-input' ? problem.issues : []),
        ]}
        warnings={[...live.warnings, ...listNoticeable(annualCheckup2017, live.answers, subject)]}
        onChange={(id, value) => {
          clear();
          setAnswers((old) => ({ ...old, [id]: value }));
        }}
      />
      <Comparison
        residentId={person.id}
        edition={annualCheckup2017}
        answers={live.answers}
        subject={subject}
        before={day}
        {...(corrected ? { recordId: corrected.recordId } : {})}
      />
      <ConcludePanel
        edition={annualCheckup2017}
        answers={live.answers}
        about={about}
        subject={subject}
        day={day}
        problem={problem}
        busy={busy}
        label={corrected ? '保存更正' : '保存体检表'}
        onSave={async (conclusion, confirmed) => {
          const done = await run(
            () =>
              callApi(fileCheckup, {
                params: { residentId: person.id },
                body: {
                  operationId: ids.operationId,
                  recordId: ids.id,
                  answers: { ...live.answers, ...conclusion.answers },
                  decisions: [...conclusion.decisions],
                  confirmed: [...confirmed],
                  ...(corrected ? { supersedesId: corrected.recordId, reason } : {}),
                },
              }),
            '已保存',
          );
          if (!done) return;
          dropDraft(draftName);
          void navigate({
            to: '/residents/$residentId/checkups/$recordId',
            params: { residentId: person.id, recordId: done.recordId },
            replace: true,
          });
        }}
      />
    </>
  );
}

/** Conclusions are drawn anew for a corrected sheet. */
const withoutConclusion = (answers: FormAnswers | undefined): FormAnswers | undefined =>
  answers && Object.fromEntries(Object.entries(answers).filter(([id]) => !belowFields.has(id)));
