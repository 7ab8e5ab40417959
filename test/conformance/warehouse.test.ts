import { describe, expect, test } from 'vitest';
import { as, type Fragment, sql } from '../../src/warehouse/sql.ts';
import type { Payload, Row, Warehouse } from '../../src/warehouse/warehouse.ts';
import { engines, opening, plain } from './warehouses.fixture.ts';

const values: readonly [name: string, value: unknown, type: string, text: string | null][] = [
  ['text', 'a', 'String', 'a'],
  ['an empty text', '', 'String', ''],
  ['both quotes', `'it''s' "x" \`y\``, 'String', `'it''s' "x" \`y\``],
  ['backslashes', 'a\\b\\\\c\\', 'String', 'a\\b\\\\c\\'],
  ['a backslash before a quote', "a\\' OR 1=1 --", 'String', "a\\' OR 1=1 --"],
  ['escapes spelt out', '\\t\\n\\0\\x41', 'String', '\\t\\n\\0\\x41'],
  ['tab and line breaks', 'a\tb\nc\r\nd', 'String', 'a\tb\nc\r\nd'],
  ['NUL and other controls', 'a\u0000b\u0001\b\f\u001b', 'String', 'a\u0000b\u0001\b\f\u001b'],
  ['Chinese', '千程：双11', 'String', '千程：双11'],
  ['emoji', '🛍️👩‍👩‍👧', 'String', '🛍️👩‍👩‍👧'],
  ['the mark of null', '\\N', 'String', '\\N'],
  ['the word null', 'NULL', 'String', 'NULL'],
  ['a placeholder', '{p1:String} ? $1 %s', 'String', '{p1:String} ? $1 %s'],
  ['a second statement', "'; DROP TABLE kept; --", 'String', "'; DROP TABLE kept; --"],
  ['a comment', 'a -- b /* c */ # d', 'String', 'a -- b /* c */ # d'],
  ['zero', 0, 'Int64', '0'],
  ['a negative number', -5, 'Int64', '-5'],
  ['the largest safe integer', Number.MAX_SAFE_INTEGER, 'Int64', '9007199254740991'],
  ['the smallest safe integer', Number.MIN_SAFE_INTEGER, 'Int64', '-9007199254740991'],
  ['a fraction', -0.25, 'Float64', '-0.25'],
  ['a large float', 1e300, 'Float64', '1e300'],
  ['not a number', Number.NaN, 'Float64', 'nan'],
  ['infinity', Number.POSITIVE_INFINITY, 'Float64', 'inf'],
  ['minus infinity', Number.NEGATIVE_INFINITY, 'Float64', '-inf'],
  ['true', true, 'Bool', 'true'],
  ['false', false, 'Bool', 'false'],
  ['the largest UInt64', as(18446744073709551615n, 'UInt64'), 'UInt64', '18446744073709551615'],
  ['the smallest Int64', as(-9223372036854775808n, 'Int64'), 'Int64', '-9223372036854775808'],
  ['a UInt64 as text', as('18446744073709551615', 'UInt64'), 'UInt64', '18446744073709551615'],
  ['a UInt128', as(2n ** 128n - 1n, 'UInt128'), 'UInt128', '340282366920938463463374607431768211455'],
  ['a day', as('2017-12-03', 'Date'), 'Date', '2017-12-03'],
  ['a day of a moment', as(new Date('2017-12-03T23:59:59.999Z'), 'Date'), 'Date', '2017-12-03'],
  ['a moment', new Date('2017-12-03T01:02:03.456Z'), "DateTime64(3, 'UTC')", '2017-12-03 01:02:03.456'],
  ['a moment before 1970', new Date(-1), "DateTime64(3, 'UTC')", '1969-12-31 23:59:59.999'],
  ['a moment to the second', as(new Date(1.5e12), "DateTime('UTC')"), "DateTime('UTC')", '2017-07-14 02:40:00'],
  ['null', as(null, 'Nullable(String)'), 'Nullable(String)', null],
  ['a null number', as(null, 'Nullable(Int64)'), 'Nullable(Int64)', null],
  ['an empty list', [], 'Array(String)', '[]'],
  ['a list of text', ["a'b", 'c\\d', '千', 'e\tf', ''], 'Array(String)', "['a\\'b','c\\\\d','千','e\\tf','']"],
  ['a list of integers', [1, -2, 3], 'Array(Int64)', '[1,-2,3]'],
  ['a list of mixed numbers', [1, 2.5], 'Array(Float64)', '[1,2.5]'],
  ['a list of large integers', as([1n, 2n ** 64n - 1n], 'Array(UInt64)'), 'Array(UInt64)', '[1,18446744073709551615]'],
  ['a list with null', as(['NULL', null], 'Array(Nullable(String))'), 'Array(Nullable(String))', "['NULL',NULL]"],
  ['a list of lists', [['a'], ['b', 'c']], 'Array(Array(String))', "[['a'],['b','c']]"],
];

