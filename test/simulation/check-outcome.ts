import { isSameAnswer } from '#capabilities/field-sync/domain/merge-fields.ts';
import type { ModelServer } from './model-server.ts';
import type { SimPerson } from './simulated-county.ts';
import type { SimulatedPhone } from './simulated-phone.ts';

/** Everything promised that does not hold, in words. */
export async function checkOutcome(
  phones: readonly SimulatedPhone[],
  server: ModelServer,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [n, phone] of phones.entries()) {
    if (phone.lastEnd?.kind !== 'complete' && phone.lastEnd?.kind !== 'wiped')
      faults.push(`phone ${n} did not come to an end: ${JSON.stringify(phone.lastEnd)}`);
    faults.push(
      ...phone.faults,
      ...nothingLost(phone, server),
      ...(await sameAsServer(phone, server)).map((one) => `phone ${n}: ${one}`),
    );
  }
  return [...faults, ...exactlyOnce(server), ...nothingOverwritten(phones, server)];
}

/** Every operation a phone said was saved is a fact, kept for a person at the server, or still on the phone and shown. */
function nothingLost(phone: SimulatedPhone, server: ModelServer): string[] {
  return [...phone.acknowledged.keys()].flatMap((operationId) => {
    const entry = phone.engine.outbox.get(operationId);
    if (entry && entry.state !== 'sent') {
      const isHeldBack =
        entry.state === 'needs-you' || phone.engine.blockedResidents().has(entry.operation.residentId);
      return isHeldBack ? [] : [`${operationId} was never sent`];
    }
    if (server.whereIs(operationId) !== 'nowhere' || phone.givenUp.has(operationId)) return [];
    return [`${operationId} is lost`];
  });
}

function exactlyOnce(server: ModelServer): string[] {
  const seen = new Map<string, number>();
  for (const person of server.people.values())
    for (const visit of person.visits) seen.set(visit, (seen.get(visit) ?? 0) + 1);
  return [...seen]
    .filter(([, times]) => times !== 1)
    .map(([visit, times]) => `${visit} is there ${times} times`);
}

/** The phone holds exactly the people of its scope as the server has them, and shows nothing besides. */
async function sameAsServer(phone: SimulatedPhone, server: ModelServer): Promise<string[]> {
  const expected = new Map([...server.people].filter(([, person]) => phone.scope.includes(person.village)));
  const { people, outbox } = phone.engine;
  const faults: string[] = [];
  const held = [...people.lines.keys()];
  for (const id of held) if (!expected.has(id)) faults.push(`${id} does not belong here`);
  for (const [id, person] of expected) {
    if (!same(await people.read(id), person)) faults.push(`${id} differs from the server`);
    const isTyped = outbox
      .list()
      .some((entry) => entry.operation.residentId === id && entry.state !== 'needs-you');
    if (!isTyped && !same(await phone.engine.getPerson(id), person)) faults.push(`${id} is shown otherwise`);
  }
  return faults;
}

const same = (a: SimPerson | undefined, b: SimPerson) => JSON.stringify(a) === JSON.stringify(b);

/** An edit replaced only the value its author saw, and every edit that became a fact is written or kept as a conflict. */
function nothingOverwritten(phones: readonly SimulatedPhone[], server: ModelServer): string[] {
  const faults = server.takes.flatMap(({ operationId, before, changes }) =>
    changes
      .filter(({ field, from }) => !isSameAnswer(before[field], from))
      .map(({ field }) => `${operationId} overwrote ${field} unseen`),
  );
  const written = new Set(server.takes.filter((one) => one.changes.length > 0).map((one) => one.operationId));
  const conflicts = new Set(
    [...server.people.values()].flatMap((person) => person.conflicts.map((one) => one.offered)),
  );
  for (const phone of phones)
    for (const [operationId, operation] of phone.acknowledged)
      if (operation.kind === 'edit' && server.whereIs(operationId) === 'fact')
        if (!written.has(operationId) && !conflicts.has(operationId)) faults.push(`${operationId} vanished`);
  return faults;
}
