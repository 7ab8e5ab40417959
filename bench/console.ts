/** `npm run build`, then `npx tsx bench/console.ts [--size small]`: the console's first page in Chromium, and a hundred dashboards at once. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { addDays } from '../src/base/day.ts';
import { defaultEnd } from '../src/demo/demo.ts';
import { Serving } from '../test/live/torture/serving.ts';
import { chromiumPath, launch, Visitor } from '../test/walks/browser.ts';
import { ensureConsole } from '../test/walks/console.ts';
import { type ServedConsole, serveConsole } from '../test/walks/server.ts';
import { median, timed } from './clock.ts';

const LOADS = 100;
const PERIODS = 10;
const ROUNDS = 5;
const password = 'quiet-river-42';

/** One request of a dashboard, and what it was answered when it was asked alone. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  readonly answer: string;
}

/** Overview over the ten days that end some days before the last. */
const overview = (back: number) => `/?from=${addDays(defaultEnd, -9 - back)}&to=${addDays(defaultEnd, -back)}`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { size: { type: 'string', default: 'small' } } });
  if (chromiumPath === undefined) throw new Error('No Chromium is installed.');
  await ensureConsole();
  const home = mkdtempSync(join(tmpdir(), 'qiancheng-console-bench-'));
  const browser = await launch();
  let served = await serveConsole(values.size, home);
  try {
    const visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.logIn('admin', served.password, password);
    const state = await visitor.context.storageState();
    const { csrf } = (await (await visitor.context.request.get('/api/session')).json()) as { csrf: string };
    const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'x-csrf-token': csrf, 'accept-language': 'zh' };
    const dashboards: Asked[][] = [];
    for (let back = 0; back < PERIODS; back += 1)
      dashboards.push(await recorded(visitor, overview(back), askerOf(served, headers)));
    await visitor.context.close();

    await served.close();
    served = await serveConsole(undefined, home);
    for (const name of ['cold', 'again from the cache']) await atOnce(name, dashboards, askerOf(served, headers));

    await served.close();
    await firstPages(browser, home);
  } finally {
    await browser.close();
    await served.close();
    rmSync(home, { recursive: true });
  }
}

/** What a dashboard asks of the API, from a real one, and what each is answered alone. */
async function recorded({ page }: Visitor, address: string, ask: Ask): Promise<Asked[]> {
  const found: Request[] = [];
  const listen = (request: Request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/') && pathname !== '/api/session' && !pathname.endsWith('/events'))
      found.push(request);
  };
  page.on('request', listen);
  await page.goto(address);
  await page.locator('canvas').first().waitFor();
  await page.evaluate('looks.settled()');
  page.off('request', listen);
  const asked: Asked[] = [];
  for (const request of found) {
    const { pathname, search } = new URL(request.url());
    const question = { method: request.method(), path: pathname + search, body: request.postData() };
    asked.push({ ...question, answer: (await ask(question)).text });
  }
  return asked;
}

type Question = Omit<Asked, 'answer'>;
type Ask = (question: Question) => Promise<{ readonly status: number; readonly text: string }>;

/** Asks a server as somebody who has logged in. */
function askerOf({ url }: ServedConsole, headers: Readonly<Record<string, string>>): Ask {
  return async ({ method, path, body }) => {
    const type: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers: { ...headers, ...type }, body });
    return { status: response.status, text: await response.text() };
  };
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Notes when the first figure stands on the page. */
const noting = `new MutationObserver((_, observer) => {
  if (!document.querySelector('.qc-number')) return;
  window.firstFigure = performance.now() / 1000;
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });`;

/** The built program serves a home in a process of its own, as it does for users. */
async function servedApart(home: string): Promise<Serving> {
  const serving = new Serving({ home, program: fileURLToPath(new URL('../dist/cli/main.js', import.meta.url)) });
  await serving.start();
  return serving;
}

/** A session of the apart server, whose clock is the real one. */
async function loggedIn(browser: Browser, url: string): Promise<State> {
  const visitor = await Visitor.at(browser, url, { locale: 'zh' });
  const { page } = visitor;
  await page.goto('/');
  await page.locator('input[autocomplete="username"]').fill('admin');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.qc-number').first().waitFor();
  const state = await visitor.context.storageState();
  await visitor.context.close();
  return state;
}

/**
 * Seconds from the address to the first figure, by the page's own clock, and to the whole overview, in a browser that has
 * nothing of it yet.
 */
async function firstPages(browser: Browser, home: string): Promise<void> {
  const [first, whole, again]: [number[], number[], number[]] = [[], [], []];
  const served = await servedApart(home);
  const state = await loggedIn(browser, served.url);
  const figure = async (page: Page) => Number(await page.evaluate('window.firstFigure'));
  for (let round = 0; round < ROUNDS; round += 1) {
    const visitor = await Visitor.at(browser, served.url, { locale: 'zh' });
    await visitor.context.addInitScript(noting);
    await visitor.context.addCookies(state.cookies.map(({ name, value }) => ({ name, value, url: served.url })));
    const start = performance.now();
    await visitor.page.goto('/', { waitUntil: 'commit' });
    await visitor.page.locator('.qc-number').first().waitFor();
    first.push(await figure(visitor.page));
    await visitor.page.locator('canvas').first().waitFor();
    await visitor.settled();
    whole.push((performance.now() - start) / 1000);
    await visitor.page.reload({ waitUntil: 'commit' });
    await visitor.page.locator('.qc-number').first().waitFor();
    again.push(await figure(visitor.page));
    await visitor.context.close();
  }
  await served.stop();
  const tell = (name: string, seconds: readonly number[]) =>
    console.log(
      `${name}: median ${median(seconds).toFixed(2)} s of ${seconds.map((each) => each.toFixed(2)).join(' ')}`,
    );
  tell('first figure of the overview', first);
  tell('whole overview', whole);
  tell('first figure after a reload', again);
}

/** A hundred dashboards at once: each answer is the one that its question had when it was asked alone. */
async function atOnce(name: string, dashboards: readonly (readonly Asked[])[], ask: Ask): Promise<void> {
  const errors: string[] = [];
  const check = async (asked: Asked) => {
    const { status, text } = await ask(asked);
    if (status !== 200) errors.push(`${status} ${asked.path}`);
    else if (asked.path.startsWith('/api/analyses/') && !sameRows(text, asked.answer))
      errors.push(`another answer: ${asked.path} ${asked.body}`);
  };
  const all = Array.from({ length: LOADS }, (_, load) => dashboards[load % dashboards.length] ?? []);
  const { seconds } = await timed(async () => {
    await Promise.all(all.flat().map(check));
  });
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  console.log(
    `${LOADS} dashboards at once (${name}): ${all.flat().length} requests, ${seconds.toFixed(2)} s, errors ${errors.length}, peak ${Math.round(Number(peak) / 1024)} MB of server, loader and test browser's driver together`,
  );
  for (const each of new Set(errors)) console.log(`  ${each}`);
}

function sameRows(left: string, right: string): boolean {
  const rows = (text: string) => JSON.stringify((JSON.parse(text) as { rows?: unknown }).rows);
  return rows(left) === rows(right);
}

await main();