const readings: readonly [expression: string, value: unknown][] = [
  ["toDate('2017-12-03')", '2017-12-03'],
  ["toDateTime64('2017-12-03 01:02:03.456', 3, 'UTC')", '2017-12-03 01:02:03.456'],
  ["toDateTime('2017-12-03 01:02:03')", '2017-12-03 01:02:03'],
  ["toUnixTimestamp(toDateTime('1970-01-02 00:00:00'))", 86400],
  ['CAST(NULL AS Nullable(Int64))', null],
  ["CAST(NULL AS Nullable(DateTime64(3, 'UTC')))", null],
  ["map('a', '千', 'b', '')", { a: '千', b: '' }],
  ['[1, 2]::Array(UInt8)', [1, 2]],
  ["('a', 1)::Tuple(x String, y UInt8)", { x: 'a', y: 1 }],
  ['toUInt64(9007199254740991)', 9007199254740991],
  ['toInt64(-9007199254740991)', -9007199254740991],
  ['toString(18446744073709551615::UInt64)', '18446744073709551615'],
  ['count()', 1],
  ['0.1 + 0.2', 0.30000000000000004],
  ['nan', null],
  ['inf', null],
  ['true', true],
  ["toLowCardinality('a')", 'a'],
  ["'line\\nbreak\\t\\0\\\\ \" 😀'", 'line\nbreak\t\0\\ " 😀'],
  ["(SELECT b FROM (SELECT 1 AS a) AS l LEFT JOIN (SELECT 2 AS a, 'x' AS b) AS r ON l.a = r.a)", ''],
];

const text = (content: string) => Buffer.from(content);

const payloads: readonly {
  readonly name: string;
  readonly payload: Omit<Payload, 'table' | 'columns'>;
  readonly rows: readonly (readonly [string, string])[];
}[] = [
  {
    name: 'CSV with commas',
    payload: { format: 'CSV', bytes: text('1,a\n2,b\n') },
    rows: [
      ['1', 'a'],
      ['2', 'b'],
    ],
  },
  { name: 'CSV with bars', payload: { format: 'CSV', delimiter: '|', bytes: text('1|a,b\n') }, rows: [['1', 'a,b']] },
  {
    name: 'CSV with semicolons',
    payload: { format: 'CSV', delimiter: ';', bytes: text('1;a,b\n') },
    rows: [['1', 'a,b']],
  },
  {
    name: 'CSV with control characters',
    payload: { format: 'CSV', delimiter: '\u0001', bytes: text('1\u0001a\n') },
    rows: [['1', 'a']],
  },
  {
    name: 'quotes as characters like any other',
    payload: { format: 'CSV', bytes: text(`"1",'a'\n2,"half\n3,5" x 7"\n`) },
    rows: [
      ['"1"', "'a'"],
      ['2', '"half'],
      ['3', '5" x 7"'],
    ],
  },
  {
    name: 'blanks, empty fields, NULL and \\N as they stand',
    payload: { format: 'CSV', bytes: text(' 1 , a b \n,\n2,NULL\n3,\\N\n') },
    rows: [
      [' 1 ', ' a b '],
      ['', ''],
      ['2', 'NULL'],
      ['3', '\\N'],
    ],
  },
  {
    name: 'CSV without a last line break',
    payload: { format: 'CSV', bytes: text('1,a\n2,b') },
    rows: [
      ['1', 'a'],
      ['2', 'b'],
    ],
  },
  {
    name: 'CSV whose first row looks like a header',
    payload: { format: 'CSV', bytes: text('k,v\n1,a\n') },
    rows: [
      ['k', 'v'],
      ['1', 'a'],
    ],
  },
  {
    name: 'unicode',
    payload: { format: 'CSV', bytes: text('千,🛍️\né,ﬁ\n') },
    rows: [
      ['千', '🛍️'],
      ['é', 'ﬁ'],
    ],
  },
  {
    name: 'escapes of TabSeparated',
    payload: { format: 'TabSeparated', bytes: text('1\ta\\tb\\nc\\\\d\\0"\n2\t\n') },
    rows: [
      ['1', 'a\tb\nc\\d\0"'],
      ['2', ''],
    ],
  },
  {
    name: 'JSONEachRow',
    payload: { format: 'JSONEachRow', bytes: text('{"k":"1","v":"a\\n千"}\n') },
    rows: [['1', 'a\n千']],
  },
  {
    name: 'RowBinary',
    payload: { format: 'RowBinary', bytes: Uint8Array.from([1, 49, 2, 0, 255, 1, 50, 0]) },
    rows: [
      ['1', '\0\ufffd'],
      ['2', ''],
    ],
  },
];

