import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { people, savedPeople } from '../../src/api/analyses.ts';
import { pageOf } from '../../src/api/common.ts';
import { consumer } from '../../src/api/consumers.ts';
import type { Role } from '../../src/api/permissions.ts';
import { type Asking, fault, type HttpHome, httpHome, told } from './home.ts';

const home = httpHome();
let at: HttpHome;
beforeAll(async () => {
  at = await home.open();
});

const on = '2026-06-30';
const behind = (row: Record<string, unknown>, page = {}, as: Role = 'analyst') =>
  at.ask('/api/analyses/aipl-stock/people', { as, body: { params: { on }, row, ...page } });

/** Entries of the audit since the beginning, as `actor action detail`. */
async function audit(): Promise<string[]> {
  const { registry } = at.services.product.installation.context;
  const rows = await registry.rows<{ actor: string; action: string; detail: unknown }>(
    'SELECT * FROM audit ORDER BY id',
  );
  return rows.map(({ actor, action, detail }) => `${actor} ${action} ${JSON.stringify(detail)}`);
}

describe('the people behind a number', () => {
  test('are counted for everybody, and listed only for who may see single consumers', async () => {
    const seen = await told(people, behind({ stage: 'A', consumers: 2 }));
    expect([seen.count, seen.consumers.length, seen.rules, seen.next]).toEqual([2, 2, 'default@1', undefined]);
    const counted = await told(people, behind({ stage: 'A' }, {}, 'viewer'));
    expect([counted.count, counted.consumers]).toEqual([2, []]);
  });

  test('come in pages that leave nobody out and name nobody twice', async () => {
    const all = await told(people, behind({ stage: 'A' }));
    const first = await told(people, behind({ stage: 'A' }, { limit: 1 }));
    const second = await told(people, behind({ stage: 'A' }, { limit: 1, after: first.next }));
    expect([...first.consumers, ...second.consumers]).toEqual(all.consumers);
    expect([first.count, second.next]).toEqual([2, undefined]);
  });

  test.each([
    ['a column is missing that is needed', {}, 'row', 'stage'],
    ['a column is unknown', { stage: 'A', nothing: 1 }, 'row', 'nothing'],
    ['a value has a wrong type', { stage: 7 }, 'row', 'stage'],
    ['a stage is none of the rules', { stage: 'constructor' }, 'stage', 'constructor'],
  ])('are refused where %s', async (_, row, code, says) => {
    const refused = await fault(behind(row));
    expect(refused).toMatchObject({ is: 400, code });
    expect(refused.detail).toContain(says);
  });

  test('leave as a file for who may see them, and the audit says so', async () => {
    const row = encodeURIComponent(JSON.stringify({ stage: 'A' }));
    const path = `/api/analyses/aipl-stock/people?on=${on}&row=${row}&lang=ids`;
    expect((await at.ask(path, { as: 'viewer' })).status).toBe(403);
    const response = await at.ask(path);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="aipl-stock-consumers.csv"');
    const { consumers } = await told(people, behind({ stage: 'A' }));
    expect(await response.text()).toBe(['consumer', ...consumers, ''].join('\r\n'));
    expect(await audit()).toContain('some analyst people.export {"count":2,"analysis":"aipl-stock"}');
    expect(await fault(at.ask(`/api/analyses/aipl-stock/people?on=${on}&row=[1]`))).toMatchObject({
      is: 400,
      code: 'row',
    });
  });
});

const members = z.object({ count: z.int(), consumers: z.array(z.int()), next: z.int().optional() });

describe('people saved under a name', () => {
  const save = (name: string, asking: Asking = {}) =>
    at.ask('/api/people', {
      body: { name, analysis: 'aipl-stock', params: { on }, row: { stage: 'A' } },
      ...asking,
    });

  test('are those of that moment, whatever is imported later', async () => {
    const saved = await told(savedPeople, save('认知人群'));
    expect(saved).toMatchObject({ name: '认知人群', count: 2, rules: 'default@1', createdBy: 'some analyst' });
    await home.import('events-later.csv', `id_user,event_time,behavior\nu9,${on},impression\n`);
    expect((await told(people, behind({ stage: 'A' }))).count).toBe(3);
    const first = await told(members, at.ask(`/api/people/${saved.id}/consumers?limit=1`));
    const rest = await told(members, at.ask(`/api/people/${saved.id}/consumers?after=${first.next}`));
    expect([first.count, first.consumers.length, rest.consumers.length, rest.next]).toEqual([2, 1, 1, undefined]);
    const file = await at.ask(`/api/people/${saved.id}/consumers?format=csv&lang=en`);
    expect(await file.text()).toBe(['Consumer', ...first.consumers, ...rest.consumers, ''].join('\r\n'));
  });

  test('have a name once, are listed from the latest on, and go when deleted', async () => {
    const [one, two] = [await told(savedPeople, save('one')), await told(savedPeople, save('two'))];
    expect(await fault(save('two'))).toMatchObject({ is: 409, code: 'people_name' });
    const page = await told(pageOf(savedPeople), at.ask('/api/people?limit=1', { as: 'viewer' }));
    expect(page.items.map(({ name }) => name)).toEqual(['two']);
    const next = await told(pageOf(savedPeople), at.ask(`/api/people?limit=1&cursor=${page.next}`));
    expect(next.items.map(({ name }) => name)).toEqual(['one']);
    for (const { id } of [one, two]) await at.ask(`/api/people/${id}`, { method: 'DELETE' });
    expect(await fault(at.ask(`/api/people/${two.id}`))).toMatchObject({ is: 404, code: 'people' });
    expect((await audit()).filter((line) => line.includes('people.delete')).length).toBe(2);
  });

  test('are kept and listed only by who may see single consumers', async () => {
    expect((await save('none', { as: 'viewer' })).status).toBe(403);
    expect((await at.ask('/api/people/1/consumers', { as: 'viewer' })).status).toBe(403);
  });

  test('may be nobody at all', async () => {
    const body = { name: 'nobody', analysis: 'aipl-stock', params: { on: '2020-01-01' }, row: { stage: 'A' } };
    const saved = await told(savedPeople, at.ask('/api/people', { body }));
    const { consumers } = await told(members, at.ask(`/api/people/${saved.id}/consumers`));
    expect([saved.count, consumers]).toEqual([0, []]);
  });
});

describe('one consumer', () => {
  const search = (identifier: string, as: Role = 'analyst') =>
    at.ask('/api/consumers/search', { as, body: { identifier } });

  test('is found by an identifier or by its number, and every look is noted by number', async () => {
    const found = await told(consumer, search('user:u4'));
    expect(found.stages.map(({ stage }) => stage)).toEqual(['P', 'L', 'P']);
    expect(await told(consumer, at.ask(`/api/consumers/${found.consumer}`))).toEqual(found);
    const looks = (await audit()).filter((line) => line.includes('consumer.view'));
    expect(looks).toEqual(Array(2).fill(`some analyst consumer.view {"consumer":${found.consumer}}`));
  });

  test('is not shown to who may see numbers only', async () => {
    expect((await search('user:u4', 'viewer')).status).toBe(403);
  });

  test('that is unknown is refused, and nothing repeats the identifier that was asked for', async () => {
    const secret = 'phone:13800138000';
    const refused = await fault(search(secret));
    expect(refused).toMatchObject({ is: 404, code: 'consumer' });
    expect(await fault(at.ask('/api/consumers/999999'))).toMatchObject({ is: 404, code: 'consumer' });
    for (const each of [JSON.stringify(refused), ...at.log, ...(await audit())])
      expect(each).not.toContain('13800138000');
  });
});
