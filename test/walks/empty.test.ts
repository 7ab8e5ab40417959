import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Examination } from '../../src/api/doctor.ts';
import { zh } from '../../web/text/zh.ts';
import { chromiumPath, launch, Visitor } from './browser.ts';
import { ensureConsole } from './console.ts';
import { faintIn, faultsOf, inTheDark, shoot } from './looks.ts';
import { type ServedConsole, serveConsole } from './server.ts';

const noChromium = chromiumPath === undefined ? ' (skipped: no Chromium is installed)' : '';
const password = 'quiet-river-42';
const phone = '13912345678';
/** The other widths and inks of a page are looked at with the demo brand in it. */
const looks = [
  { locale: 'zh', width: 1440, height: 900 },
  { locale: 'en', width: 390, height: 844 },
] as const;

describe.skipIf(noChromium !== '')(`a home without data${noChromium}`, () => {
  let browser: Browser;
  let served: ServedConsole;
  let visitor: Visitor;

  beforeAll(async () => {
    await ensureConsole();
    [browser, served] = await Promise.all([launch(), serveConsole()]);
    visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.logIn('admin', served.password, password);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test.each(['/', '/?demo=1', '/consumer-assets'])('%s says what to begin with, in both languages', async (path) => {
    const { page } = visitor;
    const found: string[] = [];
    await visitor.open(path);
    for (const { locale, width, height } of looks) {
      await page.setViewportSize({ width, height });
      await visitor.settled();
      found.push(...(await faultsOf(visitor, locale)).map((fault) => `${locale} ${width}: ${fault}`));
      found.push(...(await faintIn(visitor, 'light')));
      await shoot(page, `empty-${path.replace(/\W+/g, '-')}-${locale}-${width}`);
      const [other, own] = locale === 'zh' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
      await page.evaluate(`document.querySelector('header [lang="${other}"]').click()`);
      await page.locator(`header [lang="${own}"]`).waitFor();
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(found).toEqual([]);
  });

  test('what the check-up finds is told in Chinese, and looked for again when asked', async () => {
    const { page } = visitor;
    await visitor.open('/admin/doctor');
    const [asked] = await Promise.all([
      page.waitForResponse('**/api/doctor'),
      page.getByRole('button', { name: zh.doctor.again }).click(),
    ]);
    const { checks } = (await asked.json()) as Examination;
    await visitor.settled();
    const rows = await page.locator('tbody tr[data-row-key]').all();
    const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
    const told = new Map(cells.map(([state, , found], i) => [checks[i]?.name, { state: state?.trim(), found }]));
    expect(told.size).toBe(checks.length);
    expect(told.get('books')).toEqual({ state: '正常', found: '0 个文件，0 个不平' });
    expect(told.get('facts')).toEqual({ state: '正常', found: '收下的行都在' });
    expect(told.get('imports')).toEqual({ state: '正常', found: '没有' });
    expect(told.get('disk')?.found).toMatch(/^剩余 \d+\.\d GiB，数据目录 /);
    expect(told.get('warehouse')?.found).toMatch(/^内置，ClickHouse /);
    expect(told.get('registry')?.found).toMatch(/^内置，PostgreSQL /);
  });

  test('what is not as it should be is told by sign and word, with what to do', async () => {
    const { page } = visitor;
    const checks = [
      { name: 'disk', ok: false, text: { zh: '剩余 1.2 GiB，数据目录 /srv/qiancheng', en: '1.2 GiB free' } },
      { name: 'books', ok: false, text: { zh: '9 个文件，2 个不平', en: '9 files, 2 out of balance' } },
      { name: 'imports', ok: true, text: { zh: '没有', en: 'none cut short' } },
    ].map((each) => ({ ...each, detail: each.text.en }));
    await page.route('**/api/doctor', (route) => route.fulfill({ json: { checks } }));
    await visitor.open('/admin/doctor');
    await page.getByRole('button', { name: zh.doctor.again }).click();
    await page.getByText('3 项中有 2 项需要处理').waitFor();
    const found: string[] = [];
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      await visitor.settled();
      found.push(...(await faultsOf(visitor, 'zh')), ...(await faintIn(visitor, 'light')));
      found.push(...(await inTheDark(visitor, () => faintIn(visitor, 'dark'))));
      await shoot(page, `doctor-faults-${width}`);
    }
    const marks = await page.locator('tbody tr[data-row-key] td:first-child').allInnerTexts();
    const signs = await page.locator('tbody tr[data-row-key] td:first-child [role="img"]').all();
    await page.getByText(zh.doctor.checks.books?.todo ?? '-').waitFor();
    expect(marks.map((mark) => mark.trim())).toEqual(['注意', '故障', '正常']);
    expect(await Promise.all(signs.map((sign) => sign.getAttribute('aria-label')))).toEqual([
      'warning',
      'close-circle',
      'check-circle',
    ]);
    expect(found).toEqual([]);

    await page.unroute('**/api/doctor');
    await page.route('**/api/doctor', (route) =>
      route.fulfill({ status: 500, json: { code: 'internal', detail: 'broken', status: 500 } }),
    );
    await page.getByRole('button', { name: zh.doctor.again }).click();
    await page.getByText(zh.ui.internal).waitFor();
    await page.unroute('**/api/doctor');
    await page.getByRole('button', { name: zh.ui.retry }).click();
    await page.getByText('项全部正常').waitFor();
    expect(visitor.wrong.splice(0)).toEqual(['500 GET /api/doctor']);
  });

  test('an identifier is put on the list without being shown, and taken off it', async () => {
    const { page } = visitor;
    await visitor.open('/data/suppressions');
    await page.getByRole('button', { name: zh.suppressions.add }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.suppressions.value, { exact: true }).fill(phone);
    await dialog.getByRole('button', { name: zh.suppressions.add }).click();
    await page.getByText(zh.suppressions.added).waitFor();
    await page.getByText('名单上有 1 个标识：手机号 1。').waitFor();
    await page.getByRole('cell', { name: /^[0-9a-f]{32}$/ }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(phone);
    expect(page.url()).not.toContain(phone);
    expect(visitor.wrong).toEqual([]);

    await page.getByRole('button', { name: zh.suppressions.remove }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '确定' }).click();
    await page.getByText(zh.suppressions.none).waitFor();
    expect(visitor.wrong).toEqual([]);
  });

  test('an identifier that no source has brought is refused with the reason', async () => {
    const { page } = visitor;
    await visitor.open('/data/suppressions?add=1');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.suppressions.type, { exact: true }).click();
    await page.getByTitle(zh.suppressions.otherType).click();
    await dialog.getByLabel(zh.suppressions.typeName, { exact: true }).fill('till_card');
    await dialog.getByLabel(zh.suppressions.value, { exact: true }).fill('abc');
    await dialog.getByRole('button', { name: zh.suppressions.add }).click();
    await page.getByText(zh.suppressions.unknown).waitFor();
    expect(visitor.wrong.splice(0)).toEqual(['404 POST /api/suppressions']);
    await dialog.getByRole('button', { name: zh.ui.cancel }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('the demo brand is loaded by a button, watched, and its figures come by themselves', async () => {
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('button', { name: zh.ui.toDemo }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.home.demo.size).click();
    await page.getByTitle(/^极小/).click();
    await dialog.getByRole('button', { name: zh.home.demo.go }).click();
    await page.locator('.qc-job-title').waitFor();
    await shoot(page, 'walk-demo-running');
    await page.locator('.qc-number').first().waitFor();
    await visitor.settled();
    expect(await page.locator('#content').textContent()).toContain('可运营人群');
    expect(page.url()).not.toContain('demo');
    await shoot(page, 'walk-demo-loaded');
    expect(visitor.wrong).toEqual([]);
  });

  test('a second demo brand is refused politely', async () => {
    const { page } = visitor;
    await expect(visitor.ask('POST', '/api/demo', { size: 'tiny' })).rejects.toThrow(
      /409 .*"code":"demo_not_fresh".*"zh":"这里已经有数据/,
    );
    await visitor.open('/jobs');
    expect(await page.locator('tbody tr[data-row-key]').count()).toBe(1);
    expect(visitor.wrong).toEqual([]);
  });

  /** Note: no question on a small brand is slow or heavy, so what the server would say of one is put in its place. */
  test('a question that waits tells its place, and one that is likely heavy tells its cost first', async () => {
    const { page } = visitor;
    const question = /\/api\/analyses\/rfm$/;
    await page.route(question, () => {});
    await page.route(/\/api\/questions\//, (route) =>
      route.fulfill({ json: { state: 'waiting', place: 3, seconds: 8 } }),
    );
    await page.evaluate(`history.pushState(null, '', '/analyses/rfm')`);
    await page.getByText(zh.ui.question.queued(3, '8 秒')).first().waitFor();
    await shoot(page, 'walk-question-queued');
    await page.getByRole('button', { name: zh.ui.cancel }).first().click();
    await page.getByText(zh.ui.question.cancelled, { exact: true }).first().waitFor();
    const heavy = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'heavy', code: 'question_heavy' };
    const light = {
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify(heavy),
    };
    await page.route(/\/api\/analyses\/behaviors$/, (route) =>
      route.request().headers()['x-light'] ? route.fulfill(light) : route.continue(),
    );
    await page.evaluate(`history.pushState(null, '', '/analyses/behaviors')`);
    await page.getByText(zh.ui.question.heavy).first().waitFor();
    await shoot(page, 'walk-question-heavy');
    await page.getByRole('button', { name: zh.ui.question.anyway }).first().click();
    await page.locator('tbody tr[data-row-key]').first().waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    visitor.wrong.splice(0);
  });
});
