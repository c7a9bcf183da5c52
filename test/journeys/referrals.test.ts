import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { houseAt, quietPeople, sendFromCentre } from '#test/support/send-referral.ts';
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let person: { id: string; name: string };
const errors: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
  const [found] = await quietPeople(server, '/999999/100/201/', 1);
  if (!found) throw new Error('nobody to refer');
  person = found;
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Somebody's window at a screen, so many minutes after the morning began. */
async function open(username: string, path: string, minutes: number): Promise<Page> {
  server.setNow(new Date(testNow.getTime() + minutes * 60_000));
  const page = await openWindow(browser, errors);
  await goSignedIn(page, server, username, path);
  return page;
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last().click();
const fill = (page: Page, label: string, value: string) =>
  page.getByLabel(label, { exact: true }).fill(value);
const cardOf = (page: Page) => page.getByRole('region', { name: `转诊 ${person.name}` });

describe('双向转诊：胸痛的病人从卫生院转到县医院', () => {
  it('the township doctor handles the emergency first and sends the person to the hospital', async () => {
    const nurse = await server.signIn('publichealth');
    const visitId = uuidv7();
    const arrived = await nurse.call('POST', `/api/residents/${person.id}/visits`, {
      operationId: uuidv7(),
      visitId,
      entry: 'A3',
      declinedReason: '先看病',
      pressure: { sbp: 196, dbp: 118 },
      dangerSign: '胸痛',
    });
    expect(arrived.status).toBe(200);
    const page = await open('township', `/visits/${visitId}`, 2);
    await page.getByText('诊疗能力与去向').click();
    await press(page, '急症：先处理并转诊');
    await page.getByText('全程县人民医院（上转）').waitFor();
    await fill(page, '转往科室', '心内科');
    await page.getByRole('radio', { name: '急诊' }).click();
    await fill(page, '转诊理由', '胸痛 30 分钟，血压 196/118');
    await fill(page, '初步处理', '平卧、吸氧、舌下含服硝酸甘油、心电图');
    await press(page, '记下处理并申请转诊');
    await page.getByText('转诊申请已提交，已送到对方').waitFor();
    await page.goto(`${server.url}/referrals`);
    await page.getByRole('tab', { name: '发出的' }).click();
    await cardOf(page).getByText('待答复').waitFor();
  });

  it('the specialist is told in the morning, sees who, why and the summary, and accepts', async () => {
    const page = await open('specialist', '/', 9);
    const strip = page.getByRole('region', { name: '双向转诊' });
    await strip.getByText(/待答复/).waitFor();
    await strip.getByRole('link', { name: '打开' }).click();
    const card = cardOf(page);
    await card.getByText('胸痛 30 分钟，血压 196/118').waitFor();
    expect(
      await page
        .getByRole('region', { name: /^转诊 / })
        .first()
        .getAttribute('aria-label'),
    ).toBe(`转诊 ${person.name}`);
    // The hospital is given the referral, not the record.
    expect(await card.getByRole('link').count()).toBe(0);
    await card.getByRole('button', { name: '病情摘要' }).click();
    await card.getByText('平卧、吸氧、舌下含服硝酸甘油、心电图').waitFor();
    await card.getByText('收缩压 196').waitFor();
    await card.getByRole('button', { name: '接受' }).click();
    await card.getByText('已接受').first().waitFor();
    await card.getByText('（7 分钟后）').waitFor();
  });

  it('nobody at another township sees it', async () => {
    const page = await open('gp002', '/referrals', 12);
    await page.getByText('没有要处理的转诊').waitFor();
    expect(await cardOf(page).count()).toBe(0);
  });

  it('the person arrives, and the sender sees when', async () => {
    const page = await open('specialist', '/referrals', 25);
    await cardOf(page).getByRole('button', { name: '到位', exact: true }).click();
    await cardOf(page).getByText('（16 分钟后）').waitFor();
    const sender = await open('township', '/referrals', 26);
    await sender.getByRole('tab', { name: '发出的' }).click();
    const times = cardOf(sender).getByRole('list', { name: '急诊绿色通道时间' });
    await times.getByText('已到位').waitFor();
    expect(await times.getByRole('listitem').count()).toBe(3);
  });

  it('the specialist sends the person back with the slip; what was typed outlives a reload', async () => {
    const page = await open('specialist', '/referrals', 40);
    await cardOf(page).getByRole('button', { name: '回转', exact: true }).click();
    await fill(page, '诊断结果', '高血压 3 级 很高危；排除急性冠脉综合征');
    await fill(page, '主要检查结果', '肌钙蛋白阴性，心电图无动态改变');
    await fill(
      page,
      '治疗经过、下一步治疗方案及康复建议',
      '血压降至 138/86；氨氯地平 5 mg 每日一次，两周后复测',
    );
    await page.reload();
    await cardOf(page).getByRole('button', { name: '回转', exact: true }).click();
    expect(await page.getByLabel('主要检查结果').inputValue()).toContain('肌钙蛋白阴性');
    await press(page, '回转给青禾镇中心卫生院');
    await page.getByText('转诊医生联系电话不是手机或固定电话号码').waitFor();
    await fill(page, '转诊医生联系电话', '0555-8765432');
    await press(page, '回转给青禾镇中心卫生院');
    await cardOf(page).waitFor({ state: 'detached' });
  });

  it('the township is told at its desk, reads the slip, prints it and takes the person on', async () => {
    const desk = await open('publichealth', '/centre', 45);
    await desk.getByRole('region', { name: '接收转诊' }).getByText(person.name).waitFor();
    const page = await open('township', '/', 46);
    const strip = page.getByRole('region', { name: '双向转诊' });
    await strip.getByText(/回转待接续 \d/).waitFor();
    await strip.getByRole('link', { name: '打开' }).click();
    await cardOf(page).getByRole('button', { name: '回转单与摘要' }).click();
    await cardOf(page).getByText('高血压 3 级 很高危；排除急性冠脉综合征').waitFor();
    const [paper] = await Promise.all([
      page.context().waitForEvent('page'),
      cardOf(page).getByRole('link', { name: '打印转诊单' }).click(),
    ]);
    await paper.getByText('双向转诊（回转）单').first().waitFor();
    await paper.getByText('双向转诊（转出）单').first().waitFor();
    await cardOf(page).getByRole('button', { name: '确认接续' }).click();
    await cardOf(page).waitFor({ state: 'detached' });
    await page.goto(`${server.url}/residents/${person.id}`);
    const panel = page.getByRole('region', { name: '转诊', exact: true });
    await panel.getByText('已接续').first().waitFor();
    await panel.getByText('接续后还没有随访').waitFor();
  });

  it('a person the hospital declined is sent to another house, without typing it all again', async () => {
    const page = await open('gp002', '/referrals?side=sent', 50);
    const declined = page.getByRole('region', { name: /^转诊 / }).filter({ hasText: '已拒收' });
    const name = ((await declined.first().getAttribute('aria-label')) ?? '').replace('转诊 ', '');
    await declined.getByRole('button', { name: '另转一家' }).click();
    await declined.getByText('青禾镇中心卫生院（同级）').waitFor();
    await declined.getByRole('button', { name: '确认另转' }).click();
    await declined.waitFor({ state: 'detached' });
    const receiver = await open('township', '/referrals', 51);
    await receiver
      .getByRole('region', { name: `转诊 ${name}` })
      .getByText('眼底检查发现出血点，请会诊')
      .waitFor();
    expect(errors).toEqual([]);
  });

  it('the hospital sends somebody back to the village that manages them, whose doctor is told and goes on', async () => {
    const [second] = (await quietPeople(server, '/999999/100/201/', 2)).slice(1);
    if (!second) throw new Error('nobody to refer');
    server.setNow(new Date(testNow.getTime() + 60 * 60_000));
    const [nurse, doctor, specialist] = await Promise.all(
      ['publichealth', 'township', 'specialist'].map((name) => server.signIn(name)),
    );
    if (!nurse || !doctor || !specialist) throw new Error('three sign in');
    const toOrganizationId = await houseAt(server, '/999999/hospital/');
    const { referralId } = await sendFromCentre(
      { nurse, doctor },
      { residentId: second.id, toOrganizationId },
    );
    for (const [index, deed] of ['accept', 'arrive'].entries())
      await specialist.call('POST', `/api/referrals/${referralId}/steps`, {
        operationId: uuidv7(),
        version: index + 1,
        deed,
      });
    const page = await open('specialist', '/referrals', 62);
    const card = page.getByRole('region', { name: `转诊 ${second.name}` });
    await card.getByRole('button', { name: '回转', exact: true }).click();
    await fill(page, '诊断结果', '高血压 2 级 高危，新诊断');
    await fill(page, '主要检查结果', '心电图正常');
    await fill(page, '治疗经过、下一步治疗方案及康复建议', '氨氯地平 5 mg 每日一次，两周后随访');
    await fill(page, '转诊医生联系电话', '0555-8765432');
    await card.getByRole('combobox', { name: '回转给' }).click();
    await page.getByTitle(/卫生室（管理本人）/).click();
    await card.getByRole('button', { name: /^回转给.*卫生室$/ }).click();
    await card.waitFor({ state: 'detached' });
    const village = await open('village', '/', 64);
    const strip = village.getByRole('region', { name: '双向转诊' });
    await strip.getByText('回转待接续 1').waitFor();
    await strip.getByRole('link', { name: '打开' }).click();
    const own = village.getByRole('region', { name: `转诊 ${second.name}` });
    await own.getByText(/^回转给.*卫生室$/).waitFor();
    await own.getByRole('button', { name: '回转单与摘要' }).click();
    await own.getByText('高血压 2 级 高危，新诊断').waitFor();
    await own.getByRole('button', { name: '确认接续' }).click();
    await own.waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });
});
