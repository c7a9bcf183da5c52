import pg from 'pg';
import { nameInitialsOf } from '#capabilities/residents/server/public.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { hashPassword } from '#platform/server/auth/hash-password.ts';
import { dropForBulkLoad, restoreAfterBulkLoad } from './bulk-load.ts';
import { TableCopy } from './copy-table.ts';
import { demoAccounts, demoPassword } from './demo-accounts.ts';
import type { DemoCare, DoctorHabits } from './demo-care.ts';
import { generateCare } from './generate-care.ts';
import { type DemoResident, PhoneMaker, VillagePeople } from './generate-resident.ts';
import { drawName } from './names.ts';
import { type CountyPlan, type PlannedVillage, planOrganizations } from './plan-organizations.ts';
import { IdMaker, Random } from './random.ts';

export interface FillInput {
  /** Connection of the owner role. */
  readonly ownerUrl: string;
  readonly countyId: string;
  readonly residents: number;
  readonly seed: number;
  readonly today: PlainDate;
  readonly onProgress?: (message: string) => void;
}

const editions = JSON.stringify({
  count: 'PHS-3/policy-B',
  form: 'hypertension-follow-up',
  control: { statutory: 'HTN-15-control', clinical: 'HTN-08' },
});

/** Above this many residents indexes are built after loading instead of row by row. */
const bulkThreshold = 50_000;

/**
 * Fills an empty database with the demo county, in one transaction: a start that is killed half way leaves nothing. The
 * same seed, size and day give the same county. Row-level security is lifted for the owner inside that transaction only,
 * since COPY does not work under it.
 */
export async function fillDemoCounty(input: FillInput): Promise<void> {
  await new CountyLoader(input).load();
}

type Row = (string | number | boolean | null)[];

const tables: Readonly<Record<string, readonly string[]>> = {
  resident:
    'county_id id organization_id org_path household_id archive_no name name_initials name_initials_alt sex birth_date id_type id_no phone form_edition personal_information status status_on status_note version created_at created_by updated_at'.split(
      ' ',
    ),
  enrollment:
    'county_id id resident_id organization_id org_path program enrolled_on diagnosed_on source closed_on close_reason version created_at created_by'.split(
      ' ',
    ),
  form_record:
    'county_id id operation_id visit_id resident_id organization_id org_path form form_edition occurred_on mode status answers supersedes_id superseded_by correction_reason received_at recorded_by'.split(
      ' ',
    ),
  measurement: 'county_id record_id kind resident_id org_path value unit context occurred_on'.split(' '),
  verdict: 'county_id record_id rule_id resident_id org_path edition outcome reasons occurred_on'.split(' '),
  follow_up_task:
    'county_id id resident_id enrollment_id organization_id org_path program kind risk_rank due_on latest_on reason opened_by_record opened_at'.split(
      ' ',
    ),
  management_year:
    'county_id program year resident_id enrollment_id org_path managed standard standard_reasons last_visit_on last_sbp last_dbp controlled_statutory controlled_clinical control_reasons editions valid_from valid_through'.split(
      ' ',
    ),
};

/** Rows of all tables are kept for this many residents, then copied table by table. */
const batchResidents = 4000;

class CountyLoader {
  readonly #input: FillInput;
  readonly #random: Random;
  readonly #ids: IdMaker;
  readonly #client: pg.Client;
  readonly #rows = new Map<string, Row[]>(Object.keys(tables).map((name) => [name, []]));
  readonly #initials = new Map<string, { initials: string; alternative: string | null }>();

  constructor(input: FillInput) {
    this.#input = input;
    this.#random = new Random(input.seed);
    this.#ids = new IdMaker(new Random(input.seed + 1), Date.parse(`${input.today}T00:00:00Z`) - 60_000_000);
    this.#client = new pg.Client({ connectionString: input.ownerUrl });
  }

