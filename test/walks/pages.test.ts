import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { People } from '../../src/api/analyses.ts';
import { type Permission, permissionsOf, type Role } from '../../src/api/permissions.ts';
import { unwatched } from '../../src/base/progress.ts';
import type { Locale } from '../../src/base/text.ts';
import { en } from '../../web/text/en.ts';
import { zh } from '../../web/text/zh.ts';
import { chromiumPath, launch, Visitor } from './browser.ts';
import { ensureConsole } from './console.ts';
import { dialogs } from './dialogs.ts';
import { faintIn, faultsOf, inTheDark, shoot, shots } from './looks.ts';
import { type ServedConsole, serveConsole } from './server.ts';

// The first page comes with the table of pages; it is for browsers.
vi.mock('../../web/pages/home/HomePage.tsx', () => ({ HomePage: () => null }));

/** What of the console's table of pages is asked here; its components are for browsers. */
interface PageLine {
  readonly path: string;
  readonly permission: Permission;
  readonly offMenu?: true;
}
const table: unknown = await import(fileURLToPath(new URL('../../web/pages.ts', import.meta.url)));
const { pages } = table as { readonly pages: readonly PageLine[] };

const password = 'quiet-river-42';
const KB = 1000;
/** JavaScript of the first page as transferred, issue of the console. */
const MOST_SCRIPT = 600 * KB;
/** Milliseconds for anything that is waited for on a page. */
const MOST_WAIT = 20_000;
/** Milliseconds for all dialogs of a language: a busy machine takes ten times what a free one does. */
const MOST_DIALOGS = 150_000;
/** CSS pixels of A4 between margins of 14 mm. */
const PAPER = 688;
const widths = [1440, 390] as const;

/** In what a page is looked at; `ink` where its contrast is too. */
interface Look {
  readonly locale: Locale;
  readonly width: (typeof widths)[number];
  readonly ink?: 'light' | 'dark';
}

/** Views of a page that its bare address does not show. */
const views: readonly string[] = [
  '/consumer-assets?tab=flow',
  '/consumer-assets?tab=moves',
  '/rules?tab=edit',
  '/rules?tab=json',
  '/rules?tab=preview',
  '/reports?tab=schedules',
  '/reports?run=1',
  '/analyses/rfm',
  '/analyses/audience-overlap',
  '/audiences/1?days=table&left=a2&tag=gender',
  '/audiences/2/edit',
  '/audiences/4',
  '/pushes?push=1',
  '/pushes?tab=destinations',
  '/pushes?new=1',
  '/lookalikes?model=1',
  '/crowds?of=twenty&audience=%E7%A7%8D%E5%AD%90',
  '/crowds?tab=lists',
  `/analyses/audience-upset?params=${encodeURIComponent('{"audiences":["加购未购","种子"]}')}`,
  '/no-such-page',
];

const carted = {
  all: [{ did: { behavior: ['cart'], window: { days: 30 } } }, { not: { bought: { window: { days: 30 } } } }],
};
/** A condition of every kind that the builder has a form for. */
const everyKind = {
  any: [
    { did: { behavior: ['cart'], count: { max: 3 }, days: { min: 2 }, where: { brand: ['x'], channel: ['feed'] } } },
    { bought: { window: { from: '2026-06-01', to: '2026-06-18' }, amount: { min: 100 } } },
    {
      sequence: {
        steps: [{ did: { behavior: ['cart'] } }, { bought: {} }],
        within_days: 7,
        without: { did: { behavior: ['refund'] } },
      },
    },
    { repurchased: { within_days: 30, nth: 2 } },
    { top: { by: 'events', behavior: ['cart'], percent: 10 } },
    {
      not: {
        all: [
          { stage: { in: ['A', 'none'] } },
          { moved: { from: ['A'], to: ['I'], between: ['2026-06-01', '2026-06-30'] } },
        ],
      },
    },
    { stayed: { in: ['I'], days: { min: 3 } } },
    { rfm: { in: ['HHH'] } },
    { member: { tier: { min: 2 } } },
    { tag: { name: 'city_tier', in: [1, 2] } },
    { tag: { name: 'birth_year', range: { min: 1990 } } },
    { age: { min: 20 } },
    { region: { province: ['Zhejiang'], city_tier: [1] } },
    { city_tier: { max: 2 } },
    { spend_level: { min: 4 } },
    { crowd: { taxonomy: 'eight', in: ['unknown'] } },
    { has: { id: ['phone'] } },
    { consent: { purpose: 'sms' } },
    { audience: '加购未购' },
    { sample: { percent: 10, seed: 'spring' } },
  ],
};

