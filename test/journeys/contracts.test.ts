import type { Browser, BrowserContext, Page } from 'playwright-core';
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

async function signIn(
  username: string,
  size = desktop,
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({
    viewport: size,
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
  return { page, context, errors };
}

/** Opens the form to sign on the contract page of a person. */
async function openSigning(page: Page): Promise<void> {
  await page.getByRole('button', { name: '签约', exact: true }).click();
  await page.getByRole('heading', { name: '签约家庭医生' }).waitFor();
}

async function consentAndSign(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /居民同意签约/ }).check();
  await page.getByRole('region', { name: '签约' }).getByRole('button', { name: '签约', exact: true }).click();
}

describe('家庭医生签约', () => {
  it('asks an unsigned patient, signs once though two desks try, and credits the visit by itself', async () => {
    const village = await signIn('village');
    const township = await signIn('township');
    const { page } = village;
    await page.getByRole('navigation').getByText('签约', { exact: true }).click();
    await page.getByRole('tab', { name: '待签约' }).click();
    await page.getByText('高血压', { exact: true }).click();
    const line = page
      .locator('.work-line')
      .filter({ hasText: '在管高血压' })
      .filter({ hasNotText: /糖尿病|慢阻肺|高危/ })
      .first();
    await line.click();
    await page.waitForURL(/\/contract$/);
    await openSigning(page);
    // The other desk has the same form open.
    await township.page.goto(page.url());
    await openSigning(township.page);

    expect(await page.getByRole('checkbox', { name: /^基本服务包/ }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /^高血压服务包/ }).isChecked()).toBe(true);
    await page
      .getByRole('region', { name: '签约' })
      .getByRole('button', { name: '签约', exact: true })
      .click();
    await page.getByText('请先说明并取得同意').waitFor();
    await consentAndSign(page);
    await page.getByRole('region', { name: '现行签约' }).getByText('履约中').waitFor();
    await consentAndSign(township.page);
    await township.page.getByRole('alert').getByText('该居民已有家庭医生签约').waitFor();
    await township.context.close();

    const delivery = page.getByRole('region', { name: '履约' });
    expect(await delivery.getByText('尚无计入的服务').count()).toBeGreaterThan(0);
    const contractUrl = page.url();
    await page.goto(contractUrl.replace(/\/contract$/, ''));
    await page.getByRole('button', { name: '填写高血压随访' }).click();
    await page.getByLabel('收缩压', { exact: true }).fill('128');
    await page.getByLabel('舒张压', { exact: true }).fill('78');
    await page.getByLabel('心率', { exact: true }).fill('72');
    await page.getByRole('button', { name: '保存随访' }).click();
    const saved = page.getByText(/已保存/);
    const asked = page.getByRole('button', { name: '已核对，确认保存' });
    await saved.or(asked).first().waitFor();
    if (await asked.isVisible()) await asked.click();
    await saved.first().waitFor();

    await page.goto(contractUrl);
    const credit = delivery.getByRole('link', { name: /高血压随访/ });
    await credit.first().waitFor();
    // The general package and the patient's own each count the one visit.
    expect(await credit.count()).toBe(2);
    const [paper] = await Promise.all([
      village.context.waitForEvent('page'),
      page.getByRole('link', { name: '打印协议书' }).click(),
    ]);
    await paper.getByRole('heading', { name: '家庭医生签约服务协议书' }).waitFor();
    await paper.close();
    await credit.first().click();
    await page.waitForURL(/\/records\//);
    await page.getByText('128').first().waitFor();
    expect(village.errors).toEqual([]);
    await village.context.close();
  });

  it('shows the county how signing stands, and each figure is as long as its list', async () => {
    const { page, context, errors } = await signIn('bureau');
    await page.goto(`${product.url}/contracts?tab=rates`);
    // The place above stays on screen until the one below has come.
    for (const _ of ['乡镇', '村']) {
      const below = page.locator('.plain-table tbody a').first();
      const name = (await below.textContent()) ?? '';
      await below.click();
      await page.getByRole('heading', { name, exact: true }).waitFor();
    }
    await expect.poll(() => page.locator('.plain-table').count()).toBe(0);
    const figure = page.getByRole('button', { name: /^在管两病患者签约率.*打开名单$/ });
    const [signed = '', managed = ''] =
      ((await figure.textContent()) ?? '').match(/\d+(?= \/)|(?<=\/ )\d+/g) ?? [];
    await figure.click();
    const drawer = page.getByRole('dialog');
    const listed = async (side: string) => {
      await drawer.getByText(side, { exact: true }).click();
      const more = drawer.getByRole('button', { name: '显示更多' });
      await drawer.getByText(/共 \d+ 人/).waitFor();
      while (await more.isVisible()) await more.click();
      return drawer.locator('a[href$="/contract"]').count();
    };
    await expect.poll(() => listed('计入的人')).toBe(Number(signed));
    await expect.poll(() => listed('未计入的人')).toBe(Number(managed) - Number(signed));
    expect(errors).toEqual([]);
    await context.close();
  });
});

