import type { Transaction } from 'kysely';
import { replanFollowUps } from '#capabilities/follow-up/server/public.ts';
import { addDays, laterOf, type PlainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { BoxId } from '../domain/flow-boxes.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts } from './hold-visit.ts';
import { judgePerson } from './judge-visit.ts';
import { placeVisit, type Stop, walkVisit } from './walk-visit.ts';

interface EffectInput {
  readonly visitId: string;
  readonly version: number;
  readonly keepsPlan: boolean;
  readonly guidance: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Judges by rule whether the plan works. Stable: follow-up and guidance, and the village takes the routine follow-up
 * (where the county says so), its task due on the plan's next day. Not stable: the visit stays at the evaluation, from
 * where the plan is revised. What has not been measured yet is a refusal that names it.
 */
export async function evaluateVisitEffect(tx: Transaction<Tables>, actor: Actor, input: EffectInput) {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  const judged = await judgePerson(tx, actor.countyId, visit.resident_id, input.today);
  if (!judged) return refused('illegal-move', { detail: '还没有管理方案，不能评估效果。' });
  if (judged.state === 'undecided')
    return refused('no-evidence', {
      detail: `还不能判断病情是否稳定：${judged.missing.join('；')}。`,
      extra: { missing: judged.missing },
    });
  const facts = { ...(await readFlowFacts(tx, actor.countyId, visit)), stable: judged.state === 'stable' };
  const { settings } = await readFlowSettings(tx, actor.countyId);
  const { nextOn, planVersion, ...stability } = judged;
  const isKept = visit.box === 'B10' && input.keepsPlan;
  const stops: Stop[] = [
    ...(isKept
      ? [
          { to: 'B10' as BoxId, content: { section: 'plan', keeps: planVersion } },
          { to: 'B11' as BoxId },
          { to: 'B12' as BoxId },
        ]
      : []),
    { to: 'B13', content: { stability } },
    ...(facts.stable
      ? [
          { to: 'C1' as BoxId, content: { reasons: stability.reasons } },
          { to: 'C2' as BoxId, ...(input.guidance ? { content: { note: input.guidance } } : {}) },
          ...(settings['village-takes-follow-up'] ? [{ to: 'C4' as BoxId }] : []),
        ]
      : []),
  ];
  const at = await walkVisit(tx, actor, visit, facts, settings, stops, input.now);
  if (typeof at !== 'string') return at;
  const planned = facts.stable
    ? await replanFollowUps(tx, actor, {
        residentId: visit.resident_id,
        dueOn: laterOf(nextOn, addDays(input.today, 1)),
        reason: `中心评估病情稳定，由村卫生室随访。${stability.reasons.join('')}`,
        today: input.today,
        now: input.now,
      })
    : undefined;
  await recordAudit(tx, actor, {
    action: 'visit.effect',
    residentId: visit.resident_id,
    subject: visit.id,
    detail: { state: stability.state, planVersion },
    now: input.now,
  });
  const placed = await placeVisit(tx, actor, visit, at, input.now);
  return {
    ...placed,
    stability: {
      state: stability.state,
      reasons: [...stability.reasons],
      missing: [...stability.missing],
      ruleIds: [...stability.ruleIds],
    },
    nextFollowUpOn: planned?.dueOn ?? null,
  };
}
