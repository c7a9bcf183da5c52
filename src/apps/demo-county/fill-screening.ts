import { evaluateScreening, screeningReadings } from '#capabilities/records/domain/evaluate-screening.ts';
import { type CampaignTarget, chooseForCampaign } from '#capabilities/screening/domain/campaign-target.ts';
import { campaignOutcomeOf } from '#capabilities/screening/domain/plan-course-move.ts';
import { addDays, ageInYears, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { communityScreening2026 } from '#standards/forms/community-screening/2026.ts';
import type { CountyFill } from './county-fill.ts';
import { fillCourses } from './fill-courses.ts';
import { fillGrades } from './fill-grades.ts';
import { courseOfSheet, type DemoSheet, writeScreeningRows } from './screening-rows.ts';

/** Of each village: people on the list, people already screened, people not met. */
const [listed, screened, absent] = [24, 8, 2];
const startedDaysAgo = 45;
const target: CampaignTarget = { condition: 'hypertension', ageFrom: 35, risks: [], notScreenedMonths: 12 };

interface Candidate {
  readonly id: string;
  readonly organization_id: string;
  readonly org_path: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: string;
  readonly place: number;
}

/**
 * Finding people, alive: a campaign of each township half way through its villages, with sheets judged by the product's
 * own rules, so that suspicions wait to be settled, some too long, and the high-risk register has its dates; and grades
 * of some people under management.
 */
export async function fillScreening(fill: CountyFill): Promise<void> {
  const candidates = await chooseCandidates(fill);
  const campaigns = await openCampaigns(fill);
  const people: object[] = [];
  const sheets: DemoSheet[] = [];
  for (const person of candidates) {
    const campaign = campaigns.find((one) => person.org_path.startsWith(one.path));
    const doctor = fill.doctors.get(person.organization_id);
    if (!campaign || !doctor) continue;
    const sheet = person.place <= screened ? screenPerson(fill, person, campaign.id, doctor.id) : undefined;
    if (sheet) sheets.push(...sheet);
    const last = sheet?.at(-1);
    const isAbsent = person.place > screened && person.place <= screened + absent;
    people.push({
      campaign_id: campaign.id,
      resident_id: person.id,
      org_path: person.org_path,
      reasons: chooseForCampaign(target, factsOf(person), campaign.startsOn) ?? [],
      outcome: last ? last.outcome : isAbsent ? 'absent' : null,
      done_on: last ? last.day : isAbsent ? addDays(fill.today, -3) : null,
      record_id: last?.id ?? null,
      attempt: isAbsent ? { id: fill.ids.next(), by: doctor.id } : null,
    });
  }
  await writeScreeningRows(fill, sheets, people);
  await fillGrades(fill);
  await fillCourses(fill);
}

/** People of 35 and over of each village who are not under management, the same for the same seed. */
async function chooseCandidates({ client, countyId, today }: CountyFill): Promise<Candidate[]> {
  const { rows } = await client.query<Candidate>(
    `select p.*, p.birth_date::text as birth_date from organization o
     cross join lateral (
       select r.id, r.organization_id, r.org_path, r.name, r.sex, r.birth_date, row_number() over (order by r.id)::int as place
       from resident r
       where r.county_id = $1 and r.org_path = o.path and r.status = 'active'
         and r.birth_date <= $2::date - interval '35 years'
         and not exists (select 1 from enrollment e where e.county_id = $1 and e.resident_id = r.id)
       order by r.id limit ${listed}) p
     where o.county_id = $1 and o.kind = 'village-clinic' order by o.path, p.place`,
    [countyId, today],
  );
  return rows;
}

async function openCampaigns({ client, countyId, today, ids }: CountyFill) {
  const startsOn = addDays(today, -startedDaysAgo);
  const { rows } = await client.query<{ organization_id: string; path: string; staff_id: string }>(
    `select o.id as organization_id, o.path, s.id as staff_id from organization o
     cross join lateral (select s.id from staff s where s.county_id = $1 and s.organization_id = o.id
       and s.role = 'township-public-health-doctor' order by s.username limit 1) s
     where o.county_id = $1 and o.kind = 'township-centre' order by o.path`,
    [countyId],
  );
  const campaigns = rows.map((row) => ({ ...row, id: ids.next(), startsOn }));
  await client.query(
    `insert into campaign (county_id, id, organization_id, org_path, name, target, starts_on, ends_on, status, created_at,
       created_by)
     select $1, x.id, x.organization_id, x.path, $3, $4, $5::date, $6::date, 'running', $5::date + time '09:00', x.staff_id
     from jsonb_to_recordset($2::jsonb) as x (id uuid, organization_id uuid, path text, staff_id uuid)`,
    [
      countyId,
      JSON.stringify(campaigns),
      `${startsOn.slice(0, 4)}年35岁及以上居民血压筛查`,
      JSON.stringify(target),
      startsOn,
      addDays(today, 30),
    ],
  );
  return campaigns;
}

const factsOf = (person: Candidate) => ({
  birthDate: plainDate(person.birth_date),
  sex: person.sex,
  family: [],
  past: [],
  programs: [],
  exposures: [],
  fuel: null,
  sbp: null,
  dbp: null,
  bmi: null,
  screenedOn: null,
});

/** The sheets of one person: one, or three on three days where every pressure is raised. */
function screenPerson(
  fill: CountyFill,
  person: Candidate,
  campaignId: string,
  doctorId: string,
): DemoSheet[] {
  const { random, today } = fill;
  const kind = random.weighted([0.6, 0.8, 0.93, 1]);
  const days =
    kind === 3 ? [-24, -15, -6].map((n) => addDays(today, n)) : [addDays(today, -random.integer(2, 40))];
  const sheets: DemoSheet[] = [];
  for (const day of days) {
    const sbp = [random.integer(106, 128), random.integer(130, 139), random.integer(142, 162)][kind] ?? 152;
    const dbp = [random.integer(66, 79), random.integer(78, 88), random.integer(84, 98)][kind] ?? 94;
    sheets.push(fillSheet(fill, person, { day, sbp, dbp, campaignId, doctorId, earlier: sheets }));
  }
  return sheets;
}

function fillSheet(
  fill: CountyFill,
  person: Candidate,
  given: {
    day: PlainDate;
    sbp: number;
    dbp: number;
    campaignId: string;
    doctorId: string;
    earlier: readonly DemoSheet[];
  },
): DemoSheet {
  const { random, ids } = fill;
  const ageYears = ageInYears(plainDate(person.birth_date), given.day);
  const hasGlucose = random.chance(0.35);
  const answers = {
    screenDate: given.day,
    name: person.name,
    gender: person.sex,
    age: ageYears,
    place: '2',
    sbp: given.sbp,
    dbp: given.dbp,
    ...(hasGlucose ? { fpg: random.pick([4.7, 4.9, 5.1, 5.2, 5.4, 5.5, 5.7, 6.3, 7.4]) } : {}),
    familyHypertension: random.chance(0.12) ? '1' : '2',
    familyDiabetes: random.chance(0.06) ? '1' : '2',
    highSalt: random.chance(0.12) ? '1' : '2',
    heavyDrinking: random.chance(0.06) ? '1' : '2',
    inactive: random.chance(0.15) ? '1' : '2',
  };
  const pressures = given.earlier.map((one) => ({ on: one.day, sbp: one.sbp, dbp: one.dbp }));
  const judged = evaluateScreening(
    communityScreening2026,
    answers,
    { ageYears, sex: person.sex, pressures },
    given.day,
  );
  const pressure = judged.findings.find((one) => one.condition === 'hypertension');
  return {
    id: ids.next(),
    operationId: ids.next(),
    residentId: person.id,
    organizationId: person.organization_id,
    orgPath: person.org_path,
    campaignId: given.campaignId,
    doctorId: given.doctorId,
    day: given.day,
    sbp: given.sbp,
    dbp: given.dbp,
    answers: { ...answers, ...judged.filled },
    verdicts: judged.verdicts,
    readings: screeningReadings(answers),
    moves: courseOfSheet(judged.findings, given.day),
    outcome: pressure ? campaignOutcomeOf(pressure.state) : 'normal',
  };
}
