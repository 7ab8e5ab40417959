import { describe, expect, test } from 'vitest';
import { Memo } from './memo.ts';
import { Turns } from './turns.ts';

/** Works that end when told to, and the order in which they began. */
function works(turns: Turns) {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const start = (n: number) =>
    turns.take(async () => {
      begun.push(n);
      await new Promise<void>((resolve) => ends.set(n, resolve));
      return n;
    });
  return { begun, start, end: (n: number) => ends.get(n)?.() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  test('two work at once, the rest begin in the order they came', async () => {
    const { begun, start, end } = works(new Turns(2, 10));
    const all = [1, 2, 3, 4].map(start);
    await settled();
    expect(begun).toEqual([1, 2]);
    end(2);
    await settled();
    expect(begun).toEqual([1, 2, 3]);
    end(1);
    await settled();
    end(3);
    end(4);
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
  });

  test('beyond the bound a caller is sent away, and the others are not disturbed', async () => {
    const { start, end } = works(new Turns(1, 1));
    const first = start(1);
    const second = start(2);
    await expect(start(3)).rejects.toMatchObject({ code: 'busy' });
    end(1);
    await settled();
    end(2);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
  });

  test('work that fails gives its turn back', async () => {
    const turns = new Turns(1, 5);
    await expect(turns.take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await turns.take(async () => 7)).toBe(7);
  });
});

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
