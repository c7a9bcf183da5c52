/**
 * The life of a record as a model: made, screened, diagnosed, managed, visited, corrected, referred, moved, merged, parted,
 * ended and taken back, in any order, through HTTP. The model says which step is legal; the server must take exactly
 * those, and after each step the rows must hold what is true of people. `npm run rig:life -- --sequences 2000`.
 */
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { identityCheckDigit } from '#standards/identity/check-identity-number.ts';
import { startTestServer, type TestClient, type TestReply, type TestServer } from '#test/support/server.ts';
import { findBroken } from './life-cycle-truths.ts';

type Status = 'active' | 'dead' | 'moved' | 'lost' | 'closed';

interface Program {
  enrolledOn: string;
  closedOn: string | null;
}
interface Life {
  readonly id: string;
  readonly idNo: string;
  status: Status;
  statusOn: string | undefined;
  village: number;
  /** Every time of being managed, in the order they were opened. */
  programs: Program[];
  /** Current sheets of visits face to face. */
  visits: { id: string; on: string }[];
  /** Endings not taken back, the last one last, with what they ended. */
  endings: {
    eventId: string;
    kind: string;
    programs: Program[];
    status: Status;
    statusOn?: string;
  }[];
}
interface Model {
  readonly people: (Life | undefined)[];
  readonly merges: { id: string; kept: number; removed: number }[];
}

/** What the steps act on, and what they met. */
export interface LifeWorld {
  readonly server: TestServer;
  readonly centre: TestClient;
  readonly second: TestClient;
  readonly villages: readonly { id: string; path: string }[];
  readonly people: string[];
  readonly counts: Record<string, number>;
}

let serial = 0;
const clock = Date.now() % 10_000;
function newIdNo(): string {
  serial += 1;
  // A day of birth and a number of its own for each; all 60 to 80 years old, of the county that does not exist.
  const year = 1946 + (serial % 20);
  const month = String(1 + (Math.floor(serial / 20) % 12)).padStart(2, '0');
  const day = String(1 + (Math.floor(serial / 240) % 28)).padStart(2, '0');
  const first17 = `999999${year}${month}${day}${String((clock + serial) % 500).padStart(3, '0')}`;
  return `${first17}${identityCheckDigit(first17)}`;
}

function personOf(idNo: string): Record<string, unknown> {
  return {
    name: '余长生',
    gender: Number(idNo[16]) % 2 === 1 ? '1' : '2',
    birthDate: `${idNo.slice(6, 10)}-${idNo.slice(10, 12)}-${idNo.slice(12, 14)}`,
    idType: '01',
    idNo,
    phone: '19911112222',
    contactName: '余小生',
    contactPhone: '0990-8881234',
    residenceType: '1',
    nation: '01',
    bloodAbo: '5',
    bloodRh: '3',
    education: '8',
    occupation: '4',
    marital: '2',
    payMethods: ['3'],
    drugAllergies: ['1'],
    exposures: ['1'],
    pastDiseases: [{ code: '1' }],
    surgeries: '1',
    traumas: '1',
    transfusions: '1',
    familyFather: ['1'],
    familyMother: ['1'],
    familySiblings: ['1'],
    familyChildren: ['1'],
    geneticDisease: '1',
    disabilities: ['1'],
  };
}

type Real = LifeWorld;
type Expected = 'done' | readonly number[];

/** One step: whether it makes sense at all, what the server must say, and what it leaves. */
abstract class Step implements fc.AsyncCommand<Model, Real> {
  abstract readonly name: string;
  readonly slot: number;
  constructor(slot: number) {
    this.slot = slot;
  }
  check(model: Readonly<Model>): boolean {
    return model.people[this.slot] !== undefined;
  }
  abstract expected(model: Readonly<Model>): Expected;
  abstract send(model: Model, real: Real): Promise<TestReply | undefined>;
  abstract learn(model: Model, reply: TestReply, real: Real): void | Promise<void>;
  async run(model: Model, real: Real): Promise<void> {
    const expected = this.expected(model);
    const reply = await this.send(model, real);
    if (!reply) return;
    const key = `${this.name} ${reply.status === 200 ? 'done' : reply.body.code}`;
    real.counts[key] = (real.counts[key] ?? 0) + 1;
    const fits = expected === 'done' ? reply.status === 200 : expected.includes(reply.status);
    if (!fits)
      throw new Error(
        `${this}: expected ${expected}, got ${reply.status} ${JSON.stringify(reply.body).slice(0, 600)}\n${JSON.stringify(model)}`,
      );
    if (reply.status === 200) await this.learn(model, reply, real);
    const broken = await findBroken(real.server, real.people);
    if (broken.length > 0) throw new Error(`after ${this}: ${broken.join('; ')}\n${JSON.stringify(model)}`);
  }
  toString(): string {
    return `${this.name}(${Object.values(this)
      .filter((v) => typeof v !== 'object' && v !== this.name)
      .join(',')})`;
  }
  protected life(model: Readonly<Model>): Life {
    return model.people[this.slot] as Life;
  }
}