async function collected(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
describe.each(engines)('$name', (engine) => {
  const { skip } = engine;
  const { warehouse, only, table } = opening(engine);

  describe('bound values', () => {
    test.skipIf(skip).each(values)('%s comes back as it went in', async (_name, value, type, expected) => {
      const answer = await only(sql`SELECT toString(${value}) AS text, toTypeName(${value}) AS type`);
      expect(answer).toEqual({ text: expected, type });
    });

    test.skipIf(skip)('every byte of a text is kept', async () => {
      const value = `\0\t\n\r\b\f\\'"千😀${String.fromCharCode(...Array.from({ length: 127 }, (_, i) => i + 1))}`;
      expect(await only(sql`SELECT hex(${value}) AS hex`)).toEqual({ hex: text(value).toString('hex').toUpperCase() });
    });

    test.skipIf(skip)('a text of two megabytes and a list of a hundred thousand numbers are taken', async () => {
      const long = 'x千'.repeat(500_000);
      const list = Array.from({ length: 100_000 }, (_, i) => i);
      const answer = await only(sql`SELECT length(${long}) AS bytes, arraySum(${list}) AS total`);
      expect(answer).toEqual({ bytes: 2_000_000, total: 4_999_950_000 });
      const { t } = await table('v String');
      await warehouse().run(sql`INSERT INTO ${t} SELECT ${long}`);
      const found = sql`SELECT toUInt8(count()) AS n FROM ${t} WHERE v = ${long}`;
      expect([...(await warehouse().bytes(found))]).toEqual([1]);
      expect(await collected(warehouse().stream(found))).toEqual([{ n: 1 }]);
    });

    test.skipIf(skip)('sql-injection: a hostile text stored, found and deleted stays a value', async () => {
      const { t } = await table('v String');
      const hostile = "x'); DROP TABLE kept; INSERT INTO kept VALUES ('\\";
      await warehouse().run(sql`INSERT INTO ${t} SELECT ${hostile} UNION ALL SELECT 'kept'`);
      expect(await warehouse().rows(sql`SELECT v FROM ${t} WHERE v IN ${[hostile]}`)).toEqual([{ v: hostile }]);
      await warehouse().run(sql`DELETE FROM ${t} WHERE v = ${hostile}`);
      expect(await warehouse().rows(sql`SELECT v FROM ${t}`)).toEqual([{ v: 'kept' }]);
    });

    test.skipIf(skip)('forty questions at once get each their own values', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, i) => only(sql`SELECT ${i} AS n, ${`text ${i}`} AS text, sleep(0.01) AS s`)),
      );
      expect(answers).toEqual(Array.from({ length: 40 }, (_, i) => ({ n: i, text: `text ${i}`, s: 0 })));
    });
  });

  describe('answers', () => {
    test.skipIf(skip).each(readings)('%s reads as documented', async (expression, value) => {
      expect(await only(sql`SELECT ${plain(expression)} AS value`)).toEqual({ value });
    });

    test.skipIf(skip)('no rows are an empty answer', async () => {
      const none = sql`SELECT 1 AS n WHERE ${1} = 2`;
      expect(await warehouse().rows(none)).toEqual([]);
      expect(await collected(warehouse().stream(none))).toEqual([]);
      expect(await warehouse().bytes(none)).toHaveLength(0);
    });

    test.skipIf(skip)('a stream gives the rows of the question in their order', async () => {
      const question = sql`SELECT number AS n, concat(${'千\n'}, toString(number)) AS t FROM numbers(150000) ORDER BY n`;
      const streamed = await collected(warehouse().stream(question));
      expect(streamed).toHaveLength(150_000);
      expect(streamed).toEqual(await warehouse().rows(question));
    });

    test.skipIf(skip)('streams that are left early free their place', async () => {
      for (let i = 0; i < 10; i += 1) {
        for await (const row of warehouse().stream(sql`SELECT number AS n, ${i} AS i FROM numbers(1000000)`)) {
          expect(row).toEqual({ n: 0, i });
          break;
        }
      }
      expect(await only(sql`SELECT ${'after'} AS value`)).toEqual({ value: 'after' });
    });

    test.skipIf(skip)('a stream that nobody reads on holds no other question back', async () => {
      const reader = warehouse().stream(sql`SELECT number AS n FROM numbers(1000000)`)[Symbol.asyncIterator]();
      expect((await reader.next()).value).toEqual({ n: 0 });
      expect(await only(sql`SELECT ${1} AS one`)).toEqual({ one: 1 });
      await reader.return?.();
    });

    test.skipIf(skip)('numbers come as little-endian RowBinary', async () => {
      const bytes = await warehouse().bytes(sql`SELECT toUInt32(number + ${1}) AS a, number AS b FROM numbers(3)`);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const rows = [0, 12, 24].map((at) => [view.getUint32(at, true), view.getBigUint64(at + 4, true)]);
      expect(bytes).toHaveLength(36);
      expect(rows).toEqual([
        [1, 0n],
        [2, 1n],
        [3, 2n],
      ]);
    });

    test.skipIf(skip).each([
      ['rows', (asked: Warehouse, question: Fragment) => asked.rows(question)],
      ['stream', (asked: Warehouse, question: Fragment) => collected(asked.stream(question))],
      ['bytes', (asked: Warehouse, question: Fragment) => asked.bytes(question)],
    ])('an error after a hundred thousand rows fails %s instead of cutting them short', async (_name, ask) => {
      const late = sql`SELECT number, throwIf(number = 300000, 'too late') AS t FROM numbers(400000) SETTINGS max_block_size = 1000, max_threads = 1`;
      await expect(ask(warehouse(), late)).rejects.toThrow(/too late/);
      expect(await only(sql`SELECT ${1} AS one`)).toEqual({ one: 1 });
    });
  });

  describe('inserts', () => {
    test.skipIf(skip).each(payloads)('$name', async ({ payload, rows }) => {
      const { name, t } = await table('k String, v String, n UInt64 DEFAULT 7', 'Memory');
      await warehouse().insert({ table: name, columns: ['k', 'v'], ...payload }, { threads: 1 });
      const expected = rows.map(([k, v]) => ({ k, v, n: 7 }));
      expect(await warehouse().rows(sql`SELECT k, v, n FROM ${t}`)).toEqual(expected);
    });

    test.skipIf(skip)('rows are turned on their way in, with bound values', async () => {
      const { name, t } = await table('k String, n Int64', 'Memory');
      await warehouse().insert({
        table: name,
        columns: ['k', 'n'],
        format: 'CSV',
        delimiter: ';',
        bytes: text('a;1\nb;2\nc;3\n'),
        through: {
          structure: 'x String, y String',
          select: (source) => sql`SELECT concat(${"it's\\"}, x), toInt64(y) * ${-2} FROM ${source} WHERE x != ${'b'}`,
        },
      });
      expect(await warehouse().rows(sql`SELECT * FROM ${t}`)).toEqual([
        { k: "it's\\a", n: -2 },
        { k: "it's\\c", n: -6 },
      ]);
    });

    test.skipIf(skip)('two hundred thousand rows keep their numbers in the order of the bytes', async () => {
      const { name, t } = await table('line UInt64, v UInt64');
      const bytes = text(Array.from({ length: 200_000 }, (_, i) => `${i},${'x'.repeat(i % 50)}\n`).join(''));
      await warehouse().insert(
        {
          table: name,
          columns: ['line', 'v'],
          format: 'CSV',
          bytes,
          through: {
            structure: 'c0 String, c1 String',
            select: (source) => sql`SELECT ${100} + rowNumberInAllBlocks(), toUInt64(c0) FROM ${source}`,
          },
        },
        { threads: 1 },
      );
      expect(await only(sql`SELECT count() AS rows, countIf(line != v + 100) AS wrong FROM ${t}`)).toEqual({
        rows: 200_000,
        wrong: 0,
      });
    });

    test.skipIf(skip)('a value that does not fit its column refuses the whole payload', async () => {
      const { name, t } = await table('n UInt32', 'Memory');
      const wrong = warehouse().insert({ table: name, columns: ['n'], format: 'CSV', bytes: text('1\nx\n') });
      await expect(wrong).rejects.toThrow(/x/);
      expect(await only(sql`SELECT count() AS rows FROM ${t}`)).toEqual({ rows: 0 });
    });

    const deduplicating = 'MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100';
    const inserting = (name: string, content: string, token?: string) =>
      warehouse().insert(
        { table: name, columns: ['n'], format: 'CSV', bytes: text(content) },
        token === undefined ? {} : { token },
      );

    test.skipIf(skip)('the same token inserts once, another one again', async () => {
      const { name, t } = await table('n UInt32', deduplicating);
      for (const token of ['one', 'one', 'two', 'one']) await inserting(name, '1\n2\n', token);
      expect(await only(sql`SELECT count() AS rows FROM ${t}`)).toEqual({ rows: 4 });
    });

    test.skipIf(skip)('the same token selects in once', async () => {
      const { t } = await table('n UInt32', deduplicating);
      for (const token of ["it's", "it's", 'its'])
        await warehouse().run(sql`INSERT INTO ${t} SELECT number FROM numbers(3)`, { token });
      expect(await only(sql`SELECT count() AS rows FROM ${t}`)).toEqual({ rows: 6 });
    });

    test.skipIf(skip)('the same token turns a payload in once', async () => {
      const { name, t } = await table('n UInt32', deduplicating);
      for (const token of ['one', 'one', 'two'])
        await warehouse().insert(
          {
            table: name,
            columns: ['n'],
            format: 'CSV',
            bytes: text('1\n2\n3\n'),
            through: {
              structure: 'x String',
              select: (source) => sql`SELECT toUInt32(x) FROM ${source} WHERE x != ${'2'} ORDER BY ALL`,
            },
          },
          { token, threads: 1 },
        );
      expect(await only(sql`SELECT count() AS rows FROM ${t}`)).toEqual({ rows: 4 });
    });

    test.skipIf(skip)('the same token selects in once from a table without an order', async () => {
      const from = await table('n UInt32');
      const { t } = await table('n UInt32', deduplicating);
      for (let i = 0; i < 3; i += 1) await warehouse().run(sql`INSERT INTO ${from.t} SELECT number FROM numbers(100)`);
      for (const token of ['one', 'one', 'two'])
        await warehouse().run(sql`INSERT INTO ${t} SELECT n FROM ${from.t}`, { token });
      expect(await only(sql`SELECT count() AS rows FROM ${t}`)).toEqual({ rows: 600 });
    });

    test.skipIf(skip)('without a token equal payloads are all stored', async () => {
      const { name, t } = await table('n UInt32', deduplicating);
      await inserting(name, '1\n', 'first');
      for (let i = 0; i < 8; i += 1) await inserting(name, '1\n');
      expect(await only(sql`SELECT count() AS rows FROM ${t}`)).toEqual({ rows: 9 });
    });

    test.skipIf(skip)('what is deleted is gone at once', async () => {
      const { t } = await table('n UInt32');
      await warehouse().run(sql`INSERT INTO ${t} SELECT number FROM numbers(1000)`);
      await warehouse().run(sql`DELETE FROM ${t} WHERE n % 2 = ${1}`);
      expect(await only(sql`SELECT count() AS rows, max(n) AS last FROM ${t}`)).toEqual({ rows: 500, last: 998 });
    });
  });
});
