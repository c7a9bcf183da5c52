import { uuidv7 } from 'uuidv7';
import type { Bench } from './centre-acts.ts';

interface Staff {
  readonly nurse: string;
  readonly doctor: string;
  readonly bureau: string;
  readonly village: string;
}

/** The lists and figures of the screens around the centre, for a township and for the whole county. */
export async function listActs(
  bench: Bench,
  staff: Staff,
  anybody: () => { readonly id: string },
): Promise<void> {
  await contracts(bench, staff, anybody);
  await appointments(bench, staff, anybody);
  await grading(bench, staff);
  await screening(bench, staff, anybody);
  await checkupYear(bench, staff, anybody);
  await closing(bench, staff, anybody);
  await courses(bench, staff);
}

async function contracts(
  { call, time }: Bench,
  { nurse, bureau, village }: Staff,
  anybody: () => { id: string },
) {
  await time('居民的签约', () => call(nurse, 'GET', `/api/residents/${anybody().id}/contracts`));
  for (const [who, cookie] of [
    ['村', village],
    ['乡镇', nurse],
    ['县', bureau],
  ] as const) {
    await time(`待履约计数，${who}`, () => call(cookie, 'GET', '/api/contracts/due/counts'));
    for (const bucket of ['overdue', 'soon', 'to-renew'])
      await time(`待履约 ${bucket}，${who}`, () =>
        call(cookie, 'GET', `/api/contracts/due?bucket=${bucket}&limit=30`),
      );
    await time(`签约指标，${who}`, () => call(cookie, 'GET', '/api/contracts/rates'));
    for (const figure of ['signed', 'key-signed', 'renewed', 'delivered', 'managed-signed'])
      for (const side of ['in', 'out'])
        await time(`签约名单 ${figure} ${side}，${who}`, () =>
          call(cookie, 'POST', '/api/contracts/people', { figure, side, limit: 50 }),
        );
    for (const group of ['all', 'high-risk', 'hypertension', 'type-2-diabetes', 'copd', 'elder'])
      await time(`待签约 ${group}，${who}`, () =>
        call(cookie, 'GET', `/api/contracts/unsigned?group=${group}&limit=50`),
      );
  }
  await time('服务包', () => call(bureau, 'GET', '/api/service-packages'));
}

async function appointments(
  { call, time, owner }: Bench,
  { nurse, bureau }: Staff,
  anybody: () => { id: string },
) {
  const { rows: slots } = await owner.query<{ id: string; day: string }>(
    `select s.id, s.day::text from clinic_slot s join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.day > current_date + 1 and s.withdrawn_at is null and s.taken < s.capacity and o.path = '/999999/100/'
     order by s.day, s.starts, s.id limit 60`,
  );
  let at = 0;
  const slot = () => slots[at++ % slots.length] as (typeof slots)[number];
  await time('一日号源，乡镇', () => call(nurse, 'GET', `/api/clinic-slots?day=${slot().day}`));
  await time('一日号源，县', () => call(bureau, 'GET', `/api/clinic-slots?day=${slot().day}`));
  at = 0;
  // A person holds one place of a half-day: those who hold none, so that a folder can be measured again.
  const { rows: people } = await owner.query<{ id: string }>(
    `select r.id from resident r where r.org_path like '/999999/100/%' and r.status = 'active'
       and not exists (select 1 from appointment a where a.county_id = r.county_id and a.resident_id = r.id)
     order by r.id limit 60`,
  );
  let whom = 0;
  await time('预约', () => {
    const [one, person] = [slot(), people[whom++]];
    if (!person) throw new RangeError('everybody is booked');
    return call(nurse, 'POST', '/api/appointments', {
      operationId: uuidv7(),
      appointmentId: uuidv7(),
      residentId: person.id,
      slotId: one.id,
      purpose: '复诊',
      confirmed: ['slotId:same-half-day'],
    });
  });
  await time('时段的预约', () => call(nurse, 'GET', `/api/clinic-slots/${slot().id}/appointments`));
  await time('居民的预约', () => call(nurse, 'GET', `/api/residents/${anybody().id}/appointments`));
  await time('排班', () => call(nurse, 'GET', '/api/clinic-schedules'));
  await time('提醒', () => call(nurse, 'GET', '/api/notices?limit=50'));
}

