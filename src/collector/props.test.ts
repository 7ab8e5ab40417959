import { expect, test } from 'vitest';
import { clipped, propsOf, textOf } from './props.ts';

test.each<[string, Record<string, unknown>, Record<string, string>]>([
  ['nested names are joined', { a: { b: { c: 1 } }, d: true }, { 'a.b.c': '1', d: 'true' }],
  ['lists are JSON', { a: [1, 'x', { b: null }] }, { a: '[1,"x",{"b":null}]' }],
  ['what is absent is left out', { a: null, b: '', c: {}, d: 0, e: false }, { d: '0', e: 'false' }],
  ['a name that is a path too is kept twice', { 'a.b': 1, a: { b: 2 } }, { 'a.b': '1', 'a.b#2': '2' }],
  ['a name without a character is a line', { '': 'x' }, { _: 'x' }],
  [
    'names the collector gives are not a client’s',
    { truncated: 'no', sent_time: 1 },
    { 'truncated#2': 'no', 'sent_time#2': '1' },
  ],
  [
    'names of the language are names',
    JSON.parse('{"__proto__": {"x": 1}, "constructor": "y"}'),
    { '__proto__.x': '1', constructor: 'y' },
  ],
  [
    'halves of a character become one mark each',
    { a: '\ud83d', b: '\ude00x', c: '😀' },
    { a: '\ufffd', b: '\ufffdx', c: '😀' },
  ],
  [
    'personal values go wherever they lie',
    {
      email: 'a@b.co',
      traits: { 'E-Mail': 'a@b.co', phone_number: 1, plan: 'x' },
      ip: '1.2.3.4',
      list: [{ email: 'a@b.co', n: 1 }],
    },
    { 'traits.plan': 'x', list: '[{"n":1}]' },
  ],
  ['yes and no tell nobody', { mobile: true, phone: '13800138000' }, { mobile: 'true' }],
  [
    'addresses lose what tells a person',
    { url: 'https://s.example/a?email=a%40b.co&x=1#top', path: '/a?phone=1' },
    { url: 'https://s.example/a?x=1#top', path: '/a' },
  ],
])('%s', (_, value, expected) => {
  const props = propsOf(value);
  expect(Object.entries(props)).toEqual(Object.entries(expected));
});

test('what stands beside an event goes under its own names where they say the same, and is kept where not', () => {
  expect(
    propsOf({ name: 'Home', page: { url: '/a' } }, [], { name: 'Home', page: { url: '/b' }, x: undefined }),
  ).toEqual({
    name: 'Home',
    'page.url': '/a',
    'page.url#2': '/b',
  });
});

test('an identifier of the event stands under no other name; a short one may be any number', () => {
  expect(
    propsOf({ who: 'u-12345678', list: ['u-12345678', 'x'], quantity: 1, to: 'a@b.co' }, ['u-12345678', '1', 'a@b.co']),
  ).toEqual({
    list: '["x"]',
    quantity: '1',
  });
});

test('what is cut is named: props beyond a hundred, long values, long names, nesting without end', () => {
  const many = propsOf(Object.fromEntries(Array.from({ length: 102 }, (_, nth) => [`p${nth}`, nth])));
  expect(Object.keys(many)).toHaveLength(101);
  expect(many.truncated).toBe('p100|p101');

  const long = propsOf({ a: 'x'.repeat(8193), b: 'x'.repeat(8192), ['n'.repeat(201)]: 1 });
  expect([long.a?.length, long.b?.length, long.truncated]).toEqual([8192, 8192, `a|${'n'.repeat(200)}`]);

  const deep = propsOf({ deep: JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) });
  expect([deep.deep?.includes('…'), deep.truncated]).toEqual([true, 'deep']);
  expect(Object.keys(propsOf(JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)))).toHaveLength(2);
});

test('a cut never leaves half of a character', () => {
  expect([clipped('ab😀', 3), clipped('ab😀', 4), clipped('ab', 3)]).toEqual(['ab', 'ab😀', 'ab']);
});

test.each<[unknown, string]>([
  [null, ''],
  [undefined, ''],
  [12, '12'],
  ['x', 'x'],
  [{ a: [1] }, '{"a":[1]}'],
])('%j as text is %j', (value, expected) => {
  expect(textOf(value)).toBe(expected);
});
