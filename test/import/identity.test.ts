import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../src/warehouse/sql.ts';
import { consumersOf, identifiersOf } from '../oracle/identity.ts';
import { type Cells, csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
beforeEach(() => home.reset());
afterAll(() => home.end());

let files = 0;
/** A row of a person: `u` user, `p` phone, `m` member, `e` e-mail, `x` a type nobody has described. */
const columns = { u: 'id_user', p: 'id_phone', m: 'id_member', e: 'id_email', x: 'id_x' } as const;
type Card = Partial<Record<keyof typeof columns, string>>;

function rowOf(card: Card): Cells {
  const ids = Object.entries(columns).map(([short, name]) => [name, card[short as keyof Card] ?? '']);
  return { event_time: '2026-06-01', behavior: 'pv', ...Object.fromEntries(ids), keyword: '' };
}

async function bring(cards: readonly Card[], source?: string) {
  const at = home.file(
    `events-${files}.csv`,
    csv(cards.map((card) => ({ ...rowOf(card), keyword: `file ${files++}` }))),
  );
  return home.take(at, source === undefined ? {} : { source });
}

/** Groups of rows that are one consumer: users of plain values, as told. */
const groups = async () =>
  (await home.partition())
    .map((group) => group.filter((each) => /^(user|x):/.test(each)).join(' '))
    .filter((each) => each !== '')
    .sort();

const users = (from: number, count: number, more: Card = {}): Card[] =>
  Array.from({ length: count }, (_, i) => ({ u: `u${from + i}`, ...more }));

describe('who is one consumer', () => {
  test.each([
    [
      'a phone in four spellings',
      [
        { u: '1', p: '13900000001' },
        { u: '2', p: '+86 139-0000-0001' },
        { u: '3', p: '008613900000001' },
        { u: '4', p: ' 8613900000001' },
      ],
      ['user:1 user:2 user:3 user:4'],
    ],
    [
      '86 before another number of digits is part of it',
      [
        { u: '1', p: '8613900001' },
        { u: '2', p: '13900001' },
      ],
      ['user:1', 'user:2'],
    ],
    [
      'an e-mail whatever its case',
      [
        { u: '1', e: 'a@b.cn' },
        { u: '2', e: ' A@B.CN ' },
      ],
      ['user:1 user:2'],
    ],
    ['a user not whatever its case', [{ u: 'a' }, { u: 'A' }], ['user:A', 'user:a']],
    ['equal values of two types are two', [{ u: '7' }, { x: '7' }], ['user:7', 'x:7']],
    [
      'a chain',
      [
        { u: '1', p: '13900000001' },
        { p: '13900000001', e: 'a@b' },
        { e: 'a@b', m: 'm' },
        { m: 'm', u: '2' },
      ],
      ['user:1 user:2'],
    ],
    [
      'values that name nobody',
      ['0', '-', 'NULL', 'none', 'Unknown', 'ANONYMOUS', '000000', '------'].flatMap((e, i) => [
        { u: `a${i}`, e },
        { u: `b${i}`, e },
      ]),
      null,
    ],
    [
      'five of one character name somebody',
      [
        { u: '1', e: 'aaaaa' },
        { u: '2', e: 'aaaaa' },
      ],
      ['user:1 user:2'],
    ],
  ] as const)('%s', async (_, cards, expected) => {
    await bring(cards);
    const found = await groups();
    if (expected) expect(found).toEqual(expected);
    else expect([found.length, found.filter((each) => each.includes(' '))]).toEqual([16, []]);
  });

  test('an unknown type is of its source; a known one is not', async () => {
    await bring([{ u: '1', x: 'same' }], 'one');
    await bring([{ u: '2', x: 'same' }], 'two');
    expect(await groups()).toEqual(['user:1 x:same', 'user:2 x:same']);
    await bring([{ u: '2', p: '1' }], 'one');
    await bring([{ u: '1', p: '1' }], 'two');
    expect(await groups()).toEqual(['user:1 user:2 x:same']);
  });

  test('files in any order end the same', async () => {
    const parts: Card[][] = [
      [{ u: '1', p: '1' }, { u: '2' }],
      [{ p: '1', e: 'e' }],
      [{ e: 'e', u: '2' }],
      [{ u: '3' }],
    ];
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ]) {
      await home.reset();
      for (const part of order) await bring(parts[part] ?? []);
      expect([order, await groups()]).toEqual([order, ['user:1 user:2', 'user:3']]);
    }
  });
});

