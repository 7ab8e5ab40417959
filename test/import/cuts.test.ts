import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CutRequest } from '../../src/api/links.ts';
import { cutLink, cuts, liftCut, previewCut } from '../../src/app/cuts.ts';
import { explainLink } from '../../src/app/links.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { type Cells, csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
afterAll(() => home.end());

async function anew(): Promise<void> {
  home.now = new Date('2026-07-01T00:00:00Z');
  await home.reset();
  await home.context.registry.rows('DELETE FROM cut');
}

const at = (more: Cells): Cells => ({ event_time: '2026-06-20', behavior: 'cart', ...more });
const ann = { id_user: 'ann' };
const bob = { id_user: 'bob' };
const tablet = { id_device: 'tablet' };
/** Ann looked and carted, Bob only saw something, both at one tablet; nobody knows who used it on the last row. */
const family = [
  at({ ...ann }),
  at({ ...ann, ...tablet }),
  at({ ...bob, ...tablet, behavior: 'impression' }),
  at({ ...bob, behavior: 'impression' }),
  at({ ...tablet, behavior: 'impression' }),
];
const shop = [
  { id_user: 'ann', order_id: 'o1', order_time: '2026-06-10', amount: '30', status: 'paid' },
  { id_user: 'bob', order_id: 'o2', order_time: '2026-01-10', amount: '90', status: 'paid' },
];

let files = 0;
const bring = (rows: readonly Cells[], source?: string) =>
  home.bring(`events-${files++}.csv`, csv(rows), source === undefined ? {} : { source });

const cut = (request: CutRequest, note = '') => cutLink(home.context, { ...request, note }, 'li');
const lift = (id: number) => liftCut(home.context, id, 'li');

/** Groups of users and of what else is not hashed; hashed ones are counted. */
async function people(): Promise<string[]> {
  const groups = await home.partition();
  return groups
    .map((names) => {
      const plain = names.filter((name) => /^(user|member):/.test(name));
      const others = names.length - plain.length;
      return [...plain, ...(others > 0 ? [`+${others}`] : [])].join(' ');
    })
    .toSorted();
}

/** What questions say, but for the numbers of consumers. */
async function answers(): Promise<unknown> {
  const month = { from: '2026-01-01', to: '2026-06-30' };
  const asked = [
    ['aipl-stock', { on: '2026-06-30' }],
    ['aipl-flow', month],
    ['aipl-trend', month],
    ['rfm', { on: '2026-06-30' }],
  ] as const;
  const told = [];
  for (const [analysis, params] of asked) told.push(await home.ask(analysis, params));
  for (const user of ['user:ann', 'user:bob']) {
    const { consumer: _, ...shown } = await home.consumer(user);
    told.push(shown);
  }
  return told;
}

const stagesOf = async (asked: string) => (await home.consumer(asked)).stages.map(({ stage }) => stage);

