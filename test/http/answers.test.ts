import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { answer, dataState, shelfEntry, shelfPage } from '../../src/api/analyses.ts';
import { fault, type HttpHome, httpHome, told } from './home.ts';

const home = httpHome();
let at: HttpHome;
beforeAll(async () => {
  at = await home.open();
});

const on = '2026-06-30';

const run = (id: string, params: Record<string, unknown>, headers = {}) =>
  at.ask(`/api/analyses/${id}`, { body: params, headers });
const stock = (day = on) => run('aipl-stock', { on: day });

describe('the shelf', () => {
  test('has all that a form and a table need, in both languages', async () => {
    const entries = await told(z.array(shelfEntry), at.ask('/api/analyses', { as: 'viewer' }));
    const trend = entries.find(({ id }) => id === 'aipl-trend');
    expect(trend?.params).toMatchObject({ type: 'object', required: ['from', 'to'] });
    expect(trend?.columns.map(({ id, kind }) => [id, kind])).toEqual([
      ['date', 'day'],
      ['stage', 'text'],
      ['consumers', 'count'],
    ]);
    expect(trend?.columns[1]?.words).toMatchObject({
      A: { zh: 'A 认知', en: 'A Aware' },
      A5: { zh: 'A5 拥护', en: 'A5 Advocate' },
      none: { zh: '无阶段', en: 'No stage' },
    });
    const rfm = entries.find(({ id }) => id === 'rfm');
    expect(rfm?.columns.map(({ id, kind }) => [id, kind])).toEqual([
      ['class', 'text'],
      ['name', 'text'],
      ['consumers', 'count'],
      ['amount', 'money'],
    ]);
  });

  test('one analysis comes with its page and its SQL for the last day of the data', async () => {
    const page = await told(shelfPage, at.ask('/api/analyses/aipl-stock'));
    expect(page.doc).toContain('# aipl-stock');
    expect(page.sql).toContain('"2026-06-29"');
    expect(await fault(at.ask('/api/analyses/nothing'))).toMatchObject({ is: 404, code: 'analysis' });
  });

  test('is explained with and without parameters that matter', async () => {
    const shape = z.object({ sql: z.string(), doc: z.string() });
    const { sql } = await told(shape, at.ask('/api/analyses/aipl-stock/explain', { body: { params: { on } } }));
    expect(sql).toContain('"2026-06-30"');
    expect(await fault(at.ask('/api/analyses/aipl-stock/explain', { body: {} }))).toMatchObject({
      is: 400,
      code: 'params',
    });
  });
});

describe('an answer', () => {
  test('is the same object as everywhere', async () => {
    const said = await told(answer, stock());
    expect(said).toMatchObject({ analysis: 'aipl-stock', params: { on }, rules: 'default@1' });
    expect(said.rows).toEqual([
      { stage: 'A', consumers: 2 },
      { stage: 'I', consumers: 1 },
      { stage: 'P', consumers: 1 },
      { stage: 'L', consumers: 1 },
    ]);
  });

  test('that the caller has already costs no question to the engine', async () => {
    const first = await stock('2026-06-28');
    const etag = first.headers.get('etag') ?? '';
    const { warehouse } = at.services.product.installation.context;
    const asked = vi.spyOn(warehouse, 'rows');
    const again = await run('aipl-stock', { on: '2026-06-28' }, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const cached = await run('aipl-stock', { on: '2026-06-28' });
    expect(await cached.text()).toBe(await first.text());
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test('by a link is the same as by a body', async () => {
    const linked = await told(answer, at.ask(`/api/analyses/repurchase/answer?on=${on}&within_days=15`));
    const posted = await told(answer, run('repurchase', { on, within_days: 15 }));
    expect(linked.rows).toEqual(posted.rows);
    expect(linked.params).toEqual({ on, within_days: 15 });
  });

  test('as a file has a safe name, titles in the asked language, and no formula', async () => {
    const query = `from=2026-06-01&to=${on}&base_from=2026-05-01&base_to=2026-05-31`;
    const response = await at.ask(`/api/analyses/grow/answer?${query}&format=csv&lang=zh`);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="grow-2026-06-01-2026-06-30-2026-05-01-2026-05-31.csv"',
    );
    const text = await response.text();
    expect(text.split('\r\n')[0]).toBe('类目,来源,增量净额');
    expect(text).toContain("'=cups,W 延展,70\r\n");
    const etag = response.headers.get('etag') ?? '';
    const again = await at.ask(`/api/analyses/grow/answer?${query}&format=csv&lang=zh`, {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
  });

  test.each([
    ['a parameter of a wrong type', { on: 7 }, 'on:'],
    ['an unknown parameter', { on, nothing: 1 }, 'nothing'],
    ['a day that is none', { on: '2026-02-30' }, 'on:'],
    ['no parameter', {}, 'on:'],
  ])('is refused for %s', async (_, params, says) => {
    const refused = await fault(run('aipl-stock', params));
    expect(refused).toMatchObject({ is: 400, code: 'params' });
    expect(refused.detail).toContain(says);
  });

  test('is not changed by a body that reaches for the prototype of objects', async () => {
    const body: unknown = JSON.parse(
      `{"on":"${on}","__proto__":{"rules":"o-5a"},"constructor":{"prototype":{"rules":"o-5a"}}}`,
    );
    expect(await fault(at.ask('/api/analyses/aipl-stock', { body }))).toMatchObject({ is: 400, code: 'params' });
    expect(Reflect.get({}, 'rules')).toBeUndefined();
  });

  test('of a hundred dashboards at once: none fails, none gets the answer to another question', async () => {
    const days = Array.from({ length: 8 }, (_, i) => `2026-06-${String(10 + i).padStart(2, '0')}`);
    const { warehouse } = at.services.product.installation.context;
    const asked = vi.spyOn(warehouse, 'rows');
    const responses = await Promise.all(
      Array.from({ length: 100 }, () => Promise.all(days.map(async (day) => told(answer, stock(day))))),
    );
    for (const each of responses) expect(each.map(({ params }) => params.on)).toEqual(days);
    for (const each of responses) expect(each.map(({ rows }) => rows)).toEqual(responses[0]?.map(({ rows }) => rows));
    expect(asked.mock.calls.length).toBeLessThanOrEqual(3 * days.length);
    asked.mockRestore();
  });
});

describe('the state of the data', () => {
  test('says how far they reach and what they can be narrowed to', async () => {
    expect(await told(dataState, at.ask('/api/data', { as: 'viewer' }))).toMatchObject({
      firstDay: '2026-05-01',
      lastDay: '2026-06-29',
      consumers: 5,
      rules: 'default@1',
      brands: [],
      categories: ['tea', '=cups', 'cups'],
    });
  });

  test('has another version after every change of facts, and answers follow it', async () => {
    const before = await told(dataState, at.ask('/api/data'));
    const old = await stock();
    await home.import('events-later.csv', `id_user,event_time,behavior\nu9,${on},impression\n`);
    const after = await told(dataState, at.ask('/api/data'));
    expect(after.version).not.toBe(before.version);
    expect(after).toMatchObject({ lastDay: on, consumers: 6 });
    const fresh = await run('aipl-stock', { on }, { 'if-none-match': old.headers.get('etag') ?? '' });
    expect(fresh.status).toBe(200);
    expect(answer.parse(await fresh.json()).rows[0]).toEqual({ stage: 'A', consumers: 3 });
  });
});
