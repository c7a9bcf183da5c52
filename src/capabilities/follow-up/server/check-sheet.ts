import type { Transaction } from 'kysely';
import { sealQuestionsOf } from '#capabilities/records/server/public.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { checkFollowUp } from '../domain/check-follow-up.ts';
import { followUpPrograms } from '../domain/follow-up-programs.ts';
import type { FollowUpEvaluation } from '../domain/sheet-evaluation.ts';
import { classesBefore, type FollowUpCase } from './load-follow-up-case.ts';
import { readStory, type Story } from './read-story.ts';
import type { SheetInput } from './sheet-input.ts';

/** A sheet that was read against its form, the person's story and the rules. */
export interface CheckedSheet {
  readonly input: SheetInput;
  readonly form: string;
  readonly person: FollowUpCase;
  readonly year: Story['year'];
  readonly answers: FormAnswers;
  /** Undefined while the sheet has no valid day; then there is an error. */
  readonly visitOn: PlainDate | undefined;
  readonly evaluation: FollowUpEvaluation;
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
}

/**
 * Reads a sheet: locks the person's programme record, validates the answers, puts the rules to them and looks at the
 * person's story, unless it was read before. What is wrong is listed; only an unknown form or person is refused here.
 */
export async function checkSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SheetInput,
  read?: Story,
): Promise<CheckedSheet | Refused> {
  const program = followUpPrograms[input.program];
  const { form } = program.edition;
  const story = read ?? (await readStory(tx, actor, input));
  const { edition, person } = story;
  if (!edition) {
    const message = '服务器不认识这个版本的表单，请刷新页面。';
    return refused('invalid-input', { issues: [{ path: 'formEdition', code: 'unknown-edition', message }] });
  }
  sealQuestionsOf(tx, edition);
  if (!person)
    return (await isInScope(tx, actor, input.residentId)) ? refused('not-enrolled') : refused('not-found');
  const validation = validateAnswers(edition, input.answers, {
    today: input.today,
    ageYears: ageInYears(person.birth_date, input.today),
    sex: person.sex,
  });
  const { answers } = validation;
  const visitOn = answers.visitDate as PlainDate | undefined;
  const evaluation = program.evaluate(
    edition,
    answers,
    {
      birthDate: person.birth_date,
      previousClasses: visitOn ? classesBefore(person.recent, visitOn) : [],
      grade: person.grade ?? undefined,
      lastAnswers: visitOn ? person.recent.find((r) => r.occurred_on < visitOn)?.answers : undefined,
    },
    input.today,
  );
  const doubts =
    visitOn === undefined
      ? { errors: [], warnings: [] }
      : checkFollowUp({
          program: input.program,
          answers,
          evaluation,
          enrolledOn: person.enrolled_on,
          closedOn: person.closed_on,
          diedOn: person.died_on,
          birthDate: person.birth_date,
          sameDayBy: person.recent.filter((r) => r.occurred_on === visitOn).map((r) => r.recorded_by),
          laterThanRuleReason: input.laterThanRuleReason,
        });
  return {
    input,
    form,
    person,
    year: story.year,
    answers,
    visitOn,
    evaluation,
    errors: [...validation.errors, ...doubts.errors],
    warnings: [...validation.warnings, ...doubts.warnings],
  };
}

async function isInScope(tx: Transaction<Tables>, actor: Actor, residentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('resident')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  return row !== undefined;
}