describe('two people who share a device', () => {
  beforeEach(anew);
  const start = async () => {
    await home.bring('orders.csv', csv(shop));
    await bring(family);
  };

  test('are one until it is cut, then two with their own stages, and one again as they were', async () => {
    await start();
    expect([await people(), await stagesOf('user:bob')]).toEqual([['user:ann user:bob +1'], ['P', 'L', 'P']]);
    const before = await answers();
    expect(await previewCut(home.context, { identifier: 'device:tablet' })).toEqual({ before: 1, after: 2, rows: 4 });
    const { id } = await cut({ identifier: 'device:tablet' }, 'family tablet');
    expect(await people()).toEqual(['user:ann', 'user:bob']);
    expect([await stagesOf('user:ann'), await stagesOf('user:bob')]).toEqual([['P'], ['P']]);
    await expect(home.consumer('device:tablet')).rejects.toThrow('a cut keeps it from linking');
    expect(await previewCut(home.context, { lift: id })).toEqual({ before: 2, after: 1, rows: 4 });
    await lift(id);
    expect(await people()).toEqual(['user:ann user:bob +1']);
    expect(await answers()).toEqual(before);
  });

  test('under a cut give the answers of data without the device', async () => {
    const without = family
      .filter(({ id_user }) => id_user !== undefined)
      .map(({ id_device: _, ...row }) => row as Cells);
    await home.bring('orders.csv', csv(shop));
    await bring(without);
    const asked = async () =>
      Promise.all([
        home.ask('aipl-stock', { on: '2026-06-30' }),
        home.ask('aipl-flow', { from: '2026-01-20', to: '2026-06-30' }),
        home.ask('rfm', { on: '2026-06-30' }),
      ]);
    const expected = await asked();
    await home.reset();
    await start();
    expect(await asked()).not.toEqual(expected);
    await cut({ identifier: 'device:tablet' });
    expect(await asked()).toEqual(expected);
  });

  test('a look at a cut, and at its end, changes nothing', async () => {
    await start();
    const before = [await home.state(), await home.partition()];
    await previewCut(home.context, { identifier: 'device:tablet' });
    await previewCut(home.context, { source: 'events' });
    expect([await home.state(), await home.partition()]).toEqual(before);
    expect(await cuts(home.context)).toEqual([]);
  });
});

const rows: Cells[] = [at({ ...ann, ...tablet }), at({ ...bob, ...tablet })];

describe('a cut', () => {
  beforeAll(async () => {
    await anew();
    await bring(rows, 'app');
  });

  test.each<[string, CutRequest, string[]]>([
    ['of an identifier', { identifier: 'device:tablet' }, ['user:ann', 'user:bob']],
    ['of a pair leaves the other its link', { pair: ['user:ann', 'device:tablet'] }, ['user:ann', 'user:bob +1']],
    ['of a pair on no card', { pair: ['user:ann', 'user:bob'] }, ['user:ann user:bob +1']],
    ['of a source leaves the strongest of each card', { source: 'app' }, ['user:ann', 'user:bob']],
    ['of another source', { source: 'shop' }, ['user:ann user:bob +1']],
    ['from the moment of the import', { from: '2026-07-01T00:00:00Z' }, ['user:ann', 'user:bob']],
    ['from a day in the zone of the workspace', { from: '2026-07-01' }, ['user:ann', 'user:bob']],
    ['from a moment later', { from: '2026-07-01T00:00:01Z' }, ['user:ann user:bob +1']],
    ['from then on of one source', { from: '2026-07-01', source: 'app' }, ['user:ann', 'user:bob']],
    ['from then on of another', { from: '2026-07-01', source: 'shop' }, ['user:ann user:bob +1']],
  ])('%s drops what it says, and can be lifted', async (_, request, expected) => {
    const { id } = await cut(request);
    expect(await people()).toEqual(expected);
    await lift(id);
    expect(await people()).toEqual(['user:ann user:bob +1']);
  });

  test.each<[string, CutRequest, string]>([
    ['nothing', {}, 'cut'],
    ['two things', { identifier: 'user:ann', from: '2026-07-01' }, 'cut'],
    ['a pair of one', { pair: ['user:ann', 'user:ann'] }, 'cut'],
    ['an identifier without a type', { identifier: 'ann' }, 'identifier'],
    ['an unknown value of a type that is of its source', { identifier: 'pet:rex' }, 'identifier'],
    ['a value that names nobody', { identifier: 'user:unknown' }, 'identifier_blocked'],
    ['a moment that is none', { from: 'tomorrow' }, 'moment'],
    ['a day that is none', { from: '2026-02-31x' }, 'moment'],
  ])('of %s is refused', async (_, request, code) => {
    await expect(cut(request)).rejects.toMatchObject({ code });
  });

  test('made twice is one, lifted twice is a fault, and lists who, when and why', async () => {
    const made = await cut({ pair: ['user:ann', 'device:tablet'] }, 'twins');
    expect(await cut({ pair: ['device:tablet', 'user:ann'] })).toEqual(made);
    await lift(made.id);
    await expect(lift(made.id)).rejects.toMatchObject({ code: 'cut_lifted' });
    await expect(lift(99_999)).rejects.toMatchObject({ code: 'cut' });
    const [only] = await cuts(home.context);
    expect(only).toMatchObject({
      ...{ id: made.id, kind: 'pair', note: 'twins', made_by: 'li', source: null, from: null },
      ...{ made_at: '2026-07-01T00:00:00.000Z', lifted_at: '2026-07-01T00:00:00.000Z' },
    });
    expect(only?.identifiers).toEqual(['user:ann', expect.stringMatching(/^device:[0-9a-f]{32}$/)]);
  });

  test('takes a personal identifier by its hash as it is shown', async () => {
    const { identifiers } = await home.consumer('user:ann');
    const hash = identifiers.find(({ type }) => type === 'device')?.value ?? '';
    expect((await cut({ identifier: `device:${hash}` })).identifiers).toEqual([`device:${hash}`]);
    expect(await people()).toEqual(['user:ann', 'user:bob']);
  });
});

