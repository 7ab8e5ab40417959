import { describe, expect, test } from 'vitest';
import { as, compile, empty, Fragment, id, join, sql } from './sql.ts';

const hostile = "x'; DROP TABLE kept; --";

const compiled: readonly [name: string, fragment: Fragment, text: string, params: Record<string, unknown>][] = [
  ['text alone', sql`SELECT 1`, 'SELECT 1', {}],
  ['one value', sql`SELECT ${'a'}`, 'SELECT {p1:String}', { p1: 'a' }],
  ['a value at each end', sql`${1}+${2}`, '{p1:Int64}+{p2:Int64}', { p1: 1, p2: 2 }],
  ['equal values', sql`${'a'}, ${'b'}, ${'a'}`, '{p1:String}, {p2:String}, {p1:String}', { p1: 'a', p2: 'b' }],
  [
    'equal values of unequal types',
    sql`${1}, ${as(1, 'UInt8')}, ${'1'}, ${as('1', 'UInt8')}`,
    '{p1:Int64}, {p2:UInt8}, {p3:String}, {p4:UInt8}',
    { p1: 1, p2: 1, p3: '1', p4: '1' },
  ],
  ['equal lists', sql`${['a', 'b']} ${['a', 'b']}`, '{p1:Array(String)} {p1:Array(String)}', { p1: ['a', 'b'] }],
  [
    'lists that join alike',
    sql`${['a,b']} ${['a', 'b']}`,
    '{p1:Array(String)} {p2:Array(String)}',
    { p1: ['a,b'], p2: ['a', 'b'] },
  ],
  [
    'large integers',
    sql`${as(2n ** 64n - 1n, 'UInt64')} ${as(2n ** 64n - 1n, 'UInt64')} ${as(2n ** 64n - 2n, 'UInt64')}`,
    '{p1:UInt64} {p1:UInt64} {p2:UInt64}',
    { p1: 2n ** 64n - 1n, p2: 2n ** 64n - 2n },
  ],
  [
    'floats that JSON writes alike',
    sql`${Number.NaN} ${Number.POSITIVE_INFINITY} ${Number.NEGATIVE_INFINITY} ${as(null, 'Nullable(Float64)')}`,
    '{p1:Float64} {p2:Float64} {p3:Float64} {p4:Nullable(Float64)}',
    { p1: Number.NaN, p2: Number.POSITIVE_INFINITY, p3: Number.NEGATIVE_INFINITY, p4: null },
  ],
  ['booleans', sql`${true} ${false}`, '{p1:Bool} {p2:Bool}', { p1: true, p2: false }],
  ['a fraction', sql`${1.5}`, '{p1:Float64}', { p1: 1.5 }],
  ['an integer that is not safe', sql`${2 ** 53}`, '{p1:Float64}', { p1: 2 ** 53 }],
  ['numbers of both kinds in a list', sql`${[1, 2.5]}`, '{p1:Array(Float64)}', { p1: [1, 2.5] }],
  ['an empty list', sql`${[]}`, '{p1:Array(String)}', { p1: [] }],
  ['null', sql`${as(null, 'Nullable(String)')}`, '{p1:Nullable(String)}', { p1: null }],
  ['a moment', sql`${new Date(1)}`, "{p1:DateTime64(3, 'UTC')}", { p1: '1970-01-01 00:00:00.001' }],
  ['a moment as a day', sql`${as(new Date(1), 'Date')}`, '{p1:Date}', { p1: '1970-01-01' }],
  [
    'a moment to the second',
    sql`${as(new Date(1), "DateTime('UTC')")}`,
    "{p1:DateTime('UTC')}",
    { p1: '1970-01-01 00:00:00' },
  ],
  ['a fragment within', sql`SELECT ${sql`max(${1})`}, ${1}`, 'SELECT max({p1:Int64}), {p1:Int64}', { p1: 1 }],
  ['the empty fragment', sql`SELECT 1${empty}`, 'SELECT 1', {}],
  [
    'a joined list',
    sql`${join([sql`a = ${1}`, sql`b = ${2}`], ' AND ')}`,
    'a = {p1:Int64} AND b = {p2:Int64}',
    { p1: 1, p2: 2 },
  ],
  ['a list of one', join([sql`${1}`], ', '), '{p1:Int64}', { p1: 1 }],
  ['a list of none', join([], ', '), '', {}],
  ['an identifier', sql`SELECT ${id('order_lines_2')}`, 'SELECT `order_lines_2`', {}],
  ['sql-injection: a statement in a value', sql`SELECT ${hostile}`, 'SELECT {p1:String}', { p1: hostile }],
  ['sql-injection: a statement in a list', sql`a IN ${[hostile]}`, 'a IN {p1:Array(String)}', { p1: [hostile] }],
  [
    'sql-injection: a placeholder in a value',
    sql`${'{p2:String}'} ${'b'}`,
    '{p1:String} {p2:String}',
    { p1: '{p2:String}', p2: 'b' },
  ],
  [
    'sql-injection: a value made to look like a fragment',
    sql`${JSON.stringify(sql`DROP`)}`,
    '{p1:String}',
    { p1: '{"parts":["DROP"]}' },
  ],
];

