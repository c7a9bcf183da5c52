import type { KnownContacts } from '#capabilities/closing/domain/check-loss.ts';
import { lastReachedOn } from '#capabilities/closing/domain/last-reached.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument } from './person-document.ts';

/** How a person was looked for and when reached, as far as this phone knows, what waits to be sent included. */
export const contactsOf = (person: PersonDocument, today: PlainDate): KnownContacts => ({
  attemptDays: person.attempts.map((one) => one.on),
  reachedOn: lastReachedOn(person.visits, person.returnedOn, today),
});
