import { type RawBuilder, sql } from 'kysely';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import type { SigningFigure } from '../domain/signing-figures.ts';
import { contractOnDay } from './contract-on-day.ts';

/** Ages of the key groups of the quarterly sheet. */
const elderYears = 65;
const childYears = 7;

/**
 * A resident `r` with what signing is judged from: the contract `c` that counts that day, open programmes `e`, and whether a term
 * `w` ran out this year. Counts and lists read the same lines, so a figure is the length of its list.
 */
export function signingSource(today: PlainDate): RawBuilder<unknown> {
  return sql`resident r
    left join ${contractOnDay(today)} c on true
    left join lateral (
      select true as any_disease, bool_or(e.program in ('hypertension','type-2-diabetes')) as two_diseases
      from enrollment e where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null
      having count(*) > 0) e on true
    left join lateral (
      select bool_or(x.end_reason is not distinct from 'renewed') as renewed from contract x
      where x.county_id = r.county_id and x.resident_id = r.id and ${ranOutThisYear('x', today)}
      having count(*) > 0) w on true`;
}

/** The term of a contract ran out this year, and nobody had ended it before. */
export function ranOutThisYear(contract: string, today: PlainDate): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${contract}.${column}`);
  return sql<boolean>`(${of('valid_to')} >= ${`${today.slice(0, 4)}-01-01`}::date and ${of('valid_to')} < ${today}::date
    and (${of('end_reason')} is null or ${of('end_reason')} = 'renewed'))`;
}

/** The person has a contract in force on the day. */
export function isSigned(today: PlainDate): RawBuilder<boolean> {
  return sql<boolean>`(c.id is not null and c.valid_from <= ${today}::date and c.valid_to >= ${today}::date)`;
}

/** What of the key groups the record itself tells, as conditions on a resident `r`. */
export const recordedGroups = {
  severeMental: sql<boolean>`r.personal_information->'pastDiseases' @> '[{"code":"8"}]'`,
  tuberculosis: sql<boolean>`r.personal_information->'pastDiseases' @> '[{"code":"9"}]'`,
  disability: sql<boolean>`(jsonb_typeof(r.personal_information->'disabilities') = 'array'
    and r.personal_information->'disabilities' <> '[]' and not r.personal_information->'disabilities' @> '["1"]')`,
};

/** The person belongs to a key group of the sheet, as far as the record tells. */
export function isKeyPerson(today: PlainDate): RawBuilder<boolean> {
  const elder = addMonths(today, -12 * elderYears);
  const child = addMonths(today, -12 * childYears);
  return sql<boolean>`(r.birth_date <= ${elder}::date or r.birth_date > ${child}::date or e.any_disease is not null
    or ${recordedGroups.severeMental} or ${recordedGroups.tuberculosis} or ${recordedGroups.disability})`;
}

/** Whom a figure is about, and who of them is in it. */
export function figureConditions(
  figure: SigningFigure,
  today: PlainDate,
): { of: RawBuilder<boolean>; in: RawBuilder<boolean> } {
  const signed = isSigned(today);
  switch (figure) {
    case 'signed':
      return { of: sql<boolean>`true`, in: signed };
    case 'key-signed':
      return { of: isKeyPerson(today), in: signed };
    case 'renewed':
      return { of: sql<boolean>`w.renewed is not null`, in: sql<boolean>`w.renewed is true` };
    case 'delivered':
      return {
        of: sql<boolean>`(${signed} and c.first_due_on < ${today}::date)`,
        in: sql<boolean>`(c.next_due_on is null or c.next_due_on >= ${today}::date)`,
      };
    case 'managed-signed':
      return { of: sql<boolean>`e.two_diseases is true`, in: signed };
  }
}
