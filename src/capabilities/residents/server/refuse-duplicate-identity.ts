import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import { findIdentityHolder } from './find-identity-holder.ts';

/** Turns the database's word about a second record under one identity number into the named refusal with the way out. */
export async function refuseDuplicateIdentity<T>(
  database: Database,
  actor: Actor,
  answers: Readonly<Record<string, unknown>>,
  work: () => Promise<T>,
): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code !== '23505' || constraint !== 'resident_identity') throw error;
    const checked = checkIdentityNumber(String(answers.idNo ?? ''));
    const idNo = checked.kind === 'valid' ? checked.idNo : String(answers.idNo ?? '');
    const idType = typeof answers.idType === 'string' ? answers.idType : '01';
    const holder = await findIdentityHolder(database, actor, idType, idNo);
    return refused('duplicate-identity', {
      ...(holder ? { detail: `该证件号码已在“${holder.organizationName}”建档。`, extra: { ...holder } } : {}),
    });
  }
}
