import { expect, test } from 'vitest';
import { UnavailableError } from '../../base/errors.ts';
import type { Segment } from '../../collector/log/segment.ts';
import { Taker } from './taker.ts';

/** A log of which each seal gives one more segment while there are events. */
function tailOf(names: string[]) {
  const sealed: Segment[] = [];
  return {
    seal: async () => {
      const name = names.shift();
      if (name !== undefined) sealed.push({ name } as Segment);
    },
    sealed: () => sealed,
  };
}

const unhurried = { now: () => new Date(0), wait: async () => {} };

test('everything is taken in, in order, and then there is rest', async () => {
  const tail = tailOf(['a', 'b', 'c']);
  const taken: string[] = [];
  const taker = new Taker(tail, {
    ...unhurried,
    drain: async (segments) => void taken.push((tail.sealed() as Segment[]).splice(0, segments.length)[0]?.name ?? ''),
    setAside: async () => expect.fail('nothing fails'),
    log: () => expect.fail('nothing fails'),
  });
  await taker.settled();
  expect(taken).toEqual(['a', 'b', 'c']);
});

test('what fails again and again though nothing is away is set aside, and the rest is taken in', async () => {
  const tail = tailOf(['poison', 'fine']);
  const lines: string[] = [];
  let tries = 0;
  const taken: string[] = [];
  const shift = () => (tail.sealed() as Segment[]).shift()?.name ?? '';
  const taker = new Taker(tail, {
    ...unhurried,
    drain: async ([first]) => {
      if (first?.name !== 'poison') return void taken.push(shift());
      tries += 1;
      throw new TypeError('no such column');
    },
    setAside: async () => [`${shift()}.aside`],
    log: (line) => lines.push(line),
  });
  await taker.settled();
  expect([tries, taken]).toEqual([8, ['fine']]);
  expect(lines.at(-1)).toContain('poison.aside');
});

test('nothing is set aside while the engine is away: it is tried until it is back', async () => {
  const tail = tailOf(['a']);
  let tries = 0;
  const taker = new Taker(tail, {
    ...unhurried,
    drain: async () => {
      tries += 1;
      if (tries < 30) throw new UnavailableError('engine', 'The engine is being restarted.');
      (tail.sealed() as Segment[]).shift();
    },
    setAside: async () => expect.fail('nothing is to be set aside'),
    log: () => {},
  });
  await taker.settled();
  expect(tries).toBe(30);
});
