import { type RawBuilder, sql, type Transaction } from 'kysely';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { promptGroups } from '../contract.ts';
import type { SigningFigure } from '../domain/signing-figures.ts';
import { hasNotRunOut } from './contract-on-day.ts';
import type { Place } from './find-place.ts';
import {
  figureConditions,
  isKeyPerson,
  isSigned,
  ranOutThisYear,
  recordedGroups,
  signingSource,
} from './signing-conditions.ts';

interface PageInput {
  readonly countyId: string;
  readonly place: Pick<Place, 'path'>;
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly today: PlainDate;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly org_path: string;
  readonly organization_name: string;
  readonly programs: (keyof typeof programLabels)[];
  readonly is_high_risk: boolean;
  readonly severe_mental: boolean | null;
  readonly tuberculosis: boolean | null;
  readonly disability: boolean | null;
  readonly doctor_name: string | null;
  readonly valid_to: PlainDate | null;
  readonly offer_on: PlainDate | null;
  readonly offer_outcome: string | null;
  readonly offer_reason: string | null;
}

const highRisk = sql<boolean>`exists (select 1 from condition_episode h where h.county_id = r.county_id
  and h.resident_id = r.id and h.state in ('high-risk','suspected'))`;

/** One page of the people behind a signing figure, village by village, by name. */
export async function readSigningPeople(
  tx: Transaction<Tables>,
  input: PageInput & { figure: SigningFigure; side: 'in' | 'out' },
) {
  const condition = figureConditions(input.figure, input.today);
  const side =
    input.side === 'in'
      ? sql`${condition.of} and ${condition.in}`
      : sql`${condition.of} and not coalesce(${condition.in}, false)`;
  const { rows, nextCursor } = await readPage(tx, input, side, fewBehind(input));
  return {
    items: rows.map((row) => ({
      ...personOf(row, input.today),
      doctorName: row.doctor_name,
      validTo: row.valid_to,
    })),
    nextCursor,
  };
}

/** One page of people to ask: not contracted, and of a key group or at high risk. */
export async function readUnsigned(
  tx: Transaction<Tables>,
  input: PageInput & { group: (typeof promptGroups)[number] },
) {
  const who = {
    all: sql`(${isKeyPerson(input.today)} or ${highRisk})`,
    'high-risk': highRisk,
    elder: sql`r.birth_date <= ${input.today}::date - interval '65 years'`,
    hypertension: enrolledIn('hypertension'),
    'type-2-diabetes': enrolledIn('type-2-diabetes'),
    copd: enrolledIn('copd'),
  }[input.group];
  const unsigned = sql`not ${isSigned(input.today)} and ${who}`;
  const { rows, nextCursor } = await readPage(tx, input, unsigned, fewIn(input.group));
  return {
    items: rows.map((row) => ({
      ...personOf(row, input.today),
      phone: row.phone,
      lastOffer:
        row.offer_on === null
          ? null
          : { on: row.offer_on, outcome: row.offer_outcome ?? '', reason: row.offer_reason ?? '' },
    })),
    nextCursor,
  };
}

const enrolledIn = (program: string) => sql`exists (select 1 from enrollment g where g.county_id = r.county_id
  and g.resident_id = r.id and g.program = ${program} and g.closed_on is null)`;

/** Of the groups that are few among many: who they are, to begin from them instead of from everybody. */
function fewIn(group: (typeof promptGroups)[number]): Few | undefined {
  if (group === 'copd')
    return {
      people: sql`select g.resident_id from enrollment g where g.program = 'copd' and g.closed_on is null`,
    };
  if (group === 'high-risk')
    return {
      people: sql`select h.resident_id from condition_episode h where h.state in ('high-risk','suspected')`,
    };
  return undefined;
}

/**
 * The same behind a figure: one contract `d` of each person in question, read in the order of its own index by place, so
 * that the page ends with the village that fills it. Looking everybody up would pass a hundred people for each one listed.
 */
function fewBehind(input: { figure: SigningFigure; side: 'in' | 'out'; today: PlainDate }): Few | undefined {
  if (input.figure === 'renewed') return { contract: (d) => ranOutThisYear(d, input.today) };
  if (input.figure === 'delivered' && input.side === 'out')
    return {
      contract: (d) =>
        sql`${hasNotRunOut(d, input.today)} and ${sql.ref(`${d}.next_due_on`)} < ${input.today}::date`,
    };
  return undefined;
}

