import { useCallback, useEffect, useMemo, useState } from 'react';
import { type JudgedVisit, judgeVisitEntry } from '#capabilities/follow-up/domain/judge-visit-entry.ts';
import { verdictsOf } from '#capabilities/follow-up/domain/verdicts-of.ts';
import {
  enterVisit,
  unansweredSteady,
  type VisitEntry,
  type VisitEvent,
} from '#capabilities/follow-up/domain/visit-entry.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { underRows } from '#kernel/dated.ts';
import { meets } from '#kernel/form-condition.ts';
import { numberShapeOf, type PadKey } from '#kernel/number-entry.ts';
import { ageInYears } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { BottomSheet, FieldButton } from '#platform/browser/field/controls.tsx';
import { FieldForm } from '#platform/browser/field/field-form.tsx';
import { goTo } from '#platform/browser/field/navigation.tsx';
import { NumberPad } from '#platform/browser/field/number-pad.tsx';
import { currentMedicines } from '../domain/current-medicines.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { type PhoneVisitStart, visitOperation } from '../domain/start-phone-visit.ts';
import { CrisisCover } from './crisis-cover.tsx';
import { EditionLine, EditionNotes, LeftOut } from './edition-line.tsx';
import { InnerFrame } from './field-frame.tsx';
import { VisitMedicineWarnings } from './medicine-warnings.tsx';
import { usePhone, usePhoneToday } from './phone-context.tsx';
import { saveInPlace } from './replace-refused.ts';
import type { DefinitionBook } from './use-definitions.ts';
import type { useKeptDraft } from './use-kept-draft.ts';
import { useMedicineShelf } from './use-medicine-shelf.ts';
import { VisitBand } from './visit-band.tsx';
import { VisitBoxes, VisitHead } from './visit-boxes.tsx';
import { isMedicineRows, VisitMedicines } from './visit-medicines.tsx';
import { useVisitPhoto, VisitPhotoField } from './visit-photo.tsx';
import { whyNotSaved } from './why-not-saved.ts';

interface VisitFormProps {
  readonly person: PersonDocument;
  readonly start: PhoneVisitStart;
  readonly book: DefinitionBook;
  readonly entry: VisitEntry;
  readonly change: (next: (old: VisitEntry) => VisitEntry) => void;
  readonly saveWith: ReturnType<typeof useKeptDraft>['saveWith'];
  /** The refused operation this form mends. */
  readonly mended: string | undefined;
  /** The refused operation this form takes the place of, on a newer edition. */
  readonly replaced: string | undefined;
  readonly wasKept: boolean;
}

