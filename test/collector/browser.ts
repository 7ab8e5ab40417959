import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Source } from '../../src/collector/door/door.ts';
import { type Station, station } from '../../src/collector/door/testing.fixture.ts';
import { all } from '../../src/collector/log/testing.fixture.ts';
import type { LiveRow } from '../../src/collector/protocol.ts';
import { protocols } from '../../src/collector/protocols.ts';
import { segmentWords } from '../../src/collector/words/segment.ts';
import { launch } from '../walks/browser.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const blank = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>溪木</title>';

/** What a client says it has sent; `time` as ISO 8601. */
export interface Sent {
  readonly id: string;
  readonly time: string;
}

export const waiting = { timeout: 15_000, interval: 100 } as const;

/** Properties of an order of two products, which is two rows. */
export const order = `{ order_id: 'o1', total: 30, products: [
  { product_id: 'p1', price: 10, quantity: 1 }, { product_id: 'p2', price: 20 }] }`;

const eventsIn = (rows: readonly LiveRow[]) => rows.filter(({ entity }) => entity === 'events');

/** Cells of each event. */
export const cellsOf = (rows: readonly LiveRow[], ...names: readonly string[]) =>
  eventsIn(rows).map(({ cells }) => names.map((name) => cells[name]));

/** Time of each event by its id, which the rows of an order share. */
export const timesOf = (rows: readonly LiveRow[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    eventsIn(rows).map(({ cells: { event_id = '', event_time = '' } }) => [event_id.replace(/#\d+$/, ''), event_time]),
  );

/** The same as the client says it. */
export const timesTold = (sent: readonly Sent[]): Readonly<Record<string, string>> =>
  Object.fromEntries(sent.map(({ id, time }) => [id, String(Date.parse(time))]));

/** A shop’s site, the collector on another one, and a browser between them. */
export interface Stage {
  /** Address of the collector. */
  readonly url: string;
  /** The write key `key-NAME` is of the source NAME: what is set here may be less than usual, `silent` answers 503. */
  readonly sources: Map<string, Partial<Source> & { readonly silent?: boolean }>;
  /** Somebody new opens a page of the shop. */
  visitor(path?: string): Promise<Visitor>;
  /** What the collector has kept of a source, as rows of the contract. */
  rows(source: string): Promise<readonly LiveRow[]>;
  /** Waits until the collector has the events of a source that a client says it has sent, and no other. */
  whenAll(source: string, sent: readonly Sent[]): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const sources: Stage['sources'] = new Map();
  const find = (key: string): Source | undefined => {
    const [, name] = /^key-(\w+)(?::secret)?$/.exec(key) ?? [];
    if (name === undefined) return undefined;
    const { silent, ...set } = sources.get(name) ?? {};
    if (silent) throw new Error('The book of keys is away.');
    return { name, enabled: true, ...set };
  };
  const collector = await station({ protocols, keys: { find }, now: () => new Date() });
  const shop = await openShop();
  const browser = await launch();
  return {
    url: `http://127.0.0.1:${collector.port}`,
    sources,
    visitor: (path = '/') => Visitor.at(browser, shop.url, path),
    rows: (source) => rowsOf(collector, source),
    whenAll: (source, sent) =>
      expect
        .poll(async () => Object.keys(timesOf(await rowsOf(collector, source))).toSorted(), waiting)
        .toEqual(sent.map(({ id }) => id).toSorted()),
    close: async () => {
      await browser.close();
      await shop.close();
      await collector.close();
    },
  };
}

/** The shop: pages without content, and under `/script/` the clients’ own bundles, byte for byte as npm has them. */
async function openShop(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const script = pathname.startsWith('/script/') ? pathname.slice('/script/'.length) : undefined;
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    if (script === undefined) response.end(blank);
    else
      createReadStream(join(modules, script))
        .on('error', () => response.writeHead(404).end())
        .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function rowsOf({ log }: Station, source: string): Promise<readonly LiveRow[]> {
  const placed = (await all(log)).filter(({ entry }) => entry.source === source);
  return placed.flatMap((each) => {
    const protocol = protocols.find(({ id }) => id === each.entry.protocol);
    return [...(protocol?.rows(each, segmentWords) ?? [])].map((row) => {
      if ('unreadable' in row) throw new Error(`unreadable ${row.unreadable}: ${row.raw}`);
      return row;
    });
  });
}

/** Somebody on a page of the shop, and what goes wrong there. */
export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Warnings and errors of the console and of scripts, answers of 400 and more, requests that did not come through. */
  readonly wrong: string[] = [];
  /** `POST /v1/t 200` for each answer of the collector. */
  readonly answers: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async at(browser: Browser, shop: string, path: string): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: shop, locale: 'zh-CN' });
    const visitor = new Visitor(context, await context.newPage());
    visitor.#watch(shop);
    await visitor.page.goto(path);
    return visitor;
  }

  #watch(shop: string): void {
    this.page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) this.wrong.push(`${message.type()}: ${message.text()}`);
    });
    this.page.on('pageerror', (error) => this.wrong.push(`script: ${error.message}`));
    this.page.on('requestfailed', (request) => {
      // Clients do not read most answers; the browser drops those when the page is left.
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.wrong.push(`${why} ${request.method()} ${request.url()}`);
    });
    this.page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url());
      const line = `${response.request().method()} ${pathname} ${response.status()}`;
      if (origin !== shop) this.answers.push(line);
      if (response.status() >= 400) this.wrong.push(line);
    });
  }

  /** Runs a script on the page and gives what it comes to. */
  run<T>(script: string): Promise<T> {
    return this.page.evaluate<T>(`(async () => { ${script} })()`);
  }

  async load(script: string): Promise<void> {
    await this.page.addScriptTag({ url: `/script/${script}` });
  }
}
