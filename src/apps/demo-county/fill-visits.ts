import type { CarePlanContent } from '#capabilities/visits/domain/care-plan.ts';
import type { Condition } from '#clinical/conditions.ts';
import { prescribeLifestyle } from '#clinical/lifestyle/prescribe-lifestyle.ts';
import { proposeMonitoring } from '#clinical/lifestyle/propose-monitoring.ts';
import { addDays, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { CountyFill } from './county-fill.ts';

/** Of each centre: people seen in the last weeks, people waiting this morning. */
const [seenBefore, waitingToday] = [24, 9];

interface Visitor {
  readonly id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly org_path: string;
  readonly centre_id: string;
  readonly doctor_id: string;
  readonly desk_id: string;
  readonly place: number;
  readonly programs: Condition[];
  readonly is_signed: boolean;
  readonly drugs:
    | { drugName?: string; dosePerTime?: number; doseUnit?: string; timesPerDay?: number }[]
    | null;
  readonly sbp: number | null;
  readonly dbp: number | null;
}

/**
 * The one-stop centre alive: of each township a second room with its doctor, a morning's queue, slips of the self-test
 * point, and people who were planned for in the last weeks, with the path their visit took.
 */
export async function fillVisits(fill: CountyFill): Promise<void> {
  const visitors = await chooseVisitors(fill);
  await fillRooms(fill);
  await fillPlanned(
    fill,
    visitors.filter((one) => one.place <= seenBefore),
  );
  await fillQueue(
    fill,
    visitors.filter((one) => one.place > seenBefore),
  );
  await fillSelfTests(fill);
}

/** Managed people of each township, the same for the same seed, with what their last follow-up says. */
async function chooseVisitors({ client, countyId }: CountyFill): Promise<Visitor[]> {
  const { rows } = await client.query<Visitor>(
    `select p.*, o.id as centre_id, d.id as doctor_id, n.id as desk_id,
       (select array_agg(e.program order by e.program) from enrollment e where e.county_id = $1 and e.resident_id = p.id
         and e.closed_on is null) as programs,
       exists (select 1 from contract c where c.county_id = $1 and c.resident_id = p.id and c.ended_on is null) as is_signed,
       f.answers->'drugs' as drugs, (f.answers->>'sbp')::int as sbp, (f.answers->>'dbp')::int as dbp
     from organization o
     join staff d on d.county_id = $1 and d.organization_id = o.id and d.role = 'township-doctor' and d.username like 'gp%'
     join staff n on n.county_id = $1 and n.organization_id = o.id and n.role = 'township-public-health-doctor'
       and n.username like 'ph%'
     cross join lateral (
       select r.id, r.name, r.sex, r.birth_date::text as birth_date, r.org_path, row_number() over (order by r.id)::int as place
       from resident r
       join enrollment e on e.county_id = $1 and e.resident_id = r.id and e.program = 'hypertension' and e.closed_on is null
       where r.county_id = $1 and r.status = 'active' and r.org_path >= o.path and r.org_path < o.path || '~'
       order by r.id limit ${seenBefore + waitingToday}) p
     left join lateral (
       select f.answers from form_record f where f.county_id = $1 and f.resident_id = p.id
         and f.form = 'hypertension-follow-up' and f.superseded_by is null
       order by f.occurred_on desc, f.received_at desc limit 1) f on true
     where o.county_id = $1 and o.kind = 'township-centre'
     order by o.path, p.place`,
    [countyId],
  );
  return rows;
}

async function fillRooms({ client, countyId, today, ids }: CountyFill): Promise<void> {
  const { rows } = await client.query<{ id: string; organization_id: string; path: string }>(
    `select s.id, s.organization_id, o.path from staff s
     join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.county_id = $1 and s.role = 'township-doctor' and s.username like 'gp%' order by s.username`,
    [countyId],
  );
  await client.query(
    `insert into room_duty (county_id, id, organization_id, org_path, on_day, room, doctor_id, opened_at)
     select $1, x.id, x.organization_id, x.path, $3, '2诊室', x.doctor_id, least($3::date + time '08:00', localtimestamp)
     from jsonb_to_recordset($2::jsonb) as x (id uuid, organization_id uuid, path text, doctor_id uuid)`,
    [countyId, JSON.stringify(rows.map((one) => ({ ...one, doctor_id: one.id, id: ids.next() }))), today],
  );
}

interface VisitSeed {
  readonly id: string;
  readonly resident_id: string;
  readonly centre_id: string;
  readonly org_path: string;
  readonly on_day: PlainDate;
  readonly box: string;
  readonly room: string;
  readonly doctor_id: string | null;
  readonly queue_no: number;
  readonly priority: number;
  readonly status: 'open' | 'resting';
  readonly is_called: boolean;
  readonly contract: string;
  readonly desk_id: string;
  readonly steps: readonly { box: string; line: number | null; content: object }[];
}

async function insertVisits({ client, countyId }: CountyFill, seeds: readonly VisitSeed[]): Promise<void> {
  const given = JSON.stringify(seeds);
  const rows = `jsonb_to_recordset($2::jsonb) as x (id uuid, resident_id uuid, centre_id uuid, org_path text, on_day date,
    box text, room text, doctor_id uuid, queue_no integer, priority smallint, status text, is_called boolean, contract text,
    desk_id uuid, steps jsonb)`;
  // One after the other from eight in the morning, a few minutes apart; filled earlier in the day, all of it is over by then.
  const arrived = `least(x.on_day + time '08:00', localtimestamp - interval '2 hours') + x.queue_no * interval '3 minutes'`;
  await client.query(
    `insert into centre_visit (county_id, id, resident_id, organization_id, org_path, arrived_on, entry, box, room, doctor_id,
       queue_no, priority, called_at, seen_at, contract, beyond_capacity, status, closed_at, created_at, created_by)
     select $1, x.id, x.resident_id, x.centre_id, x.org_path, x.on_day, 'A3', x.box, x.room, x.doctor_id, x.queue_no,
       x.priority, case when x.is_called then ${arrived} + interval '10 minutes' end,
       case when x.status = 'resting' then ${arrived} + interval '12 minutes' end, x.contract,
       case when x.status = 'resting' then false end, x.status,
       case when x.status = 'resting' then ${arrived} + interval '30 minutes' end, ${arrived}, x.desk_id
     from ${rows}`,
    [countyId, given],
  );
  await client.query(
    `insert into visit_step (county_id, visit_id, seq, resident_id, org_path, line_no, box, content, at, by)
     select $1, x.id, s.n, x.resident_id, x.org_path, (s.step->>'line')::smallint, s.step->>'box', s.step->'content',
       ${arrived} + s.n * interval '1 minute', case when s.step->>'box' like 'A%' then x.desk_id else coalesce(x.doctor_id, x.desk_id) end
     from ${rows} cross join lateral jsonb_array_elements(x.steps) with ordinality as s (step, n)`,
    [countyId, given],
  );
}

/** From the door to the room, as the drawing goes for somebody who has signed and somebody who has not. */
function wayIn(visitor: Visitor): VisitSeed['steps'] {
  return [
    { box: 'A3', line: null, content: { question: '复诊、取药' } },
    { box: 'A5', line: 2, content: { information: [] } },
    { box: 'A6', line: 3, content: {} },
    { box: 'G1', line: 5, content: {} },
    ...(visitor.is_signed
      ? [{ box: 'G2', line: 6, content: {} }]
      : [
          { box: 'A8', line: 7, content: { declined: '回家和家人商量' } },
          { box: 'G2', line: 8, content: {} },
        ]),
    { box: 'B2', line: 10, content: {} },
  ];
}

async function fillQueue(fill: CountyFill, visitors: readonly Visitor[]): Promise<void> {
  await insertVisits(
    fill,
    visitors.map((one) => {
      const queueNo = one.place - seenBefore;
      const isCalled = queueNo === 1;
      return {
        id: fill.ids.next(),
        resident_id: one.id,
        centre_id: one.centre_id,
        org_path: one.org_path,
        on_day: fill.today,
        box: 'B2',
        room: isCalled ? '2诊室' : '全科诊室',
        doctor_id: isCalled ? one.doctor_id : null,
        queue_no: queueNo,
        priority: one.is_signed ? 1 : 2,
        status: 'open' as const,
        is_called: isCalled,
        contract: one.is_signed ? 'signed' : 'declined',
        desk_id: one.desk_id,
        steps: wayIn(one),
      };
    }),
  );
}

async function fillPlanned(fill: CountyFill, visitors: readonly Visitor[]): Promise<void> {
  const { client, countyId, ids, today } = fill;
  const plans: { id: string; visit_id: string; on_day: PlainDate; one: Visitor; content: object }[] = [];
  const seeds = visitors.map((one): VisitSeed => {
    const onDay = addDays(today, -(5 + (one.place % 12) * 4));
    const [visitId, planId] = [ids.next(), ids.next()];
    const content = planOf(one, onDay);
    plans.push({ id: planId, visit_id: visitId, on_day: onDay, one, content });
    return {
      id: visitId,
      resident_id: one.id,
      centre_id: one.centre_id,
      org_path: one.org_path,
      on_day: onDay,
      box: 'B12',
      room: '2诊室',
      doctor_id: one.doctor_id,
      queue_no: one.place,
      priority: one.is_signed ? 1 : 2,
      status: 'resting',
      is_called: true,
      contract: one.is_signed ? 'signed' : 'declined',
      desk_id: one.desk_id,
      steps: [
        ...wayIn(one),
        { box: 'B3', line: 11, content: { section: 'history', text: '按时服药，无头晕。' } },
        { box: 'B4', line: 11, content: { section: 'examination', text: pressureText(one) } },
        { box: 'B6', line: 11, content: {} },
        { box: 'G3', line: 12, content: {} },
        { box: 'G4', line: 16, content: {} },
        { box: 'B10', line: 19, content: { section: 'plan', planId, planVersion: 1, changeReason: 'first' } },
        { box: 'B11', line: 20, content: { medicines: one.drugs?.length ?? 0 } },
        { box: 'B12', line: 21, content: { nextOn: content.nextOn } },
      ],
    };
  });
  await insertVisits(fill, seeds);
  await client.query(
    `insert into care_plan (county_id, id, resident_id, org_path, plan_version, made_on, visit_id, content, change_reason,
       made_at, made_by)
     select $1, x.id, x.resident_id, x.org_path, 1, x.on_day, x.visit_id, x.content, '首次制定',
       x.on_day + time '09:30', x.doctor_id
     from jsonb_to_recordset($2::jsonb) as x (id uuid, resident_id uuid, org_path text, on_day date, visit_id uuid,
       content jsonb, doctor_id uuid)`,
    [
      countyId,
      JSON.stringify(
        plans.map(({ one, ...plan }) => ({
          ...plan,
          resident_id: one.id,
          org_path: one.org_path,
          doctor_id: one.doctor_id,
        })),
      ),
    ],
  );
}

const pressureText = ({ sbp, dbp }: Visitor) =>
  sbp === null || dbp === null ? '心肺听诊无异常。' : `随访血压 ${sbp}/${dbp} mmHg，心肺听诊无异常。`;

function planOf(one: Visitor, day: PlainDate): CarePlanContent & { changeReason: 'first' } {
  const conditions = one.programs;
  const state = {
    conditions,
    sex: one.sex === '1' ? ('male' as const) : ('female' as const),
    ageYears: ageInYears(one.birth_date, day),
  };
  return {
    conditions,
    goals: [{ label: '血压', target: '按方案达标' }],
    lifestyle: prescribeLifestyle(state, day),
    medicines: (one.drugs ?? []).flatMap(({ drugName, dosePerTime, doseUnit, timesPerDay }) =>
      drugName ? [{ name: drugName, dosePerTime, doseUnit, timesPerDay }] : [],
    ),
    accepted: [],
    tcm: { constitution: '', advice: '', techniques: one.place % 3 === 0 ? ['八段锦'] : [] },
    monitoring: proposeMonitoring({ conditions, isChanging: true }, day),
    nextOn: addDays(day, 28),
    changeReason: 'first',
  };
}

async function fillSelfTests({ client, countyId, today, ids, random }: CountyFill): Promise<void> {
  const { rows: centres } = await client.query<{ id: string; path: string; by: string }>(
    `select o.id, o.path, (select s.id from staff s where s.county_id = o.county_id and s.organization_id = o.id
       and s.username like 'ph%' order by s.username limit 1) as by
     from organization o where o.county_id = $1 and o.kind = 'township-centre' order by o.path`,
    [countyId],
  );
  const slips = centres.flatMap((centre) =>
    [1, 2, 3].map((n) => {
      const sbp = random.integer(118, 158);
      return {
        id: ids.next(),
        organization_id: centre.id,
        org_path: centre.path,
        slip_no: String(n).padStart(4, '0'),
        taken_at: `08:${String(n * 9).padStart(2, '0')}`,
        by: centre.by,
        readings: [
          { kind: 'sbp', value: sbp },
          { kind: 'dbp', value: Math.round(sbp / 2) + random.integer(4, 17) },
          { kind: 'weight', value: random.integer(48, 82) },
        ],
      };
    }),
  );
  await client.query(
    `insert into self_test (county_id, id, organization_id, org_path, point, slip_no, taken_on, taken_at, readings, created_at,
       created_by)
     select $1, x.id, x.organization_id, x.org_path, '门诊大厅自助机', x.slip_no, $3, x.taken_at, x.readings,
       least($3::date + x.taken_at::time, localtimestamp), x.by
     from jsonb_to_recordset($2::jsonb) as x (id uuid, organization_id uuid, org_path text, slip_no text, taken_at text,
       readings jsonb, by uuid)`,
    [countyId, JSON.stringify(slips), today],
  );
}
