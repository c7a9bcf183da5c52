import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { ageOfOwnConsent } from '#standards/privacy/privacy-parameters.ts';
import { purposesOn } from '#standards/privacy/processing-purposes.ts';
import { needsGuardian } from '../domain/consent-state.ts';

interface ConsentInput {
  readonly residentId: string;
  readonly consentId: string;
  readonly purpose: string;
  readonly deed: 'given' | 'withdrawn';
  readonly givenBy: 'self' | 'guardian';
  readonly signer: string;
  readonly relation?: string | undefined;
  readonly means: 'paper' | 'spoken' | 'electronic';
  readonly onDay: PlainDate;
  readonly note?: string | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

const invalid = (path: string, message: string) =>
  refused('invalid-input', { issues: [{ path, code: 'invalid', message }] });

/** Keeps one word of a person about one purpose. The person's row is held, so that two words come one after the other. */
export async function insertConsent(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ConsentInput,
): Promise<{ consentId: string } | Refused> {
  const problem = checkPurpose(input);
  if (problem) return problem;
  const person = await tx
    .selectFrom('resident')
    .select(['org_path', 'status', 'birth_date'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!person) return refused('not-found');
  const last = await readLastWord(tx, actor, input);
  const unfit = checkSpeaker(input, person) ?? checkSequence(input, person, last);
  if (unfit) return unfit;
  await tx
    .insertInto('consent_event')
    .values({
      county_id: actor.countyId,
      id: input.consentId,
      resident_id: input.residentId,
      org_path: person.org_path,
      purpose: input.purpose,
      deed: input.deed,
      given_by: input.givenBy,
      signer: input.signer.trim(),
      relation: input.givenBy === 'guardian' ? (input.relation?.trim() ?? null) : null,
      means: input.means,
      on_day: input.onDay,
      note: input.note?.trim() || null,
      // Never before the last word, whatever the clock did.
      recorded_at:
        last && last.recorded_at >= input.now ? new Date(last.recorded_at.getTime() + 1) : input.now,
      recorded_by: actor.staffId,
    })
    .execute();
  await recordAudit(tx, actor, {
    action: input.deed === 'given' ? 'consent.give' : 'consent.withdraw',
    residentId: input.residentId,
    subject: input.consentId,
    detail: { purpose: input.purpose },
    now: input.now,
  });
  return { consentId: input.consentId };
}

function checkPurpose(input: ConsentInput): Refused | undefined {
  const purpose = purposesOn(input.today).find((one) => one.code === input.purpose);
  if (!purpose) return invalid('purpose', '没有这项用途。');
  if (purpose.basis === 'statutory-duty')
    return refused('illegal-move', { detail: '这项工作依据法定职责进行，不需要同意，也不能撤回。' });
  if (purpose.keptWith === 'family-consent')
    return refused('illegal-move', { detail: '家庭成员健康提示的同意请在“筛查”栏登记和撤回。' });
  return undefined;
}

function checkSpeaker(input: ConsentInput, person: { birth_date: PlainDate }): Refused | undefined {
  if (input.givenBy === 'guardian' && !input.relation?.trim())
    return invalid('relation', '请填写监护人与居民的关系。');
  if (input.givenBy === 'self' && needsGuardian(person.birth_date, input.today))
    return invalid('givenBy', `居民未满${valueOn(ageOfOwnConsent, input.today)}周岁，须由监护人表示。`);
  return undefined;
}

interface StoredWord {
  readonly deed: 'given' | 'withdrawn';
  readonly on_day: PlainDate;
  readonly recorded_at: Date;
}

function checkSequence(
  input: ConsentInput,
  person: { birth_date: PlainDate; status: string },
  last: StoredWord | undefined,
): Refused | undefined {
  if (input.onDay > input.today || input.onDay < person.birth_date)
    return invalid('onDay', '日期应在出生之后、今天或以前。');
  if (input.deed === 'withdrawn')
    return last?.deed === 'withdrawn'
      ? refused('already-exists', { detail: '这项同意已经撤回，已生效。' })
      : undefined;
  if (person.status !== 'active') return refused('record-closed');
  // An old paper found in a drawer does not undo what the person said since.
  if (last?.deed === 'withdrawn' && input.onDay < last.on_day)
    return invalid('onDay', '这份同意早于最近一次撤回，不能据此恢复；请居民重新表示。');
  return undefined;
}

async function readLastWord(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ConsentInput,
): Promise<StoredWord | undefined> {
  const { rows } = await sql<StoredWord>`
    select deed, on_day, recorded_at from consent_event
    where county_id = ${actor.countyId} and resident_id = ${input.residentId}::uuid and purpose = ${input.purpose}
    order by recorded_at desc, (deed = 'withdrawn') desc, id desc limit 1`.execute(tx);
  return rows[0];
}
