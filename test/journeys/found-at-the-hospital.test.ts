import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { freshIdNo, registerPerson, samplePerson } from '#test/support/sample-person.ts';
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
const errors: string[] = [];
const idNo = freshIdNo('1968-03-09', '1');
const name = '单国庆';

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
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
const press = (page: Page, label: string) =>
  page.getByRole('button', { name: label, exact: true }).last().click();
const fill = (page: Page, label: string, value: string) =>
  page.getByLabel(label, { exact: true }).fill(value);
const cardOf = (page: Page) => page.getByRole('region', { name: `转诊 ${name}` });

describe('下转：县医院门诊新发现的高血压病人由村卫生室接续管理', () => {
  it('the specialist writes the slip; a wrong number is told at once; it goes to the village the person wishes for', async () => {
    const page = await open('specialist', '/referrals', 1);
    await press(page, '下转新发现的病人');
    await fill(page, '姓名', name);
    const wrong = `${idNo.slice(0, 17)}${idNo.endsWith('1') ? '2' : '1'}`;
    await fill(page, '身份证号', wrong);
    await page.getByText('校验位不对').waitFor();
    await fill(page, '身份证号', idNo);
    await page.getByText('男，1968-03-09 出生。县内还没有档案').waitFor();
    await fill(page, '本人或家属电话', '19912345678');
    await fill(page, '诊断结果', '高血压 2 级 高危（新诊断）');
    await fill(page, '主要检查结果', '诊室血压 168/102，血钾 4.1，尿蛋白阴性');
    await fill(page, '治疗经过、下一步治疗方案及康复建议', '氨氯地平 5 mg 每日一次；限盐；两周后复测');
    await fill(page, '转诊医生联系电话', '0555-8765432');
    await page.getByRole('combobox', { name: '本人希望由哪家管理' }).fill('大槐树');
    await page.getByTitle(/大槐树村卫生室$/).click();
    expect(await page.getByRole('button', { name: '下转', exact: true }).isDisabled()).toBe(true);
    await page.getByText('已告知本人并征得同意').click();
    await press(page, '下转');
    await cardOf(page).getByText('待答复').waitFor();
    await cardOf(page).getByText('医院新发现', { exact: true }).waitFor();
  });

  it('nobody at the next village or in another township sees it', async () => {
    for (const who of ['village2', 'gp002']) {
      const page = await open(who, '/referrals?side=received', 3);
      await page.getByText('没有要处理的转诊').waitFor();
      expect(await cardOf(page).count()).toBe(0);
    }
  });

  it('the village doctor is told in the morning, accepts, calls, registers the person from the slip, and takes them on', async () => {
    const page = await open('village', '/', 5);
    const strip = page.getByRole('region', { name: '双向转诊' });
    await strip.getByText('待答复 1').waitFor();
    await strip.getByRole('link', { name: '打开' }).click();
    await cardOf(page).getByRole('button', { name: '下转单' }).click();
    await cardOf(page).getByText('诊室血压 168/102').waitFor();
    expect(await cardOf(page).getByText(idNo).count()).toBe(0);
    await cardOf(page).getByRole('button', { name: '接受' }).click();
    await cardOf(page).getByText('已接受').first().waitFor();
    await cardOf(page).getByRole('button', { name: '查看证件号码、电话' }).click();
    await cardOf(page).getByText('19912345678').waitFor();
    await cardOf(page).getByRole('button', { name: '建档' }).click();
    await page.getByRole('heading', { name: '新建档案' }).waitFor();
    expect(await page.getByLabel('姓名', { exact: true }).first().inputValue()).toBe(name);
    expect(await page.getByLabel('身份证号', { exact: true }).first().inputValue()).toBe(idNo);
  });

  it('with the record there, the village takes them on, and the hospital sees that it is done and prints the slip', async () => {
    const filed = await registerPerson(
      await server.signIn('village'),
      samplePerson({ name, idNo, gender: '1', birthDate: '1968-03-09' }),
    );
    expect(filed.status, JSON.stringify(filed.body)).toBe(200);
    const page = await open('village', '/referrals?side=received', 20);
    await cardOf(page).getByRole('button', { name: '下转单' }).click();
    await cardOf(page).getByText('有此证件号码的档案').waitFor();
    await cardOf(page).getByRole('button', { name: '确认接续' }).first().click();
    await fill(page, '确认接续的说明', '已纳入高血压管理，两周后随访');
    await cardOf(page).getByRole('button', { name: '确认接续' }).last().click();
    await cardOf(page).waitFor({ state: 'detached' });
    await page.goto(`${server.url}/residents/${filed.body.residentId}`);
    const panel = page.getByRole('region', { name: '转诊', exact: true });
    await panel.getByText('已接续').first().waitFor();
    const hospital = await open('specialist', '/referrals?side=sent', 25);
    await hospital.getByRole('button', { name: '看已结束的' }).click();
    await cardOf(hospital).getByText('已纳入高血压管理，两周后随访').waitFor();
    await cardOf(hospital).getByRole('button', { name: '下转单' }).click();
    const [paper] = await Promise.all([
      hospital.context().waitForEvent('page'),
      cardOf(hospital).getByRole('link', { name: '打印转诊单' }).click(),
    ]);
    await paper.getByText('双向转诊（回转）单').first().waitFor();
    expect(await paper.getByText('双向转诊（转出）单').count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
