import type { PlainDate } from '#kernel/plain-date.ts';
import { type ViewRow, viewOf } from '#standards/access-policy.ts';
import { hideFromView, mayHoldHidden, type Shown } from '#standards/privacy/hide-from-view.ts';
import { type MaskedField, maskedFields } from '#standards/reveal-purposes.ts';
import type { Actor } from '../auth/actor.ts';
import { unopened } from '../crypto/field-seals.ts';
import type { Database } from '../database/open-database.ts';
import { readIdentityFields } from './read-identity-fields.ts';
import { readRelations } from './read-relations.ts';

/** An answer that names more people than this with something to hide is a list, and lists show nothing. */
const mostPeople = 2;

/**
 * An answer as the asker may see it, in the text that travels. What the policy does not show of a person's numbers,
 * addresses and sensitive diagnoses is hidden, whatever the route did; a reveal or a treatment that stands is looked up only
 * where something was hidden of one person or two.
 */
export async function maskAnswer(
  database: Database,
  actor: Actor,
  given: {
    action: string;
    value: unknown;
    /** Whom the request names. */
    residentId: string | undefined;
    /** What the request said, as text. */
    said: string;
    now: Date;
    today: PlainDate;
  },
): Promise<string> {
  const text = JSON.stringify(given.value);
  const asked = await readIdentityFields(database, actor);
  if (!mayHoldHidden(text, asked)) return text;
  const view = viewOf(given.action, actor.role);
  // What did not open is no secret, and has to be seen for what it is.
  const isSaid = (value: string) => value === unopened || (view.echoes && given.said.includes(value));
  const asPolicy: Shown = { identity: new Set(view.identity), sensitive: view.sensitive === 'whole' };
  const hiddenOf = new Set<string | undefined>();
  const hidden = hideFromView(
    given.value,
    { shown: () => asPolicy, hidden: (residentId) => hiddenOf.add(residentId), isSaid, asked },
    given.residentId,
  );
  const people = [...hiddenOf].filter((one) => one !== undefined);
  if (hiddenOf.size === 0) return text;
  if (!view.afterReveal || people.length === 0 || people.length > mostPeople) return JSON.stringify(hidden);
  const relations = await readRelations(database, actor, people, given);
  const shownOf = new Map(people.map((one) => [one, shownTo(view, relations.get(one))]));
  const shown = (residentId: string | undefined) =>
    (residentId === undefined ? undefined : shownOf.get(residentId)) ?? asPolicy;
  return JSON.stringify(hideFromView(given.value, { shown, isSaid, asked }, given.residentId));
}

function shownTo(
  view: ViewRow,
  relation: { isTreating: boolean; revealed: readonly string[] } | undefined,
): Shown {
  const isRevealed = (field: MaskedField | 'sensitive') => relation?.revealed.includes(field) ?? false;
  return {
    identity: new Set(maskedFields.filter((field) => view.identity.includes(field) || isRevealed(field))),
    sensitive:
      view.sensitive === 'whole' ||
      (view.sensitive === 'asked-or-treating' &&
        (isRevealed('sensitive') || (relation?.isTreating ?? false))),
  };
}
