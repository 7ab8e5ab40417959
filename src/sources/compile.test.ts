import { afterAll, describe, expect, test } from 'vitest';
import type { EntityName } from '../model/entities.ts';
import { type Fragment, id, sql } from '../warehouse/sql.ts';
import { compileIntake } from './compile.ts';
import type { Cell } from './mapping.ts';
import { bareWarehouse, intakeOf, turn } from './turning.fixture.ts';

const warehouse = bareWarehouse();
afterAll(() => warehouse.end());

const event = { event_time: 't', behavior: 'b', id_user: 'u' };
const review = { review_time: 't', id_user: 'u' };
const plain: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  events: ['2026-01-01', 'pv', 'u1'],
  reviews: ['2026-01-01', 'u1'],
  items: ['i1'],
  consumers: ['u1'],
  orders: ['o1', '2026-01-01', '1', 'u1'],
};
const base: Readonly<Partial<Record<EntityName, Readonly<Record<string, Cell>>>>> = {
  events: event,
  reviews: review,
  items: { item_id: 'i' },
  consumers: { id_user: 'u' },
  orders: { order_id: 'o', order_time: 't', amount: 'a', id_user: 'u' },
};

/** What the texts of one more column of otherwise sound rows come to: the value, or why the row is refused. */
async function cells(entity: EntityName, name: string, texts: readonly string[], rule: Cell = 'x'): Promise<unknown[]> {
  const intake = intakeOf(entity, { ...base[entity], [name]: rule });
  const columns = [...new Set([...intake.columns, 'x'])];
  const rows = texts.map((text) => [...(plain[entity] ?? []), text]);
  const got = await turn(warehouse, { ...intake, columns }, rows, sql`why, toString(${id(name)}) AS value`);
  return got.map((row) => row.why || row.value);
}

async function moments(texts: readonly string[], zone: string, format?: string): Promise<unknown[]> {
  const rule: Cell = format === undefined ? 't' : { column: 't', format };
  const intake = intakeOf(
    'events',
    { ...event, event_time: rule },
    { columns: ['t', 'b', 'u'], clock: { zone, now: '2026-07-01T00:00:00.000Z' } },
  );
  const rows = texts.map((text) => [text, 'pv', 'u1']);
  const got = await turn(
    warehouse,
    intake,
    rows,
    sql`why, concat(formatDateTime(at, '%F %T', 'UTC'), ' ', toString(day)) AS value`,
  );
  return got.map((row) => row.why || row.value);
}

