import { lazy, Suspense, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { refusalWords } from '#capabilities/closing/domain/closing-words.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { FieldButton, FieldTag } from '#platform/browser/field/controls.tsx';
import type { PersonDocument, PhoneConflict, PhoneRefusal } from '../domain/person-document.ts';
import { refusalsToAsk } from '../domain/refusals-to-ask.ts';
import { formTitleOf } from './form-titles.ts';
import { informationLabelOf } from './information-labels.ts';
import { usePhone } from './phone-context.tsx';
import { waitWords } from './wait-words.ts';

/** The engine and its rules come after the first paint of the person. */
const MedicineWarnings = lazy(async () => ({
  default: (await import('./medicine-warnings.tsx')).MedicineWarnings,
}));
const DueExaminations = lazy(async () => ({
  default: (await import('./due-examinations.tsx')).DueExaminations,
}));

/** What about a person asks for a look: open tasks, last classes, examinations that are due, a refusal to ask about again, two versions of a field, a visit filed twice. */
export function PersonAttention({ person, today }: { person: PersonDocument; today: PlainDate }) {
  return (
    <>
      {person.tasks.length > 0 && (
        <section className="f-card">
          <h2>应随访</h2>
          {person.tasks.map((task) => (
            <div key={task.id} className="f-small" style={{ padding: '3px 0' }}>
              <span className="f-row">
                <b>{programLabels[task.program]}</b>
                <FieldTag
                  state={task.kind === 'crisis' ? 'crisis' : task.latestOn < today ? 'late' : 'plain'}
                >
                  {task.latestOn < today ? '逾期' : '应于'} {task.dueOn}
                </FieldTag>
                {lastClass(person, task.program)}
              </span>
              <span className="f-soft">{task.reason}</span>
            </div>
          ))}
        </section>
      )}
      {refusalsToAsk(person, today).map((one) => (
        <RefusalCard key={one.program ?? 'all'} refusal={one} today={today} />
      ))}
      <Suspense fallback={null}>
        <MedicineWarnings person={person} today={today} />
        <DueExaminations person={person} today={today} />
      </Suspense>
      {person.conflicts.map((conflict) => (
        <ConflictCard key={conflict.id} conflict={conflict} residentId={person.id} />
      ))}
      {person.likelyDuplicates.map((twice) => (
        <div key={twice.form + twice.on} className="f-note" data-state="late">
          {twice.on} 有 {twice.recordIds.length} 份{formTitleOf(twice.form)}（{twice.by.join('、')}
          ），可能是同一次。两份都保留；如属重复，请卫生院在工作台更正。
        </div>
      ))}
    </>
  );
}

/** The day agreed on to ask again has come; what they say now is written down on the workbench. */
function RefusalCard({ refusal, today }: { refusal: PhoneRefusal; today: PlainDate }) {
  const { program, on, reviewOn, note } = refusal;
  const isLate = reviewOn < today;
  return (
    <section className="f-card" aria-label="再次征询">
      <h2>再次征询</h2>
      <span className="f-row">
        <b>{refusalWords(program)}</b>
        <FieldTag state={isLate ? 'late' : 'recheck'}>
          {isLate ? `逾期 ${waitWords(reviewOn, today)}` : '今天'}
        </FieldTag>
      </span>
      <div>{note}</div>
      <div className="f-small f-soft">
        {on} 拒绝，应于 {reviewOn} 再问。愿意的请在工作台重新纳入，仍拒绝的再记一次。
      </div>
    </section>
  );
}

function lastClass(person: PersonDocument, program: PersonDocument['tasks'][number]['program']) {
  const code = person.programs.find((one) => one.program === program)?.classes[0];
  return code ? <span className="f-soft">上次{followUpClassLabels[code]}</span> : null;
}

/** Two people changed one field to different values: both are shown, one is chosen. */
export function ConflictCard({ conflict, residentId }: { conflict: PhoneConflict; residentId: string }) {
  const { store } = usePhone();
  const [failure, setFailure] = useState<string>();
  const choose = async (which: 'kept' | 'offered') => {
    const result = await store.save({
      operationId: uuidv7(),
      kind: 'conflict.resolve',
      residentId,
      body: { conflictId: conflict.id, choose: which },
    });
    if (result.kind === 'refused') setFailure('没有存上，请重试。');
  };
  return (
    <section className="f-note" data-state="late">
      <b>“{informationLabelOf(conflict.field)}”有两个不同的值，请选一个：</b>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 8, marginTop: 8 }}>
        <FieldButton kind="quiet" onClick={() => void choose('kept')}>
          {valueText(conflict.kept)}（{conflict.keptBy}）
        </FieldButton>
        <FieldButton kind="quiet" onClick={() => void choose('offered')}>
          {valueText(conflict.offered)}（{conflict.offeredBy}）
        </FieldButton>
      </div>
      {failure && <div className="f-error">{failure}</div>}
    </section>
  );
}

function valueText(value: unknown): string {
  return value === undefined || value === null || value === ''
    ? '（空）'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}
