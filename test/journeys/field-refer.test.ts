import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, phone as phoneSize } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import {
  accessibilityFaults,
  firstSignIn,
  goInApp,
  type ListedPerson,
  newPhone,
  type PhoneInHand,
  peopleWith,
  takeOverTheRest,
} from '#test/support/phone.ts';
import { houseAt } from '#test/support/send-referral.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let doctor: PhoneInHand;
let person: ListedPerson;
const errors: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 1500, withPages: true }),
    launchBrowser(),
  ]);
  await server.look("update organization set phone = '0555-6601120' where id = $1", [
    await houseAt(server, '/999999/100/'),
  ]);
  doctor = await newPhone(browser, server.url, { now: server.now() });
  await firstSignIn(doctor.page, 'village');
  [person] = (await peopleWith(doctor.page, '高血压')) as [ListedPerson];
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const card = (page: Page) => page.getByRole('region', { name: '转诊', exact: true });
const isNarrow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    phoneSize.width,
  );
async function sync(page: Page): Promise<void> {
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
}
const rows = () =>
  server.look<{ status: string; visit_first: boolean; readings: { label: string; value: number }[] }>(
    `select q.status, q.summary->'readings' as readings,
       exists (select from form_record f where f.resident_id = q.resident_id and f.received_at >= $2) as visit_first
     from referral_request q where q.resident_id = $1 order by q.requested_at`,
    [person.id, server.now()],
  );

