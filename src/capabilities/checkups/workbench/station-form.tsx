import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { listNoticeable } from '#kernel/form-attention.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds } from '#platform/browser/use-write.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listCheckups, type openExamPerson, saveSection } from '../contract.ts';
import { changedAnswers } from '../domain/merge-sections.ts';
import { progressOf } from '../domain/station-progress.ts';
import { editionOfStation, fieldsOfStation, type Station } from '../domain/stations.ts';
import { lastingAnswers, unremarkableAnswers } from '../domain/unremarkable-answers.ts';

interface StationFormProps {
  readonly examDayId: string;
  readonly station: Station;
  readonly held: EndpointResponse<typeof openExamPerson>;
  readonly onDone: (text: string) => void;
}

/** A station's part of one person's sheet; saved alone, so that stations never write over each other. */
export function StationForm({ examDayId, station, held, onDone }: StationFormProps) {
  const { person } = held;
  const actor = useActor();
  const draftName = `exam:${examDayId}:${person.id}:${station}`;
  const [answers, setAnswers] = useState<FormAnswers>(
    () => readDraft<FormAnswers>(draftName)?.content ?? held.answers,
  );
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const { ids } = useWriteIds();
  const client = useQueryClient();
  const { run, problem, busy, clear } = useWrite([]);
  const edition = useMemo(() => editionOfStation(annualCheckup2017, station), [station]);
  const subject = useMemo(
    () => ({ ageYears: person.ageYears, sex: person.sex, groups: recordGroups(person) }),
    [person],
  );
  const live = useMemo(
    () => validateAnswers(annualCheckup2017, answers, { today: plainDate(actor.today), ...subject }),
    [answers, actor.today, subject],
  );
  const mine = useMemo(
    () => new Set(fieldsOfStation(annualCheckup2017, station).map((field) => field.id)),
    [station],
  );
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, button[role]')?.focus(), []);
  const history = useQuery({
    queryKey: ['checkups', person.id],
    queryFn: () => callApi(listCheckups, { params: { residentId: person.id } }),
    enabled: station === 'doctor',
  });
  const last = history.data?.checkups[0];
  const takeOver = (given: Record<string, unknown>) => {
    setTaken(new Set([...taken, ...Object.keys(given)]));
    change({ ...answers, ...given });
  };
  const own = (path: string) => mine.has(path.split('.')[0] ?? '');
  const change = (next: FormAnswers) => {
    clear();
    setAnswers(next);
    keepDraft(draftName, next);
  };
  const save = async (confirmed: readonly string[] = []) => {
    const changed = Object.entries(changedAnswers(held.answers, answers)).filter(([id]) => own(id));
    const done = await run(() =>
      callApi(saveSection, {
        params: { examDayId, residentId: person.id },
        body: {
          operationId: ids.operationId,
          station,
          seenSeq: held.seq,
          answers: Object.fromEntries(changed),
          confirmed: [...confirmed],
        },
      }),
    );
    if (!done) return;
    dropDraft(draftName);
    // The next person is called at once; the lists follow.
    for (const key of ['exam-people', 'exam-day'])
      void client.invalidateQueries({ queryKey: [key, examDayId] });
    onDone(`已保存：${person.number} 号 ${person.name}`);
  };
  const open = progressOf(annualCheckup2017, live.answers, subject).find((one) => one.station === station);
  const noticeable = listNoticeable(annualCheckup2017, live.answers, subject).filter((one) => own(one.path));
  return (
    <div ref={form}>
      <section className="card row spread" aria-label="受检人" style={{ marginBottom: 14 }}>
        <span className="row">
          <span className="exam-number">{person.number}</span>
          <span className="person-name">{person.name}</span>
          <span>
            {printSex(person.sex)} · {person.ageYears} 岁 · 证件 {person.idNo ?? '未登记'}
          </span>
          <span className="small soft">
            {person.programs.map((one) => programLabels[one]).join('、')} {person.organizationName}
          </span>
        </span>
        <span className="row">
          {station === 'doctor' && (
            <>
              {history.isLoadingError && (
                <Button danger onClick={() => void history.refetch()}>
                  上次体检没有取到，重试
                </Button>
              )}
              {last && (
                <Button
                  title="带入生活方式与现存问题中还没有填的项目，底色标出；请逐项询问核对"
                  onClick={() => takeOver(lastingAnswers(edition, live.answers, last.answers))}
                >
                  带入 {last.occurredOn.slice(0, 4)} 年的生活方式
                </Button>
              )}
              <Button
                title="只填脏器功能与查体中还没有填的必填项，底色标出；请逐项核对"
                onClick={() => takeOver(unremarkableAnswers(edition, live.answers, subject))}
              >
                查体未填项按未见异常填
              </Button>
              <Link
                to="/checkups/days/$examDayId/people/$residentId"
                params={{ examDayId, residentId: person.id }}
              >
                去结论
              </Link>
            </>
          )}
          <span className="small soft">
            {open && open.missing.length > 0 ? `必填还差 ${open.missing.length} 项` : '必填已齐'}
          </span>
        </span>
      </section>
      <FormScreen
        edition={edition}
        answers={live.answers}
        subject={subject}
        prefilled={taken}
        errors={[
          ...live.errors.filter((one) => !['missing', 'needs-text'].includes(one.code)),
          ...(problem?.code === 'invalid-input' ? problem.issues : []),
        ].filter((one) => own(one.path))}
        warnings={[...live.warnings.filter((one) => own(one.path)), ...noticeable]}
        onChange={(id, value) => {
          setTaken(new Set([...taken].filter((one) => one !== id)));
          change({ ...answers, [id]: value });
        }}
      />
      <SaveBar
        problem={problem}
        busy={busy}
        onSave={() => void save()}
        onConfirm={() => void save(problem?.issues.map((one) => `${one.path}:${one.code}`))}
        label="保存，下一位"
      />
    </div>
  );
}
