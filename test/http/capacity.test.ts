import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { answer, cost, standing } from '../../src/api/analyses.ts';
import { type Answers, openAnswers } from '../../src/app/answers.ts';
import { analysisOf } from '../../src/app/asking.ts';
import { Ask, Capacity } from '../../src/app/capacity/capacity.ts';
import { appOf } from '../../src/http/app.ts';
import { type Fragment, sql } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { collectGarbage } from '../garbage.ts';
import { type HttpHome, httpHome, told } from './home.ts';

const home = httpHome();
const on = '2026-06-30';
const question = '/api/analyses/aipl-stock';
/** Longer than any test. */
const endless = sql`SELECT 'A' AS stage, toUInt64(sum(cityHash64(number)) % 7) AS consumers FROM numbers(1000000000000)`;
/** What the smallest question is given. */
const LEAST = 256 * 1024 ** 2;
const caps = { memoryBytes: 1_400_000_000, seconds: 300 };

let at: HttpHome;
let capacity: Capacity;
let answers: Answers;
let warehouse: Warehouse;

beforeAll(async () => {
  const opened = await home.open();
  const { product } = opened.services;
  warehouse = product.installation.context.warehouse;
  capacity = new Capacity(product.installation.context, { slots: 1, memory: 300_000_000 });
  answers = openAnswers({ installation: product.installation, capacity });
  const app = appOf({ ...opened.services, answers });
  at = {
    ...opened,
    app,
    ask: async (path, { as = 'analyst', body, headers = {}, method = body === undefined ? 'GET' : 'POST' } = {}) =>
      app.request(path, {
        method,
        headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
  await told(answer, at.ask(question, { body: { on } }));
});

afterEach(() => vi.restoreAllMocks());

/** Statements of questions that the engine is at. */
async function atWork(): Promise<number> {
  const [row] = await warehouse.rows<{ all: number }>(
    sql`SELECT count() AS all FROM system.processes WHERE Settings['log_comment'] LIKE 'question %'`,
  );
  return row?.all ?? 0;
}

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await what())) await pause(20);
}

/** The next question of the shelf's stock becomes this one. */
function nextIs(statement: Fragment): void {
  vi.spyOn(analysisOf('aipl-stock'), 'query').mockReturnValueOnce(statement);
}

describe('the engine stops', () => {
  test('when the caller of a question has gone', async () => {
    const server = createServer(getRequestListener((request) => at.app.fetch(request, { address: 'local' })));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo; // as: it listens on a port
    const leaving = new AbortController();
    nextIs(endless);
    const asked = fetch(`http://127.0.0.1:${port}${question}`, {
      method: 'POST',
      headers: { authorization: 'Bearer analyst', 'content-type': 'application/json' },
      body: JSON.stringify({ on: '2026-06-01' }),
      signal: leaving.signal,
    }).then(async (response) => {
      throw new Error(`answered: ${await response.text()}`);
    });
    await Promise.race([asked, until(async () => (await atWork()) === 1)]);
    await collectGarbage();
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await until(async () => (await atWork()) === 0);
    await until(() => capacity.load.running === 0);
    expect(capacity.load).toEqual({ running: 0, waiting: 0, memory: 0 });
    server.close();
  });

  test('when a question is cancelled by its ticket, which others cannot do; who waits is told its place', async () => {
    nextIs(endless);
    const long = at.ask(question, { body: { on: '2026-06-02' }, headers: { 'x-question': 'ticket-long' } });
    await until(async () => (await atWork()) === 1);
    const other = { as: 'admin', headers: { 'x-question': 'ticket-next' } } as const;
    const next = at.ask(question, { body: { on: '2026-06-03' }, ...other });
    await until(() => capacity.load.waiting === 1);
    expect(await told(standing, at.ask('/api/questions/ticket-next', other))).toMatchObject({
      state: 'waiting',
      place: 1,
    });
    expect(await told(standing, at.ask('/api/questions/ticket-long'))).toMatchObject({ state: 'running' });
    expect((await at.ask('/api/questions/ticket-long', { as: 'admin', method: 'DELETE' })).status).toBe(404);
    expect((await at.ask('/api/questions/ticket-long', { method: 'DELETE' })).status).toBe(200);
    const refused = await long;
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'query_cancelled' }]);
    expect((await told(answer, next)).params).toEqual({ on: '2026-06-03' });
    expect(await told(standing, at.ask('/api/questions/ticket-long'))).toEqual({ state: 'over' });
  });

  test('only when the last of those who ask the same has left', async () => {
    nextIs(sql`SELECT 'A' AS stage, toUInt64(count() - count() + sleep(1)) AS consumers FROM numbers(1)`);
    const leaving = new AbortController();
    const [first, second] = [
      answers.answer('aipl-stock', { on: '2026-06-04' }, { name: 'a', signal: leaving.signal }),
      answers.answer('aipl-stock', { on: '2026-06-04' }, { name: 'b' }),
    ];
    await until(async () => (await atWork()) === 1);
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'query_cancelled' });
    expect((await second).rows).toEqual([{ stage: 'A', consumers: 0 }]);
  });
});

