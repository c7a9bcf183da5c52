import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationRole } from '#platform/server/database/migrate.ts';
import { desktop, launchBrowser, phone } from '#test/support/browser.ts';
import { ownerOf } from '#test/support/fingerprint.ts';
import { type RunningProduct, removeProduct, startProduct } from '#test/support/product.ts';
import { idNoOf } from '#test/support/sample-person.ts';

let product: RunningProduct;
let browser: Browser;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'quancheng-files-'));
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await removeProduct(product);
  await rm(files, { recursive: true, force: true });
});

async function signIn(
  username: string,
  size = desktop,
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(product.url);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('口令').fill('Quancheng-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今日工作' }).waitFor();
  return { page, context, errors };
}

const overdueOf = async (page: Page) =>
  Number(/\d+/.exec((await page.getByRole('tab', { name: /逾期/ }).textContent()) ?? '')?.[0]);

/** Opens the first person of the tab whose visit covers exactly these diseases; gives name and place in the list. */
async function openPatient(page: Page, tab: RegExp, visit: string): Promise<string> {
  for (let place = 0; place < 30; place++) {
    await page.getByRole('tab', { name: tab }).first().click();
    const line = page.locator('.work-line').nth(place);
    await line.waitFor();
    const name = (await line.locator('b').first().textContent()) ?? '';
    await line.click();
    await page.getByRole('heading', { name: '慢病管理' }).waitFor();
    if ((await page.getByRole('button', { name: `填写${visit}随访`, exact: true }).count()) > 0) return name;
    await page.getByRole('link', { name: '今日工作' }).click();
  }
  throw new Error(`nobody with ${visit}`);
}

async function saveAndConfirm(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const saved = page.getByText(/已保存/);
  const asked = page.getByRole('button', { name: '已核对，确认保存' });
  await saved.or(asked).first().waitFor();
  if (await asked.isVisible()) await asked.click();
  await saved.first().waitFor();
}

