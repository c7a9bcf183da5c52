import { sql, type Transaction } from 'kysely';
import { idNoIndex } from '#capabilities/residents/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import type { AddedLine } from '../contract.ts';
import { type PersonLine, readPersonLine } from '../domain/read-person-line.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly org_path: string;
  readonly id_no: string | null;
  readonly archive_no: string;
  readonly status: string;
}

const closedWords: Readonly<Record<string, string>> = {
  dead: '档案已登记死亡，不能体检。',
  moved: '档案已迁出，请先办理迁入。',
  closed: '档案已注销或并入另一份档案。',
  lost: '档案登记为失访，请先办理回归。',
};

/** The identity numbers of a list, as they are looked up across the county. */
export function identitiesOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const read = readPersonLine(line);
    return read?.kind === 'identity' ? [read.idNo] : [];
  });
}

/**
 * Adds the people of a list to an exam day, each with the next number and a laboratory barcode. Every line gets its
 * answer; one that cannot be added holds nobody else up. `holders` names where in the county a number is kept.
 */
export async function addPeople(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { examDayId: string; lines: readonly string[]; holders: ReadonlyMap<string, string>; now: Date },
): Promise<{ items: AddedLine[]; added: number } | Refused> {
  const day = await tx
    .selectFrom('exam_day')
    .select(['status', 'held_on', 'last_number'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.examDayId)
    .forUpdate()
    .executeTakeFirst();
  if (!day) return refused('not-found');
  if (day.status === 'closed') return refused('record-closed', { detail: '体检日已经结束，不能再加人。' });
  const read = input.lines.map((text, index) => ({ line: index + 1, text, read: readPersonLine(text) }));
  const people = await findPeople(
    tx,
    actor.countyId,
    read.map((one) => one.read),
  );
  const numbers = await numbersOf(tx, actor.countyId, input.examDayId);
  const seen = new Set<string>();
  const fresh: { person: Person; number: number }[] = [];
  let last = day.last_number;
  const items = read.flatMap(({ line, text, read: what }): AddedLine[] => {
    if (what === undefined) return [];
    const blank = { line, text: text.slice(0, 60), residentId: null, name: null, number: null, idNo: null };
    if (what.kind === 'invalid') return [{ ...blank, state: 'invalid', message: what.message }];
    const person = people.get(what.kind === 'identity' ? what.idNo : what.archiveNo);
    if (!person) return [{ ...blank, ...explainUnknown(what, input.holders) }];
    const known = { ...blank, residentId: person.id, name: person.name };
    if (person.status !== 'active')
      return [{ ...known, state: 'closed', message: closedWords[person.status] ?? '档案不在管。' }];
    if (seen.has(person.id))
      return [{ ...known, state: 'repeated', message: '与名单中前面的一行是同一人。' }];
    seen.add(person.id);
    const held = numbers.get(person.id);
    if (held !== undefined)
      return [{ ...known, state: 'already', number: held, message: `已在名单中，${held} 号。` }];
    last += 1;
    fresh.push({ person, number: last });
    return [{ ...known, state: 'added', number: last, message: `已加入，${last} 号。` }];
  });
  await insertPeople(tx, actor, { ...input, heldOn: day.held_on }, fresh);
  if (fresh.length > 0)
    await tx
      .updateTable('exam_day')
      .set({ last_number: last })
      .where('county_id', '=', actor.countyId)
      .where('id', '=', input.examDayId)
      .execute();
  await recordAudit(tx, actor, {
    action: 'exam-day.add-people',
    subject: input.examDayId,
    detail: { lines: items.length, added: fresh.length },
    now: input.now,
  });
  return { items, added: fresh.length };
}

function explainUnknown(
  what: Exclude<PersonLine, { kind: 'invalid' }>,
  holders: ReadonlyMap<string, string>,
): Pick<AddedLine, 'state' | 'message' | 'idNo'> {
  if (what.kind === 'archive')
    return { state: 'unknown', message: '没有这个档案编码，或不在您的管理范围。', idNo: null };
  const holder = holders.get(what.idNo);
  return holder === undefined
    ? { state: 'unknown', message: '本县没有此人的档案，请先建档。', idNo: what.idNo }
    : { state: 'elsewhere', message: `已在“${holder}”建档，不在您的管理范围。`, idNo: null };
}

async function findPeople(
  tx: Transaction<Tables>,
  countyId: string,
  lines: readonly (PersonLine | undefined)[],
): Promise<Map<string, Person>> {
  const idNos = lines.flatMap((one) => (one?.kind === 'identity' ? [one.idNo] : []));
  const archives = lines.flatMap((one) => (one?.kind === 'archive' ? [one.archiveNo] : []));
  const { rows } = await sql<Person>`
    select id, name, org_path, id_no, archive_no, status from resident
    where county_id = ${countyId} and id_type = '01'
      and id_no_index = any(${idNos.map((one) => idNoIndex(sealsOf(tx), '01', one))}::bytea[])
    union
    select id, name, org_path, id_no, archive_no, status from resident
    where county_id = ${countyId} and archive_no = any(${archives}::text[])`.execute(tx);
  return new Map(
    rows.flatMap((row) => [
      [row.archive_no, row] as const,
      ...(row.id_no === null ? [] : [[row.id_no, row] as const]),
    ]),
  );
}

async function numbersOf(tx: Transaction<Tables>, countyId: string, examDayId: string) {
  const rows = await tx
    .selectFrom('exam_person')
    .select(['resident_id', 'number'])
    .where('county_id', '=', countyId)
    .where('exam_day_id', '=', examDayId)
    .execute();
  return new Map(rows.map((row) => [row.resident_id, row.number]));
}

/** Day, six signs of the exam day's id and the number: unique in the county, short enough for a tube. */
function barcodeOf(heldOn: string, examDayId: string, number: number): string {
  const day = heldOn.replaceAll('-', '').slice(2);
  return `${day}${examDayId.slice(-6).toUpperCase()}${String(number).padStart(4, '0')}`;
}

async function insertPeople(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { examDayId: string; heldOn: string; now: Date },
  fresh: readonly { person: Person; number: number }[],
): Promise<void> {
  if (fresh.length === 0) return;
  await tx
    .insertInto('exam_person')
    .values(
      fresh.map(({ person, number }) => ({
        county_id: actor.countyId,
        exam_day_id: input.examDayId,
        resident_id: person.id,
        org_path: person.org_path,
        number,
        barcode: barcodeOf(input.heldOn, input.examDayId, number),
        added_at: input.now,
        added_by: actor.staffId,
      })),
    )
    .execute();
}