describe('under a cut', () => {
  beforeEach(anew);

  test('of a source, a row belongs to the strongest of its identifiers', async () => {
    const cards: [string, Cells][] = [
      ['user', { id_user: 'u', id_phone: '13900000001' }],
      ['member', { id_member: 'm', id_device: 'd1' }],
      ['phone', { id_phone: '13900000002', id_device: 'd2' }],
      ['device', { id_device: 'd3', id_pet: 'rex' }],
    ];
    await cut({ source: 'app' });
    await bring(
      cards.map(([, card]) => at(card)),
      'app',
    );
    const found = await home.rows<{ types: string[] }>(sql`SELECT groupArray(i.type) AS types FROM events AS e
      INNER JOIN (SELECT who, consumer FROM people FINAL) AS p ON p.consumer = e.consumer
      INNER JOIN (SELECT ident, type FROM identifiers FINAL) AS i ON i.ident = p.who GROUP BY e.line ORDER BY e.line`);
    expect(found.map(({ types }) => types)).toEqual(cards.map(([type]) => [type]));
  });

  test('of a source, links of cards that another source shows hold until that is taken back', async () => {
    await cut({ source: 'app' });
    await bring(rows, 'app');
    const { import: second } = await bring(rows, 'shop');
    expect(await people()).toEqual(['user:ann user:bob +1']);
    await home.undo(second);
    expect(await people()).toEqual(['user:ann', 'user:bob']);
  });

  test('from a moment on, cards first seen then link nothing, those seen before do', async () => {
    await bring(rows.slice(0, 1), 'app');
    home.now = new Date('2026-07-03T00:00:00Z');
    const { id } = await cut({ from: '2026-07-02' });
    await bring(rows, 'app');
    expect(await people()).toEqual(['user:ann +1', 'user:bob']);
    await lift(id);
    expect(await people()).toEqual(['user:ann user:bob +1']);
  });

  test('from a moment on, a file counts as brought by the import that still stands for it', async () => {
    const file = home.file('events.csv', csv(rows));
    const first = await home.take(file, { source: 'app' });
    home.now = new Date('2026-07-03T00:00:00Z');
    await home.take(file, { source: 'app' });
    await cut({ from: '2026-07-02' });
    expect(await people()).toEqual(['user:ann user:bob +1']);
    await home.undo(first.import);
    expect(await people()).toEqual(['user:ann', 'user:bob']);
  });

  test('an identifier is a consumer by itself for as long as a row of its own stands', async () => {
    await bring(rows, 'app');
    await cut({ source: 'app' });
    const { import: alone } = await bring([at(tablet)], 'shop');
    expect(await people()).toEqual(['+1', 'user:ann', 'user:bob']);
    await home.undo(alone);
    expect(await people()).toEqual(['user:ann', 'user:bob']);
  });

  test('an import that is taken back leaves what was before it', async () => {
    await bring(rows, 'app');
    await cut({ identifier: 'device:tablet' });
    const state = async () => [await home.state(), await people()];
    const before = await state();
    const { import: later } = await bring([
      at({ ...bob, id_phone: '13900000001' }),
      at({ ...ann, id_phone: '13900000001' }),
    ]);
    expect(await people()).toEqual(['user:ann user:bob +1']);
    await home.undo(later);
    expect(await state()).toEqual(before);
  });

  test('the guard is what it was: who is shared stays shared', async () => {
    const users = Array.from({ length: 11 }, (_, i) => at({ id_user: `u${i}`, id_phone: '13900000001' }));
    await bring(users, 'app');
    const { id } = await cut({ source: 'app' });
    expect([(await people()).length, await home.rows(sql`SELECT people FROM shared FINAL`)]).toEqual([
      11,
      [{ people: 11 }],
    ]);
    await lift(id);
    expect((await people()).length).toBe(11);
  });
});