describe('村医的早晨', () => {
  it('takes the first overdue person, records a visit, and the person leaves the list everywhere', async () => {
    const { page, context, errors } = await signIn('village');
    await expect.poll(() => page.getByText('演示数据').count()).toBeGreaterThan(0);
    await page.getByRole('tab', { name: /逾期/ }).click();
    await page.locator('.work-line').first().waitFor();
    const before = await overdueOf(page);
    const name = await openPatient(page, /逾期/, '高血压');
    await page.getByRole('button', { name: '填写高血压随访' }).click();
    await page.getByLabel('收缩压', { exact: true }).fill('186');
    await page.getByLabel('舒张压', { exact: true }).fill('112');
    await page.getByText('危急：先处理，再紧急转诊').waitFor();
    await page.getByLabel('收缩压', { exact: true }).fill('128');
    await page.getByLabel('舒张压', { exact: true }).fill('78');
    await page.getByLabel('心率', { exact: true }).fill('72');
    await expect.poll(() => page.getByText('危急：先处理，再紧急转诊').count()).toBe(0);
    await page.getByText('控制满意，90 天后').waitFor();
    await page.keyboard.press('Control+s');
    const saved = page.getByText(/已保存。下次随访/);
    const asked = page.getByRole('button', { name: '已核对，确认保存' });
    await saved.or(asked).first().waitFor();
    if (await asked.isVisible()) await asked.click();
    await saved.waitFor();
    await page.getByText('128/78').first().waitFor();
    await page.getByRole('link', { name: '今日工作' }).click();
    await page.getByRole('tab', { name: /逾期/ }).click();
    await expect.poll(() => overdueOf(page)).toBe(before - 1);
    expect(await page.locator('.work-line b').allTextContents()).not.toContain(name);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('keeps what was typed when the session runs out, signs in over the page and saves', async () => {
    const { page, context } = await signIn('village');
    await openPatient(page, /全部/, '高血压');
    await page.getByRole('button', { name: '填写高血压随访' }).click();
    await page.getByLabel('收缩压', { exact: true }).fill('126');
    await page.getByLabel('舒张压', { exact: true }).fill('76');
    await page.getByLabel('心率', { exact: true }).fill('70');
    await page.reload();
    await expect.poll(() => page.getByLabel('收缩压', { exact: true }).inputValue()).toBe('126');
    // The session ends at the very moment of saving: else another call would hear of it first.
    let isEnded = false;
    await page.route('**/api/**', async (route) => {
      if (!isEnded && route.request().method() !== 'GET') {
        isEnded = true;
        await context.request.delete(`${product.url}/api/session`);
      }
      await route.continue();
    });
    await page.getByRole('button', { name: '保存随访' }).click();
    await page.getByText('您填写的内容还在').waitFor();
    await page.getByRole('dialog').getByLabel('口令').fill('Quancheng-2026');
    await page.getByRole('dialog').getByRole('button', { name: '登录' }).click();
    const saved = page.getByText(/已保存。下次随访/);
    const asked = page.getByRole('button', { name: '已核对，确认保存' });
    await saved.or(asked).first().waitFor();
    if (await asked.isVisible()) await asked.click();
    await saved.waitFor();
    await context.close();
  });

  it('is told that the server is away, not to sign in; what was typed is there when it is back by itself', async () => {
    const { page, context } = await signIn('village');
    await openPatient(page, /全部/, '高血压');
    await page.getByRole('button', { name: '填写高血压随访' }).click();
    await page.getByLabel('收缩压', { exact: true }).fill('124');
    // As when other programs hold every connection the database has.
    const owner = await ownerOf(product.dataFolder);
    await owner.query(`alter role ${applicationRole} connection limit 0`);
    await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
      applicationRole,
    ]);
    await page.reload();
    await page.getByRole('heading', { name: '系统繁忙' }).waitFor();
    expect(await page.getByLabel('用户名').count()).toBe(0);
    await context.setOffline(true);
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '连不上服务器' }).waitFor();
    await owner.query(`alter role ${applicationRole} connection limit -1`);
    await context.setOffline(false);
    await page.getByLabel('收缩压', { exact: true }).waitFor();
    expect(await page.getByLabel('收缩压', { exact: true }).inputValue()).toBe('124');

    // Over a page that is open the same is said without taking it away.
    await owner.query("update staff set must_change_password = true where username = 'village2'");
    await owner.end();
    await context.clearCookies();
    await page.reload();
    await page.getByLabel('用户名').fill('village2');
    await page.getByLabel('口令').fill('Quancheng-2026');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByLabel('当前口令').fill('Quancheng-2026');
    await page.getByLabel('新口令').fill('Quancheng-2027');
    await page.route('**/api/session', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: '修改口令' }).click();
    await page.getByRole('alert').filter({ hasText: '连不上服务器' }).waitFor();
    expect(await page.getByLabel('用户名').count()).toBe(0);
    await page.getByRole('link', { name: '今日工作' }).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: '连不上服务器' }).count()).toBe(0);
    await context.close();
  });

  it('corrects a saved visit with a reason, sees both versions, and prints four to a sheet', async () => {
    const { page, context } = await signIn('village');
    await openPatient(page, /逾期/, '高血压');
    await page.getByRole('link', { name: '更正' }).first().click();
    await page.getByLabel('更正原因').fill('核对纸质记录');
    await page.getByLabel('心率', { exact: true }).fill('66');
    await page.getByRole('button', { name: '保存更正' }).click();
    const saved = page.getByText(/已保存/);
    const asked = page.getByRole('button', { name: '已核对，确认保存' });
    await saved.or(asked).first().waitFor();
    if (await asked.isVisible()) await asked.click();
    await saved.first().waitFor();
    await page.getByRole('switch', { name: '显示更正前的版本' }).click();
    await expect.poll(() => page.locator('tr[style*="line-through"]').count()).toBeGreaterThan(0);
    const [sheet] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('button', { name: '打印随访表' }).click(),
    ]);
    await sheet.getByRole('heading', { name: '高血压患者随访服务记录表' }).waitFor();
    await sheet.emulateMedia({ media: 'print' });
    expect(await sheet.locator('.sheet tr').first().locator('td').count()).toBe(5);
    const height = await sheet.locator('.sheet').evaluate((node) => node.getBoundingClientRect().height);
    // A4 less its margins, at 96 dots to the inch.
    expect(height).toBeLessThan(((297 - 18) / 25.4) * 96);

    // The basic information shows no whole number until it is printed, and printing stands in the person's log.
    const personUrl = page.url();
    await page.goto(personUrl.replace('/residents/', '/print/residents/').concat('/personal-information'));
    await page.getByRole('heading', { name: '个人基本信息表' }).waitFor();
    const numbers = async () =>
      (await page.locator('.sheet').textContent())?.match(/999999\d{11}[\dX]/g) ?? [];
    expect(await numbers()).toEqual([]);
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await page.getByRole('button', { name: /打\s?印/ }).click();
    await expect.poll(async () => (await numbers()).length).toBeGreaterThan(0);
    await page.goto(personUrl);
    await page
      .locator('.card', { hasText: '谁看过这份档案' })
      .getByRole('button', { name: /查\s?看/ })
      .click();
    await page
      .getByText(/查看完整的.*（打印）/)
      .first()
      .waitFor();
    await context.close();
  });

  it('types one visit for three diseases and prints three right sheets', async () => {
    const { page, context, errors } = await signIn('village');
    await openPatient(page, /全部/, '高血压、2型糖尿病');
    await page.getByRole('button', { name: '纳入慢阻肺病管理' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '纳入管理' }).click();
    await page.getByRole('button', { name: '填写高血压、2型糖尿病、慢阻肺病随访' }).click();
    await page.getByRole('heading', { name: '高血压、2型糖尿病、慢阻肺病合并随访' }).waitFor();
    const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
    const choose = (group: string, option: string) =>
      page
        .getByRole('radiogroup', { name: group, exact: true })
        .getByRole('radio', { name: option, exact: true })
        .click();
    for (const [label, value] of [
      ['收缩压', '152'],
      ['舒张压', '92'],
      ['心率', '72'],
      ['空腹血糖值', '6.1'],
      ['呼吸频率', '18'],
      ['脉搏氧饱和度（SpO₂）', '96'],
    ] as const)
      await fill(label, value);
    await choose('足背动脉搏动', '触及正常');
    await choose('口唇紫绀', '无');
    await choose('外周水肿', '无');
    await page.getByRole('group', { name: '合并症' }).getByRole('checkbox', { name: '高血压' }).click();
    await choose('疫苗免疫史', '无');
    await choose('低血糖反应', '无');
    await page
      .getByRole('group', { name: '症状', exact: true })
      .getByRole('checkbox', { name: '多饮', exact: true })
      .click();
    await page.getByText('血压 152/92 mmHg').first().waitFor();
    await page.getByText('空腹血糖 6.1 mmol/L').first().waitFor();
    await saveAndConfirm(page, '保存随访');
    await page.getByText('152/92').first().waitFor();
    const personUrl = page.url();
    const sheetOf = async (program: string) => {
      await page.goto(personUrl.replace('/residents/', '/print/residents/') + `/${program}`);
      await page.locator('.sheet').waitFor();
      return (await page.locator('.sheet').textContent()) ?? '';
    };
    const hypertension = await sheetOf('hypertension');
    expect(hypertension).toContain('高血压患者随访服务记录表');
    expect(hypertension).toContain('152/92');
    expect(hypertension).toContain('多饮');
    const diabetes = await sheetOf('type-2-diabetes');
    expect(diabetes).toContain('2型糖尿病患者随访服务记录表');
    expect(diabetes).toContain('6.1');
    expect(diabetes).toContain('152/92');
    const copd = await sheetOf('copd');
    expect(copd).toContain('慢性阻塞性肺疾病患者随访服务记录表');
    expect(copd).toContain('96');
    expect(errors).toEqual([]);
    await context.close();
  });

  it('fits a phone without anything beyond its edges', async () => {
    const { page, context } = await signIn('village', phone);
    for (const path of ['/', '/residents', '/residents/new', '/county', '/imports']) {
      await page.goto(product.url + path);
      await page.locator('.page').waitFor();
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond, path).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
});