/** Numbers on the pad first, what the rules say at once, then what is left to look at. */
export function VisitForm(props: VisitFormProps) {
  const { person, start, book, entry, change } = props;
  const { frame } = start;
  const editions = frame.merged.parts.map((part) => part.edition);
  const { store } = usePhone();
  const today = usePhoneToday();
  const [asking, setAsking] = useState(false);
  const [wantsAll, setWantsAll] = useState(false);
  const [failure, setFailure] = useState<string>();
  const hand = useVisitPhoto(props.mended ?? person.id, entry.ids.visitId);
  const refusal = useRefusal(props.mended, frame.merged);
  const judged = useMemo(
    () => underRows(book.rows, () => judgeVisitEntry(frame.merged, entry, start.person, today)),
    [frame, entry, start, today, book],
  );
  const send = useCallback(
    (event: VisitEvent) => change((old) => enterVisit(old, event, frame)),
    [change, frame],
  );
  const subject = { ageYears: ageInYears(person.birthDate, today), sex: person.sex };
  const errors = judged.errors;
  const shelf = useMedicineShelf(book, today);
  const taken = useMemo(() => currentMedicines(person).medicines, [person]);

  const save = async () => {
    setFailure(undefined);
    performance.mark('visit-save-start');
    const said = judged.reading.sheets.flatMap(({ program, evaluation }) =>
      verdictsOf(evaluation).map(({ ruleId, edition, outcome }) => ({ program, ruleId, edition, outcome })),
    );
    const made = book.made(entry.begun?.on ?? today, said);
    const operation = visitOperation(person.id, entry, judged.reading.sheets, judged.toConfirm, frame, made);
    const { mended, replaced } = props;
    let isPhotoLost = false;
    const result = await props.saveWith(operation.operationId, async (drafts) => {
      const { leftOut } = entry;
      if (replaced) return saveInPlace(store, { replaced, operation, drafts, editions, leftOut });
      if (mended) return store.resolve(mended, { kind: 'replace', body: operation.body }, drafts);
      const attached = hand.attached(person.id);
      const whole = await store.save(operation, [...drafts, ...hand.done], attached);
      isPhotoLost = attached !== undefined && whole.kind === 'refused' && whole.reason === 'storage-full';
      // The visit comes first: where there is no room for both, it is kept alone.
      return isPhotoLost ? store.save(operation, [...drafts, ...hand.done]) : whole;
    });
    performance.measure('visit-save', 'visit-save-start');
    if (result.kind === 'refused') {
      setAsking(false);
      return setFailure(whyNotSaved(result, true));
    }
    goTo(`/people/${person.id}?saved=${operation.operationId}${isPhotoLost ? '&photo=lost' : ''}`, 'replace');
  };
  const trySave = () => {
    if (errors.length > 0) {
      setWantsAll(true);
      send({ kind: 'close-pad' });
      scrollToFirst(errors);
    } else if (judged.warnings.length > 0) setAsking(true);
    else void save();
  };

  const box = frame.boxes.find((one) => one.id === entry.box);
  const shape = box && numberShapeOf(box);
  const onKey = useCallback((key: PadKey) => send({ kind: 'key', key }), [send]);
  return (
    <>
      <InnerFrame
        title={`${person.name} · 随访`}
        back={`/people/${person.id}`}
        action={
          box ? undefined : (
            <FieldButton kind="main" onClick={trySave}>
              {errors.length > 0 ? `还差 ${errors.length} 项` : props.mended ? '重新保存' : '保存'}
            </FieldButton>
          )
        }
      >
        <VisitHead person={person} entry={entry} wasKept={props.wasKept} onChange={send} />
        <EditionNotes editions={editions} book={book} today={today} draft={entry} />
        {props.replaced && <LeftOut lines={entry.leftOut ?? []} />}
        {refusal.length > 0 && (
          <div className="f-note" data-state="crisis" role="alert">
            {refusal.map((issue) => (
              <div key={issue.path + issue.code}>{issue.message}</div>
            ))}
          </div>
        )}
        {failure && (
          <div className="f-note" data-state="crisis" role="alert">
            {failure}
          </div>
        )}
        <VisitBoxes
          frame={frame}
          entry={entry}
          judged={judged}
          onOpen={(id) => send({ kind: 'open-box', box: id })}
        />
        <VisitBand
          frame={frame}
          entry={entry}
          judged={judged}
          onChange={send}
          onNeeded={() => {
            setWantsAll(true);
            send({ kind: 'close-pad' });
            scrollToFirst(errors);
          }}
        />
        {judged.needsLaterReason && (
          <label className="f-card f-field">
            <span className="f-label" data-required="true">
              晚于规则的理由
            </span>
            <input
              className="f-input"
              maxLength={200}
              value={entry.laterReason}
              onChange={(event) => send({ kind: 'later-reason', text: event.target.value })}
            />
          </label>
        )}
        <FieldForm
          edition={frame.merged.edition}
          answers={judged.reading.shown}
          subject={subject}
          issues={judged}
          taken={takenNow(start, entry)}
          only={(field) => !frame.boxes.some((one) => one.id === field.id)}
          open={(groupId) => wantsAll && hasError(frame, groupId, errors, judged, subject)}
          onChange={(id, value) => send({ kind: 'answer', id, value })}
          inputOf={(field, value, onChange) =>
            isMedicineRows(field) ? (
              <>
                <VisitMedicines {...{ field, value, shelf, taken, onChange }} />
                {entry.touched.includes(field.id) && (
                  <VisitMedicineWarnings {...{ person, book, today }} answers={judged.reading.shown} />
                )}
              </>
            ) : undefined
          }
        />
        {!props.mended && !props.replaced && <VisitPhotoField hand={hand} />}
        <EditionLine editions={editions} />
        {box && <div style={{ height: 220 }} />}
      </InnerFrame>
      {box && shape && (
        <NumberPad
          hasPoint={shape.places > 0}
          onKey={onKey}
          side={[
            { label: '收起', onPress: () => send({ kind: 'close-pad' }) },
            { label: '下一项', onPress: () => send({ kind: 'next-box' }) },
            unansweredSteady(entry, frame).length > 0
              ? { label: '同上次', onPress: () => send({ kind: 'same-as-last' }) }
              : undefined,
            { label: '保存', kind: 'main', onPress: trySave, disabled: errors.length > 0 },
          ]}
        />
      )}
      <CrisisCover person={person} judged={judged} isTyping={isMidReading(entry)} onChange={send} />
      {asking && (
        <BottomSheet title="请核对" onClose={() => setAsking(false)}>
          <ul style={{ margin: 0, paddingLeft: 20 }}>
            {judged.warnings.map((issue) => (
              <li key={issue.path + issue.code}>{issue.message}</li>
            ))}
          </ul>
          <FieldButton kind="main" onClick={() => void save()}>
            已核对，确认保存
          </FieldButton>
        </BottomSheet>
      )}
    </>
  );
}

