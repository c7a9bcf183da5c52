import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordinaryDraw, stationAnswers } from '#apps/demo-county/checkup-answers.ts';
import { desktop, launchBrowser } from '#test/support/browser.ts';
import { type RunningProduct, removeProduct, startProduct } from '#test/support/product.ts';
import { idNoOf } from '#test/support/sample-person.ts';

let product: RunningProduct;
let browser: Browser;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'quancheng-exam-'));
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await removeProduct(product);
  await rm(files, { recursive: true, force: true });
});

interface Worker {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
  /** The call a screen makes, from within the signed-in page. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<Reply>;
}
interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: replies of many calls.
  readonly body: any;
}

async function signIn(username: string): Promise<Worker> {
  const context = await browser.newContext({
    viewport: desktop,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(product.url);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('口令').fill('Quancheng-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今日工作' }).waitFor();
  const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
    page.evaluate(
      async ([how, where, what]) => {
        const reply = await fetch(where as string, {
          method: how as string,
          ...(what === undefined
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) }),
        });
        return { status: reply.status, body: await reply.json() };
      },
      [method, path, body] as const,
    );
  return { page, context, errors, call };
}

const many = 30;
/** So many of them are typed at the first station; the others come in by the call its screen makes. */
const typed = 10;
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

async function laboratoryFile(people: readonly { barcode: string }[]): Promise<string> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('结果');
  const names = {
    hb: '血红蛋白',
    wbc: '白细胞',
    plt: '血小板',
    uProtein: '尿蛋白',
    uGlucose: '尿糖',
    uKetone: '尿酮体',
    uBlood: '尿潜血',
    fpg: 'GLU',
    alt: 'ALT',
    ast: 'AST',
    tbil: 'TBIL',
    creatinine: '肌酐',
    urea: '尿素',
    tc: 'TC',
    tg: 'TG',
    ldl: 'LDL-C',
    hdl: 'HDL-C',
  };
  sheet.addRow(['条码', ...Object.values(names)]);
  for (const [index, person] of people.entries()) {
    const { laboratory } = stationAnswers({ ...ordinaryDraw, ldl: index % 10 === 3 ? 4.6 : 2.6 });
    sheet.addRow([person.barcode, ...Object.keys(names).map((id) => laboratory[id])]);
  }
  sheet.addRow(['没有的条码', 130]);
  const path = join(files, 'results.xlsx');
  await writeFile(path, Buffer.from(await book.xlsx.writeBuffer()));
  return path;
}

/** Calls the next person of a station, types, saves with the keyboard. */
async function atStation(page: Page, number: number, type: () => Promise<void>): Promise<void> {
  const search = page.getByLabel('号、条码或身份证号');
  await search.fill(String(number));
  await search.press('Enter');
  await page.getByLabel('受检人', { exact: true }).getByText(String(number), { exact: true }).waitFor();
  await type();
  await page.keyboard.press('Control+s');
  await page.getByText(new RegExp(`已保存：${number} 号`)).waitFor();
}

async function typeVitals(page: Page, number: number): Promise<void> {
  const raised = number === 1;
  const values = {
    体温: '36.5',
    脉率: '72',
    呼吸频率: '18',
    左侧收缩压: raised ? '164' : '118',
    左侧舒张压: raised ? '98' : '74',
    右侧收缩压: raised ? '168' : '116',
    右侧舒张压: raised ? '98' : '74',
    身高: '165',
    体重: '60',
    腰围: '78',
  };
  for (const [label, value] of Object.entries(values))
    await page.locator('[data-form]').getByLabel(label, { exact: true }).fill(value);
}

