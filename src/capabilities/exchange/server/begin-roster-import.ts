import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type OrgPath, orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { sealsOf, withScope } from '#platform/server/database/with-scope.ts';
import type { RosterImport, RosterRowState } from '../contract.ts';
import { findRosterHeader } from '../domain/find-roster-header.ts';
import { rosterLabelOf } from '../domain/roster-columns.ts';
import { type JudgedRow, judgeRoster } from './preview-roster.ts';
import { type RosterPreview, readRosterImport } from './read-roster-imports.ts';
import { runWorkbookReader } from './run-workbook-reader.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

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
        ${database.seals.bytes('roster_import', input.importId, 'original', input.bytes)}, ${actor.staffId}::uuid, ${input.now})
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
    const preview: RosterPreview & { refusal: null } = {
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
        person: sealsOf(tx).answers('roster_import', importId, { name: row.name, ...(row.person ?? {}) }),
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
