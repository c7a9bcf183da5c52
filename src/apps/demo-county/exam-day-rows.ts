import type { Station } from '#capabilities/checkups/domain/stations.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { CountyFill } from './county-fill.ts';

/** A person of a demo exam day with the centre and the doctor who examines. */
export interface ExamPerson {
  readonly id: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly org_path: string;
  readonly organization_id: string;
  readonly centre_id: string;
  readonly centre_path: string;
  readonly centre_name: string;
  readonly doctor_id: string;
  readonly doctor_name: string;
  readonly place: number;
}

/** An exam day of a township. */
export interface DaySeed {
  readonly id: string;
  readonly heldOn: PlainDate;
  readonly isOver: boolean;
}

/** The day with its people, numbered, all waiting. */
export async function insertDay(
  { client, countyId }: CountyFill,
  day: DaySeed,
  people: readonly ExamPerson[],
): Promise<void> {
  const [first] = people;
  if (!first) return;
  await client.query(
    `insert into exam_day (county_id, id, organization_id, org_path, name, place, held_on, status, last_number, created_at,
       created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7::date - 3 + time '09:00', $10)`,
    [
      countyId,
      day.id,
      first.centre_id,
      first.centre_path,
      '65岁及以上老年人体检',
      first.centre_name,
      day.heldOn,
      day.isOver ? 'closed' : 'open',
      people.length,
      first.doctor_id,
    ],
  );
  await client.query(
    `insert into exam_person (county_id, exam_day_id, resident_id, org_path, number, barcode, status, last_seq, record_id,
       added_at, added_by, finished_at)
     select $1, $2::uuid, x.id, x.org_path, x.number, x.barcode, 'waiting', 0, null, $3::date - 2 + time '09:00', $4::uuid, null
     from jsonb_to_recordset($5::jsonb) as x (id uuid, org_path text, number integer, barcode text)`,
    [
      countyId,
      day.id,
      day.heldOn,
      first.doctor_id,
      JSON.stringify(
        people.map((one, index) => ({
          id: one.id,
          org_path: one.org_path,
          number: index + 1,
          barcode: `${day.heldOn.replaceAll('-', '').slice(2)}${day.id.slice(-6).toUpperCase()}${String(index + 1).padStart(4, '0')}`,
        })),
      ),
    ],
  );
}

/** What one station entered of one person. */
export interface SectionSeed {
  readonly resident_id: string;
  readonly org_path: string;
  readonly seq: number;
  readonly station: Station;
  readonly answers: FormAnswers;
  readonly doctor_id: string;
}

/** What the stations entered, and how far each person's numbering is. */
export async function insertSections(
  { client, countyId }: CountyFill,
  day: DaySeed,
  sections: readonly SectionSeed[],
): Promise<void> {
  await client.query(
    `insert into exam_section (county_id, exam_day_id, resident_id, seq, org_path, station, answers, saved_at, saved_by)
     select $1, $2::uuid, x.resident_id, x.seq, x.org_path, x.station, x.answers,
       least($3::date + time '08:00' + x.seq * interval '4 minutes', localtimestamp), x.doctor_id
     from jsonb_to_recordset($4::jsonb) as x (resident_id uuid, org_path text, seq integer, station text, answers jsonb,
       doctor_id uuid)`,
    [countyId, day.id, day.heldOn, JSON.stringify(sections)],
  );
  await client.query(
    `update exam_person p set last_seq = s.last from (select resident_id, max(seq) as last from exam_section
       where county_id = $1 and exam_day_id = $2::uuid group by resident_id) s
     where p.county_id = $1 and p.exam_day_id = $2::uuid and p.resident_id = s.resident_id`,
    [countyId, day.id],
  );
}
