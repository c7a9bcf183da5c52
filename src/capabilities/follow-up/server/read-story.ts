import type { RawBuilder, Transaction } from 'kysely';
import {
  hypertensionCount,
  type ManagementCase,
  type ManagementCaseRow,
  selectManagementCases,
  toManagementCase,
  yearOf,
} from '#capabilities/indicators/server/public.ts';
import { namedEdition, selectNamedEdition } from '#capabilities/records/server/public.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { readTogether } from '#platform/server/database/with-scope.ts';
import { followUpPrograms } from '../domain/follow-up-programs.ts';
import { type FollowUpCase, lockProgramRecord, selectCase } from './load-follow-up-case.ts';
import type { SheetInput } from './sheet-input.ts';

/** What is known of a person and their sheet before it is saved; their record is locked until the transaction ends. */
export interface Story {
  readonly person: FollowUpCase | undefined;
  /** The edition the sheet names; undefined when nobody here has it. */
  readonly edition: FormEdition | undefined;
  /** The facts of the year the sheet says it is of, where the programme's years are counted. */
  readonly year: { readonly of: number; readonly facts: ManagementCase | undefined } | undefined;
}

/** The statements that lock the person's record and read the story, in order; they may travel with others. */
export function storyStatements(actor: Actor, input: SheetInput): RawBuilder<unknown>[] {
  const { countyId } = actor;
  const { residentId, program, correction } = input;
  const { form } = followUpPrograms[program].edition;
  const year = countedYear(input);
  return [
    lockProgramRecord({ countyId, residentId, program }),
    selectCase({
      countyId,
      residentId,
      program,
      form,
      ...(correction ? { excludeRecordId: correction.supersedesId } : {}),
    }),
    selectNamedEdition({ countyId, form, edition: input.formEdition }),
    ...(year === undefined
      ? []
      : [selectManagementCases({ countyId, count: hypertensionCount, year, residentIds: [residentId] })]),
  ];
}

/** Understands what `storyStatements` answered. */
export function storyOf(input: SheetInput, answers: readonly (readonly unknown[])[]): Story {
  const [, cases, named, years] = answers;
  const year = countedYear(input);
  const row = years?.[0] as ManagementCaseRow | undefined;
  const { form } = followUpPrograms[input.program].edition;
  return {
    edition: namedEdition({ form, edition: input.formEdition }, named ?? []),
    person: cases?.[0] as FollowUpCase | undefined,
    year:
      year === undefined ? undefined : { of: year, facts: row && toManagementCase(row, year, input.today) },
  };
}

/** Locks the person's record and reads the story, in one round trip. */
export async function readStory(tx: Transaction<Tables>, actor: Actor, input: SheetInput): Promise<Story> {
  return storyOf(input, await readTogether(tx, storyStatements(actor, input)));
}

/** The year a new hypertension sheet says it is of, not yet validated; a correction may touch two and reads them later. */
function countedYear(input: SheetInput): number | undefined {
  if (input.program !== 'hypertension' || input.correction) return undefined;
  const said = (input.answers as { visitDate?: unknown } | null | undefined)?.visitDate;
  return typeof said === 'string' && /^(19|20)\d\d-\d\d-\d\d$/.test(said)
    ? yearOf(said as PlainDate)
    : undefined;
}
