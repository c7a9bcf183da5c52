import { sql, type Transaction } from 'kysely';
import { personalConditions } from '#capabilities/assessment/domain/personal-conditions.ts';
import { type LastExaminations, readLastExaminations } from '#capabilities/assessment/server/public.ts';
import { readStandingRefusals } from '#capabilities/closing/server/public.ts';
import { programOfForm } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { viewOf } from '#standards/access-policy.ts';
import {
  hideFromView,
  mayTellSensitive,
  type Shown,
  situationsFor,
} from '#standards/privacy/hide-from-view.ts';
import {
  type CompactDocument,
  leaveOutEmpty,
  type PersonDocument,
  type PhoneAttempt,
  type PhoneConflict,
  type PhoneEpisode,
  type PhoneProgramState,
  type PhoneTask,
} from '../domain/person-document.ts';
import { type PlanRow, planOf } from './plan-on-phone.ts';
import { readOwedServices } from './read-owed-services.ts';
import { classOf, likelyDuplicates, readSheets, type SheetRow, toWireVisit } from './read-sheets.ts';
import { readPhoneReferrals } from './referrals-for-phone.ts';

/** Months of visits a phone holds. */
const monthsBack = 24;

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly name_initials: string;
  readonly name_initials_alt: string | null;
  readonly sex: '0' | '1' | '2' | '9';
  readonly birth_date: PlainDate;
  readonly id_no: string | null;
  readonly phone: string | null;
  readonly archive_no: string;
  readonly organization_id: string;
  readonly status: 'active' | 'lost';
  readonly status_on: PlainDate | null;
  readonly version: number;
  readonly form_edition: string;
  readonly personal_information: Record<string, unknown>;
  readonly tasks: PhoneTask[];
  readonly enrollments: Omit<PhoneProgramState, 'classes' | 'lastVisitOn' | 'last'>[];
  readonly episodes: PhoneEpisode[];
  readonly calls: { campaignId: string; name: string; endsOn: PlainDate }[];
  readonly conflicts: PhoneConflict[];
  readonly attempts: PhoneAttempt[];
  readonly returned_on: PlainDate | null;
  readonly grade: { tier: string; colour: 'green' | 'yellow' | 'red'; everyDays: number } | null;
  readonly plan: PlanRow | null;
}

/** Answers that stand in other columns of the document, or must not leave the server. */
const notInformation = new Set(['idNo', 'name', 'gender', 'birthDate']);

/**
 * The latest state of these residents as a phone holds it, in the order asked for; whoever is out of the transaction's
 * scope, dead, moved away or closed is left out. The full identity number is not part of it.
 */
export async function readPersonDocuments(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
  today: PlainDate,
): Promise<CompactDocument[]> {
  if (ids.length === 0) return [];
  const people = await readPeople(tx, countyId, ids, today);
  const found = [...people.keys()];
  const sheets = await readSheets(tx, countyId, found, addMonths(today, -monthsBack));
  const owed = await readOwedServices(tx, countyId, found, today);
  const managed = found.filter((id) => people.get(id)?.enrollments.length);
  const examined = await readLastExaminations(tx, { countyId, residentIds: managed });
  const referrals = await readPhoneReferrals(tx, { countyId, residentIds: found });
  const refusals = await readStandingRefusals(tx, { countyId, residentIds: found });
  return ids.flatMap((id) => {
    const person = people.get(id);
    if (!person) return [];
    const drawn = {
      sheets: sheets.get(id) ?? [],
      contract: owed.get(id) ?? null,
      examined: examined.get(id),
      refusals: refusals.get(id) ?? [],
      referrals: referrals.get(id) ?? [],
    };
    return [withoutSensitive(toDocument(person, drawn))];
  });
}

/** A phone gets lost: no sensitive diagnosis goes onto one, whoever's it is. Telephones and addresses go along: one calls and walks there. */
const onPhones: Shown = {
  identity: new Set(viewOf('field.sync', 'village-doctor').identity),
  sensitive: false,
};
const withoutSensitive = (document: CompactDocument) => {
  const text = JSON.stringify(document);
  // An edition of tomorrow may ask for an identity number under any name.
  return mayTellSensitive(text) || /(?<!\d)\d{17}[\dXx](?!\d)/.test(text)
    ? (hideFromView(document, { shown: () => onPhones }) as CompactDocument)
    : document;
};

