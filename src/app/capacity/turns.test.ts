import { describe, expect, test } from 'vitest';
import { Turns, type Wanted } from './turns.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Works that end when told to, under a clock that stands until it is moved; a work is called by its asker and number. */
function desk({ slots = 1, memory = 100, mostWaiting = 1000 } = {}) {
  const now = { ms: 0 };
  const turns = new Turns({ slots, memory, mostWaiting, clock: () => now.ms });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const known = new Map<string, Wanted>();
  const start = (name: string, { bytes = 1, seconds = 1, signal }: Start = {}) => {
    const wanted = { asker: name.replace(/x?\d+$/, ''), memory: bytes, seconds };
    known.set(name, wanted);
    const work = async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    };
    return turns.take(wanted, work, signal);
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  const standing = (name: string) => {
    const wanted = known.get(name);
    return wanted && turns.standing(wanted);
  };
  return { now, turns, begun, start, end, standing };
}

interface Start {
  readonly bytes?: number;
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/** Ends works one after another in the order they began, and gives that order. */
async function order(at: ReturnType<typeof desk>): Promise<string> {
  await settled();
  for (let i = 0; i < at.begun.length; i += 1) await at.end(at.begun[i] ?? '');
  return at.begun.join(' ');
}

test.each([
  ['of one asker in the order they came', 1, 'a1 a2 a3', 'a1 a2 a3'],
  ['of two in turns, however many one has asked', 1, 'a1 a2 a3 a4 b1 b2', 'a1 a2 b1 a3 b2 a4'],
  ['of three in turns', 1, 'a1 a2 a3 b1 b2 c1', 'a1 a2 b1 c1 a3 b2'],
  ['two at once where there are two slots', 2, 'a1 a2 a3 a4 b1', 'a1 a2 a3 b1 a4'],
])('works begin %s', async (_, slots, asked, began) => {
  const at = desk({ slots });
  const all = asked.split(' ').map((name) => at.start(name));
  expect(await order(at)).toBe(began);
  expect((await Promise.all(all)).join(' ')).toBe(asked);
});

describe('memory', () => {
  test.each([
    ['two that fit go on at once', 'a1:50 b1:50', 'a1 b1'],
    ['one that does not fit waits for room', 'a1:60 b1:60', 'a1'],
    ['a lighter one passes it', 'a1:60 b1:60 c1:40', 'a1 c1'],
    ['its own asker does not', 'a1:60 b1:60 b2:40', 'a1'],
  ])('%s', async (_, asked, began) => {
    const at = desk({ slots: 3 });
    const all = asked.split(' ').map((each) => {
      const [name = '', bytes] = each.split(':');
      return at.start(name, { bytes: Number(bytes) });
    });
    await settled();
    expect(at.begun.join(' ')).toBe(began);
    expect(at.turns.load.memory).toBeLessThanOrEqual(100);
    await order(at);
    expect(await Promise.all(all)).toHaveLength(all.length);
  });

  test('eight pass a heavy one, then all wait until it has begun', async () => {
    const at = desk({ slots: 2 });
    const first = at.start('first1', { bytes: 50 });
    const heavy = at.start('heavy1', { bytes: 100 });
    const light = Array.from({ length: 12 }, (_, i) => at.start(`light${i}`, { bytes: 10 }));
    await settled();
    for (let i = 0; i < 8; i += 1) await at.end(`light${i}`);
    expect(at.begun).toEqual(['first1', ...Array.from({ length: 8 }, (_, i) => `light${i}`)]);
    await at.end('first1');
    expect(at.begun.at(-1)).toBe('heavy1');
    await order(at);
    await Promise.all([first, heavy, ...light]);
  });

  test('what can never fit is refused with what would help', async () => {
    const refused = desk({ memory: 1024 ** 3 }).start('a1', { bytes: 2 * 1024 ** 3 });
    await expect(refused).rejects.toMatchObject({
      code: 'query_memory',
      message: expect.stringMatching(/2048 MB.*1024.*query_memory/),
    });
  });

  test('whatever is asked, never more than there is is given', async () => {
    const at = desk({ slots: 4 });
    let state = 7;
    const next = (most: number) => {
      state = (state * 48271) % 2147483647;
      return 1 + (state % most);
    };
    const all = Array.from({ length: 200 }, (_, i) => at.start(`asker${next(5)}x${i}`, { bytes: next(100) }));
    await settled();
    for (let i = 0; i < at.begun.length; i += 1) {
      expect(at.turns.load.memory).toBeLessThanOrEqual(100);
      expect(at.turns.load.running).toBeLessThanOrEqual(4);
      await at.end(at.begun[i] ?? '');
    }
    expect(await Promise.all(all)).toHaveLength(200);
    expect(at.turns.load).toEqual({ running: 0, waiting: 0, memory: 0 });
  });
});

describe('who waits', () => {
  test('is told the place and how long it will be, by turns', async () => {
    const at = desk({ slots: 2 });
    const all = [
      at.start('a1', { seconds: 10 }),
      at.start('a2', { seconds: 4 }),
      at.start('a3', { seconds: 3 }),
      at.start('a4', { seconds: 3 }),
      at.start('b1', { seconds: 5 }),
    ];
    at.now.ms = 1000;
    expect(['a1', 'a3', 'b1', 'a4', 'nobody1'].map(at.standing)).toEqual([
      { state: 'running', seconds: 1 },
      { state: 'waiting', place: 1, seconds: 3 },
      { state: 'waiting', place: 2, seconds: 6 },
      { state: 'waiting', place: 3, seconds: 9 },
      undefined,
    ]);
    await order(at);
    await Promise.all(all);
    expect(at.standing('a1')).toBeUndefined();
  });

  test('may leave, and the others move up', async () => {
    const at = desk();
    const leaving = new AbortController();
    const all = [at.start('a1'), at.start('b1', { signal: leaving.signal }), at.start('c1')];
    expect(at.standing('c1')).toMatchObject({ place: 2 });
    leaving.abort();
    await expect(all[1]).rejects.toMatchObject({ code: 'query_cancelled' });
    expect(at.standing('c1')).toMatchObject({ place: 1 });
    expect(await order(at)).toBe('a1 c1');
  });

  test('is sent away beyond the bound, and the others are not disturbed', async () => {
    const at = desk({ mostWaiting: 1 });
    const all = [at.start('a1'), at.start('a2')];
    await expect(at.start('a3')).rejects.toMatchObject({ code: 'busy' });
    expect(await order(at)).toBe('a1 a2');
    await Promise.all(all);
  });
});

test('work that fails gives back its slot and its memory', async () => {
  const { turns } = desk();
  const wanted = () => ({ asker: 'a', memory: 100, seconds: 1 });
  await expect(turns.take(wanted(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.take(wanted(), async () => 7)).toBe(7);
});
