import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { answer } from '../../src/api/analyses.ts';
import { cut, cutPreview, linkReport } from '../../src/api/links.ts';
import { fault, type HttpHome, httpHome, told } from './home.ts';

const home = httpHome();
let at: HttpHome;
beforeAll(async () => {
  at = await home.open();
  await home.import(
    'shared.csv',
    'id_user,id_device,event_time,behavior\nu3,tablet,2026-06-20,cart\nu4,tablet,2026-06-20,cart\n',
  );
});

const consumers = async () => {
  const { rows } = await told(answer, at.ask('/api/analyses/aipl-stock', { body: { on: '2026-06-30' } }));
  return rows.reduce((sum, row) => sum + Number(row.consumers), 0);
};

test('a link is explained, previewed, cut and restored, and every answer follows', async () => {
  const why = await told(linkReport, at.ask('/api/links/why', { body: { identifier: 'user:u3', to: 'user:u4' } }));
  expect(why.cards.map(({ source, file, line, rows }) => [source, file, line, rows])).toEqual([
    [expect.any(String), 'shared.csv', 2, 1],
    [expect.any(String), 'shared.csv', 3, 1],
  ]);
  expect(why.chain?.map(({ line }) => line)).toEqual([2, 3]);
  expect(await consumers()).toBe(4);

  const asked = { identifier: 'device:tablet' };
  const preview = at.ask('/api/links/cuts/preview', { as: 'operator', body: asked });
  expect(await told(cutPreview, preview)).toMatchObject({ before: 1, after: 2 });
  expect(await consumers()).toBe(4);
  const made = await told(cut, at.ask('/api/links/cuts', { as: 'operator', body: { ...asked, note: 'kiosk' } }));
  expect(made).toMatchObject({ kind: 'identifier', note: 'kiosk', lifted_at: null });
  expect(await consumers()).toBe(5);
  const { chain, identifiers } = await told(
    linkReport,
    at.ask('/api/links/why', { body: { identifier: 'user:u3', to: 'user:u4' } }),
  );
  expect([chain, identifiers.map((each) => each.cut)]).toEqual([null, [false, true]]);

  const restored = at.ask(`/api/links/cuts/${made.id}`, { as: 'operator', method: 'DELETE' });
  expect((await told(cut, restored)).lifted_at).not.toBeNull();
  expect(await consumers()).toBe(4);
  expect((await told(z.array(cut), at.ask('/api/links/cuts'))).map(({ id }) => id)).toEqual([made.id]);
});

test('who, what and when stand in the audit, without an identifier', async () => {
  const { registry } = at.services.product.installation.context;
  const rows = await registry.rows<{ action: string; detail: unknown }>(
    `SELECT action, detail FROM audit WHERE action LIKE 'link.%' ORDER BY id`,
  );
  expect(rows).toEqual([
    { action: 'link.cut', detail: { cut: expect.any(Number), kind: 'identifier' } },
    { action: 'link.restore', detail: { cut: expect.any(Number) } },
  ]);
});

test.each([
  ['viewer', 'POST', '/api/links/why', { identifier: 'user:u3' }],
  ['viewer', 'GET', '/api/links/cuts', undefined],
  ['analyst', 'POST', '/api/links/cuts/preview', { source: 'x' }],
  ['analyst', 'POST', '/api/links/cuts', { source: 'x' }],
  ['analyst', 'DELETE', '/api/links/cuts/1', undefined],
] as const)('%s may not %s %s', async (as, method, path, body) => {
  expect((await fault(at.ask(path, { as, method, body }))).status).toBe(403);
});

test.each([
  ['an identifier without a type', { identifier: 'tablet' }, 'identifier'],
  ['two things at once', { identifier: 'user:u3', from: '2026-06-01' }, 'cut'],
  ['no moment', { from: 'soon' }, 'moment'],
])('a cut of %s is refused', async (_, body, code) => {
  expect(await fault(at.ask('/api/links/cuts', { as: 'operator', body }))).toMatchObject({ status: 400, code });
});