async function grading({ call, time, owner }: Bench, { doctor, bureau, nurse }: Staff) {
  for (const [who, cookie] of [
    ['乡镇', nurse],
    ['县', bureau],
  ] as const) {
    await time(`分级分布，${who}`, () => call(cookie, 'GET', '/api/grading'));
    for (const which of ['red', 'yellow', 'green', 'none'])
      await time(`分级名单 ${which}，${who}`, () =>
        call(cookie, 'GET', `/api/grading/people?which=${which}&limit=50`),
      );
  }
  const [place] = (await owner.query(`select id from organization where path = '/999999/100/'`)).rows;
  const batchId = uuidv7();
  await call(doctor, 'POST', '/api/grading-batches', {
    operationId: uuidv7(),
    batchId,
    organizationId: place.id,
    purpose: 'annual',
    reason: '年度评定',
  });
  const from = performance.now();
  while ((await call(doctor, 'GET', `/api/grading-batches/${batchId}`)).status === 'preparing')
    await new Promise((resolve) => setTimeout(resolve, 200));
  console.log(`(preview of one township: ${((performance.now() - from) / 1000).toFixed(1)} s)`);
  await time('评定批次列表', () => call(doctor, 'GET', '/api/grading-batches?limit=20'));
  await time('评定预览', () => call(doctor, 'GET', `/api/grading-batches/${batchId}`));
  for (const change of ['first', 'up', 'same'])
    await time(`评定预览名单 ${change}`, () =>
      call(doctor, 'GET', `/api/grading-batches/${batchId}/people?change=${change}&limit=50`),
    );
  await call(doctor, 'POST', `/api/grading-batches/${batchId}/cancel`, { operationId: uuidv7() });
}

async function screening(
  { call, time }: Bench,
  { nurse, bureau, village }: Staff,
  anybody: () => { id: string },
) {
  await time('筛查活动列表，乡镇', () => call(nurse, 'GET', '/api/campaigns?limit=20'));
  await time('筛查活动列表，县', () => call(bureau, 'GET', '/api/campaigns?limit=20'));
  const { items } = await call(nurse, 'GET', '/api/campaigns?limit=20');
  const campaign = items.find((one: { status: string }) => one.status === 'running') ?? items[0];
  for (const [who, cookie] of [
    ['村', village],
    ['乡镇', nurse],
    ['县', bureau],
  ] as const) {
    await time(`筛查活动，${who}`, () => call(cookie, 'GET', `/api/campaigns/${campaign.id}`));
    for (const outcome of ['all', 'open', 'suspected'])
      await time(`筛查名单 ${outcome}，${who}`, () =>
        call(cookie, 'GET', `/api/campaigns/${campaign.id}/people?outcome=${outcome}&limit=50`),
      );
    await time(`首诊测压登记，${who}`, () => call(cookie, 'GET', '/api/first-visit-pressures?limit=50'));
  }
  await time('打开筛查表', () => call(nurse, 'GET', `/api/residents/${anybody().id}/screening`));
  await time('家庭风险提示', () => call(nurse, 'GET', `/api/residents/${anybody().id}/family-consent`));
}

async function checkupYear({ call, time }: Bench, { nurse, bureau }: Staff, anybody: () => { id: string }) {
  const year = new Date().getUTCFullYear();
  for (const [who, cookie] of [
    ['乡镇', nurse],
    ['县', bureau],
  ] as const) {
    await time(`年度体检进度，${who}`, () => call(cookie, 'GET', `/api/checkup-years/${year}`));
    for (const state of ['due', 'done'])
      await time(`年度体检名单 ${state}，${who}`, () =>
        call(cookie, 'GET', `/api/checkup-years/${year}/people?state=${state}&limit=50`),
      );
    await time(`体检后待办，${who}`, () => call(cookie, 'GET', '/api/checkup-tasks?limit=50'));
  }
  await time('历年体检', () => call(nurse, 'GET', `/api/residents/${anybody().id}/checkups`));
}

async function closing({ call, time }: Bench, { nurse }: Staff, anybody: () => { id: string }) {
  await time('结案页', () => call(nurse, 'GET', `/api/residents/${anybody().id}/closing`));
  for (const side of ['in', 'out'])
    await time(`迁移 ${side}`, () => call(nurse, 'GET', `/api/handovers?side=${side}&limit=30`));
  await time('接收机构', () => call(nurse, 'GET', '/api/handover-receivers'));
  await time('疑似重复，乡镇', () => call(nurse, 'GET', '/api/duplicates?limit=30'));
  await time('合并', () => call(nurse, 'GET', '/api/merges?limit=30'));
}

async function courses({ call, time }: Bench, { nurse, bureau, village }: Staff) {
  for (const [who, cookie] of [
    ['村', village],
    ['乡镇', nurse],
    ['县', bureau],
  ] as const)
    for (const state of ['high-risk', 'suspected', 'confirmed'])
      for (const due of ['all', 'overdue'])
        await time(`病程 ${state} ${due}，${who}`, () =>
          call(cookie, 'GET', `/api/episodes?state=${state}&due=${due}&limit=50`),
        );
}