describe('times', () => {
  const shanghai: [text: string, got: string][] = [
    ['2017-12-03', '2017-12-02 16:00:00 2017-12-03'],
    ['2017-12-03 10:05', '2017-12-03 02:05:00 2017-12-03'],
    ['2017-12-03 07:59:59.999', '2017-12-02 23:59:59 2017-12-03'],
    ['2017-12-03T10:05:06.789+08:00', '2017-12-03 02:05:06 2017-12-03'],
    ['2017-12-03T10:05:06-0500', '2017-12-03 15:05:06 2017-12-03'],
    ['2017-12-03T16:00:00Z', '2017-12-03 16:00:00 2017-12-04'],
    ['2019-10-01 00:00:00 UTC', '2019-10-01 00:00:00 2019-10-01'],
    ['1511544070', '2017-11-24 17:21:10 2017-11-25'],
    ['1511544070123', '2017-11-24 17:21:10 2017-11-25'],
    ['2017年12月3日 10:05:06', '2017-12-03 02:05:06 2017-12-03'],
    ['2017/1/2 8:05', '2017-01-02 00:05:00 2017-01-02'],
    ['20171203', '2017-12-02 16:00:00 2017-12-03'],
    ['20171203100506', '2017-12-03 02:05:06 2017-12-03'],
    [' 2016-2-29 ', '2016-02-28 16:00:00 2016-02-29'],
    ['2026-07-02 08:00:00', '2026-07-02 00:00:00 2026-07-02'],
    ['2026-07-02 08:00:01', 'future:event_time'],
    ['2017-02-30', 'time:event_time'],
    ['2017-02-29', 'time:event_time'],
    ['2017-13-01', 'time:event_time'],
    ['2017-12-03 25:00', 'time:event_time'],
    ['2017-12-03 10:60', 'time:event_time'],
    ['1969-12-31', 'time:event_time'],
    ['yesterday', 'time:event_time'],
    ['12', 'time:event_time'],
    ['-1511544070', 'time:event_time'],
    ['', 'missing:event_time'],
  ];
  test('of all forms in one column are read, each by itself', async () => {
    const got = await moments(
      shanghai.map(([text]) => text),
      'Asia/Shanghai',
    );
    expect(got).toEqual(shanghai.map(([, value]) => value));
  });

  const newYork: [text: string, got: string][] = [
    ['2021-03-13 23:30:00', '2021-03-14 04:30:00 2021-03-13'],
    ['2021-03-14 01:30:00', '2021-03-14 06:30:00 2021-03-14'],
    ['2021-03-14 03:30:00', '2021-03-14 07:30:00 2021-03-14'],
    ['2021-11-07 23:30:00', '2021-11-08 04:30:00 2021-11-07'],
    ['2021-11-08T03:30:00Z', '2021-11-08 03:30:00 2021-11-07'],
  ];
  test('in a zone with summer time have the day of that zone', async () => {
    const got = await moments(
      newYork.map(([text]) => text),
      'America/New_York',
    );
    expect(got).toEqual(newYork.map(([, value]) => value));
  });

  test('by a pattern are read by it alone', async () => {
    const got = await moments(
      ['12/01/2010 08:26', '2010-12-01', '13/01/2010 08:26'],
      'Asia/Shanghai',
      'MM/dd/yyyy HH:mm',
    );
    expect(got).toEqual(['2010-12-01 00:26:00 2010-12-01', 'time:event_time', 'time:event_time']);
  });

  test('that may lie ahead are no reject on a launch', async () => {
    expect(await cells('items', 'launch_date', ['2027-01-01', '2026-01-02', 'soon', ''])).toEqual([
      '2027-01-01',
      '2026-01-02',
      'time:launch_date',
      null,
    ]);
  });
});

describe('cells by kind', () => {
  const tables: [what: string, entity: EntityName, column: string, rows: [text: string, got: string | null][]][] = [
    [
      'money is an integer of the minor unit, half away from zero',
      'events',
      'amount',
      [
        ['129', '12900'],
        ['129.00', '12900'],
        ['1,234.50', '123450'],
        ['¥129.00', '12900'],
        ['￥1，234', '123400'],
        ['129.00元', '12900'],
        ['-3.5', '-350'],
        ['0.005', '1'],
        ['0.0049', '0'],
        ['90000000000000000000000000000000', 'number:amount'],
        ['abc', 'number:amount'],
        ['1-2', 'number:amount'],
        ['--1', 'number:amount'],
        ['1e', 'number:amount'],
        ['0x10', 'number:amount'],
        ['元', 'number:amount'],
        ['+1.5', '150'],
        ['.5', '50'],
        ['1e2', '10000'],
        ['1.2.3', 'number:amount'],
        ['', null],
      ],
    ],
    [
      'numbers',
      'events',
      'value',
      [
        ['4.5', '4.5'],
        ['1,000', '1000'],
        ['-2', '-2'],
        ['nan', 'number:value'],
        ['inf', 'number:value'],
        ['two', 'number:value'],
        ['', null],
      ],
    ],
    [
      'ratings are from 1 to 5',
      'reviews',
      'rating',
      [
        ['1', '1'],
        ['5', '5'],
        ['4.5', '4.5'],
        ['0', 'range:rating'],
        ['6', 'range:rating'],
        ['good', 'range:rating'],
        ['', null],
      ],
    ],
    [
      'flags',
      'reviews',
      'append',
      [
        ['true', '1'],
        ['FALSE', '0'],
        ['1', '1'],
        ['否', '0'],
        ['是', '1'],
        ['', '0'],
        ['maybe', 'flag:append'],
      ],
    ],
    [
      'genders are f and m in whatever words',
      'consumers',
      'gender',
      [
        ['女', 'f'],
        ['Male', 'm'],
        ['F', 'f'],
        ['secret', 'secret'],
        ['', ''],
      ],
    ],
    [
      'states of an order',
      'orders',
      'status',
      [
        ['交易关闭', 'closed'],
        ['等待买家付款', 'unpaid'],
        ['CANCELED', 'cancelled'],
        ['交易成功', '交易成功'],
        ['', ''],
      ],
    ],
    [
      'texts are trimmed',
      'items',
      'title',
      [
        ['  a b ', 'a b'],
        ['', ''],
      ],
    ],
  ];
  test.each(tables)('%s', async (_what, entity, column, rows) => {
    const texts = rows.map(([text]) => text);
    expect(await cells(entity, column, texts)).toEqual(rows.map(([, got]) => got));
  });

  test('behaviours are words of the vocabulary in any case, synonyms, or as they stand', async () => {
    const rows = [
      ['pv', 'item_view'],
      ['VIEW', 'item_view'],
      ['fav', 'favorite'],
      ['add_to_cart', 'cart'],
      ['buy', 'pay'],
      ['purchase', 'pay'],
      ['Cart', 'cart'],
      ['Unboxing', 'Unboxing'],
      ['', 'missing:behavior'],
    ];
    const got = await turn(
      warehouse,
      intakeOf('events', event),
      rows.map(([word = '']) => ['2026-01-01', word, 'u1']),
      sql`if(why = '', toString(behavior), why) AS got`,
    );
    expect(got.map((row) => row.got)).toEqual(rows.map(([, want]) => want));
  });
});