describe('管理者问：哪里落后，是哪些人', () => {
  it('goes from county to the village that is behind to the persons, and the list is as long as the figure', async () => {
    const { page, context } = await signIn('bureau');
    await page.getByRole('link', { name: '指标', exact: true }).click();
    await page.getByRole('heading', { name: /高血压管理/ }).waitFor();
    await page.locator('tbody tr').first().locator('button').first().click();
    await page.getByText('卫生室').first().waitFor();
    const row = page.locator('tbody tr').first();
    const overdue = Number(await row.locator('td').last().textContent());
    await row.locator('td').last().locator('button').click();
    await page.getByText(`共 ${overdue} 人`).waitFor();
    await page.getByText('未计入的人').click();
    await page.getByRole('button', { name: 'Close' }).or(page.locator('.ant-drawer-close')).first().click();
    await page.getByRole('button', { name: '规范管理率怎么算' }).click();
    await page.getByText('口径B').waitFor();
    await context.close();
  });
});

describe('导入有错的花名册，改好，再导入', () => {
  it('names the wrong cells, imports nothing, then all of it, and the second time nothing', async () => {
    const [a, b] = [idNoOf('99999919610203555'), idNoOf('99999919590807444')];
    const write = async (name: string, people: string[][]) => {
      const book = new ExcelJS.Workbook();
      const sheet = book.addWorksheet('花名册');
      sheet.addRow(['高血压患者花名册']);
      sheet.addRow(['姓名', '身份证号', '联系电话']);
      for (const person of people) sheet.addRow(person);
      const path = join(files, name);
      await writeFile(path, Buffer.from(await book.xlsx.writeBuffer()));
      return path;
    };
    const { page, context } = await signIn('village');
    await page.getByRole('link', { name: '导入' }).click();
    await page.getByText('还没有导入过花名册').or(page.getByText('以往的导入')).first().waitFor();
    const wrong = await write('有错.xlsx', [
      ['何玉林', `${a.slice(0, 17)}${a.endsWith('0') ? '1' : '0'}`, '19900001111'],
      ['沈秋月', b, '123'],
    ]);
    await page.setInputFiles('input[type=file]', wrong);
    await page.getByText('有 2 行有误').waitFor();
    await page.getByText('校验位不对').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: '下载标出问题的表格' })
        .click()
        .then(() =>
          page
            .getByRole('dialog')
            .getByRole('button', { name: /导\s?出/ })
            .click(),
        ),
    ]);
    expect(download.suggestedFilename()).toMatch(/xlsx$/);
    const right = await write('改好.xlsx', [
      ['何玉林', a, '19900001111'],
      ['沈秋月', b, ''],
    ]);
    await page.setInputFiles('input[type=file]', right);
    await page.getByRole('button', { name: '导入 2 人' }).click();
    await page.getByText('已导入 2 人').waitFor();
    await page.setInputFiles('input[type=file]', right);
    await page.getByText('无变化 2').waitFor();
    await page.getByRole('link', { name: '居民' }).click();
    await page.getByLabel('检索居民').fill('hyl');
    await page.getByText('何玉林').first().waitFor();
    await context.close();
  });
});