describe('the guard', () => {
  const facts = () =>
    home.rows<{ who: string; rows: number }>(
      sql`SELECT toString(consumer = 0) AS who, count() AS rows FROM events GROUP BY who ORDER BY who`,
    );

  test.each([
    ['u', 'm'],
    ['m', 'u'],
  ] as const)(
    'ten of type %s beside a phone are one consumer, eleven are eleven, counted by type',
    async (type, other) => {
      const value = (i: number): Card => ({ [type]: `v${i}`, p: '13900000001' });
      await bring([...Array.from({ length: 10 }, (_, i) => value(i)), { [other]: 'w', p: '13900000001' }]);
      expect(await home.rows(sql`SELECT uniqExact(consumer) AS n FROM events`)).toEqual([{ n: 1 }]);
      await bring([value(9)]);
      expect(await home.rows(sql`SELECT uniqExact(consumer) AS n FROM events`)).toEqual([{ n: 1 }]);
      await bring([value(10)]);
      expect(await home.rows(sql`SELECT uniqExact(consumer) AS n, min(consumer) > 0 AS all FROM events`)).toEqual([
        { n: 12, all: 1 },
      ]);
    },
  );

  test('becoming shared cuts what it had linked, rows of it alone included; ceasing by undo joins again', async () => {
    await bring([...users(0, 9, { p: '13900000001' }), { p: '13900000001' }]);
    const { import: late } = await bring(users(9, 2, { p: '13900000001' }));
    expect([await groups(), await facts()]).toEqual([
      users(0, 11)
        .map(({ u }) => `user:${u}`)
        .sort(),
      [
        { who: '0', rows: 11 },
        { who: '1', rows: 1 },
      ],
    ]);
    expect((await home.consumer('user:u3')).timeline).toHaveLength(1);
    await expect(home.consumer('phone:13900000001')).rejects.toThrow('stands for more people than one can be');
    await home.undo(late);
    expect([await groups(), await facts()]).toEqual([
      [
        users(0, 9)
          .map(({ u }) => `user:${u}`)
          .join(' '),
      ],
      [{ who: '0', rows: 10 }],
    ]);
    expect((await home.consumer('phone:13900000001')).timeline).toHaveLength(10);
  });

  test('rows whose identifiers are all shared or blocked are kept, belong to nobody, and are counted', async () => {
    const report = await bring([...users(0, 11, { p: '13900000001' }), { p: '13900000001' }, { u: '0', e: 'none' }]);
    expect([report.consumers, report.unidentified, report.files[0]?.accepted]).toEqual([11, 2, 13]);
  });
});

describe('an increment', () => {
  test('gives dense numbers, and touches nobody but those it is about', async () => {
    const first = await bring([
      ...users(0, 300),
      ...users(0, 50, { p: '' }).map((card, i) => ({ ...card, p: `1390000${1000 + i}` })),
    ]);
    expect(first.consumers).toBe(300);
    expect(await home.rows(sql`SELECT max(consumer) AS highest FROM people`)).toEqual([{ highest: 300 }]);
    const people = () =>
      home.rows<{ who: string; consumer: number; version: number }>(
        sql`SELECT toString(who) AS who, consumer, version FROM people FINAL ORDER BY who`,
      );
    const [before, [last]] = [
      await people(),
      await home.rows<{ commit: number }>(sql`SELECT max(commit) AS commit FROM touched`),
    ];
    await bring([{ u: 'u7', p: '13900001008' }, { u: 'new' }]);
    const changed = (await people()).filter(
      ({ who, version }) => !before.some((each) => each.who === who && each.version === version),
    );
    expect(changed.length).toBeLessThan(8);
    const touched = await home.rows<{ people: number }>(
      sql`SELECT uniqExact(consumer) AS people FROM touched WHERE commit > ${last?.commit ?? 0}`,
    );
    expect(touched).toEqual([{ people: 3 }]);
  });
});