/** A number half typed, or the second of a pressure still to come. */
function isMidReading(entry: VisitEntry): boolean {
  return entry.typed !== '' || (entry.box === 'dbp' && entry.answers.dbp === undefined);
}

/** What the server said of a refused visit, placed on this screen. */
function useRefusal(
  operationId: string | undefined,
  merged: PhoneVisitStart['frame']['merged'],
): readonly FieldIssue[] {
  const { store } = usePhone();
  const [issues, setIssues] = useState<readonly FieldIssue[]>([]);
  useEffect(() => {
    const found = store.needsYou().find((one) => one.operation.operationId === operationId);
    const problem = found?.problem;
    if (!problem) return;
    const placed = (problem.issues ?? []).map((issue) => {
      const [program, path] = issue.path.split('/');
      const part = merged.parts.find((one) => one.program === program);
      return part && path !== undefined ? { ...issue, path: merged.pathOf(part.program, path) } : issue;
    });
    const said =
      placed.length > 0
        ? placed
        : [{ path: '', code: problem.code, message: `${problem.title}。${problem.detail}` }];
    setIssues([...said, ...leftOut(found.operation, merged)]);
  }, [store, operationId, merged]);
  return issues;
}

/** Diseases the visit was typed for whose management has ended: their sheets do not go with what is saved now. */
function leftOut(
  operation: FieldOperation,
  merged: PhoneVisitStart['frame']['merged'],
): readonly FieldIssue[] {
  if (operation.kind !== 'visit.record') return [];
  const ended = operation.body.sheets
    .map((sheet) => sheet.program)
    .filter((program) => !merged.parts.some((part) => part.program === program));
  if (ended.length === 0) return [];
  const names = ended.map((program) => programLabels[program]).join('、');
  const message = `${names}已不在管理中，重新保存不含这张表；原来填写的留在服务器上。`;
  return [{ path: '', code: 'left-out', message }];
}

function takenNow(start: PhoneVisitStart, entry: VisitEntry): ReadonlySet<string> {
  return new Set([...start.taken].filter((id) => !entry.touched.includes(id)));
}

function hasError(
  frame: PhoneVisitStart['frame'],
  groupId: string,
  errors: readonly FieldIssue[],
  judged: JudgedVisit,
  subject: { ageYears: number; sex: string },
): boolean {
  const group = frame.merged.edition.groups.find((one) => one.id === groupId);
  return (group?.fields ?? []).some(
    (field) =>
      (field.visible === undefined || meets(field.visible, judged.reading.shown, subject)) &&
      errors.some((issue) => issue.path === field.id || issue.path.startsWith(`${field.id}.`)),
  );
}

function scrollToFirst(errors: readonly FieldIssue[]): void {
  setTimeout(() => {
    const places = errors.map((issue) => issue.path.split('.')[0] ?? '');
    const at = document.querySelector(places.map((id) => `[data-field="${CSS.escape(id)}"]`).join(','));
    at?.scrollIntoView({ block: 'center' });
  }, 60);
}
