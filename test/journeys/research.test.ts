import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, launchBrowser, phone } from '#test/support/browser.ts';
import { type RunningProduct, removeProduct, startProduct } from '#test/support/product.ts';

let product: RunningProduct;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await removeProduct(product);
});

async function open(username: string, viewport = desktop): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  await page.goto(product.url);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('口令').fill('Quancheng-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('navigation').first().waitFor();
  return page;
}

async function openResearch(username: string, viewport = desktop): Promise<Page> {
  const page = await open(username, viewport);
  await page.getByRole('link', { name: '科研数据' }).click();
  await page.getByRole('heading', { name: '科研数据' }).waitFor();
  return page;
}

describe('科研数据', () => {
  it('is asked for by the bureau, agreed to by another of the bureau, and downloaded without anybody’s name', async () => {
    const project = '县域高血压控制研究';
    const bureau = await openResearch('bureau');
    await bureau.getByRole('button', { name: '申请', exact: true }).click();
    await bureau.getByRole('dialog').getByRole('button', { name: '申请' }).click();
    await bureau.getByText('请填写伦理审查或项目批准文号。').waitFor();
    await bureau.getByLabel('研究项目和用途').fill(project);
    await bureau.getByLabel('伦理审查或项目批准文号').fill('伦审2026-09');
    await bureau.getByLabel('接收的研究机构和负责人').fill('省医学院 周教授');
    await bureau.getByRole('dialog').getByRole('button', { name: '申请' }).click();
    const own = bureau.locator('section').filter({ hasText: project });
    await own.getByText('须由您以外的另一人批准').waitFor();
    expect(await own.getByRole('button').count()).toBe(0);

    const second = await openResearch('bureau2', phone);
    const asked = second.locator('section').filter({ hasText: project });
    await asked.getByLabel('批准意见').fill('材料齐全');
    await asked.getByRole('button', { name: '批准并生成' }).click();
    await asked.getByText('已生成').waitFor();
    expect(await second.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      phone.width,
    );

    await bureau.reload();
    const [file] = await Promise.all([
      bureau.waitForEvent('download'),
      own
        .getByRole('button', { name: '下载 CSV' })
        .click()
        .then(() =>
          bureau
            .getByRole('dialog')
            .getByRole('button', { name: /导\s?出/ })
            .click(),
        ),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines.at(-1)).toMatch(/^"导出编号 [0-9a-f-]{36}　/);
    expect(lines[0]).toContain('"性别","年龄段（岁）","乡镇","在管病种"');
    expect(await own.textContent()).toContain(`、${lines.length - 2} 行`);

    // Who took it, and what for, stands in the register, found by the number in the file.
    await bureau.getByRole('link', { name: '导出登记' }).click();
    const [, exportId = ''] = /导出编号 ([0-9a-f-]{36})/.exec(lines.at(-1) ?? '') ?? [];
    await bureau.getByLabel('按导出编号或文件的 SHA-256 查找').fill(exportId);
    await bureau.getByRole('button', { name: '查找' }).click();
    const line = bureau.locator('section').filter({ hasText: exportId });
    await line.getByText('用途：已批准的科研（去标识）').waitFor();
    const size = await bureau.evaluate(() => document.documentElement.scrollWidth);
    expect(size).toBeLessThanOrEqual(desktop.width);
  });
});

describe('泄露事件', () => {
  it('says whom a misused account concerns, and hands over the draft of the report with their names', async () => {
    const village = await open('village');
    const opened = village.getByRole('main').locator('a[href^="/residents/"]').first();
    const name = ((await opened.locator('b').first().textContent()) ?? '').trim();
    await opened.click();
    await village.getByRole('heading', { name }).waitFor();

    const bureau = await open('bureau');
    await bureau.getByRole('link', { name: '泄露事件' }).click();
    await bureau.getByLabel('用户名').fill('village');
    await bureau.getByRole('button', { name: /^查$/ }).click();
    await bureau.getByText(/档案被逐个打开或写入 1 人/).waitFor();
    await bureau.getByText('没有停用').waitFor();
    await bureau.getByRole('button', { name: '导出材料' }).click();
    const [file] = await Promise.all([
      bureau.waitForEvent('download'),
      bureau
        .getByRole('dialog')
        .getByRole('button', { name: /导\s?出/ })
        .click(),
    ]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await file.path());
    const text = workbook.worksheets
      .map((sheet) =>
        sheet
          .getSheetValues()
          .map((row) => JSON.stringify(row))
          .join('\n'),
      )
      .join('\n');
    expect(text).toContain(name);
    expect(text).toContain('village');

    await bureau.setViewportSize(phone);
    expect(await bureau.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      phone.width,
    );
    // A doctor has no such page.
    await village.goto(`${product.url}/incidents`);
    await village.getByLabel('用户名').fill('village2');
    await village.getByRole('button', { name: /^查$/ }).click();
    await village.getByText('您的角色不能进行此操作').waitFor();
  });
});
