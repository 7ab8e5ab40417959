import { describe, expect, test } from 'vitest';
import { given, hasOnly, isNumber, isRange, isSpan, isText, isWhere } from './bodies.ts';

describe('what a form shows wholly', () => {
  test.each([
    ['a range of both bounds', isRange({ min: 1, max: 2 }), true],
    ['a range of one bound', isRange({ max: 2 }), true],
    ['a range of a text', isRange({ min: '1' }), false],
    ['a range with something else', isRange({ min: 1, step: 2 }), false],
    ['the last days', isSpan({ days: 30 }), true],
    ['fixed days', isSpan({ from: '2026-06-01', to: '2026-06-30' }), true],
    ['a window with an hour', isSpan({ days: 1, hour: 3 }), false],
    ['values of two columns', isWhere({ brand: ['x'], keyword: ['y', 'z'] }), true],
    ['a value that is no list', isWhere({ brand: 'x' }), false],
    ['a column nobody knows', isWhere({ weather: ['rain'] }), false],
    ['a list in place of an object', hasOnly(['x'], { x: isText }), false],
    ['nothing', hasOnly(null, { x: isText }), false],
    ['an object of some of the keys', hasOnly({ x: 'a' }, { x: isText, y: isNumber }), true],
    ['a key that objects have anyway', hasOnly({ constructor: 'a' }, { x: isText }), false],
  ])('%s', (_name, found, expected) => {
    expect(found).toBe(expected);
  });
});

test('keys that say nothing are left out', () => {
  expect(Object.keys(given({ a: 1, b: undefined, c: '' }))).toEqual(['a', 'c']);
});
