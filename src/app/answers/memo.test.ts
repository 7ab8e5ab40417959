import { describe, expect, test } from 'vitest';
import { Memo } from './memo.ts';

describe('memo', () => {
  test('the least used answer goes first, and the bytes stay within the room', () => {
    const memo = new Memo(4 * 1200);
    for (const tag of ['a', 'b', 'c', 'd']) memo.set(tag, 'x'.repeat(500));
    expect(memo.get('a')).toBeDefined();
    memo.set('e', 'y'.repeat(500));
    expect([memo.get('a'), memo.get('b')].map((text) => text !== undefined)).toEqual([true, false]);
    expect(memo.bytes).toBe(4 * 1200);
  });

  test('an answer that would take a quarter of the room is not kept', () => {
    const memo = new Memo(1000);
    memo.set('large', 'x'.repeat(26));
    expect([memo.get('large'), memo.bytes]).toEqual([undefined, 0]);
  });
});
