import { sql, type Transaction } from 'kysely';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { readingKinds } from '#standards/measurements/reading-kinds.ts';
import { informingForms, sourceOfRecord, titleOfRecord } from '../domain/information-sources.ts';
import type { ReceptionCard } from '../reception-contract.ts';

/** Months and lines of what is already known of a person that the desk is shown. */
const [monthsBack, mostLines] = [12, 12];

interface Row {
  readonly id: string;
  readonly form: string;
  readonly section: string | null;
  readonly on: PlainDate;
  readonly organization_name: string;
  readonly told: string | null;
  /** With the day of a test done before. */
  readonly readings: { kind: string; value: number; ownDay: PlainDate | null }[];
}

/**
 * What the county already knows of a person, from the four sources, newest first: each with its source, day and place.
 * Read from the record, so that nobody types it again.
 */
export async function readInformation(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<ReceptionCard['information']> {
  const { rows } = await sql<Row>`
    select f.id, f.form, f.answers->>'section' as section, f.occurred_on as "on", o.name as organization_name,
      coalesce(f.answers->>'diagnosis', f.answers->>'assessment') as told,
      (select coalesce(json_agg(json_build_object('kind', m.kind, 'value', m.value::float8,
          'ownDay', nullif(m.occurred_on, f.occurred_on))), '[]')
        from measurement m where m.county_id = f.county_id and m.record_id = f.id) as readings
    from form_record f
    join organization o on o.county_id = f.county_id and o.id = f.organization_id
    where f.county_id = ${countyId} and f.resident_id = ${residentId}::uuid and f.superseded_by is null
      and f.form = any(${[...informingForms]}::text[]) and f.occurred_on >= ${addMonths(today, -monthsBack)}::date
    order by f.occurred_on desc, f.received_at desc limit ${mostLines}`.execute(tx);
  return rows.map((row) => ({
    recordId: row.id,
    source: sourceOfRecord(row.form, row.section),
    title: titleOfRecord(row.form, row.section),
    on: row.on,
    place: row.organization_name,
    text: [
      row.told ?? '',
      readingKinds
        .flatMap(({ kind, label, shown }) => {
          const reading = row.readings.find((one) => one.kind === kind);
          if (reading === undefined) return [];
          const { value, ownDay } = reading;
          return [`${`${label} ${value} ${shown}`.trim()}${ownDay === null ? '' : `（${ownDay}）`}`];
        })
        .join('、'),
    ]
      .filter((one) => one !== '')
      .join('；'),
  }));
}
