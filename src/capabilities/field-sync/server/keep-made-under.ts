import { sql, type Transaction } from 'kysely';
import { datedEditions } from '#kernel/choose-edition.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type DifferingVerdict, type MadeUnder, saidClass, saidNextVisit } from '../domain/made-under.ts';
import { isEditionTaken } from '../domain/taken-edition.ts';
import { readFormHeads } from './read-definitions.ts';

/**
 * Refuses a sheet whose edition the server never published, or that ended too long ago; the phone keeps what was typed.
 */
export async function refuseEdition(
  tx: Transaction<Tables>,
  actor: Actor,
  sheet: { readonly form: string; readonly formEdition: string; readonly occurredOn: PlainDate | undefined },
  made: MadeUnder | undefined,
  today: PlainDate,
): Promise<Refused | undefined> {
  const editions = datedEditions(await readFormHeads(tx, actor.countyId, sheet.form));
  const own = editions.find((one) => one.edition === sheet.formEdition);
  if (!own) {
    const name = editions.at(-1)?.title ?? '这张表';
    return refused('unknown-edition', {
      detail: `服务器没有“${name}”的 ${sheet.formEdition} 版。填写的内容都在：请更新应用后原样再传，或点“改用新版填写”按现行版保存。`,
    });
  }
  const days = { occurredOn: sheet.occurredOn, begunOn: made?.begunOn, receivedOn: today };
  if (isEditionTaken(own, days)) return undefined;
  if (editions.every((one) => one.endedOn))
    return refused('edition-ended', {
      detail: `“${own.title}”${own.edition} 版用到 ${own.until} 为止，已停用，没有新版可用；这张表是停用之后才开始填写的。填写的内容都在，原文已留在服务器上，请与卫生院联系。`,
    });
  return refused('edition-ended', {
    detail: `“${own.title}”${own.edition} 版用到 ${own.until} 为止，这张表是之后才开始填写的。填写的内容都在：请点“改用新版填写”，能带入的都会带入，核对后保存。`,
  });
}

/** The day a sheet is about, where its form says it under this name. */
export function dayOfAnswers(answers: FormAnswers, field: string): PlainDate | undefined {
  const day = answers[field];
  return typeof day === 'string' ? parsePlainDate(day) : undefined;
}

/**
 * What a sheet judged by older rules need not be asked again: the doctor chose what the rules on the phone said. The server
 * judges by its own and keeps both.
 */
export function confirmedByOldRules(
  made: MadeUnder | undefined,
  currentSet: string,
  program: string,
  answers: FormAnswers,
): { readonly confirmed: readonly string[]; readonly laterReason: string | undefined } {
  if (!made || made.definitions === currentSet) return { confirmed: [], laterReason: undefined };
  const isAsSaid = saidClass(made, program) === answers.visitClass;
  const planned = saidNextVisit(made, program);
  const chosen = answers.nextVisitDate;
  const isWithin = planned !== undefined && typeof chosen === 'string' && chosen <= planned;
  return {
    confirmed: isAsSaid ? [`${program}/visitClass:differs-from-rule`, `${program}/referralReason:refer`] : [],
    laterReason: isWithin ? `手机按当时的规则约定（${made.definitions.slice(0, 8)}）` : undefined,
  };
}

/** Keeps with a filed sheet what it was typed under, and where the phone's rules had answered otherwise. */
export async function keepMadeUnder(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly recordId: string;
    readonly residentId: string;
    readonly form: string;
    readonly formEdition: string;
    readonly made: MadeUnder;
    readonly said: MadeUnder['said'];
    readonly differing: readonly DifferingVerdict[];
    readonly now: Date;
  },
): Promise<void> {
  const { made } = input;
  const differing = input.differing.length > 0 ? JSON.stringify(input.differing) : null;
  await sql`
    insert into made_under (county_id, record_id, resident_id, org_path, form, form_edition, definition_set, engine,
      begun_on, said, differing, received_at)
    select ${actor.countyId}, ${input.recordId}::uuid, r.id, r.org_path, ${input.form}, ${input.formEdition},
      ${made.definitions}, ${made.engine}::int, ${made.begunOn}::date, ${JSON.stringify(input.said)}::jsonb,
      ${differing}::jsonb, ${input.now}
    from resident r where r.county_id = ${actor.countyId} and r.id = ${input.residentId}::uuid`.execute(tx);
}
