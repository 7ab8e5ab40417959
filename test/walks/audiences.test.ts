import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerBody, People } from '../../src/api/analyses.ts';
import type { Audience, AudienceCount, AudienceDecay, AudienceShown, MemberPage } from '../../src/api/audiences.ts';
import type { Consumer } from '../../src/api/consumers.ts';
import { addDays } from '../../src/base/day.ts';
import { chromiumPath, launch, Visitor } from './browser.ts';
import { ensureConsole } from './console.ts';
import { faultsOf, shoot } from './looks.ts';
import { type ServedConsole, serveConsole } from './server.ts';

const password = 'quiet-river-42';
/** Milliseconds for anything that is waited for on a page. */
const MOST_WAIT = 20_000;
/** The last day of the demo brand, the day a week before it, and the first of the last 30. */
const [last, weekBefore, monthFirst] = ['2026-06-30', '2026-06-23', '2026-06-01'];
const stages = ['A', 'I', 'P', 'L'];

const counted = (text: string): number => Number(text.replace(/[^\d]/g, ''));

describe.skipIf(chromiumPath === undefined)('audiences of the demo brand', () => {
  let browser: Browser;
  let served: ServedConsole;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    await ensureConsole();
    [browser, served] = await Promise.all([launch(), serveConsole('small')]);
    visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visitor.logIn('admin', served.password, password);
    page = visitor.page;
    page.setDefaultTimeout(MOST_WAIT);
  });
  afterAll(async () => {
    await visitor?.context.close();
    await browser?.close();
    await served?.close();
  });

  const root = () => page.getByRole('region', { name: '整条规则' });
  /** Conditions and groups right below the whole rule. */
  const parts = () => root().locator(':scope > .qc-rule-parts > li');
  const press = (name: string, within: Page | Locator = page) =>
    within
      .getByRole('button', { name: new RegExp(`^([a-z]+ )?${name}$`) })
      .last()
      .click();

  async function add(kind: string): Promise<void> {
    await press('加条件', root());
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  }

  /** Waits until the figures are those of the rule as it stands. */
  async function settle(): Promise<void> {
    await page.locator('.qc-rule-summary[aria-busy="false"]').waitFor();
    await page.locator('[data-stale]').first().waitFor({ state: 'detached' });
    await visitor.settled();
  }

  /** Alone and remaining, as each part of the rule tells them. */
  async function figures(): Promise<{ alone: number; left: number }[]> {
    const texts = await parts().evaluateAll((each) =>
      each.map((part) => part.querySelector('.qc-rule-counts')?.textContent ?? ''),
    );
    return texts.map((text) => {
      const [, alone = '', left = ''] = /单独 ([\d,]+)剩 ([\d,]+)/.exec(text) ?? [];
      return { alone: counted(alone), left: counted(left) };
    });
  }

  const named = async (name: string) =>
    (await visitor.ask<Audience[]>('GET', '/api/audiences')).find((each) => each.name === name);
  const sum = async () => counted((await page.getByTestId('sum').textContent()) ?? '');
  const count = async (rule: object) =>
    (await visitor.ask<AudienceCount>('POST', '/api/audiences/count', { rule, on: last })).consumers;

  const carted = { did: { behavior: ['cart'], window: { days: 30 }, count: { min: 2 } } };
  const unbought = { not: { bought: { window: { days: 30 } } } };
  const urban = { tag: { name: 'city_tier', in: [1, 2] } };
  const between = [weekBefore, last];
  const deepened = {
    any: stages.slice(0, -1).map((from, at) => ({ moved: { from: [from], to: stages.slice(at + 1), between } })),
  };

  test('a rule of four conditions is clicked together, and each of its figures is that of the conditions so far', async () => {
    await visitor.open('/audiences');
    await press('新建人群');
    await add('有行为');
    await page.getByLabel('次数 至少').fill('2');
    await add('购买过');
    await press('不', parts().nth(1));
    await add('标签');
    await add('加深流转（任一阶段向上）');
    await settle();
    const rule = [carted, unbought, urban, deepened];
    const alone = await Promise.all(rule.map(count));
    const left = await Promise.all(rule.map((_, at) => count({ all: rule.slice(0, at + 1) })));
    expect(await figures()).toEqual(alone.map((each, at) => ({ alone: each, left: left[at] })));
    expect(await sum()).toBe(left.at(-1));
    await shoot(page, 'audience-built');
    expect(visitor.wrong).toEqual([]);
  });

  /** Consumers behind those rows of an answer that are meant. */
  async function behind(analysis: string, params: object, isMeant: (row: AnswerBody['rows'][number]) => boolean) {
    const { rows } = await visitor.ask<AnswerBody>('POST', `/api/analyses/${analysis}`, params);
    const found: number[] = [];
    for (const row of rows.filter(isMeant)) {
      const asked = { params, row, limit: 100_000 };
      found.push(...(await visitor.ask<People>('POST', `/api/analyses/${analysis}/people`, asked)).consumers);
    }
    return found;
  }

  test('whom the rule takes is found again by other means: two analyses, and the page of each consumer', async () => {
    await visitor.ask('POST', '/api/audiences', { name: '全部消费者', rule: { all: [] } });
    const moved = await behind('aipl-moves', { from: weekBefore, to: last }, ({ kind }) => kind === 'deepened');
    const tiers = ({ tag, value }: AnswerBody['rows'][number]) =>
      tag === 'city_tier' && ['1', '2'].includes(String(value));
    const living = await behind('portrait', { audience: '全部消费者', tags: ['city_tier'] }, tiers);
    const shown = await figures();
    expect([shown[2]?.alone, shown[3]?.alone]).toEqual([living.length, moved.length]);
    const both = moved.filter((consumer) => living.includes(consumer));
    const seen = await Promise.all(both.map((each) => visitor.ask<Consumer>('GET', `/api/consumers/${each}`)));
    const found = seen.filter(({ timeline }) => {
      const month = timeline.filter(({ at }) => at.slice(0, 10) >= monthFirst && at.slice(0, 10) <= last);
      const carts = month.filter(({ what }) => what === 'cart').length;
      return carts >= 2 && !month.some(({ entity }) => entity === 'orders');
    });
    expect(found.length).toBeGreaterThan(0);
    expect(await sum()).toBe(found.length);
  });

  test('a condition goes elsewhere by hand and by keyboard, and Ctrl+Z brings it back', async () => {
    const titles = () => parts().locator('.qc-rule-title').allInnerTexts();
    const [before, all] = [await titles(), await sum()];
    await page
      .getByRole('button', { name: /^移动「标签」/ })
      .dragTo(parts().first(), { targetPosition: { x: 200, y: 2 } });
    expect((await titles())[0]).toBe('标签');
    await settle();
    expect((await figures())[0]).toEqual({ alone: await count(urban), left: await count(urban) });
    expect(await sum()).toBe(all);
    await page.getByRole('button', { name: /^移动「标签」/ }).press('ArrowDown');
    expect((await titles())[1]).toBe('标签');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^移动「标签」/);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await titles()).toEqual(before);
    await page.keyboard.press('Control+Shift+Z');
    expect((await titles())[0]).toBe('标签');
    await page.keyboard.press('Control+z');
    await settle();
  });

  test('the rule is saved, and its page tells its size, its versions and its portrait', async () => {
    const size = await sum();
    await press('保存人群');
    await page.getByLabel('人群名称').fill('加购未购·一二线·本周加深');
    await press('保存', page.getByRole('dialog'));
    await page.getByRole('heading', { name: '加购未购·一二线·本周加深', level: 1 }).waitFor();
    await visitor.settled();
    expect(counted((await page.getByTestId('size').textContent()) ?? '')).toBe(size);
    const saved = await named('加购未购·一二线·本周加深');
    const { rule } = await visitor.ask<AudienceShown>('GET', `/api/audiences/${saved?.id}`);
    expect(rule).toEqual({ all: [carted, { not: { bought: { window: { days: 30 } } } }, urban, deepened] });
    await page.locator('.ant-card', { hasText: '画像' }).first().waitFor();
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
    await shoot(page, 'audience-page');
  });

  test('its page tells how long members stay, and the stages they are in', async () => {
    const here = new URL(page.url()).pathname;
    const { id } = await visitor.ask<AudienceShown>('POST', '/api/audiences', { name: '近一月加购', rule: carted });
    const { ages } = await visitor.ask<AudienceDecay>('GET', `/api/audiences/${id}/decay`);
    await visitor.open(`/audiences/${id}`);
    await visitor.settled();
    const rows = page.locator('.ant-card', { hasText: '人群的衰减' }).last().locator('tbody tr[data-row-key]');
    const shown = await rows.evaluateAll((all) => all.map((row) => row.querySelectorAll('td')[3]?.textContent ?? ''));
    expect(shown.map(counted)).toEqual(ages.map(({ stayed }) => stayed));
    await page.getByRole('heading', { name: '与 AIPL 的重叠' }).waitFor();
    expect(await faultsOf(visitor, 'zh')).toEqual([]);
    await shoot(page, 'audience-decay');
    await visitor.open(here);
  });

  test('its page tells how a feature of its members has changed', async () => {
    const here = new URL(page.url()).pathname;
    const { id } = (await named('近一月加购')) ?? {};
    const asked = { audience: '近一月加购', tag: 'member', from: addDays(last, -49), to: last };
    const { rows } = await visitor.ask<AnswerBody>('POST', '/api/analyses/portrait-trend', asked);
    const shares = rows
      .filter(({ value }) => value === 'none')
      .map(({ share }) => `${(100 * Number(share)).toFixed(1)}%`);
    expect(shares.length).toBe(8);
    await visitor.open(`/audiences/${id}?trend=member`);
    await visitor.settled();
    const [first, latest] = [shares[0], shares.at(-1)];
    const told = (await page.getByText(/变化最大的是「(会员|无)」/).textContent()) ?? '';
    const others = (share: string | undefined) => `${(100 - Number.parseFloat(share ?? '')).toFixed(1)}%`;
    expect(told).toContain(
      told.includes('「无」') ? `由 ${first} 到 ${latest}` : `由 ${others(first)} 到 ${others(latest)}`,
    );
    await page.getByText('TGI 指数', { exact: true }).last().click();
    await visitor.settled();
    expect(new URL(page.url()).searchParams.get('by')).toBe('tgi');
    await visitor.open(here);
  });

  test('a new version is compared with the one before', async () => {
    await press('编辑规则');
    await page.getByRole('region', { name: '整条规则' }).waitFor();
    await page.getByLabel('次数 至少').fill('1');
    await settle();
    const next = await sum();
    await press('存为新版本');
    await page.getByText('第 2 版').first().waitFor();
    await press('与当前对比');
    await visitor.settled();
    const before = await count({ all: [carted, unbought, urban, deepened] });
    await page.getByText(`左 ${before} 人，右 ${next} 人，重合 ${before} 人。`).waitFor();
    expect(visitor.wrong).toEqual([]);
  });

  test('a fault stands at its condition, the rule is a link and a text, and nothing of an unknown kind is lost', async () => {
    const rule = {
      all: [{ did: { behavior: ['cart'], count: { min: 3, max: 1 } } }, { crowd: { taxonomy: 'eight', of: 5 } }],
    };
    await visitor.open(`/audiences/new#rule=${encodeURIComponent(JSON.stringify(rule))}`);
    await parts().first().getByText('min 大于 max，请对调').waitFor();
    expect(await parts().nth(1).getByRole('textbox').inputValue()).toContain('"of": 5');
    await shoot(page, 'audience-faults');
    await visitor.settled();
    await press('JSON / YAML');
    await page.getByRole('textbox', { name: 'JSON', exact: true }).fill('{"any": [{"stage": {"in": ["L"]}}]}');
    await page.getByText('YAML', { exact: true }).last().click();
    const text = page.getByRole('textbox', { name: 'YAML' });
    expect(await text.inputValue()).toBe('any:\n  - stage:\n      in:\n        - L\n'); // what is typed is turned, not lost
    await text.fill('any:\n  - stage: { in: [L] }\n  - stage: { in: [P] }\n');
    await press('应用到表单');
    await settle();
    expect(await sum()).toBe(await count({ stage: { in: ['P', 'L'] } }));
    await press('复制链接');
    const link = (await page.evaluate('navigator.clipboard.readText()')) as string;
    await visitor.open('/audiences');
    await page.goto(link);
    await settle();
    expect(await parts().locator('.qc-rule-title').allInnerTexts()).toEqual(['处于阶段', '处于阶段']);
    await page.getByRole('button', { name: '「处于阶段」的更多操作' }).first().click();
    await page.getByRole('menuitem', { name: '复制为 JSON' }).click();
    await page.locator('h1').click();
    await page.keyboard.press('Control+v');
    await parts().nth(2).waitFor();
    await settle();
    expect(await sum()).toBe(await count({ stage: { in: ['P', 'L'] } }));
    // As long as the rule was faulty, counting it was refused, and may have been more than once.
    expect(visitor.wrong.splice(0).filter((each) => each !== '400 POST /api/audiences/explain')).toEqual([]);
  });

  test('the people behind a number become an audience, and an analysis looks at them only', async () => {
    const [params, row] = [{ on: last }, { stage: 'L' }];
    const opening = { analysis: 'aipl-stock', params, row };
    await visitor.open(`/consumer-assets?open=${encodeURIComponent(JSON.stringify(opening))}&tab_open=people`);
    await press('存为人群');
    await page.getByLabel('人群名称').fill('六月底的忠诚');
    await press('保存');
    await page.getByText(/^已存为人群「六月底的忠诚」/).waitFor();
    const people = await visitor.ask<People>('POST', '/api/analyses/aipl-stock/people', {
      params,
      row,
      limit: 100_000,
    });
    const saved = await named('六月底的忠诚');
    const members = await visitor.ask<MemberPage>('POST', `/api/audiences/${saved?.id}/export`, { limit: 100_000 });
    expect([...new Set(members.members.map(({ consumer }) => consumer))]).toEqual(people.consumers);
    await visitor.open('/analyses/aipl-stock');
    await page.getByRole('combobox', { name: '只看该人群' }).click();
    await page.getByTitle(/^六月底的忠诚/).click();
    await visitor.settled();
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.find((row) => row.includes('忠诚'))).toContain(String(people.count));
    expect(visitor.wrong).toEqual([]);
  });
});
