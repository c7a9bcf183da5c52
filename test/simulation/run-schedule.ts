import { checkOutcome } from './check-outcome.ts';
import { ModelServer, type Planted } from './model-server.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';
import { fields, type SimOperation, villages } from './simulated-county.ts';
import { SimulatedPhone } from './simulated-phone.ts';

const phonesInAll = 10;
const steps = 140;
const tenYearsMs = 3_652 * 86_400_000;

/** Everything that can go on without the network has gone on: a tick is not called before all promises are done. */
const settled = () => new Promise<void>((resolve) => process.nextTick(resolve));
/** Lets the process that runs the schedules do something else. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What a schedule came to; `faults` is empty when everything promised held. */
export interface Outcome {
  readonly faults: readonly string[];
  readonly acknowledged: number;
  readonly effects: number;
  /** Starts of a phone that showed its list before all of it was read. */
  readonly quickStarts: number;
}

/**
 * One seeded schedule: ten phones, a server, a network; in each step one thing happens that happens in a county. Then calm:
 * everybody signs in, the network holds, every phone talks until nothing is left, and what was promised is checked.
 */
export async function runSchedule(seed: number, planted?: Planted): Promise<Outcome> {
  await breath();
  const world = await newWorld(seed, planted);
  for (let step = 0; step < steps; step++) {
    await oneStep(world);
    await settled();
  }
  await calmDown(world);
  return {
    faults: await checkOutcome(world.phones, world.server),
    acknowledged: world.phones.reduce((sum, phone) => sum + phone.acknowledged.size, 0),
    effects: world.server.effectCount,
    quickStarts: world.phones.reduce((sum, phone) => sum + phone.quickStarts, 0),
  };
}

interface World {
  readonly random: Random;
  readonly server: ModelServer;
  readonly network: Network;
  readonly phones: readonly SimulatedPhone[];
  made: number;
}

async function newWorld(seed: number, planted: Planted | undefined): Promise<World> {
  const random = new Random(seed);
  const server = new ModelServer(planted);
  const network = new Network(random);
  for (let n = 0; n < 9; n++) {
    const village = random.pick(villages);
    const id = `p${n}`;
    server.write(() => ({ id, village, information: {}, visits: [], conflicts: [] }), false);
  }
  const phones = Array.from(
    { length: phonesInAll },
    (_, n) => new SimulatedPhone(server, network, n % 5 === 4 ? villages : [villages[n % 3] ?? 'v1']),
  );
  for (const phone of phones) await phone.boot();
  return { random, server, network, phones, made: 0 };
}

async function oneStep(world: World): Promise<void> {
  const { random, network, phones } = world;
  const phone = random.pick(phones);
  const dice = random.next();
  if (dice < 0.4 && network.waiting.length > 0) letThrough(network.waiting, random);
  else if (dice < 0.6) phone.startRound(random.pick([2, 3, 1000]));
  else if (dice < 0.78) void phone.save(someOperation(world, phone));
  else if (dice < 0.88) serverEvent(world);
  else if (dice < 0.91) phone.disk.crashSoon(1 + random.below(3), random.chance(0.5));
  else if (dice < 0.915) void phone.keepList();
  else if (dice < 0.92) phone.disk.fillUp(1 + random.below(2));
  else if (dice < 0.94) phone.isSignedIn = !phone.isSignedIn;
  else if (dice < 0.96) phone.clockOffsetMs = (random.next() * 2 - 1) * tenYearsMs;
  else if (dice < 0.975) decideOne(world, phone);
  else if (network.repeats.length > 0) letThrough(network.repeats, random);
}

function letThrough(list: (() => void)[], random: Random): void {
  const [one] = list.splice(random.below(list.length), 1);
  one?.();
}

function decideOne({ random }: World, phone: SimulatedPhone): void {
  const refused = phone.engine.outbox.list().filter((entry) => entry.state === 'needs-you');
  if (refused.length === 0) return;
  void phone.decide(random.pick(refused).operation.operationId, random.chance(0.7));
}

function serverEvent({ random, server, phones }: World): void {
  const dice = random.next();
  const id = `p${random.below(9)}`;
  const village = random.pick(villages);
  if (dice < 0.4)
    server.write((people) => {
      const person = people.get(id);
      return person && { ...person, village: random.chance(0.3) ? village : person.village };
    }, random.chance(0.7));
  else if (dice < 0.7) server.endRunning(random.below(server.running.length || 1), random.chance(0.85));
  else if (dice < 0.78) server.crash();
  else if (dice < 0.86) server.copy();
  else if (dice < 0.9) server.restore(random.below(3));
  else if (dice < 0.97) random.pick(phones).scope = random.chance(0.3) ? villages : [village];
  else random.pick(phones).isCalledBack = true;
}

/** Something a doctor does for somebody the phone shows; now and then for somebody new, or wrongly. */
function someOperation(world: World, phone: SimulatedPhone): SimOperation {
  const { random } = world;
  world.made += 1;
  const operationId = `o${world.made}`;
  const shown = [...phone.engine.people.lines.keys()];
  const residentId = shown.length > 0 ? random.pick(shown) : `p${random.below(9)}`;
  const dice = random.next();
  if (dice < 0.15) {
    const body = { village: random.pick(phone.scope), ...(random.chance(0.2) ? { isBad: true } : {}) };
    return { operationId, kind: 'register', residentId: `n${world.made}`, body };
  }
  if (dice < 0.6) {
    const body = { visit: operationId, ...(random.chance(0.1) ? { isBad: true } : {}) };
    const typed = phone.engine.outbox.list().at(-1)?.operation;
    // What follows for somebody just registered waits for the registration.
    const about = typed?.kind === 'register' && random.chance(0.5) ? typed.residentId : residentId;
    return { operationId, kind: 'visit', residentId: about, body };
  }
  const field = random.pick(fields);
  const from = phone.lastSeen(residentId)?.information[field] ?? '';
  return { operationId, kind: 'edit', residentId, body: { changes: [{ field, from, to: operationId }] } };
}

async function calmDown({ server, network, phones }: World): Promise<void> {
  network.isCalm = true;
  for (let waiting = network.waiting.splice(0); waiting.length > 0; waiting = network.waiting.splice(0)) {
    for (const one of waiting) one();
    await settled();
  }
  for (const one of network.repeats.splice(0)) one();
  while (server.running.length > 0) server.endRunning(0, true);
  for (const phone of phones) {
    phone.isSignedIn = true;
    await phone.round;
    await phone.boot();
  }
  for (let turn = 0; turn < 3; turn++)
    for (const phone of phones) {
      phone.startRound(1000);
      await phone.round;
    }
}