describe('why identifiers are one person', () => {
  beforeEach(anew);
  const chain = [
    at({ id_user: 'ann', id_phone: '13900000001' }),
    at({ id_phone: '13900000001', id_email: 'a@b.cn' }),
    at({ id_email: 'a@b.cn', id_user: 'bob' }),
    at({ id_email: 'a@b.cn', id_user: 'bob' }),
    at({ id_user: 'bob', id_member: 'm' }),
  ];
  const typesOf = (names: readonly string[]) => names.map((name) => name.split(':')[0]);

  test('is told by cards, with source, file, line and since when, and by the shortest way', async () => {
    await home.bring('events-chain.csv', csv(chain), { source: 'app' });
    const report = await explainLink(home.context, 'user:ann', 'member:m');
    expect(typesOf(report.identifiers.map(({ name }) => name))).toEqual(expect.arrayContaining(['email', 'member']));
    expect(
      report.cards.map(({ identifiers, linking, source, file, line, first_seen, rows }) => [
        ...[typesOf(identifiers), linking.length, source, file, line, first_seen, rows],
      ]),
    ).toEqual([
      [['user', 'phone'], 2, 'app', 'events-chain.csv', 2, '2026-07-01T00:00:00.000Z', 1],
      [expect.arrayContaining(['phone', 'email']), 2, 'app', 'events-chain.csv', 3, '2026-07-01T00:00:00.000Z', 1],
      [['user', 'email'], 2, 'app', 'events-chain.csv', 4, '2026-07-01T00:00:00.000Z', 2],
      [expect.arrayContaining(['user', 'member']), 2, 'app', 'events-chain.csv', 6, '2026-07-01T00:00:00.000Z', 1],
    ]);
    expect(report.chain?.map(({ from, to, line }) => [...typesOf([from, to]), line])).toEqual([
      ['user', 'phone', 2],
      ['phone', 'email', 3],
      ['email', 'user', 4],
      ['user', 'member', 6],
    ]);
    expect(report.chain?.at(-1)?.to).toBe('member:m');
  });

  test('has no way where a cut has taken it, and says which cards link no more', async () => {
    await bring([...chain, at({ id_user: 'ann', id_member: 'm' })]);
    await cut({ pair: ['email:A@b.cn', 'phone:13900000001'] });
    const report = await explainLink(home.context, 'email:a@b.cn', '13900000001');
    expect(report.chain?.map(({ from, to }) => typesOf([from, to]).join())).toEqual([
      'email,user',
      'user,member',
      'member,user',
      'user,phone',
    ]);
    expect(report.cards.filter(({ linking }) => linking.length < 2).map(({ line }) => line)).toEqual([3]);
    await cut({ identifier: 'member:m' });
    expect((await explainLink(home.context, 'user:bob', 'user:ann')).chain).toBeNull();
    expect((await explainLink(home.context, '#1')).consumer).toBe(1);
  });
});