describe('rules of cells', () => {
  const rules: [what: string, rule: Cell, rows: [x: string, y: string, got: string][]][] = [
    ['a constant', { constant: 'c' }, [['1', '2', 'c']]],
    [
      'the first column that is not empty',
      { column: ['x', 'y'] },
      [
        ['1', '2', '1'],
        ['', '2', '2'],
        ['', '', ''],
      ],
    ],
    [
      'a product',
      { multiply: ['x', 'y'] },
      [
        ['3', '2.55', '7.65'],
        ['-2', '¥1,000', '-2000'],
        ['', '2', ''],
        ['a', '2', 'a × 2'],
        ['9000000000000', '2', '9000000000000 × 2'],
      ],
    ],
    ['a product without its sign', { multiply: ['x', 'y'], absolute: true }, [['-3', '2.5', '7.5']]],
    [
      'a number without its sign',
      { column: 'x', absolute: true },
      [
        ['-3.50', '', '3.5'],
        ['n/a', '', 'n/a'],
      ],
    ],
    [
      'columns joined',
      { join: { columns: ['x', 'y'], by: '/' } },
      [
        ['a', 'b', 'a/b'],
        ['', 'b', 'b'],
        ['a', '', 'a'],
        ['', '', ''],
      ],
    ],
    [
      'spreadsheet dress',
      { column: 'x', undress: true },
      [
        ['="0012"', '', '0012'],
        ["'138", '', '138'],
        ['\t77\t', '', '77'],
        ['12', '', '12'],
        ['', '', ''],
      ],
    ],
    [
      'an ending',
      { column: 'x', ending: '.0' },
      [
        ['17850.0', '', '17850'],
        ['17850', '', '17850'],
        ['.0', '', ''],
      ],
    ],
    [
      'masks',
      { column: 'x', masked: 'anonymous' },
      [
        ['138****0001', '', 'anonymous'],
        ['13800000001', '', '13800000001'],
      ],
    ],
    [
      'values',
      { column: 'x', values: { created: 'unpaid' } },
      [
        ['created', '', 'unpaid'],
        ['shipped', '', 'shipped'],
      ],
    ],
    [
      'a word for nothing, and a prefix',
      { column: 'x', empty: 'none', prefix: 'p:' },
      [
        ['', '', 'p:none'],
        ['1', '', 'p:1'],
      ],
    ],
    [
      'a prefix alone adds nothing to nothing',
      { column: 'x', prefix: 'p:' },
      [
        ['', '', ''],
        ['1', '', 'p:1'],
      ],
    ],
    [
      'a condition',
      { column: 'x', when: { column: 'y', in: ['a', 'b'] } },
      [
        ['1', 'a', '1'],
        ['1', 'c', ''],
      ],
    ],
    [
      'a condition and otherwise',
      { column: 'x', when: { column: 'y', not_starts: 'C' }, otherwise: '0' },
      [
        ['1', 'C1', '0'],
        ['1', '1', '1'],
      ],
    ],
    [
      'all tests of a condition',
      { column: 'x', when: { column: 'y', starts: '1', above: 9, empty: false } },
      [
        ['1', '10', '1'],
        ['1', '1', ''],
        ['1', '', ''],
      ],
    ],
    ['a column the file has not', { column: 'z', empty: 'e' }, [['1', '2', 'e']]],
  ];
  test.each(rules)('%s', async (_what, rule, rows) => {
    const intake = intakeOf('items', { item_id: 'i', title: rule }, { columns: ['i', 'x', 'y'] });
    const got = await turn(
      warehouse,
      intake,
      rows.map(([x, y]) => ['i1', x, y]),
      sql`title`,
    );
    expect(got.map((row) => row.title)).toEqual(rows.map(([, , want]) => want));
  });

  test('a product that is no number refuses the row for that reason', async () => {
    const intake = intakeOf(
      'orders',
      { ...base.orders, amount: { multiply: ['q', 'p'] } },
      { columns: ['o', 't', 'q', 'p', 'u'] },
    );
    const got = await turn(
      warehouse,
      intake,
      [
        ['o1', '2026-01-01', 'two', '3', 'u1'],
        ['o1', '2026-01-01', '', '3', 'u1'],
      ],
      sql`why`,
    );
    expect(got.map((row) => row.why)).toEqual(['number:amount', 'missing:amount']);
  });
});

