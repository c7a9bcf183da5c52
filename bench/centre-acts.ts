import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { ordinaryDraw, stationAnswers } from '#apps/demo-county/checkup-answers.ts';
import { listActs } from './centre-lists.ts';

export interface Bench {
  readonly signIn: (username: string) => Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: a bench looks into whatever came back.
  readonly call: (cookie: string, method: string, path: string, body?: unknown) => Promise<any>;
  readonly time: (name: string, act: () => Promise<unknown>) => Promise<void>;
  readonly owner: pg.Pool;
}

interface Person {
  readonly id: string;
  readonly archive_no: string;
}

/** Nobody may look at more different people in an hour than a day's work needs: reads go round among these. */
const looked = 60;

/** Every request of the centre's screens, in the order of a day: the morning's queue is made by arriving. */
export async function centreActs(bench: Bench): Promise<void> {
  const { signIn, owner } = bench;
  const [nurse, doctor, bureau, village] = await Promise.all(
    ['publichealth', 'township', 'bureau', 'village'].map(signIn),
  );
  if (!nurse || !doctor || !bureau || !village) throw new Error('nobody signed in');
  const { rows: patients } = await owner.query<Person>(
    `select r.id, r.archive_no from resident r join enrollment e on e.county_id = r.county_id and e.resident_id = r.id
     where r.org_path like '/999999/100/%' and r.status = 'active' and e.program = 'hypertension' and e.closed_on is null
       and not exists (select 1 from centre_visit v where v.county_id = r.county_id and v.resident_id = r.id
         and v.arrived_on > current_date - 30)
     order by r.id limit 400`,
  );
  if (patients.length < 400) throw new Error(`only ${patients.length} patients in the township`);
  const inTurn = <T>(list: readonly T[]) => {
    let at = 0;
    return () => list[at++ % list.length] as T;
  };
  const anybody = inTurn(patients.slice(0, looked));
  await arrivals(bench, nurse, doctor, patients, anybody);
  await clinic(bench, nurse, doctor, patients);
  await examDay(bench, nurse, patients);
  await listActs(bench, { nurse, doctor, bureau, village }, anybody);
}

const arriveBody = () => ({
  operationId: uuidv7(),
  visitId: uuidv7(),
  entry: 'A3',
  question: '复诊',
  pressure: { sbp: 138, dbp: 84 },
  declinedReason: '回家和家人商量',
});

async function arrivals(
  { call, time }: Bench,
  nurse: string,
  doctor: string,
  patients: readonly Person[],
  anybody: () => Person,
): Promise<void> {
  await time('接诊卡', () => call(nurse, 'GET', `/api/residents/${anybody().id}/reception`));
  let next = 100;
  await time('取号', () =>
    call(nurse, 'POST', `/api/residents/${patients[next++]?.id}/visits`, arriveBody()),
  );
  await dangers({ call, time }, nurse, doctor, () => patients[next++] as Person);
  await time('今天的中心', () => call(nurse, 'GET', '/api/centre/day'));
  for (const stage of ['waiting', 'in-room', 'done'])
    await time(`排队 ${stage}`, () => call(nurse, 'GET', `/api/centre/queue?stage=${stage}&limit=50`));
  await time('候诊大屏', () => call(nurse, 'GET', '/api/centre/board'));
  await time('自助检测', () => call(nurse, 'GET', '/api/centre/self-tests?limit=10'));
  await time('上传自助检测', () =>
    call(nurse, 'POST', '/api/centre/self-tests', {
      operationId: uuidv7(),
      selfTestId: uuidv7(),
      point: '一号机',
      slipNo: uuidv7().slice(-12),
      takenOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
      takenAt: '09:00',
      readings: [
        { kind: 'sbp', value: 142 },
        { kind: 'dbp', value: 86 },
      ],
    }),
  );
  await time('应复诊未来', () => call(nurse, 'GET', '/api/centre/due-returns?limit=5'));
  await call(doctor, 'POST', '/api/centre/rooms', {
    operationId: uuidv7(),
    dutyId: uuidv7(),
    room: `诊室${uuidv7().slice(-4)}`,
  });
  await time('叫下一位', () => call(doctor, 'POST', '/api/centre/next', { operationId: uuidv7() }));
}

/** Dangers as the desk finds them, the list with all of them open at the desk and in the room, and how they end. */
async function dangers(
  { call, time }: Pick<Bench, 'call' | 'time'>,
  nurse: string,
  doctor: string,
  nextPerson: () => Person,
): Promise<void> {
  const found = { pressure: { sbp: 192, dbp: 114 }, dangerSign: '胸痛' };
  await time('取号，有异常情况', () =>
    call(nurse, 'POST', `/api/residents/${nextPerson().id}/visits`, { ...arriveBody(), ...found }),
  );
  const list = (cookie: string, state: string) => () =>
    call(cookie, 'GET', `/api/centre/danger-events?state=${state}&limit=10`);
  await time('异常情况 未办结，前台', list(nurse, 'open'));
  await time('异常情况 未办结，诊室', list(doctor, 'open'));
  const open = (await call(nurse, 'GET', '/api/centre/danger-events?state=open&limit=50')).items;
  let [taken, closed] = [0, 0];
  const tell = (what: string, event: { id: string }, more: object) =>
    call(doctor, 'POST', `/api/centre/danger-events/${event.id}/${what}`, { operationId: uuidv7(), ...more });
  await time('接手异常情况', () => {
    const one = open[taken++];
    if (!one) throw new RangeError('all taken');
    return tell('own', one, { version: one.version });
  });
  await time('办结异常情况', () => {
    const one = open[closed++];
    if (!one || closed > taken) throw new RangeError('all closed');
    return tell('close', one, { version: one.version + 1, outcome: 'treated', note: '复测 150/92' });
  });
  await time('异常情况 已办结', list(nurse, 'closed'));
}

