import { noticeText, reminderTime } from '#capabilities/appointments/domain/notice-plan.ts';
import { planSlots } from '#capabilities/appointments/domain/plan-slots.ts';
import { instantInChina } from '#capabilities/appointments/domain/slot-time.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { CountyFill } from './county-fill.ts';

interface Clinic {
  readonly organizationId: string;
  readonly orgPath: string;
  readonly kind: 'centre' | 'doctor' | 'lead-hospital' | 'outreach';
  readonly title: string;
  readonly doctorId: string | null;
  readonly weekdays: readonly number[];
  readonly capacity: number;
}

const halves = [
  ['08:00', '11:30'],
  ['14:00', '17:00'],
] as const;
const working = [1, 2, 3, 4, 5];

/**
 * Weekly schedules of the centres, their doctors and the lead hospital, the slots they make for the coming fortnight, and
 * some bookings of people with a managed disease, so that the day view is alive.
 */
export async function fillAppointments(fill: CountyFill): Promise<void> {
  const lines = (await planClinics(fill)).flatMap((clinic) =>
    clinic.weekdays.flatMap((weekday) =>
      halves.map(([starts, ends]) => ({ ...clinic, id: fill.ids.next(), weekday, starts, ends })),
    ),
  );
  await fill.client.query(
    `insert into clinic_schedule (county_id, id, organization_id, org_path, kind, title, doctor_id, weekday, starts, ends,
       capacity, created_at, created_by)
     select $1, x.id, x."organizationId", x."orgPath", x.kind, x.title, x."doctorId", x.weekday, x.starts, x.ends,
       x.capacity, $3::date - 60, (select id from staff where county_id = $1 and role = 'health-bureau' limit 1)
     from jsonb_to_recordset($2::jsonb) as x (id uuid, "organizationId" uuid, "orgPath" text, kind text, title text,
       "doctorId" uuid, weekday integer, starts text, ends text, capacity integer)`,
    [fill.countyId, JSON.stringify(lines), fill.today],
  );
  const slots = planSlots(lines, fill.today, 14).map((one) => ({ ...one, id: fill.ids.next() }));
  await fill.client.query(
    `insert into clinic_slot (county_id, id, organization_id, org_path, kind, title, doctor_id, day, starts, ends,
       capacity, created_at, created_by, schedule_id)
     select c.county_id, x.id, c.organization_id, c.org_path, c.kind, c.title, c.doctor_id, x.day, c.starts, c.ends,
       c.capacity, c.created_at, c.created_by, c.id
     from jsonb_to_recordset($2::jsonb) as x (id uuid, "scheduleId" uuid, day date)
     join clinic_schedule c on c.county_id = $1 and c.id = x."scheduleId"`,
    [fill.countyId, JSON.stringify(slots)],
  );
  await fillBookings(fill);
}

async function planClinics(fill: CountyFill): Promise<Clinic[]> {
  const { rows: doctors } = await fill.client.query<{ id: string; organization_id: string; name: string }>(
    `select id, organization_id, name from staff where county_id = $1 and role = 'township-doctor' order by username`,
    [fill.countyId],
  );
  const { rows: specialists } = await fill.client.query<{ id: string }>(
    `select id from staff where county_id = $1 and role = 'county-specialist' order by username limit 1`,
    [fill.countyId],
  );
  const { organizations } = fill.plan;
  const hospital = organizations.find((one) => one.kind === 'county-hospital');
  const specialist = specialists[0]?.id ?? null;
  const townships = organizations.filter((one) => one.kind === 'township-centre');
  const atHospital = hospital && { organizationId: hospital.id, orgPath: hospital.scopePath };
  return [
    ...['心血管内科', '内分泌科', '呼吸与危重症医学科'].flatMap((title, index) =>
      atHospital
        ? [
            {
              ...atHospital,
              kind: 'lead-hospital' as const,
              title,
              doctorId: index === 0 ? specialist : null,
              weekdays: [1, 3, 5],
              capacity: 6,
            },
          ]
        : [],
    ),
    ...townships.flatMap((township, index) => {
      const here = { organizationId: township.id, orgPath: township.scopePath };
      const own = doctors.filter((one) => one.organization_id === township.id);
      return [
        {
          ...here,
          kind: 'centre' as const,
          title: '一站式中心慢病诊室',
          doctorId: null,
          weekdays: working,
          capacity: 20,
        },
        ...own.map((doctor) => ({
          ...here,
          kind: 'doctor' as const,
          title: `${doctor.name}家庭医生诊室`,
          doctorId: doctor.id,
          weekdays: working,
          capacity: 12,
        })),
        {
          ...here,
          kind: 'outreach' as const,
          title: '县级专家下乡门诊',
          doctorId: specialist,
          weekdays: [(index % 5) + 1],
          capacity: 15,
        },
      ];
    }),
  ];
}

