import { latestDayOf } from '#capabilities/follow-up/domain/plan-follow-up-task.ts';
import { underRows } from '#kernel/dated.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { parsePlainDate } from '#kernel/plain-date.ts';
import { applyVisit, withReadings } from './apply-visit-on-phone.ts';
import { bookOf, type DefinitionBook } from './definition-book.ts';
import type { FieldOperation, FieldOperationBodies, FieldOperationKind } from './field-operation.ts';
import { completeDocument, type PersonDocument } from './person-document.ts';
import { addReferral, stepOnPhone } from './referrals-on-phone.ts';
import { refusalsAfter, unanswered } from './refusals-to-ask.ts';

type Apply<K extends FieldOperationKind> = (
  person: PersonDocument | undefined,
  body: FieldOperationBodies[K],
  operation: FieldOperation,
  book: ReadBook,
) => PersonDocument | undefined;

/** What a phone reads an operation by. */
export type ReadBook = Pick<DefinitionBook, 'rows' | 'edition'>;

/** What each operation does to the person as the phone shows them until the server has answered. */
const appliers: { readonly [K in FieldOperationKind]: Apply<K> } = {
  'visit.record': (person, body, _operation, book) => person && applyVisit(person, body, book),
  'visit.photo': (person) => person,
  'resident.register': (person, body, { residentId }) => person ?? newPerson(residentId, body),
  'record.file': (person, body) => person && fileOn(person, body),
  'task.close': (person, body) =>
    person && {
      ...person,
      tasks: person.tasks.map((task) =>
        task.id === body.taskId
          ? {
              ...task,
              dueOn: body.nextDueOn,
              latestOn: latestDayOf(task.kind, body.nextDueOn),
              reason: body.note,
            }
          : task,
      ),
    },
  'resident.enroll': (person, body) =>
    person?.programs.every((one) => one.program !== body.program)
      ? {
          ...person,
          refusals: unanswered(person.refusals, body.program),
          programs: [
            ...person.programs,
            {
              program: body.program,
              enrollmentId: body.enrollmentId,
              version: 1,
              enrolledOn: body.enrolledOn,
              diagnosedOn: body.diagnosedOn ?? null,
              classes: [],
              lastVisitOn: null,
              last: null,
            },
          ],
        }
      : person,
  'enrollment.close': (person, body) => {
    if (!person) return undefined;
    const gone = { dead: 'dead', moved: 'moved', lost: 'lost' } as const;
    const status = body.reason in gone ? gone[body.reason as keyof typeof gone] : undefined;
    return {
      ...person,
      programs: person.programs.filter((one) => one.enrollmentId !== body.enrollmentId),
      tasks: person.tasks.filter((one) => one.enrollmentId !== body.enrollmentId),
      refusals: refusalsAfter(person, body),
      ...(status ? { status, statusOn: body.closedOn } : {}),
    };
  },
  'contact.attempt': (person, { onDay: on, means }) =>
    person && { ...person, attempts: [{ on, means, isLocal: true as const }, ...person.attempts] },
  'referral.send': (person, body) => person && addReferral(person, body),
  'referral.step': (person, body) => person && stepOnPhone(person, body),
  'person.edit': (person, body) => person && edit(person, body.changes),
  'conflict.resolve': (person, body) => {
    const conflict = person?.conflicts.find((one) => one.id === body.conflictId);
    if (!person || !conflict) return person;
    const conflicts = person.conflicts.filter((one) => one.id !== conflict.id);
    const decided = { ...person, conflicts };
    return body.choose === 'kept'
      ? decided
      : edit(decided, [{ field: conflict.field, to: conflict.offered }]);
  },
};

/**
 * The person as this operation leaves them on the phone, by the numbers and editions it holds. What was typed by an older app, or does
 * not fit what the phone holds, changes nothing here: the server judges it, and it is shown among what waits.
 */
export function applyOnPhone(
  person: PersonDocument | undefined,
  operation: FieldOperation,
  book: ReadBook = bookOf(undefined),
): PersonDocument | undefined {
  const apply = appliers[operation.kind] as Apply<FieldOperationKind> | undefined;
  try {
    return apply ? underRows(book.rows, () => apply(person, operation.body, operation, book)) : person;
  } catch {
    return person;
  }
}

function newPerson(id: string, body: FieldOperationBodies['resident.register']): PersonDocument {
  const { idNo, ...information } = body.answers as FormAnswers & { readonly idNo?: string };
  const sex = String(information.gender ?? '9');
  return {
    ...completeDocument({
      id,
      name: String(information.name ?? ''),
      sex: sex === '1' || sex === '2' || sex === '0' ? sex : '9',
      birthDate:
        parsePlainDate(String(information.birthDate ?? '')) ?? ('1900-01-01' as PersonDocument['birthDate']),
      idTail: idNo ? idNo.slice(-6) : null,
      phone: typeof information.phone === 'string' ? information.phone : null,
      organizationId: body.organizationId,
      information,
    }),
    isLocal: true,
  };
}

function fileOn(person: PersonDocument, body: FieldOperationBodies['record.file']): PersonDocument {
  const on = dayOfForm(body.answers);
  if (!on) return person;
  const visit = { on, form: body.form, mode: null, formClass: null, by: '本机', isLocal: true as const };
  return withReadings({ ...person, visits: [visit, ...person.visits] }, on, body.answers);
}

/** Forms name the day of filling differently. */
function dayOfForm(answers: FormAnswers): PersonDocument['birthDate'] | undefined {
  for (const field of ['visitDate', 'screenDate', 'measureDate', 'examDate', 'fillDate', 'date']) {
    const day = typeof answers[field] === 'string' ? parsePlainDate(answers[field]) : undefined;
    if (day) return day;
  }
  return undefined;
}

function edit(
  person: PersonDocument,
  changes: readonly { readonly field: string; readonly to: unknown }[],
): PersonDocument {
  const information: Record<string, unknown> = { ...person.information };
  for (const { field, to } of changes) {
    if (to === null || to === undefined || to === '') delete information[field];
    else information[field] = to;
  }
  const { name, phone } = information;
  return {
    ...person,
    information: information as FormAnswers,
    name: typeof name === 'string' ? name : person.name,
    phone: typeof phone === 'string' ? phone : null,
  };
}
