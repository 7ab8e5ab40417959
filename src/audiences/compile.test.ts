import { expect, test } from 'vitest';
import { defaultRules } from '../model/rules/default.ts';
import { compile } from '../warehouse/sql.ts';
import type { Asked, Known } from './asking.ts';
import { membersOf } from './compile.ts';
import { readRule } from './read.ts';

const lens: Asked['lens'] = { rules: defaultRules, scope: { own: [] }, kept: true };

function asked(saved: Readonly<Record<string, unknown>>): Asked {
  const known = Object.entries(saved).map(([name, rule]): [string, Known] => [name, { rule: readRule(rule), lens }]);
  return { on: '2026-06-30', lens, audiences: new Map(known) };
}

const textOf = (rule: unknown, saved = {}): string => compile(membersOf(readRule(rule), asked(saved)).consumers).text;

const times = (text: string, word: string): number => text.split(word).length - 1;

test('a circle of audiences is named', () => {
  const circle = { a: { not: { audience: 'b' } }, b: { any: [{ member: {} }, { audience: 'a' }] } };
  expect(() => textOf({ audience: 'a' }, circle)).toThrow('The audience stands within itself: a → b → a.');
});

test('audiences that stand on each other twice over come to an end', () => {
  const names = Array.from({ length: 15 }, (_, i) => `a${i}`);
  const saved = names.map((name, i) => [
    name,
    i === 0
      ? { did: { behavior: ['cart'] } }
      : { any: [{ audience: `a${i - 1}` }, { not: { audience: `a${i - 1}` } }] },
  ]);
  expect(() => textOf({ audience: 'a14' }, Object.fromEntries(saved))).toThrow('measures more than 1000 things');
});

test('conditions on one table read it once', () => {
  const act = (behavior: string) => ({ did: { behavior: [behavior], days: { min: 2 } } });
  const text = textOf({ all: [act('cart'), act('favorite'), { any: [act('search'), { not: act('click') }] }] });
  expect([times(text, 'FROM events'), times(text, 'uniqExactIf(day')]).toEqual([1, 4]);
});

test('everybody is asked for only where a consumer without facts qualifies', () => {
  const cart = { did: { behavior: ['cart'] } };
  expect(
    [cart, { not: cart }, { all: [cart, { not: { member: {} } }] }].map((rule) => times(textOf(rule), 'people FINAL')),
  ).toEqual([0, 1, 0]);
});

test('no value of a rule stands in the text', () => {
  const evil = "x') OR 1 --";
  const text = textOf({
    all: [
      { did: { behavior: [evil], where: { channel: [evil], brand: [evil], category_id: [evil] } } },
      { tag: { name: evil, in: [evil] } },
    ],
  });
  expect(text).not.toContain('OR 1 --');
});