/** A join, a grouping, a sort, of more than the questions here may hold; a join spills when it is tried again only. */
const numbers = sql`SELECT number, toString(number) AS word FROM numbers(5000000)`;
const heavy = [
  [
    'a join',
    2,
    sql`SELECT count() AS n, sum(cityHash64(a.number, b.word) % 1000) AS hash
      FROM numbers(5000000) AS a INNER JOIN (${numbers}) AS b ON a.number = b.number`,
  ],
  [
    'a grouping',
    1,
    sql`SELECT count() AS n, sum(cityHash64(word, c) % 1000) AS hash
      FROM (SELECT word, count() AS c FROM (${numbers}) GROUP BY word)`,
  ],
  [
    'a sort',
    1,
    sql`SELECT count() AS n, sum(cityHash64(number, place) % 1000) AS hash
      FROM (SELECT number, rowNumberInAllBlocks() AS place FROM (${numbers} ORDER BY cityHash64(word)))`,
  ],
] as const;

describe('memory', () => {
  test.each(heavy)('%s that it does not hold goes to disk, and comes to the same', async (_, tries, statement) => {
    const whole = await warehouse.rows(statement, caps);
    const ask = new Ask({ analysis: 'test', asker: 'a', version: 'v' });
    const given: unknown[] = [];
    const found = await capacity.ask(ask, async (context) => {
      given.push(ask.wanted?.memory);
      return context.warehouse.rows(statement, caps);
    });
    expect(found).toEqual(whole);
    expect(given).toHaveLength(tries);
    expect(Number(given.at(-1))).toBeLessThanOrEqual(300_000_000);
  });

  test('a question that fits nowhere is refused when it is asked again, without the engine', async () => {
    const asking = { analysis: 'test', asker: 'a', version: 'v', tag: 'large' };
    const given: unknown[] = [];
    const work = (ask: Ask) =>
      capacity.ask(ask, async (context) => {
        given.push(ask.wanted?.memory);
        return context.warehouse.rows(
          sql`SELECT length(groupArray(toString(number))) AS n FROM numbers(50000000)`,
          caps,
        );
      });
    await expect(work(new Ask(asking))).rejects.toMatchObject({ code: 'query_memory' });
    await expect(work(new Ask(asking))).rejects.toMatchObject({ code: 'query_memory' });
    expect(given).toEqual([expect.any(Number), 300_000_000]);
    expect(capacity.load).toEqual({ running: 0, waiting: 0, memory: 0 });
  });
});

describe('a cost', () => {
  const estimate = (day: string) => told(cost, at.ask(`${question}/estimate?on=${day}`));

  test('is nothing for what is answered, and by the last runs for what is not', async () => {
    expect(await estimate(on)).toMatchObject({ origin: 'kept', seconds: { from: 0, to: 0 } });
    expect(await estimate('2026-05-31')).toMatchObject({ origin: 'runs', memory: LEAST, heavy: false });
  });

  test('leaves out what a question had to keep first, which is there the next time', async () => {
    let clock = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const one = sql`SELECT 1 AS one`;
    await capacity.ask(new Ask({ analysis: 'keeping', asker: 'a', version: 'v' }), async (context) => {
      clock += 30_000;
      await context.warehouse.run(sql`DROP TABLE IF EXISTS kept_by_nobody`);
      clock += 2000;
      return context.warehouse.rows(one);
    });
    const { seconds, heavy: isHeavy } = await capacity.cost('keeping', 'v', one);
    expect({ seconds, isHeavy }).toEqual({ seconds: { from: 1.3, to: 3 }, isHeavy: false });
  });

  test('is by the rows for what was never asked', async () => {
    const told_ = await told(cost, at.ask(`/api/analyses/repurchase/estimate?on=${on}&within_days=15`));
    expect(told_).toMatchObject({ origin: 'rows', runs: 0, heavy: false });
    expect(told_.rows).toBeGreaterThan(0);
  });

  test('that is high is told instead of an answer to who wants light questions only', async () => {
    vi.spyOn(capacity, 'mayBeHeavy').mockResolvedValue(true);
    const heavyCost = { ...(await estimate('2026-05-30')), heavy: true };
    vi.spyOn(capacity, 'cost').mockResolvedValue(heavyCost);
    const light = { body: { on: '2026-05-30' }, headers: { 'x-light': '1' } };
    const refused = await at.ask(question, light);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'question_heavy' }]);
    await told(answer, at.ask(question, { body: light.body }));
    await told(answer, at.ask(question, light));
  });
});
