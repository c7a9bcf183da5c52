import { uuidv7 } from 'uuidv7';
import { freshIdNo, samplePerson } from '#test/support/sample-person.ts';
import { isOpen, programOf } from './life-model.ts';
import { conflict, stepOf } from './life-step.ts';
import { post } from './life-world.ts';

let serial = 0;
/** All 60 to 80 years old, each with a day of birth and a number of its own. */
function newIdNo(): string {
  serial += 1;
  const month = String(1 + (Math.floor(serial / 20) % 12)).padStart(2, '0');
  const day = String(1 + (Math.floor(serial / 240) % 28)).padStart(2, '0');
  return freshIdNo(`${1946 + (serial % 20)}-${month}-${day}`, serial % 2 === 0 ? '1' : '2');
}

const personOf = (idNo: string) => samplePerson({ name: '余长生', contactName: '余小生', idNo });

export const register = stepOf({
  name: '建档',
  makesSense: () => true,
  expected: ({ model, slot }) => (model.people[slot] ? conflict : 'done'),
  async send({ slot, model }, world) {
    const idNo = model.people[slot]?.idNo ?? newIdNo();
    const id = uuidv7();
    const reply = await post(world.centre, '/api/residents', {
      residentId: id,
      organizationId: world.villages[0]?.id,
      answers: personOf(idNo),
      confirmed: [],
    });
    return {
      reply,
      learn() {
        world.people.push(id);
        model.people[slot] = {
          id,
          idNo,
          status: 'active',
          statusOn: undefined,
          village: 0,
          programs: [],
          visits: [],
          endings: [],
        };
      },
    };
  },
});

export const screen = stepOf<{ sbp: number }>({
  name: '筛查',
  expected: ({ life }) => (life.status === 'active' ? 'done' : conflict),
  send: async ({ life, input }, world) => ({
    reply: await post(world.centre, `/api/residents/${life.id}/screenings`, {
      recordId: uuidv7(),
      form: 'community-screening',
      formEdition: '2026',
      answers: {
        screenDate: '2026-11-24',
        name: '余长生',
        gender: personOf(life.idNo).gender,
        age: 2026 - Number(life.idNo.slice(6, 10)),
        place: '2',
        sbp: input.sbp,
        dbp: 84,
        familyHypertension: '2',
        familyDiabetes: '2',
        highSalt: '2',
        heavyDrinking: '2',
        inactive: '2',
        staff: '陈立新',
      },
      confirmed: ['sbp:unusual', 'dbp:unusual', 'age:differs', 'sbp:high'],
    }),
  }),
});

/** Confirms the course of hypertension by a paper from elsewhere: legal while suspected, high-risk or already confirmed. */
export const diagnose = stepOf({
  name: '确诊',
  expected: ({ life }) => (life.status === 'active' ? [200, 409] : conflict),
  async send({ life }, world) {
    const course = await world.centre.call('GET', `/api/residents/${life.id}/course`);
    const episode = course.body.episodes.find(
      (one: { condition: string }) => one.condition === 'hypertension',
    );
    if (!episode) return undefined;
    const reply = await post(world.centre, `/api/episodes/${episode.id}/confirm`, {
      version: episode.version,
      onDay: '2026-11-24',
      evidence: { kind: 'outside', hospital: '县人民医院', on: '2026-11-20' },
    });
    const legal = life.status === 'active' && !['enrolled', 'closed'].includes(episode.state);
    if ((reply.status === 200) !== legal)
      throw new Error(`确诊 from ${episode.state}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return { reply };
  },
});

export const enroll = stepOf<{ on: string }>({
  name: '纳管',
  expected: ({ life }) => (life.status === 'active' && !isOpen(life) ? 'done' : conflict),
  send: async ({ life, input }, world) => ({
    reply: await post(world.centre, `/api/residents/${life.id}/enrollments`, {
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: input.on,
    }),
    learn: () => void life.programs.push({ enrolledOn: input.on, closedOn: null }),
  }),
});

export const endProgram = stepOf<{ reason: string }>({
  name: '结案',
  makesSense: ({ life }) => (life?.programs.length ?? 0) > 0,
  expected: ({ life }) => (isOpen(life) ? 'done' : conflict),
  async send({ life, input }, world) {
    const [last] = await world.server.look<{ id: string; version: number }>(
      `select id, version from enrollment where resident_id = $1 order by (closed_on is null) desc, enrolled_on desc limit 1`,
      [life.id],
    );
    if (!last) return undefined;
    const reply = await post(world.centre, `/api/enrollments/${last.id}/close`, {
      version: last.version,
      closedOn: '2026-11-24',
      reason: input.reason,
      ...(input.reason === 'refused' ? { note: '不愿意', reviewOn: '2027-05-01' } : {}),
    });
    return {
      reply,
      learn() {
        const program = programOf(life);
        if (program) program.closedOn = '2026-11-24';
      },
    };
  },
});

export const moveVillage = stepOf<{ to: number }>({
  name: '迁村',
  expected({ life, input }) {
    if (life.status !== 'active') return conflict;
    return life.village === input.to ? [422] : 'done';
  },
  send: async ({ life, input }, world) => ({
    reply: await post(world.centre, `/api/residents/${life.id}/handovers`, {
      handoverId: uuidv7(),
      toOrganizationId: world.villages[input.to]?.id,
      reason: '随子女居住',
    }),
    learn() {
      life.village = input.to;
    },
  }),
});