test('any order and any split of any cards gives what union by hand gives', async () => {
  const value = (prefix: string, most: number) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 4, arbitrary: fc.nat(most).map((n) => `${prefix}${n}`) },
      { weight: 1, arbitrary: fc.constant('0') },
    );
  const card: fc.Arbitrary<Card> = fc.record({
    u: value('u', 40),
    p: value('1390000000', 3),
    m: value('m', 20),
    e: value('e', 9),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(card, fc.nat(2)), { minLength: 20, maxLength: 90, size: 'max' }),
      async (placed) => {
        await home.reset();
        const kept = placed.filter(([each]) => Object.values(each).some((text) => text !== ''));
        for (const part of [0, 1, 2]) {
          const own = kept.filter(([, at]) => at === part).map(([each]) => each);
          if (own.length > 0) await bring(own);
        }
        const rows = kept.map(([each]) => rowOf(each));
        const { consumerOf, shared } = consumersOf(rows);
        const expected = new Map<number, Set<string>>();
        for (const row of rows) {
          const consumer = consumerOf.get(row);
          if (consumer === undefined) continue;
          const own = expected.get(consumer) ?? new Set();
          expected.set(consumer, own);
          for (const each of identifiersOf(row))
            if (!shared.has(each) && /^id_(user|member)/.test(each)) own.add(each.slice(3));
        }
        const plain = (await home.partition()).map((group) =>
          group.filter((each) => /^(user|member):/.test(each)).join(' '),
        );
        expect(plain.sort()).toEqual([...expected.values()].map((own) => [...own].sort().join(' ')).sort());
        const nobody = rows.filter((row) => !consumerOf.has(row)).length;
        expect(await home.rows(sql`SELECT countIf(consumer = 0) AS nobody, count() AS rows FROM events`)).toEqual([
          { nobody, rows: rows.length },
        ]);
      },
    ),
    { numRuns: 4, seed: 4 },
  );
}, 120_000);

describe('a consumer that is shown', () => {
  test('has its identifiers, the rows that linked them, and what it did', async () => {
    const text = csv([
      rowOf({ u: '100' }),
      rowOf({ u: '100', p: '13900000001' }),
      rowOf({ p: '13900000001', e: 'a@b.cn' }),
      rowOf({ u: '100', p: '13900000001' }),
    ]);
    await home.bring('events-linked.csv', text);
    const shown = await home.consumer('user:100');
    expect(shown.identifiers.map(({ type, personal, shared }) => [type, personal, shared])).toEqual([
      ['email', true, false],
      ['phone', true, false],
      ['user', false, false],
    ]);
    expect(
      shown.links.map(({ left, right, file, line, rows }) => [
        left.split(':')[0],
        right.split(':')[0],
        file,
        line,
        rows,
      ]),
    ).toEqual([
      ['phone', 'user', 'events-linked.csv', 3, 2],
      ['email', 'phone', 'events-linked.csv', 4, 1],
    ]);
    expect(shown.timeline.map(({ at, what }) => [at, what])).toEqual(
      Array.from({ length: 4 }, () => ['2026-06-01 00:00:00', 'item_view']),
    );
    for (const asked of ['100', `#${shown.consumer}`, 'phone:+86 13900000001', '13900000001', 'email:A@b.CN'])
      expect([asked, (await home.consumer(asked)).consumer]).toEqual([asked, shown.consumer]);
  });

  test('must be told from others of the same value, and be there', async () => {
    await bring([{ u: '7' }, { m: '7' }]);
    await expect(home.consumer('7')).rejects.toThrow('Ask with its type');
    expect((await home.consumer('member:7')).identifiers).toMatchObject([{ type: 'member', value: '7' }]);
    for (const asked of ['nobody', '#99', 'user:8', 'phone:13900000001'])
      await expect(home.consumer(asked)).rejects.toMatchObject({ code: 'consumer' });
  });
});
