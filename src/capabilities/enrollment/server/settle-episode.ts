import { sql, type Transaction } from 'kysely';
import type { Condition } from '#clinical/conditions.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { mayDo } from '#standards/access-policy.ts';
import type { Episode } from '../contract.ts';
import type { CourseSource } from '../domain/condition-course.ts';
import { type Evidence, weighEvidence } from '../domain/weigh-evidence.ts';
import { moveEpisode } from './move-episode.ts';
import { toEpisode } from './read-course.ts';

/** Months of office pressures a diagnosis may stand on. */
const monthsBack = 3;

/** Evidence as it arrives: pressures are read from the record, never typed again; symptoms are what somebody asked. */
export type GivenEvidence =
  | Exclude<Evidence, { kind: 'pressures' }>
  | { readonly kind: 'pressures'; readonly acuteSymptoms?: boolean | undefined };

const evidenceOf: Readonly<Record<string, Evidence['kind']>> = {
  hypertension: 'pressures',
  'type-2-diabetes': 'glucose',
  copd: 'spirometry',
};

/**
 * Confirms a suspected or high-risk disease on its evidence. Evidence of another disease's kind, or that does not meet
 * the rule, is refused with what the rule says; a written diagnosis of another hospital stands for itself.
 */
export async function confirmByEvidence(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    episodeId: string;
    version: number;
    onDay: PlainDate;
    evidence: GivenEvidence;
    today: PlainDate;
    now: Date;
  },
): Promise<{ episode: Episode } | Refused> {
  const held = await holdEpisode(tx, actor, input.episodeId);
  if (!held) return refused('not-found');
  // The same disease may have been found anew since: what is confirmed is the course that was named.
  if (held.state === 'closed')
    return refused('illegal-move', { detail: '这段病程已经终止，请在新的一段上确诊。' });
  if (input.onDay > input.today || input.onDay < held.birth_date) return badDay();
  const { evidence } = input;
  if (evidence.kind === 'outside' && (evidence.hospital.trim().length < 2 || evidence.on > input.today))
    return refused('no-evidence', { detail: '请写明确诊医院和日期，日期不能晚于今天。' });
  if (evidence.kind !== 'outside' && evidenceOf[held.condition] !== evidence.kind)
    return refused('no-evidence', { detail: '这种依据不能用来确诊这个病。' });
  if (daysOf(evidence).some((on) => on > input.onDay))
    return refused('no-evidence', { detail: '检查日期不能晚于确诊日期。' });
  const weighed = weighEvidence(
    evidence.kind === 'pressures'
      ? {
          kind: 'pressures',
          facts: {
            office: await readPressures(tx, actor, held.resident_id, input.onDay),
            acuteSymptoms: evidence.acuteSymptoms,
          },
        }
      : evidence,
    input.onDay,
  );
  const why = weighed.reasons.map((reason) => reason.text).join('');
  if (!weighed.isEnough) return refused('no-evidence', { detail: why });
  return move(tx, actor, held, {
    to: 'confirmed',
    onDay: input.onDay,
    reason: why,
    rule: weighed.rule ?? { id: 'outside', clause: '外院诊断' },
    source: evidence.kind === 'outside' ? 'outside-hospital' : held.source,
    version: input.version,
    now: input.now,
  });
}

const daysOf = (evidence: GivenEvidence): readonly string[] =>
  evidence.kind === 'glucose'
    ? evidence.facts.occasions.map((one) => one.on ?? '')
    : evidence.kind === 'spirometry'
      ? evidence.facts.tests.map((one) => one.on)
      : [];

/** Lifts a suspicion or takes a person off the high-risk register, with the reason. A suspicion is lifted by who may diagnose. */
export async function clearFinding(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    episodeId: string;
    version: number;
    onDay: PlainDate;
    to: 'normal' | 'high-risk';
    reason: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ episode: Episode } | Refused> {
  const held = await holdEpisode(tx, actor, input.episodeId);
  if (!held) return refused('not-found');
  if (input.onDay > input.today || input.onDay < held.birth_date) return badDay();
  if (held.state === 'suspected' && !mayDo(actor.role, 'episodes.confirm'))
    return refused('not-allowed', { detail: '排除疑似须由医生进行；请转告乡镇卫生院。' });
  if (held.state === input.to || !['suspected', 'high-risk'].includes(held.state))
    return refused('illegal-move', { detail: '只有疑似和高危可以排除或移出。' });
  return move(tx, actor, held, {
    to: input.to,
    onDay: input.onDay,
    reason: `${held.state === 'suspected' ? '排除疑似' : '移出高危人群'}：${input.reason.trim()}`,
    rule: undefined,
    source: held.source,
    version: input.version,
    now: input.now,
  });
}

const badDay = () => {
  const message = '日期应在出生之后、今天之前。';
  return refused('invalid-input', { issues: [{ path: 'onDay', code: 'range', message }] });
};

interface Held {
  readonly resident_id: string;
  readonly condition: string;
  readonly state: string;
  readonly source: CourseSource;
  readonly birth_date: PlainDate;
}

async function holdEpisode(
  tx: Transaction<Tables>,
  actor: Actor,
  episodeId: string,
): Promise<Held | undefined> {
  const found = await sql<Held>`
    select e.resident_id, e.condition, e.state, e.source, r.birth_date from condition_episode e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id
    where e.county_id = ${actor.countyId} and e.id = ${episodeId}::uuid for update of e`.execute(tx);
  return found.rows[0];
}

async function move(
  tx: Transaction<Tables>,
  actor: Actor,
  held: Held,
  to: Omit<Parameters<typeof moveEpisode>[2], 'residentId' | 'condition'>,
): Promise<{ episode: Episode } | Refused> {
  const moved = await moveEpisode(tx, actor, {
    ...to,
    residentId: held.resident_id,
    condition: held.condition as Condition,
  });
  if ('problem' in moved) return moved;
  const row = await tx
    .selectFrom('condition_episode')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('id', '=', moved.episodeId)
    .executeTakeFirstOrThrow();
  return { episode: toEpisode(row) };
}

async function readPressures(tx: Transaction<Tables>, actor: Actor, residentId: string, until: PlainDate) {
  const found = await sql<{ on: PlainDate; sbp: number; dbp: number }>`
    select s.occurred_on as "on", s.value::int as sbp, d.value::int as dbp from measurement s
    join measurement d on d.county_id = s.county_id and d.record_id = s.record_id and d.kind = 'dbp'
    join form_record f on f.county_id = s.county_id and f.id = s.record_id and f.superseded_by is null
    where s.county_id = ${actor.countyId} and s.resident_id = ${residentId}::uuid and s.kind = 'sbp'
      and s.context = 'office' and s.occurred_on between ${addMonths(until, -monthsBack)}::date and ${until}::date
    order by s.occurred_on limit 100`.execute(tx);
  return found.rows;
}
