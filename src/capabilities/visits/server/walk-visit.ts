import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type BoxId, rolesOf } from '../domain/flow-boxes.ts';
import type { FlowLine } from '../domain/flow-lines.ts';
import { type FlowFacts, type FlowSettings, routeVisit } from '../domain/move-visit.ts';
import type { VisitRow } from './hold-visit.ts';

/** What is to be done on the way: the box, and what is written down there. */
export interface Stop {
  readonly to: BoxId;
  readonly content?: Readonly<Record<string, unknown>> | undefined;
}

interface Step {
  readonly box: BoxId;
  readonly line: FlowLine | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

type WalkedVisit = Pick<VisitRow, 'id' | 'resident_id' | 'org_path' | 'box'>;

/**
 * Walks a visit along the drawing through the stops and writes every box passed, gateways too. A stop where the visit
 * already stands only adds a note. The first closed line refuses the whole walk and says which line and why.
 */
export async function walkVisit(
  tx: Transaction<Tables>,
  actor: Actor,
  visit: WalkedVisit,
  facts: FlowFacts,
  settings: FlowSettings,
  stops: readonly Stop[],
  now: Date,
): Promise<BoxId | Refused> {
  const steps: Step[] = [];
  let at = visit.box;
  for (const { to, content } of stops) {
    if (to === at) {
      if (content) steps.push({ box: at, line: undefined, content });
      continue;
    }
    const route = routeVisit(at, to, facts, settings);
    if (route.kind === 'refusal')
      return refused('illegal-move', {
        detail: route.refusal.message,
        extra: { refusal: route.refusal.code, from: at, to, line: route.refusal.line?.no ?? null },
      });
    if (!rolesOf(to).includes(actor.role))
      return refused('not-allowed', { detail: '这个环节须由医生进行。' });
    for (const [index, line] of route.lines.entries())
      steps.push({ box: line.to, line, content: index === route.lines.length - 1 ? (content ?? {}) : {} });
    at = to;
  }
  await appendSteps(tx, actor, visit, steps, now);
  return at;
}

/** Writes steps behind those already there. */
export async function appendSteps(
  tx: Transaction<Tables>,
  actor: Actor,
  visit: WalkedVisit,
  steps: readonly { box: BoxId; line?: FlowLine | undefined; content: Readonly<Record<string, unknown>> }[],
  now: Date,
): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map((step, index) => ({
    n: index + 1,
    line: step.line?.no ?? null,
    box: step.box,
    content: step.content,
  }));
  await sql`
    insert into visit_step (county_id, visit_id, seq, resident_id, org_path, line_no, box, content, at, by)
    select ${actor.countyId}, ${visit.id}::uuid, x.n + (select coalesce(max(seq), 0) from visit_step
        where county_id = ${actor.countyId} and visit_id = ${visit.id}::uuid),
      ${visit.resident_id}::uuid, ${visit.org_path}, x.line, x.box, x.content, ${now}, ${actor.staffId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (n integer, line integer, box text, content jsonb)`.execute(
    tx,
  );
}

/** Writes where a visit stands now; its version counts up. */
export async function placeVisit(
  tx: Transaction<Tables>,
  actor: Actor,
  visit: VisitRow,
  box: BoxId,
  now: Date,
  more: { readonly beyondCapacity?: boolean } = {},
): Promise<{ version: number; box: string }> {
  const isSeen = visit.seen_at === null && !['B1', 'B2'].includes(box);
  await sql`
    update centre_visit set box = ${box}, version = version + 1,
      beyond_capacity = coalesce(${more.beyondCapacity ?? null}::boolean, beyond_capacity),
      seen_at = case when ${isSeen} then ${now} else seen_at end,
      called_at = case when ${isSeen} then coalesce(called_at, ${now}) else called_at end,
      doctor_id = case when ${isSeen} and ${actor.role} in ('township-doctor','county-specialist')
        then ${actor.staffId}::uuid else doctor_id end
    where county_id = ${actor.countyId} and id = ${visit.id}::uuid`.execute(tx);
  return { version: visit.version + 1, box };
}
