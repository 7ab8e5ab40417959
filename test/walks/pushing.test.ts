import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerBody } from '../../src/api/analyses.ts';
import type { Push, PushLogRow } from '../../src/api/pushes.ts';
import { newcombe } from '../../src/base/comparing.ts';
import { unwatched } from '../../src/base/progress.ts';
import { type Receiver, receiver } from '../push/platforms.ts';
import { carted, md5, phone, range } from '../push/world.ts';
import { chromiumPath, launch, Visitor } from './browser.ts';
import { ensureConsole } from './console.ts';
import { faintIn, faultsOf, inTheDark, shoot } from './looks.ts';
import { type ServedConsole, serveConsole } from './server.ts';

const password = 'quiet-river-42';
/** Milliseconds for anything that is waited for on a page. */
const MOST_WAIT = 10_000;
const people = 600;
/** The day of the push, by the clock of every served home. */
const today = '2026-07-15';
const name = '加购的人·短信';

describe.skipIf(chromiumPath === undefined)('a push from the console alone', () => {
  const dir = mkdtempSync(join(tmpdir(), 'qiancheng-push-walk-'));
  let hook: Receiver;
  let browser: Browser;
  let served: ServedConsole;
  let visitor: Visitor;
  let page: Page;
  /** Who was sent and who was held out, by number. */
  let treated: number[] = [];
  let control: number[] = [];

  beforeAll(async () => {
    hook = await receiver();
    writeFileSync(join(dir, 'config.yaml'), `outbound_allow: ["${hook.host}"]\n`);
    await ensureConsole();
    [browser, served] = await Promise.all([launch(), serveConsole(undefined, dir)]);
    await bring(range(0, people), 'cart', '2026-06-20');
    visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.logIn('admin', served.password, password);
    await visitor.ask('POST', '/api/audiences', { name: '加购的人', rule: carted });
    page = visitor.page;
    page.setDefaultTimeout(MOST_WAIT);
  });
  afterAll(async () => {
    await visitor?.context.close();
    await browser?.close();
    await served?.close();
    await hook?.stop();
    rmSync(dir, { recursive: true });
  });

  /** Imports one event a person. */
  async function bring(who: readonly number[], behavior: string, at: string): Promise<void> {
    const file = join(dir, `${behavior}-events.csv`);
    const rows = who.map((i) => `u${i},${phone(i)},${at},${behavior}`);
    writeFileSync(file, `${['id_user,id_phone,event_time,behavior', ...rows].join('\n')}\n`);
    await served.services.product.importPath(file, {}, unwatched);
  }

  const press = (label: string) =>
    page
      .getByRole('button', { name: new RegExp(`^([a-z]+ )?${label}$`) })
      .last()
      .click();
  const count = async (part: string) =>
    Number(((await page.locator(`[data-count="${part}"] dd`).textContent()) ?? '').replaceAll(',', ''));

  test('a destination is added, and its secret is told this once', async () => {
    await visitor.open('/pushes?tab=destinations&add=1');
    await page.getByLabel('名称', { exact: true }).fill('本地短信');
    await page.getByLabel('地址', { exact: true }).fill(`${hook.url}/in`);
    await shoot(page, 'push-destination-add');
    await press('保存');
    const secret = page.getByRole('textbox', { name: '密钥', exact: true });
    expect(await secret.inputValue()).toMatch(/^whs_/);
    await press('我已保存');
    await visitor.settled();
    expect(await page.locator('body').textContent()).not.toContain('whs_');
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
  });

  test('an audience is pushed with a fifth held out, and counted before anything is sent', async () => {
    await visitor.open(`/pushes?new=1&audience=${encodeURIComponent('加购的人')}`);
    await page.getByLabel('名称', { exact: true }).fill(name);
    await page.getByRole('combobox', { name: '渠道' }).click();
    await page.getByTitle(/^本地短信/).click();
    await page.getByRole('combobox', { name: '标识' }).fill('手机号 · MD5');
    await page.getByTitle('手机号 · MD5').click();
    await page.keyboard.press('Escape');
    await shoot(page, 'push-wizard-who');
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
    await press('下一步');
    await page.getByLabel('对照组 %', { exact: true }).fill('20');
    await shoot(page, 'push-wizard-limits');
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
    await press('创建并核对');
    await page.locator('[data-count="treated"]').waitFor();
    expect(await count('audience')).toBe(people);
    expect((await count('treated')) + (await count('control'))).toBe(people);
    expect(hook.values.size).toBe(0);
    await visitor.settled();
    await shoot(page, 'push-checked');
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
  });

  test('it is sent, and whom it reached is what the receiver has', async () => {
    const expected = { treated: await count('treated'), control: await count('control') };
    await press('确认推送');
    await page.locator('.ant-popover').getByRole('button', { name: '确认推送' }).click();
    await page.getByRole('heading', { name: '历次推送' }).waitFor();
    await visitor.settled();
    treated = range(0, people).filter((i) => hook.values.has(md5(phone(i))));
    control = range(0, people).filter((i) => !hook.values.has(md5(phone(i))));
    expect({ treated: treated.length, control: control.length }).toEqual(expected);
    const [push] = await visitor.ask<Push[]>('GET', '/api/pushes');
    expect(push?.last).toMatchObject({ state: 'done', delivered: treated.length, refused: 0 });
    await visitor.open('/pushes');
    const row = await page.locator('tbody tr', { hasText: name }).textContent();
    expect(row).toContain(String(treated.length));
    expect(row).toContain(String(control.length));
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
  });

  test('each record is in the log, by what became of it, and in a file', async () => {
    await page.getByRole('link', { name }).click();
    await visitor.settled();
    await page.getByRole('combobox', { name: '去向' }).click();
    await page.getByTitle('对照组', { exact: true }).click();
    await visitor.settled();
    await shoot(page, 'push-log-control');
    const shown = () => page.locator('tbody tr', { hasText: '未发送' }).count();
    const held = await visitor.ask<{ items: PushLogRow[] }>('GET', '/api/pushes/1/log?state=control&limit=1000');
    expect(held.items).toHaveLength(control.length);
    await expect.poll(shown, { timeout: 15_000 }).toBe(Math.min(25, control.length));
    const [download] = await Promise.all([page.waitForEvent('download'), press('导出 CSV')]);
    expect(download.suggestedFilename()).toBe('push-1-log.csv');
    expect(visitor.wrong).toEqual([]);
  });

  test('as data come back the page tells what the push brought, in the numbers of the analysis', async () => {
    const [more, less] = [Math.round(treated.length * 0.3), Math.round(control.length * 0.1)];
    await bring([...treated.slice(0, more), ...control.slice(0, less)], 'pay', `${today} 07:00:00`);
    await page.goto('/pushes?push=1');
    await visitor.settled();
    const [n, m] = [treated.length, control.length];
    const [p, q] = [more / n, less / m];
    const interval = newcombe([more, n], [less, m]);
    const { rows } = await visitor.ask<AnswerBody>('POST', '/api/analyses/push-readout', { push: name, on: today });
    const bought = rows.find(({ metric }) => metric === 'purchase');
    expect(bought).toMatchObject({ treated: n, control: m, treated_value: p, control_value: q });
    const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
    const points = (share: number) => String(Number((100 * share).toFixed(1)));
    const line = await page.locator('[data-metric="purchase"]').textContent();
    expect(line).toContain(`推送组购买率 ${percent(p)}，对照组 ${percent(q)}`);
    expect(line).toContain(`提升 +${points(p - q)} 点`);
    expect(line).toContain(`95% 区间 ${points(interval?.low ?? 0)} 至 ${points(interval?.high ?? 0)} 点`);
    expect(line).toContain('显著提升');
    expect(await page.getByTestId('split').textContent()).toContain(`推送组 ${n} 人，对照组 ${m} 人`);
    expect(visitor.wrong).toEqual([]);
  });

  test('the pages are whole in the dark and on a telephone', async () => {
    const found: string[] = [];
    for (const path of ['/pushes?push=1', '/pushes', '/pushes?tab=destinations', '/pushes?new=1']) {
      const shot = `push${path.replace(/\W+/g, '-')}`;
      await page.setViewportSize({ width: 1440, height: 900 });
      await visitor.open(path);
      await shoot(page, `${shot}-zh`);
      found.push(...(await faultsOf(visitor, 'zh')), ...(await faintIn(visitor, `light ${path}`)));
      await inTheDark(visitor, async () => {
        found.push(...(await faintIn(visitor, `dark ${path}`)));
        await shoot(page, `${shot}-dark`);
      });
      await page.setViewportSize({ width: 390, height: 844 });
      await visitor.settled();
      found.push(...(await faultsOf(visitor, 'zh')).map((fault) => `390 ${path}: ${fault}`));
      await shoot(page, `${shot}-390`);
    }
    expect(found).toEqual([]);
  });

  test('a push that is removed is gone with its records', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await visitor.open('/pushes?push=1');
    await press('删除推送');
    await page.getByRole('dialog').getByRole('button', { name: '删除推送' }).click();
    await page.getByText('还没有推送').waitFor();
    expect(await visitor.ask<Push[]>('GET', '/api/pushes')).toEqual([]);
    expect(visitor.wrong).toEqual([]);
  });
});