describe('identifiers', () => {
  const phone = { ...event, id_phone: 'p', id_email: 'm' };
  const people = (rows: readonly (readonly string[])[], what: Fragment) =>
    turn(
      warehouse,
      intakeOf('events', phone),
      rows.map((row) => ['2026-01-01', 'pv', ...row]),
      what,
    );

  test('are compared by what they mean', async () => {
    const phones = ['13912345678', '+86 139-1234-5678', '008613912345678', '8613912345678', '13912345679'];
    const got = await people(
      phones.map((each) => ['', each, '']),
      sql`norm_phone AS value, toString(who) AS who`,
    );
    expect(got.map((row) => row.value)).toEqual([...Array(4).fill('13912345678'), '13912345679']);
    expect(new Set(got.map((row) => row.who)).size).toBe(2);
    const mails = await people(
      ['A@X.cn', ' a@x.CN '].map((each) => ['', '', each]),
      sql`norm_email AS value, toString(who) AS who`,
    );
    expect(mails[0]).toEqual({ value: 'a@x.cn', who: mails[1]?.who });
  });

  const nobody = ['0', '-', 'null', 'None', 'UNKNOWN', 'anonymous', '000000000000', '11111111111', 'xxxxxx'];
  test('that name nobody keep the row and link nothing', async () => {
    const rows = [...nobody, '00000', 'u1'].map((each) => [each, '', '']);
    const got = await people(rows, sql`why, who != 0 AS known, length(idents) AS cards`);
    const lost = nobody.map(() => ({ why: '', known: 0, cards: 0 }));
    expect(got).toEqual([...lost, { why: '', known: 1, cards: 1 }, { why: '', known: 1, cards: 1 }]);
  });

  test('on a row are its card: sorted, once each, a single one being its own', async () => {
    const got = await people(
      [
        ['u1', '13912345678', ''],
        ['u1', '', ''],
        ['', '13912345678', ''],
        ['u1', '13912345678', '0'],
        ['', '', ''],
      ],
      sql`toString(who) AS who, arrayMap(x -> toString(x), idents) AS idents, why, toString(ident_user) AS user`,
    );
    const [both, user, only, blocked, none] = got;
    expect(user?.idents).toEqual([user?.who]);
    expect(both?.idents).toEqual(
      [user?.who, only?.who].sort((a, b) => (BigInt(String(a)) < BigInt(String(b)) ? -1 : 1)),
    );
    expect(blocked?.who).toBe(both?.who);
    expect([user?.who, only?.who]).not.toContain(both?.who);
    expect(none?.why).toBe('no_identifier:id_');
  });

  test('of a type nobody described belong to their source, known types to everybody', async () => {
    const who = async (column: string, source: string) => {
      const intake = intakeOf('events', { event_time: 't', behavior: 'b', [column]: 'u' }, { source });
      return (await turn(warehouse, intake, [['2026-01-01', 'pv', '7']], sql`toString(who) AS who`))[0]?.who;
    };
    expect(await who('id_user', 'a')).toBe(await who('id_user', 'b'));
    expect(await who('id_club', 'a')).not.toBe(await who('id_club', 'b'));
    expect(await who('id_club', 'a')).not.toBe(await who('id_user', 'a'));
  });

  test('that are personal never lie in props as they came, nor does what a mapping withholds', async () => {
    const more = { columns: ['t', 'b', 'u', 'id_phone', 'name', 'note'] };
    const intake = intakeOf('events', event, more);
    const given = { ...intake, mapping: { ...intake.mapping, withheld: ['name'] } };
    const [row] = await turn(warehouse, given, [['2026-01-01', 'pv', 'u1', '13912345678', '王小明', 'n']], sql`props`);
    expect(row?.props).toEqual({ note: 'n' });
    const { unmapped, withheld } = compileIntake(given);
    expect({ unmapped, withheld }).toEqual({ unmapped: ['note'], withheld: ['id_phone', 'name'] });
  });
});

