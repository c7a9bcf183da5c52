import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { openEnrollment } from '#capabilities/enrollment/server/public.ts';
import { maskIdNo } from '#capabilities/residents/domain/mask-identity.ts';
import { insertImportedResident } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { type OrgPath, orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { RosterImport, RosterRowState } from '../contract.ts';
import { findRosterHeader } from '../domain/find-roster-header.ts';
import type { RosterIssue } from '../domain/read-roster-row.ts';
import { rosterLabelOf } from '../domain/roster-columns.ts';
import { type JudgedRow, judgeRoster } from './preview-roster.ts';
import { runWorkbookReader } from './run-workbook-reader.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

type Preview = NonNullable<RosterImport['preview']>;

/** Files the upload and answers at once; reading and comparing go on, and the import's row tells how far. */
export async function beginRosterImport(
  database: Database,
  actor: Actor,
  input: {
    importId: string;
    organizationId: string;
    fileName: string;
    bytes: Uint8Array;
    today: PlainDate;
    now: Date;
    onFault: (error: unknown) => void;
  },
): Promise<RosterImport | Refused> {
  const begun = await withScope(database, scopeOf(actor), async (tx) => {
    const organization = await tx
      .selectFrom('organization')
      .select(['id', 'name', 'path', 'scope_path', 'kind'])
      .where('county_id', '=', actor.countyId)
      .where('id', '=', input.organizationId)
      .executeTakeFirst();
    const isKeeper = organization?.kind === 'village-clinic' || organization?.kind === 'township-centre';
    if (!organization || !isKeeper || !organization.path.startsWith(actor.scopePath))
      return refused('not-found');
    const hash = createHash('sha256').update(input.bytes).digest();
    const inserted = await sql<{ id: string }>`
      insert into roster_import (county_id, id, organization_id, org_path, file_name, file_hash, status, progress,
        original, created_by, created_at)
      values (${actor.countyId}, ${input.importId}::uuid, ${organization.id}::uuid, ${organization.path},
        ${input.fileName}, ${hash}, 'reading', ${JSON.stringify({ stage: '正在读取文件', done: 0, total: null })}::jsonb,
        ${Buffer.from(input.bytes)}, ${actor.staffId}::uuid, ${input.now})
      on conflict do nothing returning id`.execute(tx);
    await recordAudit(tx, actor, { action: 'roster-import.upload', subject: input.importId, now: input.now });
    return { kind: 'begun' as const, organization, isNew: inserted.rows.length > 0 };
  });
  if (begun.kind === 'refused') return begun;
  if (begun.isNew) {
    const { organization } = begun;
    const place = { ...organization, path: orgPath(organization.path) };
    void readAndJudge(database, actor, { ...input, organization: place }).catch(input.onFault);
  }
  return (await readRosterImport(database, actor, input.importId)) ?? refused('not-found');
}

async function readAndJudge(
  database: Database,
  actor: Actor,
  input: {
    importId: string;
    bytes: Uint8Array;
    today: PlainDate;
    now: Date;
    organization: { id: string; name: string; path: OrgPath; kind: string };
  },
): Promise<void> {
  const update = (values: Partial<Record<'status' | 'progress' | 'preview', unknown>>) =>
    withScope(database, scopeOf(actor), (tx) =>
      sql`update roster_import set
          status = coalesce(${(values.status as string | undefined) ?? null}, status),
          progress = coalesce(${values.progress === undefined ? null : JSON.stringify(values.progress)}::jsonb, progress),
          preview = coalesce(${values.preview === undefined ? null : JSON.stringify(values.preview)}::jsonb, preview)
        where county_id = ${actor.countyId} and id = ${input.importId}::uuid`.execute(tx),
    );
  const refuse = (refusal: string) =>
    update({ status: 'refused', progress: { stage: '已拒绝', done: 0, total: null }, preview: { refusal } });
  try {
    const read = await runWorkbookReader(input.bytes, (rows) => {
      void update({ progress: { stage: '正在读取文件', done: rows, total: null } }).catch(() => undefined);
    });
    if (read.kind === 'refused') return void (await refuse(read.message));
    const header = findRosterHeader(read.rows);
    if (!header) return void (await refuse('没有找到表头：前几行里应有“姓名”“身份证号”等列名。'));
    if (header.missing.length > 0) {
      return void (await refuse(`缺少必需的列：${header.missing.map(rosterLabelOf).join('、')}。`));
    }
    await update({ progress: { stage: '正在核对', done: 0, total: read.rows.length } });
    const { rows, skipped } = await judgeRoster(database, actor, {
      organization: input.organization,
      header,
      rows: read.rows,
      today: input.today,
    });
    const count = (state: RosterRowState) => rows.filter((row) => row.state === state).length;
    const preview: Preview & { refusal: null } = {
      refusal: null,
      sheetName: read.sheetName,
      headerRow: header.rowNo,
      columns: header.all.map((column) => ({
        letter: column.letter,
        header: column.header,
        field: column.field,
        label: column.field ? rosterLabelOf(column.field) : null,
      })),
      missingColumns: header.missing.map(rosterLabelOf),
      counts: {
        rows: rows.length,
        new: count('new'),
        enroll: count('enroll'),
        unchanged: count('unchanged'),
        error: count('error'),
        done: 0,
        skipped,
      },
    };
    await saveRows(database, actor, input.importId, input.organization.path, rows);
    await update({
      status: 'previewed',
      progress: { stage: '核对完成', done: rows.length, total: rows.length },
      preview,
    });
  } catch (error) {
    await refuse('读取时出现意外错误，没有导入任何内容，请重试。').catch(() => undefined);
    throw error;
  }
}

async function saveRows(
  database: Database,
  actor: Actor,
  importId: string,
  path: string,
  rows: readonly JudgedRow[],
): Promise<void> {
  await withScope(database, scopeOf(actor), async (tx) => {
    for (let at = 0; at < rows.length; at += 2000) {
      const slice = rows.slice(at, at + 2000).map((row) => ({
        row_no: row.rowNo,
        state: row.state,
        person: { name: row.name, ...(row.person ?? {}) },
        issues: row.issues,
        resident_id: row.residentId,
      }));
      await sql`
        insert into roster_import_row (county_id, import_id, row_no, org_path, state, person, issues, resident_id)
        select ${actor.countyId}, ${importId}::uuid, x.row_no, ${path}, x.state, x.person, x.issues, x.resident_id
        from jsonb_to_recordset(${JSON.stringify(slice)}::jsonb)
          as x (row_no integer, state text, person jsonb, issues jsonb, resident_id uuid)
        on conflict do nothing`.execute(tx);
    }
  });
}

interface ImportRow {
  readonly id: string;
  readonly file_name: string;
  readonly organization_name: string;
  readonly status: RosterImport['status'];
  readonly progress: RosterImport['progress'];
  readonly preview: (Preview & { refusal: string | null }) | { refusal: string } | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

const importColumns = sql`i.id, i.file_name, o.name as organization_name, i.status, i.progress, i.preview, i.created_at, i.finished_at
  from roster_import i join organization o on o.county_id = i.county_id and o.id = i.organization_id`;

function toImport(row: ImportRow): RosterImport {
  const { preview } = row;
  return {
    id: row.id,
    fileName: row.file_name,
    organizationName: row.organization_name,
    status: row.status,
    progress: row.progress,
    refusal: preview?.refusal ?? null,
    preview: preview && 'sheetName' in preview ? preview : null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** One import as it stands; undefined when it is not in scope. */
export async function readRosterImport(
  database: Database,
  actor: Actor,
  importId: string,
): Promise<RosterImport | undefined> {
  return withScope(database, scopeOf(actor), async (tx) => {
    const result = await sql<ImportRow>`select ${importColumns}
      where i.county_id = ${actor.countyId} and i.id = ${importId}::uuid`.execute(tx);
    const [row] = result.rows;
    return row ? toImport(row) : undefined;
  });
}

/** The imports of a scope, newest first. */
export async function readRosterImports(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<{ items: RosterImport[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const result = await sql<ImportRow>`select ${importColumns}
    where i.county_id = ${actor.countyId}
      ${after ? sql`and (i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by i.created_at desc, i.id desc limit ${input.limit + 1}`.execute(tx);
  const page = result.rows.slice(0, input.limit);
  const last = page.at(-1);
  const more = result.rows.length > input.limit && last;
  return {
    items: page.map(toImport),
    nextCursor: more ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  };
}

/** Rows of an import in order, all or of one state. */
export async function readRosterRows(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { importId: string; state?: RosterRowState | undefined; cursor?: string | undefined; limit: number },
) {
  const after = Number(decodeCursor(input.cursor, 1)?.[0] ?? 0);
  let query = tx
    .selectFrom('roster_import_row')
    .select(['row_no', 'state', 'person', 'issues', 'resident_id'])
    .where('county_id', '=', actor.countyId)
    .where('import_id', '=', input.importId)
    .where('row_no', '>', Number.isFinite(after) ? after : 0);
  if (input.state) query = query.where('state', '=', input.state);
  const rows = await query
    .orderBy('row_no')
    .limit(input.limit + 1)
    .execute();
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => {
      const person = row.person as { name: string | null; idNo?: string };
      return {
        rowNo: row.row_no,
        state: row.state,
        name: person.name,
        idNoMasked: maskIdNo(person.idNo ?? null),
        residentId: row.resident_id,
        issues: row.issues as RosterIssue[],
      };
    }),
    nextCursor: rows.length > input.limit && last ? encodeCursor([String(last.row_no)]) : null,
  };
}

/**
 * Imports every row of a previewed file in one transaction: all of it or nothing. A file with wrong rows is refused until
 * it is mended; rows already in the county change nothing.
 */
export async function commitRosterImport(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { importId: string; today: PlainDate; now: Date },
): Promise<{ done: true } | Refused> {
  const batch = await tx
    .selectFrom('roster_import')
    .select(['status'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.importId)
    .forUpdate()
    .executeTakeFirst();
  if (!batch) return refused('not-found');
  if (batch.status === 'committed') return { done: true };
  if (batch.status !== 'previewed')
    return refused('already-exists', { detail: '该批次还不能导入，请等待核对完成或重新上传。' });
  const rows = await tx
    .selectFrom('roster_import_row')
    .select(['row_no', 'state', 'person', 'resident_id'])
    .where('county_id', '=', actor.countyId)
    .where('import_id', '=', input.importId)
    .orderBy('row_no')
    .execute();
  const wrong = rows.filter((row) => row.state === 'error').length;
  if (wrong > 0)
    return refused('invalid-input', { detail: `还有 ${wrong} 行有误，请改好后重新上传；没有导入任何内容。` });
  for (const row of rows) {
    if (row.state !== 'new' && row.state !== 'enroll') continue;
    const person = row.person as NonNullable<JudgedRow['person']>;
    const residentId = row.resident_id ?? uuidv7();
    if (row.state === 'new') {
      const filed = await insertImportedResident(tx, actor, { residentId, person, now: input.now });
      if (filed.kind === 'refused') return filed;
    }
    const enrolled = await openEnrollment(tx, actor, {
      residentId,
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: person.enrolledOn ?? input.today,
      diagnosedOn: person.diagnosedOn ?? undefined,
      source: 'import',
      today: input.today,
      now: input.now,
    });
    if ('kind' in enrolled && enrolled.problem.code !== 'already-enrolled') {
      const why = enrolled.problem.issues?.map((issue) => issue.message).join('') ?? enrolled.problem.title;
      return refused('invalid-input', { detail: `第 ${row.row_no} 行不能导入：${why}没有导入任何内容。` });
    }
    await sql`update roster_import_row set state = 'done', resident_id = ${residentId}::uuid
      where county_id = ${actor.countyId} and import_id = ${input.importId}::uuid and row_no = ${row.row_no}`.execute(
      tx,
    );
  }
  const done = rows.filter((row) => row.state === 'new' || row.state === 'enroll').length;
  await sql`update roster_import set status = 'committed', finished_at = ${input.now},
      progress = ${JSON.stringify({ stage: '已导入', done, total: done })}::jsonb,
      preview = jsonb_set(preview, '{counts,done}', to_jsonb(${done}::int))
    where county_id = ${actor.countyId} and id = ${input.importId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'roster-import.commit',
    subject: input.importId,
    detail: { done },
    now: input.now,
  });
  return { done: true };
}