const lifestyle = {
  salt: '少盐',
  alcohol: '不饮',
  weight: '减',
  activity: '快走',
  smoking: '戒',
  mind: '平和',
};
const dayIn = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

async function clinic(
  { call, time }: Bench,
  nurse: string,
  doctor: string,
  patients: readonly Person[],
): Promise<void> {
  const visits: { id: string; residentId: string; version: number }[] = [];
  for (const one of patients.slice(200, 245)) {
    const body = arriveBody();
    await call(nurse, 'POST', `/api/residents/${one.id}/visits`, body);
    visits.push({ id: body.visitId, residentId: one.id, version: 1 });
  }
  let at = 0;
  const visit = () => visits[at++ % visits.length] as (typeof visits)[number];
  await time('打开就诊', async () => {
    const one = visit();
    ({ version: one.version } = await call(doctor, 'GET', `/api/visits/${one.id}`));
  });
  for (const one of visits) ({ version: one.version } = await call(doctor, 'GET', `/api/visits/${one.id}`));
  const act = (name: string, what: string, body: () => object) => {
    at = 0;
    return time(name, async () => {
      const one = visit();
      const given = { operationId: uuidv7(), version: one.version, ...body() };
      ({ version: one.version } = await call(doctor, 'POST', `/api/visits/${one.id}/${what}`, given));
    });
  };
  await act('病史', 'findings', () => ({ recordId: uuidv7(), section: 'history', text: '按时服药' }));
  await act('体格检查', 'findings', () => ({
    recordId: uuidv7(),
    section: 'examination',
    readings: [
      { kind: 'sbp', value: 134, context: 'office' },
      { kind: 'dbp', value: 82, context: 'office' },
    ],
  }));
  await act('到综合评估', 'moves', () => ({ to: 'B6' }));
  at = 0;
  await time('综合评估用的记录', () =>
    call(doctor, 'GET', `/api/residents/${visit().residentId}/assessment-record`),
  );
  await act('到制定方案', 'moves', () => ({ to: 'B10', capacity: { beyond: false } }));
  await act('保存方案', 'plans', () => ({
    planId: uuidv7(),
    basedOn: 0,
    changeReason: 'first',
    content: {
      conditions: ['hypertension'],
      goals: [{ label: '血压', target: '低于 140/90 mmHg' }],
      lifestyle,
      medicines: [{ name: '苯磺酸氨氯地平片', dosePerTime: 5, doseUnit: 'mg', timesPerDay: 1 }],
      accepted: [],
      tcm: { constitution: '', advice: '', techniques: [] },
      monitoring: [{ what: '家庭血压', often: '每日早晚' }],
      nextOn: dayIn(28),
    },
  }));
  await act('结束就诊', 'finish', () => ({ noteId: uuidv7() }));
}

async function examDay({ call, time }: Bench, nurse: string, patients: readonly Person[]): Promise<void> {
  const day = uuidv7();
  await call(nurse, 'POST', '/api/exam-days', {
    operationId: uuidv7(),
    examDayId: day,
    name: '老年人体检',
    place: '卫生院',
    heldOn: dayIn(0),
  });
  const people = patients.slice(250, 400);
  await call(nurse, 'POST', `/api/exam-days/${day}/people`, {
    operationId: uuidv7(),
    lines: people.map((one) => one.archive_no),
  });
  const parts = stationAnswers(ordinaryDraw);
  const stations = Object.keys(parts) as (keyof typeof parts)[];
  let at = 0;
  const person = () => people[at++ % people.length] as Person;
  const save = (residentId: string, station: keyof typeof parts) =>
    call(nurse, 'POST', `/api/exam-days/${day}/people/${residentId}/sections`, {
      operationId: uuidv7(),
      station,
      seenSeq: 99,
      answers: parts[station],
      confirmed: [],
    });
  await time('体检站保存', () => save(person().id, 'vitals'));
  for (const one of people.slice(45))
    for (const station of stations) if (station !== 'doctor') await save(one.id, station);
  await time('体检日列表', () => call(nurse, 'GET', '/api/exam-days?limit=20'));
  await time('体检日', () => call(nurse, 'GET', `/api/exam-days/${day}`));
  await time('受检人名单 50 人', () => call(nurse, 'GET', `/api/exam-days/${day}/people?limit=50`));
  await time('本站未做的人', () =>
    call(nurse, 'GET', `/api/exam-days/${day}/people?station=doctor&limit=50`),
  );
  await time('扫码找人', () =>
    call(nurse, 'POST', `/api/exam-days/${day}/find`, { text: String((at++ % 150) + 1) }),
  );
  await time('打开受检人', () =>
    call(nurse, 'GET', `/api/exam-days/${day}/people/${people[at++ % looked]?.id}`),
  );
  for (const one of people.slice(60, 110)) await save(one.id, 'doctor' as keyof typeof parts);
  at = 60;
  await time('完成体检', () =>
    call(nurse, 'POST', `/api/exam-days/${day}/people/${person().id}/finish`, {
      operationId: uuidv7(),
      recordId: uuidv7(),
      answers: { evaluation: '1' },
      decisions: [],
    }),
  );
}