describe('预约', () => {
  it('gives the last place to one of two, tells the other, and frees it when it is cancelled', async () => {
    const [first, second] = [await signIn('township'), await signIn('publichealth', phone)];
    await first.page.goto(`${product.url}/appointments/schedules`);
    await first.page.getByRole('button', { name: '临时放号' }).click();
    const tomorrow = new Date(Date.now() + 8 * 3_600_000 + 86_400_000).toISOString().slice(0, 10);
    await first.page.getByLabel('科室或诊室').fill('戒烟门诊');
    await first.page.getByLabel('日期').fill(tomorrow);
    await first.page.getByLabel('号数').fill('1');
    await first.page
      .getByRole('button', { name: '保 存' })
      .or(first.page.getByRole('button', { name: '保存' }))
      .click();
    await first.page.getByText('已放号').waitFor();

    const prepare = async (page: Page, place: number) => {
      await page.goto(`${product.url}/appointments?day=${tomorrow}`);
      await page.getByRole('button', { name: '预约 戒烟门诊 08:00' }).click();
      await page.getByLabel('找居民').fill('王');
      await page.getByRole('dialog').locator('.link-button').nth(place).click();
      await page.getByRole('dialog').getByRole('button', { name: '健康咨询' }).click();
    };
    await prepare(first.page, 0);
    await prepare(second.page, 1);
    const book = (page: Page) =>
      page.getByRole('dialog').locator('.ant-modal-footer .ant-btn-primary').click();
    await Promise.all([book(first.page), book(second.page)]);
    const outcome = async (page: Page) => {
      const [done, told] = [
        page.getByText('已预约，提醒已排入'),
        page.getByRole('alert').getByText('这个时段的号已约满'),
      ];
      await done.or(told).first().waitFor();
      return (await told.isVisible()) ? 'told' : 'booked';
    };
    const outcomes = await Promise.all([outcome(first.page), outcome(second.page)]);
    expect(outcomes.toSorted()).toEqual(['booked', 'told']);

    const { page } = first;
    await page.goto(`${product.url}/appointments?day=${tomorrow}`);
    expect(await page.getByRole('button', { name: '预约 戒烟门诊 08:00' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '名单 戒烟门诊 08:00' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^取\s?消$/ })
      .click();
    await page.getByLabel('取消原因').fill('家里有事');
    // The answer is lost after the booking was cancelled: asking again is the same operation, not a refusal.
    await page.route(
      '**/api/appointments/*/settle',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: '取消预约' }).click();
    await page.getByRole('dialog').getByRole('alert').first().waitFor();
    await page.getByRole('button', { name: '取消预约' }).click();
    await page.getByText('已取消').first().waitFor();
    await page.goto(`${product.url}/appointments?day=${tomorrow}`);
    await expect.poll(() => page.getByRole('button', { name: '预约 戒烟门诊 08:00' }).isEnabled()).toBe(true);
    await page.goto(`${product.url}/appointments/notices`);
    await page.getByRole('tab', { name: '已撤销' }).click();
    await page
      .getByText(/您已预约.*到.*卫生院/)
      .first()
      .waitFor();
    expect([...first.errors, ...second.errors]).toEqual([]);
    await Promise.all([first.context.close(), second.context.close()]);
  });
});