async function readPeople(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
  today: PlainDate,
): Promise<Map<string, PersonRow>> {
  const { rows } = await sql<PersonRow>`
    select r.id, r.name, r.name_initials, r.name_initials_alt, r.sex, r.birth_date, r.id_no, r.phone,
      r.archive_no, r.organization_id, r.status, r.status_on, r.version, r.form_edition, r.personal_information,
      (select coalesce(json_agg(json_build_object('id', t.id, 'enrollmentId', t.enrollment_id, 'program', t.program,
          'kind', t.kind, 'dueOn', t.due_on, 'latestOn', t.latest_on, 'reason', t.reason) order by t.due_on, t.id), '[]')
        from follow_up_task t where t.county_id = r.county_id and t.resident_id = r.id and t.closed_at is null) as tasks,
      (select coalesce(json_agg(json_build_object('program', e.program, 'enrollmentId', e.id, 'version', e.version,
          'enrolledOn', e.enrolled_on, 'diagnosedOn', e.diagnosed_on) order by e.program), '[]')
        from enrollment e where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) as enrollments,
      (select coalesce(json_agg(json_build_object('condition', c.condition, 'state', c.state, 'since', c.since,
          'dueOn', c.due_on, 'nextStep', c.next_step) order by c.condition), '[]')
        from condition_episode c where c.county_id = r.county_id and c.resident_id = r.id
          and c.state in ('high-risk','suspected','confirmed')) as episodes,
      (select coalesce(json_agg(json_build_object('campaignId', c.id, 'name', c.name, 'endsOn', c.ends_on)
          order by c.ends_on, c.id), '[]')
        from campaign_person p join campaign c on c.county_id = p.county_id and c.id = p.campaign_id
        where p.county_id = r.county_id and p.resident_id = r.id and p.outcome is null
          and c.status = 'running' and c.ends_on >= ${today}::date) as calls,
      (select coalesce(json_agg(json_build_object('id', c.id, 'field', c.field, 'kept', c.kept,
          'keptBy', coalesce(k.name, ''), 'offered', c.offered, 'offeredBy', o.name, 'at', c.made_at) order by c.made_at, c.id), '[]')
        from person_conflict c join staff o on o.county_id = c.county_id and o.id = c.offered_by
        left join staff k on k.county_id = c.county_id and k.id = c.kept_by
        where c.county_id = r.county_id and c.resident_id = r.id and c.resolved_at is null) as conflicts,
      (select coalesce(json_agg(json_build_object('on', a.on_day, 'means', a.means) order by a.on_day desc, a.recorded_at desc, a.id), '[]')
        from contact_attempt a where a.county_id = r.county_id and a.resident_id = r.id) as attempts,
      (select max(v.on_day) from resident_status_event v where v.county_id = r.county_id and v.resident_id = r.id
        and v.kind = 'returned') as returned_on,
      (select json_build_object('tier', g.tier, 'colour', g.colour, 'everyDays', g.every_days) from current_grade g
        where g.county_id = r.county_id and g.resident_id = r.id) as grade,
      (select json_build_object('on', p.made_on, 'by', s.name, 'content', p.content) from care_plan p
        join staff s on s.county_id = p.county_id and s.id = p.made_by
        where p.county_id = r.county_id and p.resident_id = r.id order by p.plan_version desc limit 1) as plan
    from resident r
    where r.county_id = ${countyId} and r.id = any(${ids}::uuid[]) and r.status in ('active', 'lost')`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function toDocument(
  row: PersonRow,
  {
    sheets,
    contract,
    examined,
    refusals,
    referrals,
  }: {
    readonly sheets: readonly SheetRow[];
    readonly contract: PersonDocument['contract'];
    readonly examined: LastExaminations | undefined;
    readonly refusals: NonNullable<PersonDocument['refusals']>;
    readonly referrals: NonNullable<PersonDocument['referrals']>;
  },
): CompactDocument {
  const information = Object.fromEntries(
    Object.entries(row.personal_information).filter(
      ([field, value]) => !notInformation.has(field) && !(field === 'phone' && value === row.phone),
    ),
  );
  return leaveOutEmpty({
    id: row.id,
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    initials: [row.name_initials, ...(row.name_initials_alt ? [row.name_initials_alt] : [])],
    idTail: row.id_no?.slice(-6) ?? null,
    phone: row.phone,
    archiveNo: row.archive_no,
    organizationId: row.organization_id,
    ...(row.status === 'active' ? {} : { status: row.status, statusOn: row.status_on }),
    version: row.version,
    formEdition: row.form_edition,
    information,
    situations: situationsFor(personalConditions(row.personal_information)),
    programs: row.enrollments.map((one) => programState(one, sheets)),
    tasks: row.tasks,
    sheets: sheets.map(toWireVisit),
    episodes: row.episodes,
    calls: row.calls,
    contract,
    ...(examined ? { examined: onPhone(examined) } : {}),
    grade: row.grade,
    plan: row.plan && planOf(row.plan),
    lastCheckupOn: sheets.find((sheet) => sheet.form === 'annual-checkup')?.occurred_on ?? null,
    attempts: row.attempts,
    refusals,
    referrals,
    returnedOn: row.returned_on,
    conflicts: row.conflicts,
    likelyDuplicates: likelyDuplicates(sheets),
  });
}

const onPhone = ({ done, readings }: LastExaminations): NonNullable<CompactDocument['examined']> =>
  Object.keys(readings).length > 0 ? { done, readings } : { done };

function programState(
  enrollment: PersonRow['enrollments'][number],
  sheets: readonly SheetRow[],
): PhoneProgramState {
  const own = sheets.filter((sheet) => programOfForm(sheet.form) === enrollment.program);
  const last = own.find((sheet) => sheet.answers !== null);
  return {
    ...enrollment,
    classes: own
      .flatMap((sheet) => {
        const formClass = classOf(sheet.form_class);
        return formClass === 0 ? [] : [formClass];
      })
      .slice(0, 4),
    lastVisitOn: own[0]?.occurred_on ?? null,
    last: last
      ? {
          recordId: last.id,
          edition: last.form_edition,
          on: last.occurred_on,
          answers: last.answers as NonNullable<PhoneProgramState['last']>['answers'],
        }
      : null,
  };
}
