import { courseDueOn, courseNextSteps } from '#capabilities/enrollment/domain/condition-course.ts';
import type { screeningReadings } from '#capabilities/records/domain/evaluate-screening.ts';
import type { ScreeningFinding } from '#capabilities/records/domain/screening-evaluation.ts';
import { planCourseMove } from '#capabilities/screening/domain/plan-course-move.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Verdict } from '#kernel/verdict.ts';
import type { CountyFill } from './county-fill.ts';

/** What one sheet does to the course of one disease. */
export interface DemoMove {
  readonly condition: string;
  readonly to: string;
  readonly reason: string;
  readonly nextStep: string;
  readonly dueOn: PlainDate | undefined;
  readonly rule: ScreeningFinding['rule'];
}

/** A filed screening sheet with all the product keeps of it. */
export interface DemoSheet {
  readonly id: string;
  readonly operationId: string;
  readonly residentId: string;
  readonly organizationId: string;
  readonly orgPath: string;
  readonly campaignId: string;
  readonly doctorId: string;
  readonly day: PlainDate;
  readonly sbp: number;
  readonly dbp: number;
  readonly answers: object;
  readonly verdicts: readonly Verdict[];
  readonly readings: ReturnType<typeof screeningReadings>;
  readonly moves: readonly DemoMove[];
  readonly outcome: string;
}

/** The moves of a sheet's findings, by the product's own rule; sheets of the demo only ever find more, never less. */
export function courseOfSheet(findings: readonly ScreeningFinding[], day: PlainDate): DemoMove[] {
  return findings.flatMap((finding) => {
    const move = planCourseMove('none', finding, day);
    return move
      ? [
          {
            condition: finding.condition,
            to: move.to,
            reason: move.reason,
            nextStep: move.nextStep ?? courseNextSteps[move.to],
            dueOn: move.dueOn ?? courseDueOn(move.to, day),
            rule: finding.rule,
          },
        ]
      : [];
  });
}

/** Writes sheets with readings, verdicts and courses, and the people of the campaigns, a statement for each table. */
export async function writeScreeningRows(
  fill: CountyFill,
  sheets: readonly DemoSheet[],
  people: readonly object[],
): Promise<void> {
  await writeSheets(fill, sheets);
  await writeCourses(fill, sheets);
  const { client, countyId, today } = fill;
  const rows = `jsonb_to_recordset($2::jsonb) as x (campaign_id uuid, resident_id uuid, org_path text, reasons jsonb,
    outcome text, done_on date, record_id uuid, attempt jsonb)`;
  const given = [countyId, JSON.stringify(people)];
  await client.query(
    `insert into campaign_person (county_id, campaign_id, resident_id, org_path, reasons, outcome, done_on, record_id)
     select $1, x.campaign_id, x.resident_id, x.org_path, x.reasons, x.outcome, x.done_on, x.record_id from ${rows}`,
    given,
  );
  await client.query(
    `insert into campaign_attempt (county_id, id, campaign_id, resident_id, org_path, on_day, outcome, recorded_at,
       recorded_by)
     select $1, (x.attempt->>'id')::uuid, x.campaign_id, x.resident_id, x.org_path, x.done_on, 'absent',
       $3::date - 3 + time '18:00', (x.attempt->>'by')::uuid from ${rows} where x.attempt <> 'null'`,
    [...given, today],
  );
}

async function writeSheets({ client, countyId }: CountyFill, sheets: readonly DemoSheet[]): Promise<void> {
  const given = [countyId, JSON.stringify(sheets)];
  const rows = `jsonb_to_recordset($2::jsonb) as x (id uuid, "operationId" uuid, "residentId" uuid, "organizationId" uuid,
    "orgPath" text, "doctorId" uuid, day date, answers jsonb, verdicts jsonb, readings jsonb)`;
  await client.query(
    `insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
       form_edition, occurred_on, mode, status, answers, received_at, recorded_by)
     select $1, x.id, x."operationId", x.id, x."residentId", x."organizationId", x."orgPath", 'community-screening', '2026',
       x.day, null, 'complete', x.answers, x.day + time '10:30', x."doctorId" from ${rows}`,
    given,
  );
  await client.query(
    `insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
     select $1, x.id, m.kind, x."residentId", x."orgPath", m.value, m.unit, m.context, x.day from ${rows},
       jsonb_to_recordset(x.readings) as m (kind text, value numeric, unit text, context text)`,
    given,
  );
  await client.query(
    `insert into verdict (county_id, record_id, rule_id, resident_id, org_path, edition, outcome, clause,
       certainty, reasons, occurred_on)
     select $1, x.id, v."ruleId", x."residentId", x."orgPath", v.edition, v.outcome, v.clause, v.certainty, v.reasons, x.day
     from ${rows}, jsonb_to_recordset(x.verdicts)
       as v ("ruleId" text, edition text, outcome text, clause text, certainty text, reasons json)`,
    given,
  );
}

/** One course for each person and disease, standing where the last sheet left it, with an event for each sheet. */
async function writeCourses(
  { client, countyId, ids }: CountyFill,
  sheets: readonly DemoSheet[],
): Promise<void> {
  const episodes = new Map<string, Record<string, unknown>>();
  const events: object[] = [];
  for (const sheet of sheets)
    for (const move of sheet.moves) {
      const key = `${sheet.residentId} ${move.condition}`;
      const held = episodes.get(key);
      const episode = {
        ...move,
        ...sheet,
        id: held?.id ?? ids.next(),
        since: held?.to === move.to ? held.since : sheet.day,
        version: Number(held?.version ?? 0) + 1,
      };
      episodes.set(key, episode);
      events.push({ ...episode, episodeId: episode.id, id: ids.next(), from: held?.to ?? null });
    }
  const columns = `id uuid, "episodeId" uuid, "residentId" uuid, "organizationId" uuid, "orgPath" text, "campaignId" uuid,
    "doctorId" uuid, day date, condition text, "from" text, "to" text, reason text, "nextStep" text, "dueOn" date, rule jsonb,
    since date, version integer`;
  await client.query(
    `insert into condition_episode (county_id, id, resident_id, organization_id, org_path, condition, state, since, due_on,
       next_step, source, campaign_id, version, updated_at)
     select $1, x.id, x."residentId", x."organizationId", x."orgPath", x.condition, x."to", x.since, x."dueOn", x."nextStep",
       'campaign', x."campaignId", x.version, x.day + time '10:30' from jsonb_to_recordset($2::jsonb) as x (${columns})
     on conflict do nothing`,
    [countyId, JSON.stringify([...episodes.values()])],
  );
  await client.query(
    `insert into condition_event (county_id, id, episode_id, resident_id, org_path, from_state, to_state, on_day, reason, rule,
       recorded_at, recorded_by)
     select $1, x.id, x."episodeId", x."residentId", x."orgPath", x."from", x."to", x.day, x.reason, x.rule,
       x.day + time '10:30', x."doctorId" from jsonb_to_recordset($2::jsonb) as x (${columns})`,
    [countyId, JSON.stringify(events)],
  );
}