/** Where a list begins that would otherwise walk past everybody: at some people, or at some contracts. */
type Few =
  | { readonly people: RawBuilder<unknown> }
  | { readonly contract: (alias: string) => RawBuilder<unknown> };

/** The source of a page, what of it is asked, and the place by which its lines are ordered. */
function beginAt(few: Few | undefined, { countyId, place, today }: PageInput) {
  const everybody = signingSource(today);
  if (!few) return { source: everybody, asked: sql`true`, orgPath: sql.ref('r.org_path') };
  if ('people' in few)
    return {
      source: everybody,
      asked: sql`r.id = any(array(${few.people}))`,
      orgPath: sql.ref('r.org_path'),
    };
  const { from, to } = subtreeRange(place.path);
  return {
    source: sql`contract d join (${everybody}) on r.county_id = d.county_id and r.id = d.resident_id`,
    asked: sql`d.county_id = ${countyId} and d.org_path >= ${from} and d.org_path < ${to} and ${few.contract('d')}
      and not exists (select 1 from contract b where b.county_id = d.county_id and b.resident_id = d.resident_id
        and b.id < d.id and ${few.contract('b')})`,
    orgPath: sql.ref('d.org_path'),
  };
}

/** The page is cut first, in the order of the index by place and name; what is shown is looked up for its lines only. */
async function readPage(
  tx: Transaction<Tables>,
  input: PageInput,
  condition: RawBuilder<unknown>,
  few: Few | undefined,
) {
  const { from, to } = subtreeRange(input.place.path);
  const after = decodeCursor(input.cursor, 3);
  const { source, asked, orgPath } = beginAt(few, input);
  const beyond = after
    ? sql`and (${orgPath}, r.name, r.id) > (${after[0]} collate "C", ${after[1]} collate "C", ${after[2]}::uuid)`
    : sql``;
  // The planner cannot know how much a scope read from settings holds, and would sort the county for fifty lines.
  if (!few || 'contract' in few)
    await sql`select set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true)`.execute(
      tx,
    );
  const found = await sql<Row>`
    select p.*, o.name as organization_name, s.name as doctor_name,
      array(select e.program from enrollment e where e.county_id = p.county_id and e.resident_id = p.id
        and e.closed_on is null order by e.program) as programs,
      f.on_day as offer_on, f.outcome as offer_outcome, f.reason as offer_reason
    from (
      select r.county_id, r.id, r.name, r.sex, r.birth_date, r.phone, ${orgPath} as org_path, r.organization_id, c.doctor_id,
        c.valid_to, ${highRisk} as is_high_risk,
        ${recordedGroups.severeMental} as severe_mental, ${recordedGroups.tuberculosis} as tuberculosis,
        ${recordedGroups.disability} as disability
      from ${source}
      where r.county_id = ${input.countyId} and r.org_path >= ${from} and r.org_path < ${to} and r.status = 'active'
        and ${asked} and ${condition} ${beyond}
      order by ${orgPath}, r.name, r.id limit ${input.limit + 1}) p
    join organization o on o.county_id = p.county_id and o.id = p.organization_id
    left join staff s on s.county_id = p.county_id and s.id = p.doctor_id
    left join lateral (select * from contract_offer f where f.county_id = p.county_id and f.resident_id = p.id
      order by f.on_day desc, f.recorded_at desc limit 1) f on true
    order by p.org_path, p.name, p.id`.execute(tx);
  const rows = found.rows.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    rows,
    nextCursor:
      found.rows.length > input.limit && last ? encodeCursor([last.org_path, last.name, last.id]) : null,
  };
}

function personOf(row: Row, today: PlainDate) {
  const ageYears = ageInYears(row.birth_date, today);
  const reasons = row.programs.map((program) => `在管${programLabels[program]}`);
  if (row.is_high_risk) reasons.unshift('高危或疑似');
  if (ageYears >= 65) reasons.push('65岁及以上');
  if (ageYears < 7) reasons.push('0–6岁儿童');
  // A list never says which: it goes around the village.
  if (row.severe_mental || row.tuberculosis) reasons.push('其他重点人群');
  if (row.disability) reasons.push('残疾');
  return {
    residentId: row.id,
    name: row.name,
    sex: row.sex,
    ageYears,
    organizationName: row.organization_name,
    reasons,
  };
}