describe('identity of a row', () => {
  const keyed = { ...event, event_id: 'e' };
  const keysOf = async (
    entity: EntityName,
    columns: Readonly<Record<string, Cell>>,
    rows: readonly (readonly string[])[],
    source = 's',
  ) =>
    (
      await turn(warehouse, intakeOf(entity, columns, { source }), rows, sql`toString(key) AS k, toString(body) AS b`)
    ).map(({ k, b }) => [k, b]);

  test('with an event_id is the same in every file of a source, whatever stands in front of it', async () => {
    const row = ['2026-01-01', 'pv', 'u1', 'e1'];
    const [first] = await keysOf('events', keyed, [row]);
    const [, moved] = await keysOf('events', keyed, [['2026-01-02', 'cart', 'u2', 'e2'], row]);
    const [other] = await keysOf('events', keyed, [row], 'other');
    const [none, zero] = await keysOf('events', keyed, [
      ['2026-01-01', 'pv', 'u1', ''],
      ['2026-01-01', 'pv', 'u1', '0'],
    ]);
    expect(moved).toEqual(first);
    expect(other?.[0]).not.toBe(first?.[0]);
    expect(none?.[0]).toBe('0');
    expect(zero?.[0]).not.toBe('0');
  });

  test('does not depend on which columns beside the key a file has', async () => {
    const [bare] = await keysOf('media_spend', { date: 'd', channel: 'c', cost: 'x' }, [['2026-01-01', 'feed', '1']]);
    const full = { date: 'd', channel: 'c', cost: 'x', platform: 'p', campaign_id: 'k' };
    const [empty] = await keysOf('media_spend', full, [['2026-01-01', 'feed', '1', '', '']]);
    const [named] = await keysOf('media_spend', full, [['2026-01-01', 'feed', '1', 'A', '']]);
    const [other] = await keysOf('media_spend', full, [['2026-01-01', 'feed', '1', '', 'A']]);
    expect(empty?.[0]).toBe(bare?.[0]);
    expect(new Set([bare, named, other].map((each) => each?.[0])).size).toBe(3);
  });

  test('of rows about nobody is their place in the file', async () => {
    const rows = [
      ['anonymous', '上海'],
      ['u1', '上海'],
    ];
    const [nobody, somebody] = await keysOf('consumers', { id_user: 'u', city: 'c' }, rows);
    expect(nobody?.[0]).toBe('0');
    expect(somebody?.[0]).not.toBe('0');
  });

  const bodies: [what: string, row: readonly string[], same: boolean][] = [
    ['the same row', ['o1', '2026-01-01', '1', 'u1', 'x'], true],
    ['another amount', ['o1', '2026-01-01', '2', 'u1', 'x'], false],
    ['another person', ['o1', '2026-01-01', '1', 'u2', 'x'], false],
    ['another unmapped cell', ['o1', '2026-01-01', '1', 'u1', 'y'], false],
  ];
  test.each(bodies)('tells %s by its body', async (_what, row, same) => {
    const intake = intakeOf('orders', { ...base.orders }, { columns: ['o', 't', 'a', 'u', 'rest'] });
    const got = await turn(warehouse, intake, [['o1', '2026-01-01', '1', 'u1', 'x'], row], sql`toString(body) AS body`);
    expect(got[0]?.body === got[1]?.body).toBe(same);
  });
});

