import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Locale } from '../../src/base/text.ts';
import { isOfServer, Told } from './languages.ts';

/** Chromium as the system has it; undefined where none is installed. */
export const chromiumPath: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}

export interface VisitorOptions {
  readonly locale: Locale;
  readonly width?: number;
}

/** Somebody at a window of a browser: what they open, and what goes wrong while they do. */
export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the console and of scripts, and answers of 400 and more. */
  readonly wrong: string[] = [];
  /** What the server has told so far. */
  readonly told = new Told();
  #csrf = '';

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async at(browser: Browser, url: string, { locale, width = 1440 }: VisitorOptions): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      locale: locale === 'zh' ? 'zh-CN' : 'en-US',
      viewport: { width, height: width < 600 ? 844 : 900 },
      reducedMotion: 'reduce',
    });
    await context.addInitScript({ path: fileURLToPath(new URL('looks.page.js', import.meta.url)) });
    const choice = JSON.stringify(JSON.stringify({ locale }));
    await context.addInitScript(
      `localStorage.getItem('qiancheng.prefs') ?? localStorage.setItem('qiancheng.prefs', ${choice})`,
    );
    const visitor = new Visitor(context, await context.newPage());
    visitor.#watch();
    return visitor;
  }

  #watch(): void {
    this.page.on('console', (message) => {
      // The browser tells of each refused request too; those are noted with their address below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.wrong.push(`console: ${message.text()}`);
    });
    this.page.on('pageerror', (error) => this.wrong.push(`script: ${error.message}`));
    this.page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.status() >= 400) this.wrong.push(`${response.status()} ${response.request().method()} ${pathname}`);
      else if (isOfServer(response))
        void response.json().then(
          (body) => this.told.add(body),
          () => {},
        );
    });
  }

  /** Logs in; a first password is changed on the way. */
  async logIn(name: string, password: string, next?: string): Promise<void> {
    const { page } = this;
    await page.goto('/');
    await page.locator('input[autocomplete="username"]').fill(name);
    await page.locator('input[autocomplete="current-password"]').fill(password);
    await page.locator('button[type="submit"]').click();
    if (next !== undefined) {
      const fresh = page.locator('input[autocomplete="new-password"]');
      await fresh.first().waitFor();
      await page.locator('input[autocomplete="current-password"]').fill(password);
      for (const field of await fresh.all()) await field.fill(next);
      await page.locator('button[type="submit"]').click();
    }
    await page.locator('#content h1').waitFor();
    this.wrong.splice(0); // Before the log-in the session is asked for, and refused.
  }

  /** Goes to an address within the console, as a link there does. */
  async open(path: string): Promise<void> {
    await this.page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`);
    await this.settled();
  }

  /** Waits until nothing is on its way any more. */
  async settled(): Promise<void> {
    await this.page.evaluate('looks.settled()').catch((error: unknown) => {
      throw new Error([String(error), ...this.wrong].join('\n'));
    });
  }

  /** Asks the API as the one who has logged in here. */
  async ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    if (method !== 'GET' && this.#csrf === '') {
      const session = await (await this.context.request.get('/api/session')).json();
      this.#csrf = (session as { csrf: string }).csrf;
    }
    const response = await this.context.request.fetch(path, {
      method,
      headers: { 'x-csrf-token': this.#csrf },
      ...(body === undefined ? {} : { data: body }),
    });
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T; // as: the server checks its answers against the same shapes
  }
}
