import { createHmac } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { type Program, programLabels } from '#capabilities/residents/domain/program.ts';
import { valueOn } from '#kernel/dated.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { addDays, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { DataKey } from '#platform/server/crypto/key-ring.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type ResearchLevel, type ResearchRules, researchRules } from '#standards/privacy/research-levels.ts';
import {
  ageBandOf,
  blurPeople,
  type KnownElsewhere,
  shiftOf,
  smallestGroupOf,
} from '../domain/blur-people.ts';
import type { Cell } from '../domain/csv-text.ts';
import { whoConsents } from './has-consent.ts';

/** An extract: a head line and its rows, with how many people went which way. */
export interface ResearchExtract {
  readonly consenting: number;
  readonly people: number;
  readonly blurred: number;
  readonly leftOut: number;
  readonly smallestGroup: number;
  readonly table: readonly (readonly Cell[])[];
}

/** Readings an extract may hold, in order of its columns: numbers with one meaning, no text that somebody typed. */
const readings = [
  ['sbp', '收缩压 mmHg'],
  ['dbp', '舒张压 mmHg'],
  ['heart-rate', '心率 次/分'],
  ['fasting-glucose', '空腹血糖 mmol/L'],
  ['hba1c', '糖化血红蛋白 %'],
  ['weight', '体重 kg'],
  ['bmi', '体质指数 kg/m²'],
  ['waist', '腰围 cm'],
] as const;
const kinds = readings.map(([kind]) => kind);
const pressures: readonly string[] = ['sbp', 'dbp'];

interface PersonRow {
  readonly id: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly township: string | null;
  readonly programs: Program[];
}

interface Blurred extends KnownElsewhere {
  readonly id: string;
}

const sexWords: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/**
 * Makes an extract of those in the caller's reach who agreed to research, as this data level allows: no name, number,
 * address or typed text goes in at all, only what is listed here. Undefined when no group is large enough.
 */
export async function makeResearchExtract(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { exportId: string; level: ResearchLevel; key: DataKey; today: PlainDate },
): Promise<ResearchExtract | undefined> {
  const rules = valueOn(researchRules, input.today)[input.level];
  const consenting = await readConsenting(tx, actor, input.today);
  const sheets = await readReadings(
    tx,
    actor.countyId,
    consenting.map((row) => row.id),
  );
  // Who has no line in the extract is no company for those who have one.
  const people = input.level === '3' ? consenting.filter((row) => sheets.has(row.id)) : consenting;
  const blurred = blurPeople(
    people.map((row) => blur(row, rules, input.today)),
    rules.smallestGroup,
  );
  const smallestGroup = smallestGroupOf(blurred.kept);
  if (smallestGroup === undefined || smallestGroup < rules.smallestGroup) return undefined;
  const table =
    input.level === '2'
      ? lastReadingTable(blurred.kept, sheets, rules)
      : visitTable(blurred.kept, sheets, { ...rules, exportId: input.exportId, key: input.key });
  const { kept, ...counts } = blurred;
  return {
    ...counts,
    consenting: consenting.length,
    people: kept.length,
    smallestGroup,
    table,
  };
}

async function readConsenting(tx: Transaction<Tables>, actor: Actor, today: PlainDate): Promise<PersonRow[]> {
  const { from, to } = subtreeRange(actor.scopePath);
  const { rows } = await sql<PersonRow>`
    select r.id, r.sex, r.birth_date,
      (select t.name from organization t where t.county_id = r.county_id and t.kind = 'township-centre'
        and starts_with(r.org_path, t.path)) as township,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e
        where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) as programs
    from resident r
    where r.county_id = ${actor.countyId} and r.org_path >= ${from} and r.org_path < ${to} and r.status <> 'closed'
      and exists (select 1 from consent_event c where c.county_id = r.county_id and c.resident_id = r.id
        and c.purpose = 'research' and c.deed = 'given')`.execute(tx);
  const agreed = await whoConsents(tx, {
    countyId: actor.countyId,
    residentIds: rows.map((row) => row.id),
    purpose: 'research',
    today,
  });
  return rows.filter((row) => agreed.has(row.id));
}

