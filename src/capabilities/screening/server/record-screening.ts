import { sql, type Transaction } from 'kysely';
import type { CourseSource } from '#capabilities/enrollment/domain/condition-course.ts';
import { moveEpisode } from '#capabilities/enrollment/server/public.ts';
import { isScreeningForm } from '#capabilities/records/domain/evaluate-screening.ts';
import type { ScreeningFinding } from '#capabilities/records/domain/screening-evaluation.ts';
import { fileResidentRecord } from '#capabilities/records/server/public.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CampaignOutcome } from '../contract.ts';
import { campaignOutcomeOf, planCourseMove } from '../domain/plan-course-move.ts';

interface ScreeningInput {
  readonly operationId: string;
  readonly recordId: string;
  readonly residentId: string;
  readonly form: string;
  readonly formEdition: string;
  readonly answers: FormAnswers;
  readonly confirmed: readonly string[];
  readonly campaignId?: string | undefined;
  readonly supersedesId?: string | undefined;
  readonly reason?: string | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

/** 筛查方式 of the community sheet as the source of what was found. */
const sourceByPlace: Readonly<Record<string, CourseSource>> = { '3': 'checkup', '4': 'self-test' };

function sourceOf(input: ScreeningInput): CourseSource {
  if (input.campaignId) return 'campaign';
  if (input.form === 'first-visit-blood-pressure') return 'first-visit';
  return sourceByPlace[String(input.answers.place)] ?? 'clinic';
}

/**
 * Files a screening sheet with its verdicts, moves the courses of the diseases it speaks of, and marks the person in the
 * campaign it belongs to, all or nothing. Refuses a form that does not screen and a campaign the person is not in.
 */
export async function recordScreeningSheet(tx: Transaction<Tables>, actor: Actor, input: ScreeningInput) {
  if (!isScreeningForm(input.form)) {
    const message = '这张表不是筛查表。';
    return refused('invalid-input', { issues: [{ path: 'form', code: 'not-screening', message }] });
  }
  const campaign = input.campaignId
    ? await holdPerson(tx, actor, input.campaignId, input.residentId)
    : undefined;
  if (campaign && 'problem' in campaign) return campaign;
  const person = await tx
    .selectFrom('resident')
    .select('status')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const filed = await fileResidentRecord(tx, actor, input);
  if ('problem' in filed) return filed;
  const findings = filed.evaluation?.findings ?? [];
  const moved = await moveCourses(
    tx,
    actor,
    { ...input, occurredOn: filed.occurredOn, source: sourceOf(input) },
    findings,
  );
  if (moved) return moved;
  const finding = campaign && findings.find((one) => one.condition === campaign.condition);
  const campaignOutcome = finding ? campaignOutcomeOf(finding.state) : null;
  if (campaign && campaignOutcome) await markPerson(tx, actor, input, filed.occurredOn, campaignOutcome);
  return {
    recordId: filed.recordId,
    occurredOn: filed.occurredOn,
    findings: findings.map((one) => ({
      condition: one.condition,
      state: one.state,
      reason: one.reason,
      nextStep: one.nextStep ?? null,
      dueOn: one.dueOn ?? null,
    })),
    campaignOutcome,
  };
}

/** Moves the course of each disease by what was found of it; a known disease stays as it is. */
export async function moveCourses(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    campaignId?: string | undefined;
    occurredOn: PlainDate;
    source: CourseSource;
    now: Date;
  },
  findings: readonly ScreeningFinding[],
): Promise<Refused | undefined> {
  if (findings.length === 0) return undefined;
  const managed = await tx
    .selectFrom('enrollment')
    .select('program')
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('closed_on', 'is', null)
    .execute();
  const open = await tx
    .selectFrom('condition_episode')
    .select(['condition', 'state'])
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('state', '<>', 'closed')
    .execute();
  for (const finding of findings) {
    if (managed.some((one) => one.program === finding.condition)) continue;
    const state = open.find((one) => one.condition === finding.condition)?.state ?? 'none';
    const move = planCourseMove(state, finding, input.occurredOn);
    if (!move) continue;
    const outcome = await moveEpisode(tx, actor, {
      residentId: input.residentId,
      condition: finding.condition,
      onDay: input.occurredOn,
      source: input.source,
      rule: finding.rule,
      campaignId: input.campaignId,
      now: input.now,
      ...move,
    });
    if ('problem' in outcome) return outcome;
  }
  return undefined;
}

async function holdPerson(tx: Transaction<Tables>, actor: Actor, campaignId: string, residentId: string) {
  const row = await tx
    .selectFrom('campaign_person as p')
    .innerJoin('campaign as c', (join) =>
      join.onRef('c.county_id', '=', 'p.county_id').onRef('c.id', '=', 'p.campaign_id'),
    )
    .select(['c.status', 'c.target'])
    .where('p.county_id', '=', actor.countyId)
    .where('p.campaign_id', '=', campaignId)
    .where('p.resident_id', '=', residentId)
    .forUpdate('p')
    .executeTakeFirst();
  if (!row) return refused('not-found', { detail: '该居民不在这次筛查的名单中。' });
  if (row.status !== 'running') return refused('illegal-move', { detail: '该活动没有在进行。' });
  return { condition: (row.target as { condition: string }).condition };
}

async function markPerson(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ScreeningInput,
  onDay: PlainDate,
  outcome: CampaignOutcome,
): Promise<void> {
  await sql`update campaign_person set outcome = ${outcome}, done_on = ${onDay}::date, record_id = ${input.recordId}::uuid
    where county_id = ${actor.countyId} and campaign_id = ${input.campaignId ?? null}::uuid
      and resident_id = ${input.residentId}::uuid`.execute(tx);
}
