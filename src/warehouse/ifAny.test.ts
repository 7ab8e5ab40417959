import { expect, test } from 'vitest';
import { ifAny, leavingOut } from './ifAny.ts';
import { compile, type Fragment, own, perConsumer, sql } from './sql.ts';

const orders = ifAny(['orders'], sql`SELECT ${1} FROM ${own('orders')} UNION ALL `);
const paid = ifAny(
  ['paid', 'refunded'],
  sql`if(undone, ${ifAny(['refunded'], sql`back`, sql`gone`)}, kept)`,
  sql`kept`,
);
const question = sql`SELECT ${paid} FROM (${perConsumer(sql`${orders}SELECT ${2} FROM events`)})`;

const textOf = (fragment: Fragment) => compile(fragment).text;

test.each<[string, readonly string[], string]>([
  [
    'all facts',
    ['orders', 'paid', 'refunded'],
    'SELECT if(undone, back, kept) FROM ((SELECT {p1:Int64} FROM orders UNION ALL SELECT {p2:Int64} FROM events))',
  ],
  ['none', [], 'SELECT kept FROM ((SELECT {p1:Int64} FROM events))'],
  ['one of two', ['paid'], 'SELECT if(undone, gone, kept) FROM ((SELECT {p1:Int64} FROM events))'],
  [
    'a piece within a question of each shard',
    ['orders'],
    'SELECT kept FROM ((SELECT {p1:Int64} FROM orders UNION ALL SELECT {p2:Int64} FROM events))',
  ],
])('of %s the pieces stand that find something', (_, there, text) => {
  expect(textOf(leavingOut(question, new Set(there)))).toBe(text);
});

test('a question of which nothing is said stands whole', () => {
  expect(textOf(question)).toBe(textOf(leavingOut(question, new Set(['orders', 'paid', 'refunded']))));
});
