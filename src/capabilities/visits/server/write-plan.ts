import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { openEnrollment } from '#capabilities/enrollment/server/public.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { valueOn } from '#kernel/dated.ts';
import { addMonths, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { minimumManagedAge } from '#standards/indicators/managed-population.ts';
import { type PlanChangeReason, planChangeReasons } from '../domain/care-plan.ts';
import { warnOfPlan } from '../domain/draft-care-plan.ts';
import { isRuled } from '../domain/judge-diagnosis.ts';
import type { PlanContent } from '../plan-contract.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts, type VisitRow } from './hold-visit.ts';
import { readPlanInForce } from './judge-visit.ts';
import { placeVisit, walkVisit } from './walk-visit.ts';

export interface PlanInput {
  readonly visitId: string;
  readonly version: number;
  readonly planId: string;
  readonly basedOn: number;
  readonly changeReason: PlanChangeReason;
  readonly changeNote: string;
  readonly content: PlanContent;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Writes a new version of the plan, never over an old one. Refuses one based on a version that is no longer the last, a
 * medicine that must not be given, one to be avoided without a reason, and a next day that cannot be. Confirmed diseases
 * with a programme are taken into management with it, and the visit goes on to treatment and monitoring.
 */
export async function writeCarePlan(tx: Transaction<Tables>, actor: Actor, input: PlanInput) {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  if (visit.box !== 'B10') return refused('illegal-move', { detail: '请先走到“制定/完善方案”这一环节。' });
  const standing = await readPlanInForce(tx, actor.countyId, visit.resident_id);
  if ((standing?.plan_version ?? 0) !== input.basedOn)
    return refused('stale-version', { detail: '这个人的方案刚有了新的一版，请查看后再改。' });
  const record = await loadPatientRecord(tx, {
    countyId: actor.countyId,
    residentId: visit.resident_id,
    today: input.today,
  });
  const issues = [...checkPlan(input), ...(record ? checkPlannedMedicines(record, input) : [])];
  if (issues.length > 0) return refused('invalid-input', { issues });
  const planVersion = input.basedOn + 1;
  const note = input.changeNote.trim();
  const { rows } = await sql`
    insert into care_plan (county_id, id, resident_id, org_path, plan_version, made_on, visit_id, content, change_reason,
      made_at, made_by)
    values (${actor.countyId}, ${input.planId}::uuid, ${visit.resident_id}::uuid, ${visit.org_path}, ${planVersion},
      ${input.today}::date, ${visit.id}::uuid,
      ${JSON.stringify({ ...input.content, changeReason: input.changeReason })}::jsonb,
      ${`${planChangeReasons[input.changeReason]}${note ? `：${note}` : ''}`}, ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (rows.length === 0) return refused('stale-version');
  const enrolled = await enrollConfirmed(tx, actor, visit, input);
  if (enrolled) return enrolled;
  const facts = await readFlowFacts(tx, actor.countyId, visit);
  const { settings } = await readFlowSettings(tx, actor.countyId);
  const at = await walkVisit(
    tx,
    actor,
    visit,
    facts,
    settings,
    [
      {
        to: 'B10',
        content: { section: 'plan', planId: input.planId, planVersion, changeReason: input.changeReason },
      },
      { to: 'B11', content: { medicines: input.content.medicines.length } },
      { to: 'B12', content: { nextOn: input.content.nextOn } },
    ],
    input.now,
  );
  if (typeof at !== 'string') return at;
  await recordAudit(tx, actor, {
    action: 'plan.write',
    residentId: visit.resident_id,
    subject: input.planId,
    detail: {
      planVersion,
      reason: input.changeReason,
      accepted: input.content.accepted.map((one) => one.ruleId),
    },
    now: input.now,
  });
  return { ...(await placeVisit(tx, actor, visit, at, input.now)), planVersion };
}

function checkPlan({ basedOn, changeReason, content, today }: PlanInput): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const refuse = (path: string, code: string, message: string) => issues.push({ path, code, message });
  if (content.nextOn <= today || content.nextOn > addMonths(today, 12))
    refuse('content.nextOn', 'range', '下次日期应在明天至一年之内。');
  if ((changeReason === 'first') !== (basedOn === 0))
    refuse('changeReason', 'reason', basedOn === 0 ? '第一版方案的原因是“首次制定”。' : '请选择修订的原因。');
  const names = content.medicines.map((one) => one.name.trim());
  if (new Set(names).size !== names.length) refuse('content.medicines', 'duplicate', '同一种药重复。');
  return issues;
}

/** What the engine says of the list as planned: forbidden is refused, to be avoided needs a reason. */
function checkPlannedMedicines(record: PatientRecord, { content, today }: PlanInput): FieldIssue[] {
  const { warnings } = warnOfPlan(record, content.medicines, today);
  const isAccepted = (ruleId: string) => content.accepted.some((one) => one.ruleId === ruleId);
  return warnings.flatMap((one): FieldIssue[] => {
    const text = `${one.medicines.join('、')}：${one.effect}；${one.action}。`;
    if (one.severity === 'X')
      return [{ path: 'content.medicines', code: 'forbidden', message: `禁用，须更换。${text}` }];
    if (one.severity === 'D' && !isAccepted(one.ruleId))
      return [{ path: 'content.accepted', code: one.ruleId, message: `应避免，须写明理由。${text}` }];
    return [];
  });
}

/** Takes confirmed diseases that have a programme into management; the first follow-up is planned for the plan's day. */
async function enrollConfirmed(
  tx: Transaction<Tables>,
  actor: Actor,
  visit: VisitRow,
  input: PlanInput,
): Promise<Refused | undefined> {
  if (ageInYears(visit.birth_date, input.today) < valueOn(minimumManagedAge, input.today)) return undefined;
  const { rows } = await sql<{ condition: string; since: PlainDate }>`
    select e.condition, e.since from condition_episode e
    where e.county_id = ${actor.countyId} and e.resident_id = ${visit.resident_id}::uuid and e.state = 'confirmed'
      and not exists (select 1 from enrollment n where n.county_id = e.county_id and n.resident_id = e.resident_id
        and n.program = e.condition and n.closed_on is null)
    order by e.condition`.execute(tx);
  for (const { condition, since } of rows) {
    const program = condition as Parameters<typeof isRuled>[0];
    if (!isRuled(program)) continue;
    const opened = await openEnrollment(tx, actor, {
      residentId: visit.resident_id,
      enrollmentId: uuidv7(),
      program,
      enrolledOn: input.today,
      diagnosedOn: since,
      today: input.today,
      now: input.now,
    });
    if ('problem' in opened) return opened;
  }
  return undefined;
}
