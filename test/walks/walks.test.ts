import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerBody, People } from '../../src/api/analyses.ts';
import { chromiumPath, launch, Visitor } from './browser.ts';
import { ensureConsole } from './console.ts';
import { shoot } from './looks.ts';
import { type ServedConsole, serveConsole } from './server.ts';

const samples = fileURLToPath(new URL('../../../shared/data/taobao-userbehavior', import.meta.url));
const sample = existsSync(samples) ? readdirSync(samples).find((name) => name.endsWith('.csv.gz')) : undefined;
const noChromium = chromiumPath === undefined ? ' (skipped: no Chromium is installed)' : '';
const noSample = sample === undefined ? ' (skipped: the Taobao sample is absent)' : '';
const password = 'quiet-river-42';

let browser: Browser;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await ensureConsole();
  browser = await launch();
});
afterAll(async () => browser?.close());

/** Drops a file of this machine in the middle of an element, as a hand with a mouse does. */
async function drop(page: Page, selector: string, path: string): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is nothing to drop on at ${selector}.`);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: box.x + 40, y: box.y + 20, data });
}

describe.skipIf(noChromium !== '' || noSample !== '')(`a first import${noChromium}${noSample}`, () => {
  let served: ServedConsole;
  let visitor: Visitor;

  beforeAll(async () => {
    served = await serveConsole();
    visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.logIn('admin', served.password, password);
  });
  afterAll(async () => {
    await visitor?.context.close();
    await served?.close();
  });

  test('a job that runs is cancelled, and begun again', async () => {
    const { page } = visitor;
    await visitor.ask('POST', '/api/demo', { size: 'medium' });
    await visitor.open('/jobs');
    const cancel = async (count: number) => {
      await page.locator('tbody').getByRole('button', { name: '取消', exact: true }).click();
      await page.getByRole('button', { name: '确定' }).click();
      await page.locator('tbody').getByText('已取消').nth(count).waitFor();
    };
    await cancel(0);
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('已重新发起为任务 #2').waitFor();
    await visitor.open('/jobs');
    await cancel(1);
    expect(visitor.wrong).toEqual([]);
  });

  test('a dropped export is recognised, imported whole, and its AIPL stands under 消费者资产', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: '导入', exact: true }).click();
    await page.getByRole('heading', { name: '导入', level: 1 }).waitFor();
    await drop(page, '.qc-drop', join(samples, sample ?? ''));
    await page.getByText('识别为').first().waitFor();
    await page.getByRole('button', { name: '导入 1 个文件' }).click();
    await page.getByText(/读取 100,001 行/).waitFor();
    expect(await page.locator('.qc-sentence').first().textContent()).toContain('收下 100,001 + 重复 0 + 拒收 0');
    await shoot(page, 'walk-import-done');

    await page.getByRole('button', { name: /消费者资产/ }).click();
    await page.getByRole('button', { name: /看表格 AIPL/ }).click();
    await visitor.settled();
    expect(await lastDayRows(page)).toEqual({ A: '0', I: '312', P: '306', L: '365' });
    await shoot(page, 'walk-import-aipl');
    expect(visitor.wrong).toEqual([]);
  });

  /** The trend's rows of 2017-12-03, by stage; its last page shows the last day. */
  async function lastDayRows(page: Page): Promise<Record<string, string>> {
    await page.locator('.ant-pagination-item').last().click();
    const rows = await page.locator('tbody tr', { hasText: '2017-12-03' }).all();
    const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
    return Object.fromEntries(cells.map((row) => [row[1]?.trim().split(' ')[0], row[2]?.trim()]));
  }
});

describe.skipIf(noChromium !== '')(`the demo brand${noChromium}`, () => {
  let served: ServedConsole;
  let visitor: Visitor;

  beforeAll(async () => {
    served = await serveConsole('tiny');
    visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
  });
  afterAll(async () => {
    await visitor?.context.close();
    await served?.close();
  });

  test('a band of the flow opens the people that it counts', async () => {
    const { page } = visitor;
    await visitor.logIn('admin', served.password, password);
    await page.getByRole('link', { name: '消费者资产', exact: true }).click();
    await page.getByRole('tab', { name: '流转' }).click();
    await visitor.settled();
    const band = await overBand(page);
    await page.mouse.click(band.x, band.y);
    await page.locator('.qc-figure').waitFor();
    await visitor.settled();

    const params = { from: '2026-06-01', to: '2026-06-30' };
    const { rows } = await visitor.ask<AnswerBody>('POST', '/api/analyses/aipl-flow', params);
    const row = rows.find(({ consumers }) => consumers === band.consumers);
    const people = await visitor.ask<People>('POST', '/api/analyses/aipl-flow/people', { params, row, limit: 100 });
    expect(people.count).toBe(band.consumers);
    expect(counted((await page.locator('.qc-figure').textContent()) ?? '')).toBe(band.consumers);
    const shown = await page.locator('.ant-drawer td a').allInnerTexts();
    expect(shown.map((text) => Number(text.slice(1)))).toEqual(people.consumers);
    await shoot(page, 'walk-flow-people');
    expect(visitor.wrong).toEqual([]);
  });

  /** Goes down the left side of the flow until the mouse is over a band that tells whom it counts. */
  async function overBand(page: Page): Promise<{ x: number; y: number; consumers: number }> {
    const box = await page.locator('canvas').first().boundingBox();
    if (!box) throw new Error('There is no flow.');
    const x = box.x + 24;
    for (let y = box.y + 8; y < box.y + box.height; y += 6) {
      await page.mouse.move(x, y);
      const tip = await page.evaluate(
        `[...document.querySelectorAll('div')].findLast((each) => each.style.pointerEvents === 'none' && each.style.visibility !== 'hidden' && each.innerText.includes('→'))?.innerText ?? ''`,
      );
      const consumers = counted(String(tip).split('\n').at(-1) ?? '');
      if (consumers > 1) return { x, y, consumers };
    }
    throw new Error('No band of the flow answers the mouse.');
  }

  test('a changed window is previewed, adopted, seen on the overview, and put back', async () => {
    const { page } = visitor;
    await visitor.open('/rules');
    await page.getByRole('tab', { name: '新版本' }).click();
    await page.getByLabel('天数').first().fill('3');
    await page.getByRole('button', { name: '先看会改变什么' }).click();
    await visitor.settled();
    const sentence = (await page.locator('.qc-sentence').first().textContent()) ?? '';
    const [, changed] = /中有 ([\d,]+) 位/.exec(sentence) ?? [];
    expect(counted(changed ?? '0')).toBeGreaterThan(0);
    await shoot(page, 'walk-rules-preview');

    await page.getByRole('tab', { name: '新版本' }).click();
    await page.getByRole('button', { name: '存为新版本' }).click();
    await adopt(page, 'default@2');
    await page.getByRole('link', { name: '总览', exact: true }).click();
    await visitor.settled();
    expect(await rulesInUse(page)).toBe('default@2');

    await visitor.open('/rules?key=default%401&tab=preview');
    await adopt(page, 'default@1');
    await page.getByRole('link', { name: '总览', exact: true }).click();
    await visitor.settled();
    expect(await rulesInUse(page)).toBe('default@1');
    expect(visitor.wrong).toEqual([]);
  });

  async function adopt(page: Page, key: string): Promise<void> {
    await page.getByRole('button', { name: '采用这个版本' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '采用这个版本' }).click();
    await page.getByText(`已采用 ${key}`).waitFor();
  }

  /** The rule set that the overview's figures were counted by. */
  async function rulesInUse(page: Page): Promise<string | undefined> {
    return /[a-z0-9-]+@\d+/.exec((await page.locator('#content').textContent()) ?? '')?.[0];
  }
});

const counted = (text: string): number => Number(text.replace(/[^\d]/g, ''));
