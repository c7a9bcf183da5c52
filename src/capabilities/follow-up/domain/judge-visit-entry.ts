import type { Program } from '#capabilities/residents/domain/program.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { checkFollowUp } from './check-follow-up.ts';
import type { MergedSheet } from './merge-sheets.ts';
import { dayOf } from './read-sheet.ts';
import { readVisit, type VisitReading } from './read-visit.ts';
import type { EvaluationSubject } from './sheet-evaluation.ts';
import type { VisitEntry } from './visit-entry.ts';

/** A programme of the person as the phone knows it. */
export interface PersonProgram {
  readonly program: Program;
  readonly enrolledOn: PlainDate;
  /** What the rules need to know of the person for a visit of this day. */
  readonly subjectOn: (day: PlainDate) => EvaluationSubject;
  /** Who wrote a sheet of this programme on the day of this visit. */
  readonly sameDayBy: (day: string) => readonly string[];
}

/** Who the visit is about. */
export interface VisitPerson {
  readonly birthDate: PlainDate;
  readonly sex: string;
  readonly programs: readonly PersonProgram[];
}

/** A visit as the server will read it: what refuses it, what it asks to confirm, and by which words. */
export interface JudgedVisit {
  readonly reading: VisitReading;
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
  /** What `confirmed` must hold for the warnings shown, as `program/path:code`. */
  readonly toConfirm: readonly string[];
  /** The next visit is later than a rule allows: a reason is asked. */
  readonly needsLaterReason: boolean;
}

/** Puts the same checks to a visit as the server will, so that what is saved offline is not refused in the evening. */
export function judgeVisitEntry(
  merged: MergedSheet,
  entry: VisitEntry,
  person: VisitPerson,
  today: PlainDate,
): JudgedVisit {
  const visitOn = dayOf(entry.answers, today);
  const reading = readVisit({
    merged,
    answers: entry.answers,
    touched: new Set(entry.touched),
    birthDate: person.birthDate,
    subjects: person.programs.map(({ program, subjectOn }) => ({ program, ...subjectOn(visitOn) })),
    subject: { ageYears: ageInYears(person.birthDate, today), sex: person.sex },
    today,
  });
  const errors = [...reading.errors];
  const warnings = [...reading.warnings];
  const toConfirm: string[] = [];
  for (const sheet of reading.sheets) {
    const own = person.programs.find((one) => one.program === sheet.program);
    const story = checkFollowUp({
      program: sheet.program,
      answers: sheet.answers,
      evaluation: sheet.evaluation,
      enrolledOn: own?.enrolledOn ?? today,
      closedOn: null,
      diedOn: null,
      birthDate: person.birthDate,
      sameDayBy: own?.sameDayBy(String(sheet.answers.visitDate ?? '')) ?? [],
      laterThanRuleReason: entry.laterReason,
    });
    const place = (issue: FieldIssue) => ({ ...issue, path: merged.pathOf(sheet.program, issue.path) });
    addNew(errors, story.errors.map(place));
    addNew(warnings, story.warnings.map(place));
    for (const issue of [...sheet.warnings, ...story.warnings])
      toConfirm.push(`${sheet.program}/${issue.path}:${issue.code}`);
  }
  return {
    reading,
    errors,
    warnings,
    toConfirm,
    needsLaterReason: entry.laterReason !== '' || errors.some((issue) => issue.code === 'later-than-rule'),
  };
}

function addNew(list: FieldIssue[], more: readonly FieldIssue[]): void {
  for (const issue of more)
    if (!list.some((one) => one.path === issue.path && one.message === issue.message)) list.push(issue);
}