describe('没有网络的随访查出危急，村医在手机上转诊', () => {
  it('the follow-up proposes it at once, with its reason; nothing leaves the phone and the screen says so', async () => {
    const { page, context } = doctor;
    await context.setOffline(true);
    await goInApp(page, `/people/${person.id}/visit`);
    await page.getByRole('region', { name: '数字键盘' }).waitFor();
    for (const key of '18811572') await page.keyboard.press(key);
    await page.getByRole('alertdialog', { name: '危急' }).waitFor();
    await page.getByRole('button', { name: '已处置，写转诊原因' }).tap();
    await takeOverTheRest(page);
    await page.getByRole('button', { name: '还差 1 项' }).tap();
    await page.getByLabel('机构及科别').fill('卫生院全科');
    await page.getByRole('button', { name: '保存', exact: true }).first().tap();
    await page.getByRole('button', { name: '已核对，确认保存' }).tap();
    await page.getByText('随访：已存在本机').waitFor();
    const advice = page.getByRole('region', { name: '建议转诊' });
    await advice.getByText('危急：应紧急转诊').waitFor();
    await isNarrow(page);
    await advice.getByRole('link', { name: '发起转诊' }).tap();
    await page.getByRole('radio', { name: '急诊', checked: true }).waitFor();
    expect(await page.getByLabel('转诊理由').inputValue()).toContain('188');
    await page.getByRole('link', { name: /0555-6601120/ }).waitFor();
    await page.getByRole('button', { name: '送出转诊' }).tap();
    await page.getByText('请填写转往科室。').waitFor();
    await page.getByText('急诊转诊请写明已做的初步处理。').waitFor();
    const departments = page.getByRole('group', { name: '按理由建议的科室' });
    await departments.getByRole('button', { name: '心血管内科' }).waitFor();
    await departments.getByRole('button', { name: '急诊科' }).tap();
    expect(await page.getByLabel('转往科室').inputValue()).toBe('急诊科');
    await page.getByLabel('转往科室').fill('全科');
    const handling = page.getByRole('textbox', { name: '初步处理' });
    await handling.fill('平卧');
    const steps = page.getByRole('group', { name: '急诊处理清单' });
    await steps.getByRole('checkbox', { name: /已拨打120/ }).tap();
    const dose = { name: /已口服卡托普利12.5毫克/ };
    await steps.getByRole('checkbox', dose).tap();
    await steps.getByRole('checkbox', { ...dose, checked: true }).tap();
    await steps.getByRole('checkbox', { name: /已测血压/ }).tap();
    expect(await handling.inputValue()).toMatch(/^平卧。\d\d:\d\d 已拨打120。\d\d:\d\d 已测血压[^。]*。$/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await isNarrow(page);
    await page.getByRole('button', { name: '送出转诊' }).tap();
    await card(page).getByText('待发送').waitFor();
    const unknown = page.getByRole('status').filter({ hasText: '转诊待发送：对方还不知道' });
    await unknown.getByRole('link', { name: /0555-6601120/ }).waitFor();
    await unknown.getByRole('link', { name: /拨打 120$/ }).waitFor();
    expect(await page.getByRole('region', { name: '建议转诊' }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await isNarrow(page);
    expect(await rows()).toEqual([]);
  });

  it('a second one is not begun while the first is under way', async () => {
    const { page } = doctor;
    await page.getByRole('button', { name: '发起转诊' }).tap();
    await page.getByText('还在进行中；要改请先撤回那一份').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('with a network it goes after its follow-up, and the township has it first in its list', async () => {
    const { page, context } = doctor;
    await context.setOffline(false);
    await sync(page);
    const [sent, ...more] = await rows();
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ status: 'requested', visit_first: true });
    expect(sent?.readings.find((one) => one.label === '收缩压')?.value).toBe(188);
    await goInApp(page, `/people/${person.id}`);
    await card(page).getByText('待答复').waitFor();
    expect(await page.getByText('对方还不知道').count()).toBe(0);
    const desk = await openWindow(browser, errors);
    await goSignedIn(desk, server, 'township', '/referrals');
    const line = desk.getByRole('region', { name: `转诊 ${person.name}` });
    await line.getByRole('button', { name: '接受' }).click();
    await line.getByText('已接受').first().waitFor();
    await desk.context().close();
  });

  it('the phone shows that it was accepted, and later what waits for the village first', async () => {
    const { page } = doctor;
    await sync(page);
    await goInApp(page, `/people/${person.id}`);
    await card(page).getByText('已接受').waitFor();
    const township = await server.signIn('township');
    const [referral] = await server.look<{ id: string; version: number }>(
      'select id, version from referral_request where resident_id = $1',
      [person.id],
    );
    const missing = await township.call('POST', `/api/referrals/${referral?.id}/steps`, {
      operationId: crypto.randomUUID(),
      version: referral?.version,
      deed: 'not-arrive',
      note: '电话联系，家属称明天来',
    });
    expect(missing.status, JSON.stringify(missing.body)).toBe(200);
    await sync(page);
    await goInApp(page, '/');
    const first = page.locator('.f-line', { hasText: person.name });
    await first.getByText(/危急后随访|转诊待处理/).waitFor();
    await first.getByRole('link').tap();
    await card(page).getByText('电话联系，家属称明天来').waitFor();
    await card(page).getByRole('link', { name: '重新转诊' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('it is arranged otherwise from the phone, also offline, and the other house no longer sees it', async () => {
    const { page, context } = doctor;
    await context.setOffline(true);
    await card(page).getByRole('link', { name: '另行安排' }).tap();
    await page.getByLabel('撤回的原因或另外的安排').fill('家属送县医院');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '确认另行安排' }).tap();
    await card(page).getByText('已撤回 · 待发送').waitFor();
    await context.setOffline(false);
    await sync(page);
    expect(await rows()).toMatchObject([{ status: 'withdrawn' }]);
    expect(doctor.errors).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe('被退回的转诊', () => {
  it('comes back with the reason, opens as it was typed, and is sent mended', async () => {
    const { page, context } = doctor;
    await context.setOffline(true);
    await goInApp(page, `/people/${person.id}/refer`);
    await page.getByRole('radio', { name: '尽快' }).tap();
    await page.getByLabel('转往科室').fill('心内科');
    await page.getByLabel('转诊理由').fill('家属要求到卫生院复诊');
    await page.getByRole('button', { name: '送出转诊' }).tap();
    await card(page).getByText('待发送').waitFor();
    // Meanwhile a colleague sent one from the workbench.
    const village = await server.signIn('village');
    const referralId = crypto.randomUUID();
    const other = await village.call('POST', `/api/residents/${person.id}/referrals`, {
      operationId: crypto.randomUUID(),
      referralId,
      toOrganizationId: await houseAt(server, '/999999/hospital/'),
      toDepartment: '心内科',
      urgency: 'soon',
      reason: '县医院随诊',
    });
    expect(other.status, JSON.stringify(other.body)).toBe(200);
    await context.setOffline(false);
    await goInApp(page, '/sync');
    await page.getByRole('button', { name: '现在同步' }).tap();
    await page.getByRole('link', { name: '同步状态：需要您处理 1' }).waitFor({ timeout: 30_000 });
    await page.getByText('心内科：家属要求到卫生院复诊').waitFor();
    await goInApp(page, `/people/${person.id}`);
    const note = page.getByRole('alert').filter({ hasText: '转诊没有送出，被退回' });
    await note.getByText(/请先撤回那一份/).waitFor();
    await note.getByRole('link', { name: '打开修改' }).tap();
    await page.getByText(/还在进行中；要改请先撤回那一份/).waitFor();
    await page.getByRole('link', { name: '撤回那一份' }).tap();
    await page.getByLabel('撤回的原因或另外的安排').fill('改到卫生院');
    await page.getByRole('button', { name: '确认撤回' }).tap();
    await note.getByRole('link', { name: '打开修改' }).tap();
    expect(await page.getByLabel('转诊理由').inputValue()).toBe('家属要求到卫生院复诊');
    await page.getByRole('button', { name: '重新送出' }).tap();
    await page.getByText(/^转诊：/).waitFor();
    await sync(page);
    expect((await rows()).map((one) => one.status).toSorted()).toEqual([
      'requested',
      'withdrawn',
      'withdrawn',
    ]);
    await goInApp(page, `/people/${person.id}`);
    await card(page).getByText('待答复').waitFor();
    expect(await page.getByText('对方还不知道').count()).toBe(0);
  });
});
