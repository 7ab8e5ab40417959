import { expect, test } from 'vitest';
import { bound, readerOf } from './values.ts';

const numeric = 1700;

test.each([
  ['0', 0],
  ['-0.5', -0.5],
  ['9007199254740991', 9007199254740991],
  ['-9007199254740992', -9007199254740992n],
  ['0.000000000000123', 1.23e-13],
  ['999999999999.999', 999999999999.999],
  ['1234567890.1234567', '1234567890.1234567'],
])('the numeric %s is a number only where a number holds it exactly', (text, value) => {
  expect(readerOf(numeric)(text)).toBe(value);
});

test('a moment that no Date holds stays as PostgreSQL writes it', () => {
  const timestamptz = readerOf(1184);
  expect(timestamptz('infinity')).toBe('infinity');
  expect(timestamptz('0044-03-15 00:00:00+00 BC')).toBe('0044-03-15 00:00:00+00 BC');
});

test('a type without a reader stays text', () => {
  expect(readerOf(2950)('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')).toBe('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
});

test('bytes are bound in hexadecimal, objects as JSON, nothing as null', () => {
  expect([bound(new Uint8Array([1, 171])), bound({ a: [1] }), bound(undefined)]).toEqual([
    '\\x01ab',
    '{"a":[1]}',
    null,
  ]);
});
