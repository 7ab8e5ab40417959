import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { analyses } from '../src/analyses/index.ts';
import { answer, people, shelfEntry, shelfPage } from '../src/api/analyses.ts';
import { locales } from '../src/base/text.ts';
import { main } from '../src/cli/main.ts';
import { mcpServer } from '../src/mcp/mcp.ts';
import { type HttpHome, httpHome, told } from './http/home.ts';

/** One analysis more on the shelf, and nothing else: no file of any surface is touched. */
vi.mock('../src/analyses/shelf.ts', async (original) => ({
  ...(await original<typeof import('../src/analyses/shelf.ts')>()),
  payDays: (await import('./shelf-walk/newcomer.ts')).payDays,
}));

const home = httpHome();
let at: HttpHome;
beforeAll(async () => {
  at = await home.open();
});

const params = { from: '2026-06-01' };
const rows = [
  { date: '2026-06-01', size: 'any', consumers: 1, amount: 100.5, share: 0.5 },
  { date: '2026-06-10', size: 'any', consumers: 1, amount: 70, share: 0.5 },
];

/** What a command prints, and how it ends; over the home of the server. */
async function cli(...argv: string[]): Promise<{ readonly code: number; readonly out: string }> {
  const out: string[] = [];
  const { product } = at.services;
  const code = await main(argv, {
    stdout: { write: (text) => void out.push(text), isTTY: false },
    stderr: { write: () => {}, isTTY: false },
    env: { QIANCHENG_HOME: '/nowhere' },
    now: () => new Date(0),
    signal: new AbortController().signal,
    openProduct: () => Promise.resolve({ ...product, close: async () => {} }),
    startServer: () => Promise.reject(new Error('no server is started here')),
  });
  return { code, out: out.join('') };
}

describe('an analysis that was added to the shelf, with no other edit, is there', () => {
  test('in the API: on the list, run, opened into its people, exported', async () => {
    const entries = await told(z.array(shelfEntry), at.ask('/api/analyses'));
    expect(entries.map(({ id }) => id)).toContain('pay-days');
    const said = await told(answer, at.ask('/api/analyses/pay-days', { body: params }));
    expect([said.rows, said.params]).toEqual([rows, { ...params, least: 1, size: 'any' }]);
    const behind = { params, row: rows[0] };
    expect(await told(people, at.ask('/api/analyses/pay-days/people', { body: behind }))).toMatchObject({ count: 1 });
    const file = await at.ask('/api/analyses/pay-days/answer?from=2026-06-01&least=1&format=csv&lang=zh');
    expect(await file.text()).toBe(
      '\uFEFF日期,档,消费者,金额,占比\r\n2026-06-01,任意,1,100.5,0.5\r\n2026-06-10,任意,1,70,0.5\r\n'.slice(1),
    );
  });

  test('in the OpenAPI document and on the page for readers', async () => {
    const document = await told(
      z.looseObject({ paths: z.record(z.string(), z.unknown()) }),
      at.ask('/api/openapi.json'),
    );
    expect(JSON.stringify(document.paths['/api/analyses/pay-days'])).toContain('"least"');
    expect(await (await at.ask('/api/docs')).text()).toContain('/api/analyses/pay-days</code>');
  });

  test('for the console: its entry has all that form, chart and table are made of', async () => {
    const entries = await told(z.array(shelfEntry), at.ask('/api/analyses'));
    const entry = entries.find(({ id }) => id === 'pay-days');
    expect(entry).toMatchObject({
      title: { zh: '支付日', en: 'Pay days' },
      origin: 'proposed',
      chart: { kind: 'line', x: 'date', y: 'consumers' },
      params: {
        type: 'object',
        required: ['from'],
        properties: {
          from: { type: 'string', format: 'date', description: 'first day | 起始日' },
          least: { type: 'integer', minimum: 0, default: 1 },
          size: { enum: ['any', 'large'], default: 'any' },
        },
      },
    });
    expect(entry?.columns).toEqual([
      { id: 'date', title: { zh: '日期', en: 'Date' }, kind: 'day' },
      {
        id: 'size',
        title: { zh: '档', en: 'Size' },
        kind: 'text',
        words: { any: { zh: '任意', en: 'Any' }, large: { zh: '大额', en: 'Large' } },
      },
      { id: 'consumers', title: { zh: '消费者', en: 'Consumers' }, kind: 'count' },
      { id: 'amount', title: { zh: '金额', en: 'Amount' }, kind: 'money' },
      { id: 'share', title: { zh: '占比', en: 'Share' }, kind: 'rate' },
    ]);
  });

  test('in the command line: list, run with its help, explain', async () => {
    expect((await cli('list', '--lang', 'en')).out).toContain('How many consumers pay on each day?');
    expect((await cli('run', 'pay-days', '--help', '--lang', 'zh')).out).toContain('--least <value>');
    const run = await cli('run', 'pay-days', '--from', '2026-06-01', '--format', 'json');
    expect([run.code, JSON.parse(run.out).rows]).toEqual([0, rows]);
  });

  test('in the docs: its page, by the API and by the terminal', async () => {
    const page = await told(shelfPage, at.ask('/api/analyses/pay-days'));
    expect([page.doc, page.sql]).toEqual([
      expect.stringContaining('# pay-days'),
      expect.stringContaining('GROUP BY day'),
    ]);
    expect(JSON.parse((await cli('explain', 'pay-days', '--from', '2026-06-01', '--format', 'json')).out).doc).toBe(
      page.doc,
    );
  });

  test('in MCP: a tool of its own, on the list and explained', async () => {
    const { answers, product } = at.services;
    const server = mcpServer(
      {
        analyses: product.analyses,
        mayListPeople: false,
        run: answers.answer,
        explain: product.explain,
        people: answers.people,
        extent: answers.dataState,
      },
      () => {},
    );
    const [here, there] = InMemoryTransport.createLinkedPair();
    const client = new Client({ name: 'test', version: '1' });
    await Promise.all([server.connect(here), client.connect(there)]);
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('pay_days');
    expect((await client.callTool({ name: 'pay_days', arguments: params })).structuredContent).toMatchObject({ rows });
    const explained = await client.callTool({ name: 'explain_analysis', arguments: { analysis: 'pay-days' } });
    expect(explained.structuredContent).toMatchObject({ id: 'pay-days', doc: expect.stringContaining('# pay-days') });
    await client.close();
  });
});

describe('on an English page stands no Chinese, and on a Chinese page every code has a name:', () => {
  test.each(analyses.map(({ id }) => id))('%s', async (id) => {
    const entry = await told(shelfPage, at.ask(`/api/analyses/${id}`));
    const shape = z.object({ enum: z.array(z.string()).optional() }).loose();
    const { properties = {} } = z.toJSONSchema(analyses.find((each) => each.id === id)?.row ?? z.object({}));
    for (const { id: column, words = {} } of entry.columns) {
      const codes = shape.parse(properties[column]).enum ?? [];
      expect(Object.keys(words), column).toEqual(expect.arrayContaining(codes));
      for (const word of Object.values(words)) {
        for (const locale of locales) expect(word[locale]).not.toBe('');
        expect(word.en).not.toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });
});