/** A third of the places of a township and two in three of the lead hospital's are taken, each by another person. */
async function fillBookings({ client, countyId, today }: CountyFill): Promise<void> {
  // A few hundred patients of each township, numbered; a slot takes those whose turn its place gives.
  await client.query(
    `create temporary table demo_booker on commit drop as
     select *, count(*) over (partition by township)::int as of, dense_rank() over (order by township)::int as township_no
     from (
       select r.id, r.org_path, r.created_by, t.path as township,
         row_number() over (partition by t.path order by r.id)::int as no
       from organization t
       join resident r on r.county_id = t.county_id and r.org_path >= t.path and r.org_path < left(t.path, -1) || '0'
         and r.status = 'active'
       where t.county_id = $1 and t.kind = 'township-centre' and exists (select 1 from enrollment e
         where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null)) b
     where no <= 400`,
    [countyId],
  );
  await client.query(
    `insert into appointment (county_id, id, slot_id, resident_id, org_path, purpose, booked_at, booked_by, changed_at)
     select $1, (substr(b.id::text, 1, 14) || '7' || substr(md5(s.id::text), 1, 3) || '-b' || substr(md5(b.id::text), 1, 3)
         || '-' || substr(md5(b.id::text || s.id::text), 1, 12))::uuid,
       s.id, b.id, b.org_path, (array['慢病复诊','随访复查','取药咨询','健康咨询'])[1 + (s.place + n.no) % 4],
       $2::date - 2 + time '09:30', b.created_by, $2::date - 2 + time '09:30'
     from (select s.*, row_number() over (partition by s.org_path order by s.day, s.starts, s.id)::int as place
       from clinic_slot s where s.county_id = $1 and s.day < $2::date + 7) s
     cross join lateral generate_series(1, case when s.kind = 'lead-hospital' then s.capacity * 2 / 3 else s.capacity / 3 end) n (no)
     join demo_booker b on b.no = 1 + (s.place * 7 + n.no * 3) % b.of and (b.township = s.org_path or
       s.kind = 'lead-hospital' and b.township_no = 1 + (s.place + n.no) % (select max(township_no) from demo_booker))
     on conflict do nothing`,
    [countyId, today],
  );
  // Reminders of the coming days wait for the evening before, as booking queues them; the product sends them.
  await client.query(
    `insert into notice (county_id, id, resident_id, org_path, kind, channel, body, due_at, subject_id, created_at)
     select $1, (substr(a.id::text, 1, 14) || '7' || substr(md5(a.id::text || c.channel), 1, 3) || '-b'
         || substr(md5(a.id::text || c.channel), 4, 3) || '-' || substr(md5(a.id::text || c.channel), 7, 12))::uuid,
       a.resident_id, a.org_path, 'appointment-reminder', c.channel, s.body, s.due_at, a.id, a.booked_at
     from jsonb_to_recordset($2::jsonb) as s (id uuid, body text, due_at timestamptz)
     join appointment a on a.county_id = $1 and a.slot_id = s.id and a.status = 'booked'
     cross join unnest(array['in-app','log','sms','wechat']) as c (channel)`,
    [countyId, JSON.stringify(await planReminders({ client, countyId, today }))],
  );
  await client.query(
    `update clinic_slot s set taken = b.n from (select slot_id, count(*)::int as n from appointment
       where county_id = $1 and status = 'booked' group by slot_id) b
     where s.county_id = $1 and s.id = b.slot_id`,
    [countyId],
  );
}

/** What booking would have said and when, slot by slot; only what is still to come. */
async function planReminders({ client, countyId, today }: Pick<CountyFill, 'client' | 'countyId' | 'today'>) {
  const { rows } = await client.query<{
    id: string;
    day: PlainDate;
    starts: string;
    ends: string;
    organization_name: string;
  }>(
    `select s.id, s.day::text as day, s.starts, s.ends, o.name as organization_name from clinic_slot s
     join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.county_id = $1 and s.day > $2::date`,
    [countyId, today],
  );
  return rows.map((row) => ({
    id: row.id,
    body: noticeText('appointment-reminder', { ...row, organizationName: row.organization_name }),
    due_at: instantInChina(addDays(row.day, -1), reminderTime),
  }));
}