describe('体检日', () => {
  let doctor: Worker;
  let first: Worker;
  let second: Worker;
  let wanted: { id: string; name: string }[];
  let dayUrl: string;
  let examDayId: string;
  let people: { id: string; number: number; barcode: string }[];

  beforeAll(async () => {
    [doctor, first, second] = (await Promise.all(['township', 'township', 'publichealth'].map(signIn))) as [
      Worker,
      Worker,
      Worker,
    ];
  });
  afterAll(async () => {
    for (const worker of [doctor, first, second]) {
      expect(worker.errors).toEqual([]);
      await worker.context.close();
    }
  });

  it('takes thirty people from a pasted list, and their results from the laboratory’s file', async () => {
    const { page, call } = doctor;
    const due = await call('GET', `/api/checkup-years/${year}/people?limit=100`);
    wanted = due.body.items.filter((one: { programs: string[] }) => one.programs.length === 0).slice(0, many);
    const list = await Promise.all(
      wanted.map(async (one: { id: string; name: string }) => {
        const reveal = { purpose: 'identity', fields: ['idNo'] };
        const { body } = await call('POST', `/api/residents/${one.id}/reveal`, reveal);
        return `${one.name} ${body.values.idNo}`;
      }),
    );

    await page.getByRole('link', { name: /体检$/ }).click();
    await page.getByLabel('体检日名称').fill('老年人体检');
    await page.getByRole('button', { name: '建立体检日' }).click();
    await page.getByLabel('受检人名单').waitFor();
    dayUrl = page.url();
    examDayId = dayUrl.split('/').at(-1) ?? '';
    await page.getByLabel('受检人名单').fill([...list, list[0], '张三 号码不清'].join('\n'));
    await page.getByRole('button', { name: `加入 ${many + 2} 行` }).click();
    await page.getByText(`加入 ${many} 人，1 行未能加入`).waitFor();
    people = (await call('GET', `/api/exam-days/${examDayId}/people?limit=50`)).body.items;
    expect(people.map((one) => one.number)).toEqual(Array.from({ length: many }, (_, index) => index + 1));

    const path = await laboratoryFile(people);
    await page.getByLabel('化验结果文件').setInputFiles(path);
    await page.getByText(`已保存 ${many} 人的结果，1 行未能保存`).waitFor();
  });

  it('sees them at three stations at the same time', async () => {
    const { page, call } = doctor;
    const enter = async (id: string, station: string, values: object) => {
      const saved = await call('POST', `/api/exam-days/${examDayId}/people/${id}/sections`, {
        operationId: uuidv7(),
        station,
        seenSeq: 99,
        answers: values,
      });
      expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    };
    const { doctor: answers, ultrasound, vitals } = stationAnswers(ordinaryDraw);
    await Promise.all([
      (async () => {
        await first.page.goto(`${dayUrl}/stations/vitals`);
        for (const { number } of people.slice(0, typed))
          await atStation(first.page, number, () => typeVitals(first.page, number));
      })(),
      (async () => {
        await second.page.goto(`${dayUrl}/stations/ecg`);
        for (const { number } of people)
          await atStation(second.page, number, () =>
            second.page
              .getByRole('radiogroup', { name: '心电图' })
              .getByRole('radio', { name: '正常' })
              .click(),
          );
      })(),
      (async () => {
        const examined = new Set('lips pharynx heartRhythm legEdema'.split(' '));
        for (const [index, { id }] of people.entries()) {
          await enter(id, 'ultrasound', ultrasound);
          if (index >= typed) await enter(id, 'vitals', vitals);
          if (index > 0) await enter(id, 'doctor', answers);
        }
        // The first is examined on the screen: what was asked is typed, the rest of the examination was unremarkable.
        const asked = Object.fromEntries(Object.entries(answers).filter(([id]) => !examined.has(id)));
        await enter(people[0]?.id ?? '', 'doctor', asked);
        await page.goto(`${dayUrl}/stations/doctor`);
        await atStation(page, 1, async () => {
          await page.getByText('必填还差 4 项').waitFor();
          await page.getByRole('button', { name: '查体未填项按未见异常填' }).click();
          await page.getByText('必填已齐').waitFor();
        });
      })(),
    ]);
  });

  it('concludes what was found: a raised pressure and raised lipids are answered on the screen and open tasks', async () => {
    const { page, call } = doctor;
    const conclude = async (worker: Worker, one: { id: string }) => {
      await worker.page.goto(`${dayUrl}/people/${one.id}`);
      await worker.page.getByRole('heading', { name: '体检结论' }).waitFor();
      const all = worker.page.getByRole('button', { name: '其余全部采纳' });
      if (await all.isVisible()) await all.click();
      await worker.page.getByRole('button', { name: '完成体检表' }).click();
      await worker.page.getByRole('link', { name: '打印反馈单' }).waitFor();
    };
    const [raised, ...others] = people;
    if (!raised) throw new Error('nobody');
    await page.goto(`${dayUrl}/people/${raised.id}`);
    await page
      .getByText(/血压 168\/98/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '完成体检表' }).click();
    await page
      .getByRole('alert')
      .getByText(/还没有采纳或不采纳/)
      .waitFor();
    await conclude(doctor, raised);
    const lipids = others.filter((one) => one.number % 10 === 4);
    await Promise.all(
      [first, second].map(async (worker, index) => {
        for (const one of lipids.filter((_, place) => place % 2 === index)) await conclude(worker, one);
      }),
    );
    for (const one of others.filter((other) => !lipids.includes(other))) {
      const filed = await call('POST', `/api/exam-days/${examDayId}/people/${one.id}/finish`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        answers: { evaluation: '1' },
      });
      expect(filed.status, JSON.stringify(filed.body)).toBe(200);
    }
  });

  it('has a feedback sheet for each, and what is left to do on the list', async () => {
    const { page, call } = doctor;
    await page.goto(dayUrl);
    await page.getByText('体检表已完成').first().waitFor();
    expect((await call('GET', `/api/exam-days/${examDayId}`)).body).toMatchObject({
      people: many,
      finished: many,
    });
    const done = await call('GET', `/api/exam-days/${examDayId}/people?limit=50`);
    const [{ recordId }] = done.body.items as [{ recordId: string }];
    await page.goto(`${product.url}/print/checkups/${recordId}`);
    await page.getByRole('heading', { name: '健康体检结果反馈单' }).waitFor();
    await page
      .getByText(/血压 168\/98/)
      .first()
      .waitFor();
    await page.getByRole('heading', { name: '二、请记得' }).waitFor();
    await page.goto(`${product.url}/checkups`);
    await page.getByRole('tab', { name: '体检后待办' }).click();
    await page
      .getByText(wanted[0]?.name ?? '')
      .first()
      .waitFor();
  });
});