const post = (client: TestClient, path: string, body: object) =>
  client.call('POST', path, { operationId: uuidv7(), ...body });
/** What a screen shows before the step; read past the server, which limits how many records one person opens in an hour. */
const versionOf = async (real: Real, id: string) =>
  (await real.server.look<{ version: number }>('select version from resident where id = $1', [id]))[0]
    ?.version;
/** The time that is open, else the one that began last. */
const programOf = ({ programs }: Life) =>
  programs.find((one) => one.closedOn === null) ??
  programs.reduce<Program | undefined>((a, b) => (a && a.enrolledOn > b.enrolledOn ? a : b), undefined);
const isOpen = (life: Life) => programOf(life)?.closedOn === null;
const conflict = [409] as const;

class Register extends Step {
  readonly name = '建档';
  override check(): boolean {
    return true;
  }
  expected(model: Readonly<Model>): Expected {
    return model.people[this.slot] === undefined ? 'done' : conflict;
  }
  async send(model: Model, real: Real) {
    const idNo = model.people[this.slot]?.idNo ?? newIdNo();
    const residentId = uuidv7();
    const reply = await post(real.centre, '/api/residents', {
      residentId,
      organizationId: real.villages[0]?.id,
      answers: personOf(idNo),
      confirmed: [],
    });
    if (reply.status === 200) {
      real.people.push(residentId);
      model.people[this.slot] ??= {
        id: residentId,
        idNo,
        status: 'active',
        statusOn: undefined,
        village: 0,
        programs: [],
        visits: [],
        endings: [],
      };
    }
    return reply;
  }
  learn(): void {}
}

class Screen extends Step {
  readonly name = '筛查';
  readonly sbp: number;
  constructor(slot: number, sbp: number) {
    super(slot);
    this.sbp = sbp;
  }
  expected(model: Readonly<Model>): Expected {
    return this.life(model).status === 'active' ? 'done' : conflict;
  }
  async send(model: Model, real: Real) {
    const life = this.life(model);
    return post(real.centre, `/api/residents/${life.id}/screenings`, {
      recordId: uuidv7(),
      form: 'community-screening',
      formEdition: '2026',
      answers: {
        screenDate: '2026-11-24',
        name: '余长生',
        gender: personOf(life.idNo).gender,
        age: 2026 - Number(life.idNo.slice(6, 10)),
        place: '2',
        sbp: this.sbp,
        dbp: 84,
        familyHypertension: '2',
        familyDiabetes: '2',
        highSalt: '2',
        heavyDrinking: '2',
        inactive: '2',
        staff: '陈立新',
      },
      confirmed: ['sbp:unusual', 'dbp:unusual', 'age:differs', 'sbp:high'],
    });
  }
  learn(): void {}
}

