import { runWorkbookReader } from '#capabilities/exchange/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  findLaboratoryHeader,
  type LaboratoryLine,
  type LaboratoryRow,
  readLaboratoryRows,
} from '../domain/read-laboratory-rows.ts';
import { readPersonLine } from '../domain/read-person-line.ts';
import { checkupEdition, findExamResident, readExamPerson } from './read-exam-people.ts';
import { appendSection } from './save-section.ts';

/** At most this many rows of a result list are taken at once. */
const mostRows = 1000;

/** Rows beyond the limit must not be left out unseen. */
const tooLong = () =>
  refused('unsupported-file', { detail: `一次最多 ${mostRows} 行，没有导入；请分成几个文件。` });

/** A running number is not the exam day's number by itself: somebody else's results would be filed. */
const isRunningNumber = (key: string) => /^\d{1,5}$/.test(key);

interface ImportInput {
  readonly operationId: string;
  readonly examDayId: string;
  readonly bytes: Uint8Array;
  readonly today: PlainDate;
  readonly now: Date;
}
interface RowAnswer {
  readonly row: number;
  readonly text: string;
  readonly saved: boolean;
  readonly message: string;
}

/** Reads the lines of a people list out of a workbook: the first cell of each row that holds a number. */
export async function readPeopleLines(bytes: Uint8Array): Promise<{ lines: string[] } | Refused> {
  const read = await runWorkbookReader(bytes, () => undefined);
  if (read.kind === 'refused') return refused('unsupported-file', { detail: read.message });
  if (read.rows.length > mostRows) return tooLong();
  const lines = read.rows.flatMap((row) => {
    const hit = row.cells.find((cell) =>
      ['identity', 'archive'].includes(readPersonLine(cell.text)?.kind ?? ''),
    );
    const suspect = row.cells.find((cell) => /\d{14}|e\+\d/i.test(cell.text));
    return hit ? [hit.text] : suspect ? [suspect.text] : [];
  });
  return { lines };
}

/**
 * Takes laboratory results by barcode out of a workbook read in the limited child process. Each row stands for itself: a
 * good one is saved as a section of the laboratory, a bad one is answered with what is wrong. A replay saves nothing twice.
 */
export async function importResults(
  database: Database,
  actor: Actor,
  input: ImportInput,
): Promise<{ saved: number; rows: RowAnswer[] } | Refused> {
  const known = await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
    tx
      .selectFrom('exam_day')
      .select('status')
      .where('county_id', '=', actor.countyId)
      .where('id', '=', input.examDayId)
      .executeTakeFirst(),
  );
  if (!known) return refused('not-found');
  const read = await runWorkbookReader(input.bytes, () => undefined);
  if (read.kind === 'refused') return refused('unsupported-file', { detail: read.message });
  if (read.rows.length > mostRows) return tooLong();
  const rows: readonly LaboratoryRow[] = read.rows;
  const header = findLaboratoryHeader(checkupEdition, rows);
  if (!header) return refused('unsupported-file', { detail: '没有找到“条码”列和化验项目列，请核对表头。' });
  if (header.foreignUnits.length > 0)
    return refused('unsupported-file', {
      detail: `“${header.foreignUnits.join('”“')}”的单位与体检表不同，没有导入；请让检验科按体检表的单位导出。`,
    });
  const lines = readLaboratoryRows(rows, header);
  const operation = {
    operationId: input.operationId,
    kind: 'exam-day.laboratory',
    body: { examDayId: input.examDayId, lines },
    now: input.now,
  };
  return onceOnly(database, actor, operation, async (tx) => {
    const answers: RowAnswer[] = [];
    for (const line of lines) answers.push(await takeLine(tx, actor, input, line));
    const saved = answers.filter((one) => one.saved).length;
    await recordAudit(tx, actor, {
      action: 'exam-day.laboratory',
      subject: input.examDayId,
      detail: { rows: answers.length, saved },
      now: input.now,
    });
    return { saved, rows: answers };
  });
}

async function takeLine(
  tx: Parameters<typeof appendSection>[0],
  actor: Actor,
  input: ImportInput,
  line: LaboratoryLine,
): Promise<RowAnswer> {
  const answer = (saved: boolean, message: string) => ({
    row: line.rowNo,
    text: line.key.slice(0, 40),
    saved,
    message,
  });
  if (line.kind === 'invalid') return answer(false, line.message);
  const where = { countyId: actor.countyId, examDayId: input.examDayId };
  const residentId = await findExamResident(tx, { ...where, text: line.key });
  const held = residentId && (await readExamPerson(tx, { ...where, residentId }));
  if (!residentId || !held) return answer(false, '本体检日没有这个条码。');
  if (line.name === '' && isRunningNumber(line.key))
    return answer(false, '只有编号，没有条码、证件号或姓名，不能确认是谁的结果。');
  if (line.name !== '' && line.name !== held.person.name.replaceAll(/\s/g, ''))
    return answer(false, `这个号是 ${held.person.name}，表上写的是“${line.name.slice(0, 20)}”，请核对。`);
  const result = await appendSection(tx, actor, {
    examDayId: input.examDayId,
    residentId,
    station: 'laboratory',
    seenSeq: held.seq,
    answers: line.answers,
    // The list is the laboratory's own print: a striking value is news and not a slip of the hand.
    confirmed: Object.keys(line.answers).flatMap((id) => [`${id}:unusual`, `${id}:changed`]),
    today: input.today,
    now: input.now,
  });
  if (!('kind' in result)) return answer(true, `${held.person.number} 号 ${held.person.name}，已保存。`);
  const { issues, detail } = result.problem;
  return answer(false, issues?.map((one) => one.message).join('') ?? detail);
}