const refused: readonly [name: string, make: () => unknown, reason: RegExp][] = [
  ['null without a type', () => sql`${null}`, /no ClickHouse type/],
  ['undefined', () => sql`${undefined}`, /no ClickHouse type/],
  ['an object', () => sql`${{ a: 1 }}`, /no ClickHouse type/],
  ['an object with the shape of a fragment', () => sql`${{ parts: ['DROP TABLE kept'] }}`, /no ClickHouse type/],
  ['a large integer without a type', () => sql`${1n}`, /no ClickHouse type/],
  ['a list of texts and numbers', () => sql`${['a', 1]}`, /both String and Int64/],
  ['null where null cannot be', () => compile(sql`${as(null, 'String')}`), /null cannot be bound as String/],
  ['a number above its type', () => compile(sql`${as(256, 'UInt8')}`), /256 is not a value of UInt8/],
  ['a number below its type', () => compile(sql`${as(-1, 'UInt32')}`), /-1 is not a value of UInt32/],
  ['a fraction as an integer', () => compile(sql`${as(1.5, 'Int64')}`), /1.5 is not a value of Int64/],
  ['a word as an integer', () => compile(sql`${as('1; DROP', 'Int64')}`), /1; DROP is not a value of Int64/],
  ['an integer beyond 64 bits', () => compile(sql`${as(2n ** 64n, 'UInt64')}`), /not a value of UInt64/],
  [
    'one wrong number in a list',
    () => compile(sql`${as([1, 70000], 'Array(UInt16)')}`),
    /70000 is not a value of Array/,
  ],
  ['an invalid moment', () => compile(sql`${new Date(Number.NaN)}`), /Invalid time value/],
  ['sql-injection: an identifier with a quote', () => id('a`; DROP TABLE kept; --'), /not an identifier/],
  ['sql-injection: an identifier with a dot', () => id('system.users'), /not an identifier/],
  ['sql-injection: an identifier with a line break', () => id('a\n'), /not an identifier/],
  ['an identifier that begins with a digit', () => id('1a'), /not an identifier/],
  ['an empty identifier', () => id(''), /not an identifier/],
];

const edges: readonly [type: string, low: bigint, high: bigint][] = [
  ['UInt8', 0n, 255n],
  ['Int8', -128n, 127n],
  ['UInt32', 0n, 4294967295n],
  ['Nullable(Int32)', -2147483648n, 2147483647n],
  ['UInt64', 0n, 18446744073709551615n],
  ['Int64', -9223372036854775808n, 9223372036854775807n],
];

describe('the sql tag', () => {
  test.each(compiled)('compiles %s', (_name, fragment, text, params) => {
    expect(compile(fragment)).toEqual({ text, params });
  });

  test.each(refused)('refuses %s', (_name, make, reason) => {
    expect(make).toThrow(reason);
  });

  test.each(edges)('%s takes its first and last value, and not the next', (type, low, high) => {
    const binding = (value: unknown) => () => compile(sql`${as(value, type)}`);
    expect(compile(sql`${as(low, type)} ${as(`${high}`, type)}`).params).toEqual({ p1: low, p2: `${high}` });
    expect(binding(low - 1n)).toThrow(RangeError);
    expect(binding(`${high + 1n}`)).toThrow(RangeError);
  });

  test('a fragment keeps its meaning when it is used twice', () => {
    const condition = sql`n > ${5}`;
    const twice = compile(sql`${condition} OR ${condition} AND ${6}`);
    expect(twice).toEqual({ text: 'n > {p1:Int64} OR n > {p1:Int64} AND {p2:Int64}', params: { p1: 5, p2: 6 } });
    expect(compile(condition)).toEqual({ text: 'n > {p1:Int64}', params: { p1: 5 } });
    expect(condition).toBeInstanceOf(Fragment);
  });
});