/** Confirms the course of hypertension by a paper from elsewhere: legal while suspected, high-risk or already confirmed. */
class Diagnose extends Step {
  readonly name = '确诊';
  #state = '';
  expected(model: Readonly<Model>): Expected {
    return this.life(model).status === 'active' ? [200, 409] : conflict;
  }
  async send(model: Model, real: Real) {
    const course = await real.centre.call('GET', `/api/residents/${this.life(model).id}/course`);
    const episode = course.body.episodes.find(
      (one: { condition: string }) => one.condition === 'hypertension',
    );
    if (!episode) return undefined;
    this.#state = episode.state;
    const reply = await post(real.centre, `/api/episodes/${episode.id}/confirm`, {
      version: episode.version,
      onDay: '2026-11-24',
      evidence: { kind: 'outside', hospital: '县人民医院', on: '2026-11-20' },
    });
    const legal = this.life(model).status === 'active' && !['enrolled', 'closed'].includes(this.#state);
    if ((reply.status === 200) !== legal)
      throw new Error(`确诊 from ${this.#state}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply;
  }
  learn(): void {}
}

class Enroll extends Step {
  readonly name = '纳管';
  readonly on: string;
  constructor(slot: number, on: string) {
    super(slot);
    this.on = on;
  }
  expected(model: Readonly<Model>): Expected {
    const life = this.life(model);
    return life.status === 'active' && !isOpen(life) ? 'done' : conflict;
  }
  send(model: Model, real: Real) {
    return post(real.centre, `/api/residents/${this.life(model).id}/enrollments`, {
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: this.on,
    });
  }
  learn(model: Model): void {
    this.life(model).programs.push({ enrolledOn: this.on, closedOn: null });
  }
}

const sheet = (on: string, sbp: number) => ({
  visitDate: on,
  visitMethod: '1',
  symptoms: ['1'],
  sbp,
  dbp: 84,
  height: 165,
  weight: 65,
  heartRate: 74,
  smokeNow: 0,
  smokeTarget: 0,
  alcoholNow: 0,
  alcoholTarget: 0,
  exTimesNow: 5,
  exMinNow: 30,
  exTimesTarget: 5,
  exMinTarget: 30,
  saltNow: '2',
  saltTarget: '1',
  psychology: '1',
  compliance: '1',
  adherence: '1',
  adr: '1',
  visitClass: sbp >= 140 ? '2' : '1',
  ...(sbp >= 180 ? { referralReason: '血压过高', referralOrgDept: '县人民医院心内科' } : {}),
  nextVisitDate: sbp >= 140 ? '2026-12-01' : '2027-02-10',
  doctorSign: '陈立新',
});

/** Whether a visit of that day may stand, and if not, why it is wrong. */
function visitFits(life: Life, on: string): boolean {
  const program = programOf(life);
  if (!program || on < program.enrolledOn) return false;
  if (program.closedOn !== null && on > program.closedOn) return false;
  return !(life.status === 'dead' && life.statusOn !== undefined && on > life.statusOn);
}

/** Saves and, when only doubts stand against it, confirms them, as a doctor would. */
async function saveConfirming(client: TestClient, path: string, body: object): Promise<TestReply> {
  const first = await post(client, path, body);
  if (first.body.code !== 'needs-confirmation') return first;
  const confirmed = first.body.issues.map((one: { path: string; code: string }) => `${one.path}:${one.code}`);
  return post(client, path, { ...body, confirmed });
}

class FollowUp extends Step {
  readonly name = '随访';
  readonly on: string;
  readonly sbp: number;
  #recordId = '';
  constructor(slot: number, on: string, sbp: number) {
    super(slot);
    this.on = on;
    this.sbp = sbp;
  }
  expected(model: Readonly<Model>): Expected {
    const life = this.life(model);
    if (!programOf(life)) return conflict;
    return visitFits(life, this.on) ? 'done' : [409, 422];
  }
  send(model: Model, real: Real) {
    this.#recordId = uuidv7();
    return saveConfirming(real.centre, '/api/follow-ups', {
      recordId: this.#recordId,
      residentId: this.life(model).id,
      formEdition: '2017',
      answers: sheet(this.on, this.sbp),
      laterThanRuleReason: '外出，约好回来再来',
    });
  }
  learn(model: Model): void {
    this.life(model).visits.push({ id: this.#recordId, on: this.on });
  }
}

/** Corrects the last sheet: another reading, perhaps another day. */
class Correct extends Step {
  readonly name = '更正';
  readonly on: string;
  #recordId = '';
  constructor(slot: number, on: string) {
    super(slot);
    this.on = on;
  }
  override check(model: Readonly<Model>): boolean {
    return (model.people[this.slot]?.visits.length ?? 0) > 0;
  }
  expected(model: Readonly<Model>): Expected {
    const life = this.life(model);
    if (!programOf(life)) return conflict;
    return visitFits(life, this.on) ? 'done' : [409, 422];
  }
  send(model: Model, real: Real) {
    const last = this.life(model).visits.at(-1);
    this.#recordId = uuidv7();
    return saveConfirming(real.centre, `/api/follow-ups/${last?.id}/corrections`, {
      recordId: this.#recordId,
      formEdition: '2017',
      answers: sheet(this.on, 136),
      reason: '抄错了',
      laterThanRuleReason: '外出，约好回来再来',
    });
  }
  learn(model: Model): void {
    const life = this.life(model);
    life.visits = [...life.visits.slice(0, -1), { id: this.#recordId, on: this.on }];
  }
}

class EndProgram extends Step {
  readonly name = '结案';
  readonly reason: string;
  constructor(slot: number, reason: string) {
    super(slot);
    this.reason = reason;
  }
  override check(model: Readonly<Model>): boolean {
    return (model.people[this.slot]?.programs.length ?? 0) > 0;
  }
  expected(model: Readonly<Model>): Expected {
    return isOpen(this.life(model)) ? 'done' : conflict;
  }
  async send(model: Model, real: Real) {
    const [last] = await real.server.look<{ id: string; version: number }>(
      `select id, version from enrollment where resident_id = $1 order by (closed_on is null) desc, enrolled_on desc limit 1`,
      [this.life(model).id],
    );
    if (!last) return undefined;
    return post(real.centre, `/api/enrollments/${last.id}/close`, {
      version: last.version,
      closedOn: '2026-11-24',
      reason: this.reason,
    });
  }
  learn(model: Model): void {
    const program = programOf(this.life(model));
    if (program) program.closedOn = '2026-11-24';
  }
}

type EndKind = 'dead' | 'moved' | 'lost' | 'refused';

/** Death, a move out of the county, loss after three attempts, or a refusal, which leaves the record open. */
class End extends Step {
  readonly name = '终止';
  readonly kind: EndKind;
  readonly on: string;
  #eventId = '';
  constructor(slot: number, kind: EndKind, on: string) {
    super(slot);
    this.kind = kind;
    this.on = on;
  }
  expected(model: Readonly<Model>): Expected {
    const life = this.life(model);
    const from = {
      dead: ['active', 'lost', 'moved'],
      moved: ['active', 'lost'],
      lost: ['active'],
      refused: ['active'],
    }[this.kind];
    if (!from.includes(life.status)) return conflict;
    return this.kind === 'dead' && life.visits.some((one) => one.on > this.on) ? [422] : 'done';
  }
  async send(model: Model, real: Real) {
    const { id } = this.life(model);
    if (this.kind === 'lost')
      for (const onDay of ['2026-11-03', '2026-11-10', '2026-11-17'])
        await post(real.centre, `/api/residents/${id}/contact-attempts`, {
          attemptId: uuidv7(),
          onDay,
          means: 'telephone',
          note: '无人接听',
        });
    this.#eventId = uuidv7();
    return post(real.centre, `/api/residents/${id}/end`, {
      eventId: this.#eventId,
      version: await versionOf(real, id),
      kind: this.kind,
      onDay: this.on,
      source: '家属告知',
      destination: '外省',
      note: '本人不愿意',
      ...(this.kind === 'refused' ? { reviewOn: '2027-03-01' } : {}),
    });
  }
  learn(model: Model): void {
    const life = this.life(model);
    const before = structuredClone(life.programs);
    life.endings.push({
      eventId: this.#eventId,
      kind: this.kind,
      programs: before,
      status: life.status,
      ...(life.statusOn ? { statusOn: life.statusOn } : {}),
    });
    if (this.kind !== 'refused') {
      life.status = this.kind;
      life.statusOn = this.on;
    }
    for (const one of life.programs) one.closedOn ??= this.on > one.enrolledOn ? this.on : one.enrolledOn;
  }
}

/** Takes the last ending back; with nothing to take back, or on a record merged into another, it must be refused. */
class Reopen extends Step {
  readonly name = '撤回';
  expected(model: Readonly<Model>): Expected {
    const life = this.life(model);
    if (life.status === 'closed') return [404, 409];
    // After a refusal the person may have come back to be managed or screened: then it cannot be taken back.
    if (life.endings.at(-1)?.kind === 'refused') return [200, 409];
    return life.endings.length > 0 ? 'done' : [404];
  }
  async send(model: Model, real: Real) {
    const life = this.life(model);
    return post(real.centre, `/api/residents/${life.id}/reopen`, {
      eventId: uuidv7(),
      version: await versionOf(real, life.id),
      undoesId: life.endings.at(-1)?.eventId ?? uuidv7(),
      reason: '登记错了人',
    });
  }
  async learn(model: Model, _reply: TestReply, real: Real): Promise<void> {
    const life = this.life(model);
    const last = life.endings.pop();
    if (!last) return;
    const { status: wanted, statusOn } = last;
    await readAnew(real, life);
    if (life.status !== wanted || life.statusOn !== statusOn)
      throw new Error(`撤回 left ${life.status} ${life.statusOn}, not ${wanted} ${statusOn}`);
    for (const was of last.programs)
      if (!life.programs.some((one) => one.enrolledOn === was.enrolledOn && one.closedOn === was.closedOn))
        throw new Error(`撤回 did not bring back ${JSON.stringify(was)}: ${JSON.stringify(life.programs)}`);
  }
}

class MoveVillage extends Step {
  readonly name = '迁村';
  readonly to: number;
  constructor(slot: number, to: number) {
    super(slot);
    this.to = to;
  }
  expected(model: Readonly<Model>): Expected {
    const life = this.life(model);
    if (life.status !== 'active') return conflict;
    return life.village === this.to ? [422] : 'done';
  }
  send(model: Model, real: Real) {
    return post(real.centre, `/api/residents/${this.life(model).id}/handovers`, {
      handoverId: uuidv7(),
      toOrganizationId: real.villages[this.to]?.id,
      reason: '随子女居住',
    });
  }
  learn(model: Model): void {
    this.life(model).village = this.to;
  }
}

/** Reads a person's programme and sheets anew, after steps that carry them from one record to another. */
async function readAnew(real: Real, life: Life): Promise<void> {
  const [row] = await real.server.look<{ status: Status; on: string | null }>(
    'select status, status_on::text as on from resident where id = $1',
    [life.id],
  );
  life.status = row?.status ?? 'closed';
  life.statusOn = row?.on ?? undefined;
  life.programs = await real.server.look<{ enrolledOn: string; closedOn: string | null }>(
    `select enrolled_on::text as "enrolledOn", closed_on::text as "closedOn" from enrollment
     where resident_id = $1 and program = 'hypertension' order by created_at, id`,
    [life.id],
  );
  life.visits = await real.server.look<{ id: string; on: string }>(
    `select id, occurred_on::text as on from form_record where resident_id = $1 and form = 'hypertension-follow-up'
       and superseded_by is null and status = 'complete' order by occurred_on, received_at`,
    [life.id],
  );
}

class Merge extends Step {
  readonly name = '合并';
  readonly removed: number;
  #mergeId = '';
  constructor(slot: number, removed: number) {
    super(slot);
    this.removed = removed;
  }
  override check(model: Readonly<Model>): boolean {
    return (
      this.slot !== this.removed &&
      model.people[this.slot] !== undefined &&
      model.people[this.removed] !== undefined
    );
  }
  expected(model: Readonly<Model>): Expected {
    const removed = model.people[this.removed] as Life;
    return this.life(model).status === 'active' && removed.status !== 'closed' ? 'done' : conflict;
  }
  async send(model: Model, real: Real) {
    this.#mergeId = uuidv7();
    const proposed = await post(real.centre, '/api/merges', {
      mergeId: this.#mergeId,
      keptId: this.life(model).id,
      removedId: model.people[this.removed]?.id,
      reason: '同一人两份档案',
    });
    if (proposed.status !== 200) return proposed;
    return post(real.second, `/api/merges/${this.#mergeId}/decide`, { accept: true });
  }
  async learn(model: Model, _reply: TestReply, real: Real): Promise<void> {
    model.merges.push({ id: this.#mergeId, kept: this.slot, removed: this.removed });
    for (const slot of [this.slot, this.removed]) await readAnew(real, model.people[slot] as Life);
  }
}

/** Takes the last merge of the model back, everything that came since staying with the kept record. */
class Unmerge extends Step {
  readonly name = '撤销合并';
  override check(model: Readonly<Model>): boolean {
    return model.merges.length > 0;
  }
  expected(model: Readonly<Model>): Expected {
    const last = model.merges.at(-1);
    return model.people[last?.kept ?? 0]?.status === 'active' ? 'done' : conflict;
  }
  async send(model: Model, real: Real) {
    const last = model.merges.at(-1);
    const shown = await real.centre.call('GET', `/api/merges/${last?.id}`);
    return post(real.centre, `/api/merges/${last?.id}/undo`, {
      reason: '不是同一人',
      assign: shown.body.later.map((one: { table: string; key: string }) => ({
        table: one.table,
        key: one.key,
        to: 'kept',
      })),
      ...(shown.body.editedSince ? { personalInformation: 'as-now' } : {}),
    });
  }
  async learn(model: Model, _reply: TestReply, real: Real): Promise<void> {
    const last = model.merges.pop();
    for (const slot of [last?.kept, last?.removed])
      if (slot !== undefined) await readAnew(real, model.people[slot] as Life);
  }
}

const days = ['2026-10-20', '2026-11-02', '2026-11-12', '2026-11-20', '2026-11-24'];
const slot = fc.nat(2);
const day = fc.constantFrom(...days);

/** Any order of steps about up to three records. */
const anyLife = (longest: number) =>
  fc.commands(
    [
      slot.map((s) => new Register(s)),
      slot.map((s) => new Register(s)),
      fc.tuple(slot, fc.constantFrom(118, 132, 152)).map(([s, sbp]) => new Screen(s, sbp)),
      slot.map((s) => new Diagnose(s)),
      fc.tuple(slot, day).map(([s, on]) => new Enroll(s, on)),
      fc.tuple(slot, day).map(([s, on]) => new Enroll(s, on)),
      fc.tuple(slot, day, fc.constantFrom(128, 150, 186)).map(([s, on, sbp]) => new FollowUp(s, on, sbp)),
      fc.tuple(slot, day, fc.constantFrom(128, 150, 186)).map(([s, on, sbp]) => new FollowUp(s, on, sbp)),
      fc.tuple(slot, day).map(([s, on]) => new Correct(s, on)),
      fc.tuple(slot, fc.constantFrom('refused', 'wrong-diagnosis')).map(([s, why]) => new EndProgram(s, why)),
      fc
        .tuple(slot, fc.constantFrom<EndKind>('dead', 'moved', 'lost', 'refused'), day)
        .map(([s, kind, on]) => new End(s, kind, on)),
      slot.map((s) => new Reopen(s)),
      fc.tuple(slot, fc.nat(1)).map(([s, to]) => new MoveVillage(s, to)),
      fc.tuple(slot, slot).map(([kept, removed]) => new Merge(kept, removed)),
      slot.map((s) => new Unmerge(s)),
    ],
    { maxCommands: longest, size: 'max' },
  );

/** Opens what sequences share. */
export async function openLifeWorld(server: TestServer): Promise<LifeWorld> {
  const [centre, second] = (await Promise.all(['township', 'ph001'].map((name) => server.signIn(name)))) as [
    TestClient,
    TestClient,
  ];
  const villages = await server.look<{ id: string; path: string }>(
    `select id, path from organization where path like '/999999/100/%' and kind = 'village-clinic' order by path limit 2`,
  );
  return { server, centre, second, villages, people: [], counts: {} };
}

/** Runs so many sequences; throws with the shortest one that breaks a truth. Returns how often each step had which end. */
export async function liveLives(
  world: LifeWorld,
  input: { sequences: number; longest: number; seed: number },
): Promise<Record<string, number>> {
  await fc.assert(
    fc.asyncProperty(anyLife(input.longest), async (steps) => {
      world.people.length = 0;
      const model: Model = { people: [undefined, undefined, undefined], merges: [] };
      for (const first of [0, 1]) await new Register(first).run(model, world);
      const setup = () => ({ model, real: world });
      await fc.asyncModelRun(setup, steps);
    }),
    { numRuns: input.sequences, seed: input.seed, endOnFailure: false },
  );
  return world.counts;
}

const argument = (name: string, usual: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};

if (process.argv[1]?.endsWith('life-cycle.ts')) {
  const server = await startTestServer({ residents: 300 });
  const world = await openLifeWorld(server);
  const from = performance.now();
  let isSound = true;
  try {
    await liveLives(world, {
      sequences: argument('sequences', 2000),
      longest: argument('longest', 30),
      seed: argument('seed', 1),
    });
  } catch (error) {
    isSound = false;
    console.log((error as Error).message.slice(0, 3000));
    console.log(String(((error as Error).cause as Error | undefined)?.message).slice(0, 3000));
  }
  console.log(JSON.stringify(world.counts, null, 1));
  console.log(
    `${Object.values(world.counts).reduce((a, b) => a + b, 0)} steps, ${Math.round((performance.now() - from) / 1000)} s`,
  );
  await server.stop();
  process.exit(isSound ? 0 : 1);
}
