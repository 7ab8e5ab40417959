import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Audience, AudienceCount, AudienceShown } from '../../src/api/audiences.ts';
import type { CrowdTaxonomy } from '../../src/api/crowds.ts';
import type { IdList } from '../../src/api/lists.ts';
import type { Lookalike } from '../../src/api/lookalikes.ts';
import { chromiumPath, launch, Visitor } from './browser.ts';
import { ensureConsole } from './console.ts';
import { faintIn, faultsOf, inTheDark, shoot } from './looks.ts';
import { type ServedConsole, serveConsole } from './server.ts';

const password = 'quiet-river-42';
/** Milliseconds for anything that is waited for on a page; a model is trained in one. */
const MOST_WAIT = 60_000;

const counted = (text: string | null): number => Number((text ?? '').replace(/[^\d]/g, ''));

describe.skipIf(chromiumPath === undefined)('crowds, lists and lookalikes of the demo brand', () => {
  let browser: Browser;
  let served: ServedConsole;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    await ensureConsole();
    [browser, served] = await Promise.all([launch(), serveConsole('tiny')]);
    visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.logIn('admin', served.password, password);
    await visitor.ask('POST', '/api/audiences', { name: '忠诚', rule: { stage: { in: ['L'] } } });
    await visitor.ask('POST', '/api/audiences', { name: '购买', rule: { stage: { in: ['P', 'L'] } } });
    await visitor.ask('POST', '/api/audiences', { name: '加购', rule: { did: { behavior: ['cart'] } } });
    const half = { all: [{ did: { behavior: ['cart', 'search'] } }, { sample: { percent: 50 } }] };
    await visitor.ask('POST', '/api/audiences', { name: '种子', rule: half });
    page = visitor.page;
    page.setDefaultTimeout(MOST_WAIT);
  });
  afterAll(async () => {
    await visitor?.context.close();
    await browser?.close();
    await served?.close();
  });

  const press = (label: string) =>
    page
      .getByRole('button', { name: new RegExp(`^([a-z]+ )?${label}$`) })
      .last()
      .click();
  const count = async (rule: object) =>
    (await visitor.ask<AudienceCount>('POST', '/api/audiences/count', { rule })).consumers;
  /** Looks at the page as it is, in the dark and on a telephone too. */
  async function looked(shot: string): Promise<string[]> {
    const found: string[] = [];
    await shoot(page, `${shot}-zh`);
    found.push(...(await faultsOf(visitor, 'zh')), ...(await faintIn(visitor, `light ${shot}`)));
    await inTheDark(visitor, async () => found.push(...(await faintIn(visitor, `dark ${shot}`))));
    await page.setViewportSize({ width: 390, height: 844 });
    await visitor.settled();
    found.push(...(await faultsOf(visitor, 'zh')).map((fault) => `390: ${fault}`));
    await shoot(page, `${shot}-390`);
    await page.setViewportSize({ width: 1440, height: 900 });
    await visitor.settled();
    return found;
  }

  test('each crowd stands with its rule and its size, of all and within an audience', async () => {
    await visitor.open(`/crowds?of=eight&audience=${encodeURIComponent('忠诚')}`);
    await page.getByText(/人有圈层/).waitFor();
    await visitor.settled();
    const { crowds } = await visitor.ask<CrowdTaxonomy>('GET', '/api/crowds/eight');
    const rows = await page.locator('tbody tr[data-row-key]').all();
    expect(rows).toHaveLength(crowds.length + 1);
    const cells = await Promise.all(rows.map((row) => row.locator('td').allTextContents()));
    const told = cells.map(([, , size = '', , among = '']) => ({ size: counted(size), among: counted(among) }));
    const rule = (at: number) => ({ crowd: { taxonomy: 'eight', in: [crowds[at]?.id ?? 'unknown'] } });
    const loyal = { audience: '忠诚' };
    for (const at of [0, 4, crowds.length]) {
      const expected = { size: await count(rule(at)), among: await count({ all: [loyal, rule(at)] }) };
      expect(told[at]).toEqual(expected);
    }
    expect(told.reduce((sum, { among }) => sum + among, 0)).toBe(await count(loyal));
    expect(await looked('crowds')).toEqual([]);
  });

  test('a taxonomy of one’s own is written by hand, and a fault in it is told by its line', async () => {
    await press('新建自己的分类');
    const text = page.getByRole('textbox', { name: 'YAML' });
    await expect.poll(() => text.inputValue()).toContain('young_urban');
    const written = await text.inputValue();
    const line = written.split('\n').findIndex((each) => each.includes('max: 35')) + 1;
    await text.fill(written.replace('max: 35', 'max: 3'));
    await press('保存为新版本');
    await page.getByText('请改正以下几处').waitFor();
    expect(await page.locator('.qc-crowd-faults').textContent()).toMatch(new RegExp(`第 ${line - 1} 行|第 ${line} 行`));
    expect(await page.locator('.qc-crowd-faults').textContent()).toContain('crowds.0.rule');
    await shoot(page, 'crowds-faults');
    visitor.wrong.splice(0);
    await text.fill(written);
    await press('保存为新版本');
    await page.locator('.ant-drawer-content').waitFor({ state: 'detached' });
    await visitor.settled();
    const made = await visitor.ask<CrowdTaxonomy>('GET', '/api/crowds/own');
    expect(made).toMatchObject({ version: 1, origin: 'tenant' });
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
  });

  test('a list is uploaded, and how much of it is known is told', async () => {
    await visitor.open('/crowds?tab=lists&add=1');
    const rows = ['phone', ...Array.from({ length: 50 }, (_, i) => `139${String(i).padStart(8, '0')}`)];
    const buffer = Buffer.from(`${rows.join('\n')}\n`);
    await page.getByTestId('list-file').setInputFiles({ name: 'phones.csv', mimeType: 'text/csv', buffer });
    await page.getByLabel('名称', { exact: true }).fill('老客手机');
    await page.getByRole('dialog').getByRole('button', { name: '上传名单' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visitor.settled();
    const [list] = await visitor.ask<IdList[]>('GET', '/api/lists');
    expect(list).toMatchObject({ name: '老客手机', given: 50, usable: 50 });
    const row = await page.locator('tbody tr', { hasText: '老客手机' }).locator('td').allTextContents();
    expect(row.slice(2, 5).map(counted)).toEqual([50, 50, list?.matched]);
    expect(await looked('lists')).toEqual([]);
  });

  test('a lookalike is trained, says what it is worth, and becomes an audience of the size that is picked', async () => {
    await visitor.open(`/lookalikes?train=1&seed=${encodeURIComponent('种子')}`);
    await shoot(page, 'lookalike-train');
    await press('开始训练');
    await page.getByRole('heading', { name: '「种子」的放大' }).waitFor();
    await visitor.settled();
    const [model] = await visitor.ask<Lookalike[]>('GET', '/api/lookalikes');
    const { auc, signal } = model?.report ?? { auc: { auc: 0 }, signal: false };
    expect(await page.locator('#content').textContent()).toContain(`AUC ${Number(auc.auc.toFixed(3))}`);
    expect(await page.getByText('能把种子与其他人分开').count()).toBe(signal ? 1 : 0);
    expect(await looked('lookalike')).toEqual([]);
    await page.getByRole('spinbutton', { name: '放大人数' }).fill('300');
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('lookalike-size').textContent()).toContain('300 人');
    await press('存为人群');
    await page.getByRole('heading', { name: '种子 放大 300' }).waitFor();
    await visitor.settled();
    const saved = (await visitor.ask<Audience[]>('GET', '/api/audiences')).find(({ name }) => name === '种子 放大 300');
    const shown = await visitor.ask<AudienceShown>('GET', `/api/audiences/${saved?.id}`);
    expect(shown.rule).toEqual({ lookalike: { model: model?.id, top: 300 } });
    expect(shown.consumers).toBe(300);
    await visitor.open('/lookalikes');
    expect(await looked('lookalikes')).toEqual([]);
  });

  test('intersections of audiences are bars over a matrix of dots, each with its people', async () => {
    const params = encodeURIComponent(JSON.stringify({ audiences: ['忠诚', '购买', '加购'] }));
    await visitor.open(`/analyses/audience-upset?params=${params}`);
    const label = /购买 ∩ 加购|加购 ∩ 购买/;
    const bars = page.locator('.qc-upset-group');
    const titles = await bars.evaluateAll((each) => each.map((bar) => bar.getAttribute('title') ?? ''));
    const all = { all: [{ audience: '购买' }, { audience: '加购' }, { not: { audience: '忠诚' } }] };
    const exact = titles.find((title) => label.test(title) && !title.includes('忠诚')) ?? '';
    expect(counted(exact)).toBe(await count(all));
    expect(await looked('upset')).toEqual([]);
    await bars.first().click();
    await page.getByRole('dialog').waitFor();
    expect(visitor.wrong).toEqual([]);
  });
});
