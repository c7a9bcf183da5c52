import { sql, type Transaction } from 'kysely';
import { idNoIndex } from '#capabilities/residents/server/public.ts';
import type { OrgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf, withScope } from '#platform/server/database/with-scope.ts';
import type { RosterRowState } from '../contract.ts';
import type { RosterHeader } from '../domain/find-roster-header.ts';
import { type RosterIssue, type RosterPerson, readRosterRow } from '../domain/read-roster-row.ts';
import type { WorkbookRow } from '../domain/workbook-cell.ts';

/** A row judged: what it would do, to whom, and what is wrong with it. */
export interface JudgedRow {
  readonly rowNo: number;
  readonly state: RosterRowState;
  readonly name: string | null;
  readonly person: (RosterPerson & { organizationId: string; orgPath: string }) | null;
  readonly issues: readonly RosterIssue[];
  readonly residentId: string | null;
}

interface Village {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly id_no: string;
  readonly org_path: string;
  readonly status: string;
  readonly organization_name: string;
  readonly managed: boolean;
}

/** Reads every row below the header and says what importing it would do; nothing is written. */
export async function judgeRoster(
  database: Database,
  actor: Actor,
  input: {
    organization: { id: string; name: string; path: OrgPath; kind: string };
    header: RosterHeader;
    rows: readonly WorkbookRow[];
    today: PlainDate;
  },
): Promise<{ rows: JudgedRow[]; skipped: number }> {
  const letterOf = (field: string) => [...input.header.columns].find(([, f]) => f === field)?.[0] ?? '?';
  const villages = await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
    listVillages(tx, actor.countyId, input.organization.path),
  );
  const judged: JudgedRow[] = [];
  let skipped = 0;
  const firstRowOf = new Map<string, number>();
  for (const row of input.rows) {
    if (row.rowNo <= input.header.rowNo) continue;
    const read = readRosterRow(row, input.header.columns, input.today);
    if (read.kind === 'not-a-person') {
      skipped += 1;
      continue;
    }
    if (read.kind === 'issues') {
      judged.push({
        rowNo: row.rowNo,
        state: 'error',
        name: read.name,
        person: null,
        issues: read.issues,
        residentId: null,
      });
      continue;
    }
    const issues: RosterIssue[] = [];
    const refuse = (field: string, code: string, message: string) =>
      issues.push({ cell: `${letterOf(field)}${row.rowNo}`, code, message });
    const twin = firstRowOf.get(read.person.idNo);
    if (twin !== undefined) refuse('idNo', 'twice-in-file', `身份证号与第 ${twin} 行相同。`);
    else firstRowOf.set(read.person.idNo, row.rowNo);
    const village = findVillage(villages, input.organization, read.person.village);
    if (village === undefined) {
      const said = read.person.village;
      const message =
        said === null
          ? '没有写明村（居），请在导入时选择具体的村卫生室，或在表中加一列“村（居）委会”。'
          : `“${said}”不是您管理范围内的村卫生室。`;
      refuse('village', 'unknown-village', message);
    }
    const person =
      village && issues.length === 0
        ? { ...read.person, organizationId: village.id, orgPath: village.path }
        : null;
    judged.push({
      rowNo: row.rowNo,
      state: person ? 'new' : 'error',
      name: read.person.name,
      person,
      issues,
      residentId: null,
    });
  }
  return { rows: await compareWithCounty(database, actor, judged, letterOf), skipped };
}

async function listVillages(tx: Transaction<Tables>, countyId: string, path: OrgPath): Promise<Village[]> {
  return tx
    .selectFrom('organization')
    .select(['id', 'name', 'path'])
    .where('county_id', '=', countyId)
    .where('kind', '=', 'village-clinic')
    .where('path', '>=', path)
    .where('path', '<', `${path.slice(0, -1)}0`)
    .execute();
}

/** 村卫生室 by what a roster calls it: with or without 村, 卫生室, 村民委员会. */
function findVillage(
  villages: readonly Village[],
  organization: { id: string; kind: string },
  said: string | null,
): Village | undefined {
  if (said === null) {
    return organization.kind === 'village-clinic'
      ? villages.find((v) => v.id === organization.id)
      : undefined;
  }
  const short = (name: string) =>
    name.replace(/\s/g, '').replace(/(村民委员会|居民委员会|村委会|居委会|村卫生室|卫生室|村|社区)$/, '');
  const found = villages.filter((v) => short(v.name) === short(said));
  return found.length === 1 ? found[0] : undefined;
}

/** Looks the people up across the county, past the caller's subtree only to say where a record is kept. */
async function compareWithCounty(
  database: Database,
  actor: Actor,
  rows: readonly JudgedRow[],
  letterOf: (field: string) => string,
): Promise<JudgedRow[]> {
  const idNos = rows.flatMap((row) => (row.person ? [row.person.idNo] : []));
  const known = await withScope(
    database,
    { countyId: actor.countyId, path: countyWide(actor).scopePath },
    (tx) => findKnown(tx, actor.countyId, idNos),
  );
  return rows.map((row) => {
    const match = row.person ? known.get(row.person.idNo) : undefined;
    if (!row.person || !match) return row;
    const wrong = (field: string, code: string, message: string): JudgedRow => ({
      ...row,
      state: 'error',
      person: null,
      issues: [...row.issues, { cell: `${letterOf(field)}${row.rowNo}`, code, message }],
    });
    if (!match.org_path.startsWith(actor.scopePath)) {
      return wrong('idNo', 'kept-elsewhere', `该身份证号已在“${match.organization_name}”建档，请办理迁入。`);
    }
    if (match.name !== row.person.name) {
      return wrong(
        'name',
        'name-differs',
        `与已有档案的姓名不符（档案为“${match.name}”），请核对是不是同一个人。`,
      );
    }
    if (match.status !== 'active')
      return wrong('idNo', 'record-closed', '该居民档案已结案（死亡、迁出或注销）。');
    return { ...row, state: match.managed ? 'unchanged' : 'enroll', residentId: match.id };
  });
}

async function findKnown(
  tx: Transaction<Tables>,
  countyId: string,
  idNos: readonly string[],
): Promise<Map<string, Known>> {
  const result = await sql<Known>`
    select r.id, r.name, r.id_no, r.org_path, r.status, o.name as organization_name,
      exists (select 1 from enrollment e where e.county_id = r.county_id and e.resident_id = r.id
        and e.program = 'hypertension' and e.closed_on is null) as managed
    from resident r join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where r.county_id = ${countyId} and r.id_type = '01' and r.id_no_index = any(${idNos.map((one) => idNoIndex(sealsOf(tx), '01', one))}::bytea[])`.execute(
    tx,
  );
  return new Map(result.rows.map((row) => [row.id_no, row]));
}