describe.skipIf(chromiumPath === undefined)('every page of the demo brand', () => {
  let browser: Browser;
  let served: ServedConsole;
  let admin: Visitor;
  let consumer = 0;

  beforeAll(async () => {
    await ensureConsole();
    [browser, served] = await Promise.all([launch(), serveConsole('tiny')]);
    admin = await Visitor.at(browser, served.url, { locale: 'zh' });
    admin.page.setDefaultTimeout(MOST_WAIT);
    await admin.logIn('admin', served.password, password);
    consumer = await furnish();
    // What the page that is open knows of the data is older than the furniture; a page would ask anew while it is looked at.
    await admin.page.reload();
    await admin.settled();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  /** What an installation has after some weeks: rejects, a key, audiences, a schedule and its run. */
  async function furnish(): Promise<number> {
    const file = join(tmpdir(), `walk-${process.pid}-orders.csv`);
    writeFileSync(
      file,
      'order_id,time,item_id,amount,id_member\nW1,2026-06-29 10:00:00,X1,88.00,m-1\nW2,yesterday,X1,5,m-2\n',
    );
    await served.services.product.importPath(file, {}, unwatched);
    rmSync(file);
    await admin.ask('POST', '/api/keys', { name: 'nightly', role: 'viewer' });
    await admin.ask('POST', '/api/users', { name: 'mei', role: 'operator' });
    const stock = { analysis: 'aipl-stock', params: { on: '2026-06-30' }, row: { stage: 'L' } };
    const { params, row } = stock;
    await admin.ask('POST', '/api/audiences', { name: '加购未购', rule: carted });
    await admin.ask('POST', '/api/audiences', { name: '各种条件', kind: 'static', rule: everyKind });
    const weekly = { name: '每周 FAST', cron: '0 8 * * 1', days: 7, webhook: null, enabled: true };
    const made = await admin.ask<{ schedule: { id: number } }>('POST', '/api/reports/schedules', weekly);
    await admin.ask('POST', `/api/reports/schedules/${made.schedule.id}/run`);
    await admin.ask('POST', '/api/suppressions', { identifier: 'phone:13800138000' });
    await sendLive();
    await pushAndGrow();
    await admin.ask('POST', '/api/audiences/from-people', { name: '忠诚', ...stock });
    const people = await admin.ask<People>('POST', '/api/analyses/aipl-stock/people', { params, row, limit: 1 });
    return people.consumers[0] ?? 0;
  }

  /** An audience that was pushed to a file with a control held out, and a lookalike of it. */
  async function pushAndGrow(): Promise<void> {
    const { product } = served.services;
    const rule = { all: [{ did: { behavior: ['cart', 'search'] } }, { sample: { percent: 50 } }] };
    await admin.ask('POST', '/api/audiences', { name: '种子', rule });
    await admin.ask('POST', '/api/destinations', { name: '人工上传', kind: 'file' });
    const sent = { audience: '种子', destination: '人工上传', identifiers: ['phone:md5'], minimum: 1, holdout: 0.3 };
    await admin.ask('POST', '/api/pushes', { ...sent, name: '种子文件', trigger: 'schedule', cron: '0 9 * * 1' });
    await product.pushing.run(1, { on: '2026-06-10' }, unwatched);
    await product.trainLookalike({ seed: '种子' });
  }

  /** A source of live events with an event that is taken and one that is not. */
  async function sendLive(): Promise<void> {
    const { key } = await admin.ask<{ key: string }>('POST', '/api/sources', { name: 'web' });
    const event = {
      type: 'track',
      event: '试用申请',
      timestamp: '2026-06-30T04:00:00Z',
      properties: { product_id: 'X1' },
    };
    const batch = [
      { ...event, messageId: 'walk-1', userId: 'walker', anonymousId: 'walker-phone' },
      { ...event, messageId: 'walk-2' },
    ];
    const headers = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
    await fetch(`${served.url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
    await served.services.live.settled();
  }

  const addressOf = (path: string) =>
    path
      .replace('/analyses/:id', '/analyses/aipl-flow')
      .replace('/audiences/:id', '/audiences/1')
      .replace(':id', String(consumer));
  const nameOf = (address: string) => address.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';

  /** Each look is one change away from the next; every other page is looked at from the last look back to the first. */
  let order: readonly Look[] = [
    { locale: 'zh', width: 1440, ink: 'light' },
    { locale: 'zh', width: 390 },
    { locale: 'en', width: 390, ink: 'dark' },
    { locale: 'en', width: 1440 },
  ];

  /** The same page at both widths, in both languages and in the dark; the next page begins where this one ends. */
  async function lookOver(visitor: Visitor, address: string): Promise<string[]> {
    const { page } = visitor;
    const found: string[] = [];
    for (const [i, { locale, width, ink }] of order.entries()) {
      await be(visitor, locale, width);
      if (i === 0) await visitor.open(address);
      await visitor.settled();
      found.push(...(await faultsOf(visitor, locale)).map((fault) => `${locale} ${width}: ${fault}`));
      if (ink === 'light') found.push(...(await faintIn(visitor, 'light')));
      await shoot(page, `${nameOf(address)}-${locale}-${width}`);
      if (ink !== 'dark') continue;
      found.push(...(await inTheDark(visitor, () => faintIn(visitor, 'dark'))));
      await shootInTheDark(visitor, nameOf(address));
    }
    order = order.toReversed();
    return found;
  }

  /** Has the console in a language and at a width, whatever it was in before. */
  async function be({ page }: Visitor, locale: Locale, width: number): Promise<void> {
    if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    const [lang, other] = locale === 'zh' ? (['zh-CN', 'en'] as const) : (['en', 'zh-CN'] as const);
    const offer = page.locator(`header [lang="${lang}"]`);
    if (!(await offer.isVisible())) return;
    await offer.click();
    // A language's words are loaded when the switch offers the other one.
    await page.locator(`header [lang="${other}"]`).waitFor();
  }

  /** Pictures at both widths, where pictures are wanted. */
  async function shootInTheDark(visitor: Visitor, name: string): Promise<void> {
    if (shots === undefined) return;
    await inTheDark(visitor, async () => {
      for (const width of widths) {
        await visitor.page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
        await visitor.settled();
        await shoot(visitor.page, `${name}-dark-${width}`);
      }
    });
  }

  test.each([...pages.map(({ path }) => path), ...views])(
    '%s fits both widths and both languages, and everything in it has a name',
    async (path) => {
      expect(await lookOver(admin, addressOf(path))).toEqual([]);
    },
  );

  test.each([
    { locale: 'zh', texts: zh, width: 1440, scheme: 'light' },
    { locale: 'en', texts: en as unknown as typeof zh, width: 390, scheme: 'dark' },
  ] as const)(
    'every drawer, form and confirmation in $locale, at $width, in the $scheme',
    async ({ locale, texts, width, scheme }) => {
      const { page } = admin;
      await be(admin, locale, width);
      await page.emulateMedia({ colorScheme: scheme });
      const found: string[] = [];
      for (const { name, path, open, close, refused } of dialogs) {
        await admin.open(path);
        await open?.(page, texts);
        await admin.settled();
        if (refused) admin.wrong.splice(0);
        const faults = [...(await faultsOf(admin, locale)), ...(await faintIn(admin, scheme))];
        found.push(...faults.map((fault) => `${name}: ${fault}`));
        await shoot(page, `dialog-${name}-${locale}-${width}-${scheme}`);
        await (close ? close(page, texts) : page.keyboard.press('Escape'));
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await be(admin, 'zh', 1440);
      expect(found).toEqual([]);
    },
    MOST_DIALOGS,
  );

  test('an address that a page had before leads to where its matter is found now', async () => {
    await admin.open('/people');
    await expect.poll(() => new URL(admin.page.url()).pathname).toBe('/audiences');
    expect(admin.wrong).toEqual([]);
  });

  test('a new key is told once, and opens the API to a program', async () => {
    const { page } = admin;
    await admin.open('/admin/keys');
    await page.getByRole('button', { name: '新建密钥' }).click();
    await page.getByLabel('名称').fill('walk');
    await page.getByRole('dialog').getByRole('button', { name: '新建密钥' }).click();
    const key = await page.getByRole('textbox', { name: '密钥「walk」' }).inputValue();
    const asked = await fetch(`${served.url}/api/data`, { headers: { authorization: `Bearer ${key}` } });
    expect(asked.status).toBe(200);
    await page.getByRole('button', { name: zh.admin.kept }).click();
    await page.getByRole('cell', { name: 'walk', exact: true }).waitFor();
    expect(await page.content()).not.toContain(key);
  });

  test('a report and an answer come as workbooks', async () => {
    const { page } = admin;
    const kept = async (press: () => Promise<void>) => {
      const [file] = await Promise.all([page.waitForEvent('download'), press()]);
      return { name: file.suggestedFilename(), zip: readFileSync(await file.path()).toString('latin1', 0, 2) };
    };
    await admin.open('/reports');
    const report = await kept(() => page.getByRole('button', { name: zh.reports.xlsx }).click());
    expect(report).toEqual({ name: 'fast-2026-06-01-2026-06-30.xlsx', zip: 'PK' });
    await admin.open('/rfm');
    const answer = await kept(async () => {
      await page.getByRole('button', { name: /^导出 RFM/ }).click();
      await page.getByRole('menuitem', { name: 'Excel' }).click();
    });
    expect(answer).toMatchObject({ name: expect.stringMatching(/^rfm.*\.xlsx$/), zip: 'PK' });
  });

  test('the report prints in light inks on A4, without the menu, and no chart is wider than the sheet', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 1440, height: 900 });
    await admin.open('/reports');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    await shoot(page, 'report-print');
    const sheet = (await page.locator('.qc-report').boundingBox())?.width ?? 0;
    const charts = await page.evaluate(
      `[...document.querySelectorAll('.qc-report canvas')].map((each) => each.clientWidth)`,
    );
    const shown = await Promise.all(['nav', 'header', 'h2'].map((each) => page.locator(each).first().isVisible()));
    const found = await faintIn(admin, 'on paper');
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    expect(Math.max(...(charts as number[]))).toBeLessThanOrEqual(sheet);
    expect(sheet).toBeLessThanOrEqual(PAPER);
    expect(shown).toEqual([false, false, true]);
    expect(found).toEqual([]);
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(2);
  });

  test('the first page has at most 600 KB of JavaScript, compressed', async () => {
    const context = await browser.newContext({ storageState: await admin.context.storageState(), baseURL: served.url });
    const page = await context.newPage();
    const sizes: Promise<{ readonly compressed: boolean; readonly bytes: number }>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      const compressed = /^(br|gzip)$/.test(response.headers()['content-encoding'] ?? '');
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize: bytes }) => ({ compressed, bytes })),
      );
    });
    await page.goto('/');
    await page.locator('.qc-number').first().waitFor();
    await page.locator('canvas').first().waitFor();
    const scripts = await Promise.all(sizes);
    await context.close();
    expect(scripts.filter(({ compressed }) => !compressed)).toEqual([]);
    const sum = scripts.reduce((all, { bytes }) => all + bytes, 0);
    expect(sum).toBeGreaterThan(100 * KB);
    expect(sum).toBeLessThanOrEqual(MOST_SCRIPT);
  });

  describe.each<Role>(['viewer', 'analyst', 'operator'])('a %s', (role) => {
    let visitor: Visitor;
    const locale: Locale = role === 'analyst' ? 'en' : 'zh';
    const can = new Set(permissionsOf(role));
    // What a lesser role has seen already is the same to a higher one.
    const own: Readonly<Partial<Record<Role, Permission>>> = { analyst: 'people', operator: 'operate' };
    const isNew = (permission: Permission) => (role === 'viewer' ? can.has(permission) : permission === own[role]);

    beforeAll(async () => {
      const made = await admin.ask<{ password: string }>('POST', '/api/users', { name: `a-${role}`, role });
      visitor = await Visitor.at(browser, served.url, { locale });
      await visitor.logIn(`a-${role}`, made.password, password);
    });
    afterAll(async () => visitor?.context.close());

    test('has a menu of the pages that the role may see, and no others', async () => {
      const links = await visitor.page.locator('nav a').all();
      const shown = await Promise.all(links.map((link) => link.getAttribute('href')));
      const allowed = pages.filter(({ permission, offMenu }) => can.has(permission) && !offMenu);
      expect(shown.toSorted()).toEqual(allowed.map(({ path }) => path).toSorted());
    });

    test('sees nothing on these pages that the server then refuses', async () => {
      const found: string[] = [];
      for (const { path, permission } of pages.filter((each) => isNew(each.permission))) {
        await visitor.open(addressOf(path));
        found.push(...(await faultsOf(visitor, locale)).map((fault) => `${path} (${permission}): ${fault}`));
        await shoot(visitor.page, `${role}-${nameOf(addressOf(path))}`);
      }
      expect(found).toEqual([]);
    });

    test('is told on every other page that the role may not see it', async () => {
      const { shell } = locale === 'zh' ? zh : en;
      for (const { path } of pages.filter(({ permission }) => !can.has(permission))) {
        await visitor.open(addressOf(path));
        await visitor.page.getByText(shell.forbiddenLead(shell.roles[role])).waitFor();
      }
      await shoot(visitor.page, `${role}-forbidden`);
      expect(await faultsOf(visitor, locale)).toEqual([]);
    });
  });
});