  async load(): Promise<void> {
    const { countyId, residents, seed, onProgress } = this.#input;
    const client = this.#client;
    await client.connect();
    try {
      await client.query('begin');
      await client.query(
        "set local synchronous_commit = off; set local statement_timeout = 0; set local timezone = 'Asia/Shanghai'",
      );
      await client.query(
        `set local app.county_id = '${countyId}'; set local app.scope_from = '/'; set local app.scope_to = '0'`,
      );
      await client.query(
        Object.keys(tables)
          .map((name) => `alter table ${name} no force row level security`)
          .join(';'),
      );
      const bulk = residents > bulkThreshold ? await dropForBulkLoad(client, Object.keys(tables)) : undefined;
      await client.query(
        'insert into county (county_id, name, is_demo, demo_seed) values ($1, $2, true, $3)',
        [countyId, '全程县', seed],
      );
      const plan = planOrganizations(this.#random, this.#ids, countyId, residents);
      await this.#insertOrganizations(plan);
      const doctors = await this.#insertStaff(plan);
      await this.#copyPeople(plan, doctors);
      if (bulk) {
        onProgress?.('正在建立索引…');
        await restoreAfterBulkLoad(client, bulk);
      }
      await client.query(
        Object.keys(tables)
          .map((name) => `alter table ${name} force row level security`)
          .join(';'),
      );
      await client.query('commit');
      await client.query('vacuum analyze');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await client.end();
    }
  }

  async #insertOrganizations(plan: CountyPlan): Promise<void> {
    await this.#client.query(
      `insert into organization (county_id, id, parent_id, kind, name, region_code, path, scope_path, position)
       select $1, x.id, x."parentId", x.kind, x.name, x."regionCode", x.path, x."scopePath", x.position
       from jsonb_to_recordset($2::jsonb) as x (id uuid, "parentId" uuid, kind text, name text, "regionCode" text,
         path text, "scopePath" text, position integer)`,
      [plan.countyId, JSON.stringify(plan.organizations)],
    );
  }

  async #insertStaff(plan: CountyPlan): Promise<Map<string, DoctorHabits & { id: string }>> {
    const passwordHash = await hashPassword(demoPassword);
    const doctors = new Map<string, DoctorHabits & { id: string }>();
    const staff: { id: string; organizationId: string; username: string; name: string; role: string }[] = [];
    const townships = plan.organizations.filter((o) => o.kind === 'township-centre');
    const homeOf = (place: (typeof demoAccounts)[number]['place']) =>
      typeof place === 'object'
        ? plan.villages[place.village]
        : place === 'township'
          ? townships[0]
          : plan.organizations.find((o) => o.kind === place);
    for (const account of demoAccounts) {
      const home = homeOf(account.place);
      if (!home) continue;
      const id = this.#ids.next();
      staff.push({
        id,
        organizationId: home.id,
        username: account.username,
        name: account.name,
        role: account.role,
      });
      if (account.role === 'village-doctor') doctors.set(home.id, { id, name: account.name, rounding: 0.35 });
    }
    for (const [index, village] of plan.villages.entries()) {
      if (doctors.has(village.id)) continue;
      const id = this.#ids.next();
      const name = drawName(this.#random, this.#random.chance(0.7) ? '1' : '2', 1972);
      staff.push({
        id,
        organizationId: village.id,
        username: `doctor${String(index + 1).padStart(4, '0')}`,
        name,
        role: 'village-doctor',
      });
      doctors.set(village.id, {
        id,
        name,
        rounding: Math.min(0.9, Math.max(0.05, this.#random.normal(0.35, 0.2))),
      });
    }
    for (const [index, township] of townships.entries()) {
      for (const role of ['township-doctor', 'township-public-health-doctor']) {
        const id = this.#ids.next();
        const name = drawName(this.#random, this.#random.chance(0.5) ? '1' : '2', 1985);
        const username = `${role === 'township-doctor' ? 'gp' : 'ph'}${String(index + 1).padStart(3, '0')}`;
        staff.push({ id, organizationId: township.id, username, name, role });
      }
    }
    await this.#client.query(
      `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
       select $1, x.id, x."organizationId", x.username, x.name, x.role, $3
       from jsonb_to_recordset($2::jsonb) as x (id uuid, "organizationId" uuid, username text, name text, role text)`,
      [plan.countyId, JSON.stringify(staff), passwordHash],
    );
    return doctors;
  }

  async #copyPeople(plan: CountyPlan, doctors: Map<string, DoctorHabits & { id: string }>): Promise<void> {
    const { residents, today, countyId, onProgress } = this.#input;
    const shares = plan.villages.reduce((sum, village) => sum + village.share, 0);
    const identitySerials = new Map<string, number>();
    const phones = new PhoneMaker();
    const serials: { regionCode: string; last: number }[] = [];
    let made = 0;
    let kept = 0;
    let spoke = Date.now();
    for (const [index, village] of plan.villages.entries()) {
      const isLast = index === plan.villages.length - 1;
      const size = isLast
        ? residents - made
        : Math.min(residents - made, Math.round((residents * village.share) / shares));
      const people = new VillagePeople(this.#random, this.#ids, village, today, phones);
      const doctor = doctors.get(village.id);
      if (!doctor) throw new Error('every village has its doctor');
      for (let n = 0; n < size; n++) {
        const person = people.next(identitySerials);
        const care = generateCare(this.#random, this.#ids, person, village, doctor, today);
        this.#keepPerson(person, village, doctor.id, care);
        if (care) this.#keepCare(person, village, doctor.id, care);
        kept += 1;
        if (kept >= batchResidents) {
          await this.#copyBatch();
          kept = 0;
          if (Date.now() - spoke > 2000) {
            spoke = Date.now();
            onProgress?.(`正在生成演示县：${made + n + 1} / ${residents} 人`);
          }
        }
      }
      made += size;
      serials.push({ regionCode: village.regionCode, last: people.lastSerial });
    }
    await this.#copyBatch();
    await this.#client.query(
      `insert into archive_serial (county_id, region_code, last_serial)
       select $1, x."regionCode", x.last from jsonb_to_recordset($2::jsonb) as x ("regionCode" text, last integer)`,
      [countyId, JSON.stringify(serials)],
    );
  }

  #keep(table: string, row: Row): void {
    this.#rows.get(table)?.push(row);
  }

  #keepPerson(person: DemoResident, village: PlannedVillage, doctorId: string, care: DemoCare | null): void {
    const initials = this.#initialsOf(person.name);
    const filedAt = `${addDays(this.#input.today, -1)}T17:00:00+08:00`;
    const status = care?.residentStatus ?? null;
    this.#keep('resident', [
      this.#input.countyId,
      person.id,
      village.id,
      village.path,
      person.householdId,
      person.archiveNo,
      person.name,
      initials.initials,
      initials.alternative,
      person.sex,
      person.birthDate,
      '01',
      person.idNo,
      person.phone,
      '2017',
      JSON.stringify(person.answers),
      status?.status ?? 'active',
      status?.on ?? null,
      null,
      1,
      filedAt,
      doctorId,
      filedAt,
    ]);
  }

  #initialsOf(name: string): { initials: string; alternative: string | null } {
    let known = this.#initials.get(name);
    if (!known) {
      known = nameInitialsOf(name);
      this.#initials.set(name, known);
    }
    return known;
  }

  #keepCare(person: DemoResident, village: PlannedVillage, doctorId: string, care: DemoCare): void {
    const { countyId, today } = this.#input;
    for (const e of care.enrollments) {
      const at = `${e.enrolledOn}T10:00:00+08:00`;
      this.#keep('enrollment', [
        countyId,
        e.id,
        person.id,
        village.id,
        village.path,
        e.program,
        e.enrolledOn,
        e.diagnosedOn,
        'demo',
        e.closedOn,
        e.closeReason,
        1,
        at,
        doctorId,
      ]);
    }
    for (const sheet of care.sheets) {
      const receivedAt = `${sheet.receivedOn}T${sheet.supersededBy === null ? '11' : '10'}:00:00+08:00`;
      this.#keep('form_record', [
        countyId,
        sheet.id,
        sheet.id,
        sheet.id,
        person.id,
        village.id,
        village.path,
        sheet.form,
        sheet.edition,
        sheet.on,
        sheet.mode,
        'complete',
        JSON.stringify(sheet.answers),
        sheet.supersedesId,
        sheet.supersededBy,
        sheet.correctionReason,
        receivedAt,
        doctorId,
      ]);
      for (const m of sheet.measurements) {
        this.#keep('measurement', [
          countyId,
          sheet.id,
          m.kind,
          person.id,
          village.path,
          m.value,
          m.unit,
          m.context,
          sheet.on,
        ]);
      }
      for (const v of sheet.verdicts) {
        const reasons = JSON.stringify({ clause: v.clause, certainty: v.certainty, reasons: v.reasons });
        this.#keep('verdict', [
          countyId,
          sheet.id,
          v.ruleId,
          person.id,
          village.path,
          v.edition,
          v.outcome,
          reasons,
          sheet.on,
        ]);
      }
    }
    for (const t of care.tasks) {
      this.#keep('follow_up_task', [
        countyId,
        this.#ids.next(),
        person.id,
        t.enrollmentId,
        village.id,
        village.path,
        t.program,
        t.kind,
        t.rank,
        t.dueOn,
        t.latestOn,
        t.reason,
        t.openedBy,
        `${today}T00:00:00+08:00`,
      ]);
    }
    for (const { year, enrollmentId, judged } of care.years) {
      this.#keep('management_year', [
        countyId,
        'hypertension',
        year,
        person.id,
        enrollmentId,
        village.path,
        judged.managed,
        judged.standard,
        JSON.stringify(judged.standardReasons),
        judged.lastVisit?.on ?? null,
        judged.lastVisit?.sbp ?? null,
        judged.lastVisit?.dbp ?? null,
        judged.controlledStatutory,
        judged.controlledClinical,
        JSON.stringify(judged.controlReasons),
        editions,
        judged.validFrom,
        judged.validThrough,
      ]);
    }
  }

  async #copyBatch(): Promise<void> {
    for (const [table, columns] of Object.entries(tables)) {
      const rows = this.#rows.get(table) ?? [];
      if (rows.length === 0) continue;
      const copy = new TableCopy(this.#client, table, columns);
      for (const row of rows) await copy.add(row);
      await copy.finish();
      rows.length = 0;
    }
  }
}