describe('columns of a file', () => {
  test('that no rule takes on every row stay in props, where they are not empty', async () => {
    const amount: Cell = { column: 'price', when: { column: 'b', in: ['buy'] } };
    const intake = intakeOf('events', { ...event, amount }, { columns: ['t', 'b', 'u', 'price', '颜色', 'size'] });
    const rows = [
      ['2026-01-01', 'pv', 'u1', '5', '红', ''],
      ['2026-01-01', 'buy', 'u1', '5', '', ''],
    ];
    const got = await turn(warehouse, intake, rows, sql`amount, props`);
    expect(got).toEqual([
      { amount: null, props: { price: '5', 颜色: '红' } },
      { amount: 500, props: { price: '5' } },
    ]);
    expect(compileIntake(intake).unmapped).toEqual(['price', '颜色', 'size']);
  });

  test('that come and go leave the stored columns alike, and rules without their column say nothing', async () => {
    const columns = { ...event, amount: 'a', id_phone: 'p' };
    const first = intakeOf('events', columns, { columns: ['u', 't', 'b'], varying: true });
    const second = intakeOf('events', columns, { columns: ['t', 'b', 'p', 'a', 'z'], varying: true });
    expect(compileIntake(first).stored).toEqual(compileIntake(second).stored);
    const what = sql`why, amount, length(idents) AS cards, props`;
    expect(await turn(warehouse, first, [['u1', '2026-01-01', 'pv']], what)).toEqual([
      { why: '', amount: null, cards: 1, props: {} },
    ]);
    expect(await turn(warehouse, second, [['2026-01-01', 'pv', '13912345678', '2', '9']], what)).toEqual([
      { why: '', amount: 200, cards: 1, props: { z: '9' } },
    ]);
  });

  test('that a headless file lacks are no reason to refuse it: time and person', async () => {
    const intake = intakeOf('orders', { order_id: 'o', amount: 'a' });
    const headless = { ...intake, mapping: { ...intake.mapping, headless: true } };
    const names = compileIntake(headless).stored.map(({ name }) => name);
    expect(names).toEqual(['order_id', 'amount', 'key', 'body']);
    expect(await turn(warehouse, headless, [['o1', '5']], sql`why, amount`)).toEqual([{ why: '', amount: 500 }]);
  });

  const wrong: [what: string, columns: Readonly<Record<string, Cell>>, message: RegExp][] = [
    ['a column the entity has not', { ...event, colour: 'x' }, /colour that events does not have; it has event_id,/],
    ['no column for what is required', { event_time: 't', id_user: 'u' }, /events needs behavior/],
    ['a rule without a text', { ...event, brand: { empty: 'x' } }, /none of column, constant, join and multiply/],
  ];
  test.each(wrong)('a mapping with %s is refused', (_what, columns, message) => {
    expect(() => compileIntake(intakeOf('events', columns)).select(sql`x`)).toThrow(message);
  });
});
