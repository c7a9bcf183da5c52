import { sql, type Transaction } from 'kysely';
import { followUpForms, programOfForm } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CompactDocument } from '../domain/person-document.ts';
import type { WireVisit } from '../domain/wire-visit.ts';

export interface SheetRow {
  readonly id: string;
  readonly resident_id: string;
  readonly form: string;
  readonly form_edition: string;
  readonly occurred_on: PlainDate;
  readonly mode: string | null;
  readonly form_class: string | null;
  readonly by: string;
  readonly readings: Record<string, [value: number, context: string | null, ownDay: PlainDate | null]> | null;
  readonly answers: Record<string, unknown> | null;
}

/** Two years of sheets newest first, and the answers of the last follow-up sheet of each form, however old. */
export async function readSheets(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
  since: PlainDate,
): Promise<Map<string, SheetRow[]>> {
  const { rows } = await sql<SheetRow>`
    with sheet as (
      select f.*, row_number() over (partition by f.resident_id, f.form
        order by f.occurred_on desc, f.received_at desc, f.id) as place
      from form_record f
      where f.county_id = ${countyId} and f.resident_id = any(${ids}::uuid[]) and f.superseded_by is null
        and f.status = 'complete')
    select s.id, s.resident_id, s.form, s.form_edition, s.occurred_on, s.mode, s.answers->>'visitClass' as form_class,
      p.name as by,
      (select json_object_agg(m.kind, json_build_array(m.value::float8, m.context,
          nullif(m.occurred_on, s.occurred_on)) order by m.kind) from measurement m
        where m.county_id = s.county_id and m.record_id = s.id and m.kind not in ('bmi', 'height')) as readings,
      case when s.place = 1 and s.form = any(${[...followUpForms]}::text[]) then s.answers end as answers
    from sheet s join staff p on p.county_id = s.county_id and p.id = s.recorded_by
    where s.occurred_on >= ${since}::date or (s.place <= 4 and s.form = any(${[...followUpForms]}::text[]))
    order by s.resident_id, s.occurred_on desc, s.form, s.received_at desc, s.id`.execute(tx);
  const byPerson = new Map<string, SheetRow[]>();
  for (const row of rows) {
    const own = byPerson.get(row.resident_id) ?? [];
    byPerson.set(row.resident_id, own);
    own.push(row);
  }
  return byPerson;
}

export const classOf = (text: string | null): 0 | 1 | 2 | 3 | 4 => {
  const value = Number(text);
  return value === 1 || value === 2 || value === 3 || value === 4 ? value : 0;
};

export function toWireVisit(sheet: SheetRow): WireVisit {
  const readings = Object.entries(sheet.readings ?? {}).map(([kind, [value, context, ownDay]]) => [
    kind,
    ownDay !== null ? [value, context, ownDay] : context === null ? value : [value, context],
  ]);
  return [
    sheet.occurred_on,
    sheet.form,
    sheet.mode,
    classOf(sheet.form_class),
    sheet.by,
    Object.fromEntries(readings),
  ];
}

/** Follow-up sheets of one form and day: two facts, or one visit filed twice. A person judges. */
export function likelyDuplicates(sheets: readonly SheetRow[]): CompactDocument['likelyDuplicates'] & object {
  const byDay = new Map<string, SheetRow[]>();
  for (const sheet of sheets) {
    if (!programOfForm(sheet.form)) continue;
    const key = `${sheet.form} ${sheet.occurred_on}`;
    byDay.set(key, [...(byDay.get(key) ?? []), sheet]);
  }
  return [...byDay.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length < 2) return [];
    return [
      {
        form: first.form,
        on: first.occurred_on,
        recordIds: same.map((sheet) => sheet.id).toSorted(),
        by: [...new Set(same.map((sheet) => sheet.by))].toSorted(),
      },
    ];
  });
}