describe('两份档案与迁移', () => {
  it('merges two records with two pairs of eyes and takes it back; hands a person to the next village', async () => {
    const [village, centre, second, neighbour] = (await Promise.all(
      ['village', 'township', 'publichealth', 'village2'].map(signIn),
    )) as [Worker, Worker, Worker, Worker];
    const work = await village.call('GET', '/api/worklist?limit=1');
    const residentId: string = work.body.items[0].residentId;
    const original = (await village.call('GET', `/api/residents/${residentId}`)).body;
    const { values } = (
      await village.call('POST', `/api/residents/${residentId}/reveal`, {
        purpose: 'correction',
        fields: ['idNo', 'phone', 'contactPhone', 'currentAddress', 'registeredAddress'],
      })
    ).body;
    const known = Object.entries(values).filter(([, value]) => value !== null);
    const whole = { ...original.personalInformation, ...Object.fromEntries(known) };
    const base = `${values.idNo.slice(0, 14)}98${original.sex === '1' ? '1' : '2'}`;
    const registered = await village.call('POST', '/api/residents', {
      operationId: uuidv7(),
      residentId: uuidv7(),
      organizationId: original.organizationId,
      answers: { ...whole, idNo: idNoOf(base) },
      confirmed: [],
    });
    expect(registered.status, JSON.stringify(registered.body)).toBe(200);

    await centre.page.goto(`${product.url}/transfers`);
    await centre.page.getByRole('tab', { name: '疑似重复' }).click();
    await centre.page.getByRole('button', { name: '查找疑似重复' }).click();
    await centre.page.getByText(/找到 \d+ 对疑似重复/).waitFor();
    await centre.page.goto(
      `${product.url}/duplicates/compare?first=${residentId}&second=${registered.body.residentId}`,
    );
    await centre.page.getByRole('button', { name: '提出合并' }).click();
    await centre.page.getByText('请写明为何认为是同一人。').waitFor();
    await centre.page.getByLabel('合并的理由').fill('本人到场核对证件');
    await centre.page.getByRole('button', { name: '提出合并' }).click();
    await centre.page.getByText('您提出的合并须由另一人确认。').waitFor();
    const mergeUrl = centre.page.url();
    await second.page.goto(mergeUrl);
    await second.page.getByRole('button', { name: '确认是同一人，合并' }).click();
    await second.page.getByText('已合并', { exact: true }).first().waitFor();
    const gone = await village.call('GET', `/api/residents/${registered.body.residentId}`);
    expect(gone.body.status).toBe('closed');
    await centre.page.goto(mergeUrl);
    await centre.page.getByLabel('撤回的原因').fill('核实为两人');
    await centre.page.getByRole('button', { name: '撤回合并' }).click();
    await centre.page.getByText('已撤回', { exact: true }).first().waitFor();
    const back = await village.call('GET', `/api/residents/${registered.body.residentId}`);
    expect(back.body.status).toBe('active');
    expect((await village.call('GET', `/api/residents/${residentId}`)).body.openTasks).toEqual(
      original.openTasks,
    );

    await village.page.goto(`${product.url}/residents/${residentId}/closing`);
    await village.page.getByRole('radio', { name: '失访' }).click();
    expect(await village.page.getByRole('button', { name: '登记失访' }).isDisabled()).toBe(true);
    await village.page
      .getByRole('alert')
      .getByText(/已联系上本人/)
      .waitFor();
    const to = (await neighbour.call('GET', '/api/session')).body.organizationName;
    await village.page.getByLabel('迁往机构').fill(to);
    await village.page.getByTitle(new RegExp(`^${to}`)).click();
    await village.page.getByLabel('迁移原因').fill('随子女居住');
    await village.page.getByRole('button', { name: '请对方接收' }).click();
    await village.page.getByText('待接收').waitFor();
    await neighbour.page.goto(`${product.url}/transfers`);
    await neighbour.page.getByText(original.name).first().waitFor();
    await neighbour.page.getByRole('button', { name: '接收' }).click();
    await neighbour.page.getByText('已接收').first().waitFor();
    expect((await neighbour.call('GET', `/api/residents/${residentId}`)).status).toBe(200);
    expect((await village.call('GET', `/api/residents/${residentId}`)).status).toBe(404);
    for (const worker of [village, centre, second, neighbour]) {
      expect(worker.errors).toEqual([]);
      await worker.context.close();
    }
  });
});
