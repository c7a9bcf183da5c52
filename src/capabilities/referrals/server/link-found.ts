import type { Transaction } from 'kysely';
import { identityIndex } from '#capabilities/residents/server/public.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { matchedName } from '#kernel/person-name.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import type { ReferralDeed } from '../domain/referral-states.ts';
import type { ReferralSummary } from './draw-summary.ts';

/** Whom a hospital found, as it wrote them down. */
export const foundPerson = (summary: unknown): ReferralSummary['person'] =>
  (summary as Pick<ReferralSummary, 'person'>).person;

interface Linked {
  readonly id: string;
  readonly org_path: string;
}

/**
 * Finds the receiving house's own record of somebody a hospital sent down, by the whole identity number: when the house
 * accepts, where it keeps one, and at the latest when it takes the person on. Refuses one of another name: the diagnosis
 * would stand with a stranger. Undefined where there is nothing to link. `tx` sees this house's people and no others.
 */
export async function linkFound(
  tx: Transaction<Tables>,
  actor: Actor,
  {
    held,
    deed,
  }: {
    held: { readonly is_found: boolean; readonly resident_id: string | null; readonly summary: unknown };
    deed: ReferralDeed;
  },
): Promise<Linked | Refused | undefined> {
  if (!held.is_found || (deed !== 'accept' && deed !== 'take-on')) return undefined;
  const person = foundPerson(held.summary);
  const record = await findRecord(tx, actor, held.resident_id, person.idNo ?? '');
  if (!record) return deed === 'accept' ? undefined : refused('illegal-move', { detail: noRecord });
  if (held.resident_id === null && matchedName(record.name) !== matchedName(person.name))
    return refused('illegal-move', {
      detail: `本机构档案里这个证件号码是“${record.name}”，与下转单上的姓名不同。请先与医院核对：同一人的，先更正档案；不是的，${deed === 'accept' ? '拒收' : '登记联系不上'}并写明。`,
    });
  if (record.status !== 'active') return deed === 'accept' ? undefined : refused('record-closed');
  return { id: record.id, org_path: record.org_path };
}

const noRecord =
  '本机构还没有此人的档案：没有建过档的请先建档；档案在别的机构的，请那家机构办理县内迁移，迁入后再确认接续。';

async function findRecord(tx: Transaction<Tables>, actor: Actor, residentId: string | null, idNo: string) {
  const index = identityIndex(sealsOf(tx), idNo);
  const { from, to } = subtreeRange(actor.path);
  const rows = tx
    .selectFrom('resident')
    .select(['id', 'name', 'org_path', 'status'])
    .where('county_id', '=', actor.countyId)
    .where('org_path', '>=', from)
    .where('org_path', '<', to);
  if (residentId !== null) return rows.where('id', '=', residentId).executeTakeFirst();
  return index && rows.where('identity_index', '=', index).orderBy('created_at').executeTakeFirst();
}