function blur(row: PersonRow, rules: ResearchRules, today: PlainDate): Blurred {
  return {
    id: row.id,
    sex: sexWords[row.sex] ?? '未说明',
    ageBand: ageBandOf(ageInYears(row.birth_date, today), rules),
    township: row.township ?? '县直',
    diseases: row.programs.map((one) => programLabels[one]).join('、') || '无',
  };
}

interface Sheet {
  readonly resident_id: string;
  readonly occurred_on: PlainDate;
  readonly values: Readonly<Record<string, number>>;
}

/** Of each sheet its readings by their day; a test that a later sheet reports again is one test. */
async function readReadings(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
): Promise<Map<string, Sheet[]>> {
  const { rows } = await sql<Sheet>`
    with reading as (
      select m.resident_id, m.record_id, m.kind, m.value, m.occurred_on, f.occurred_on as reported_on,
        row_number() over (partition by m.resident_id, m.kind, m.occurred_on, m.value
          order by f.occurred_on, m.record_id) as time
      from measurement m
      join form_record f on f.county_id = m.county_id and f.id = m.record_id and f.superseded_by is null and f.status = 'complete'
      where m.county_id = ${countyId} and m.resident_id = any(${ids}::uuid[]) and m.kind = any(${kinds}::text[]))
    select resident_id, occurred_on, json_object_agg(kind, value::float8) as values from reading
    where time = 1 or occurred_on = reported_on
    group by resident_id, record_id, occurred_on order by occurred_on, record_id`.execute(tx);
  const byPerson = new Map<string, Sheet[]>();
  for (const row of rows) byPerson.set(row.resident_id, [...(byPerson.get(row.resident_id) ?? []), row]);
  return byPerson;
}

const known = (one: Blurred): Cell[] => [one.sex, one.ageBand, one.township, one.diseases];
const knownHeads = ['性别', '年龄段（岁）', '乡镇', '在管病种'];

function rounded(values: Sheet['values'], to: number): Cell[] {
  return kinds.map((kind) => {
    const value = values[kind];
    if (value === undefined) return null;
    return pressures.includes(kind) ? Math.round(value / to) * to : value;
  });
}

/** One line a person with the last reading of each kind, no mark that tells one from another, in no order of their own. */
function lastReadingTable(
  people: readonly Blurred[],
  sheets: ReadonlyMap<string, Sheet[]>,
  rules: ResearchRules,
): Cell[][] {
  const lines = people.map((one) => {
    const last = Object.assign({}, ...(sheets.get(one.id) ?? []).map((sheet) => sheet.values));
    return [...known(one), ...rounded(last, rules.roundPressureTo)];
  });
  const sorted = lines.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return [[...knownHeads, ...readings.map(([, label]) => `末次${label}`)], ...sorted];
}

/**
 * One line a visit or a test done before it, under a mark that means nothing outside this extract and on days moved alike
 * for one person.
 */
function visitTable(
  people: readonly Blurred[],
  sheets: ReadonlyMap<string, Sheet[]>,
  rules: ResearchRules & { exportId: string; key: DataKey },
): Cell[][] {
  const digest = (use: string, id: string) =>
    createHmac('sm3', rules.key.key).update(`research ${use}\u0000${rules.exportId}\u0000${id}`).digest();
  const lines = people
    .map((one) => ({
      one,
      mark: `R${digest('mark', one.id).toString('hex', 0, 8).toUpperCase()}`,
      shift: shiftOf(digest('shift', one.id).readUInt32BE(0), rules.shiftDays),
    }))
    .toSorted((a, b) => (a.mark < b.mark ? -1 : 1))
    .flatMap(({ one, mark, shift }): Cell[][] =>
      (sheets.get(one.id) ?? []).map((sheet) => [
        mark,
        ...known(one),
        addDays(sheet.occurred_on, shift),
        ...rounded(sheet.values, rules.roundPressureTo),
      ]),
    );
  return [['编号', ...knownHeads, '日期（已平移）', ...readings.map(([, label]) => label)], ...lines];
}
