/** A random sample: the part it says, the same people for the same seed, whatever they are numbered. */
import { expect, test } from 'vitest';
import { freshHome } from '../product.ts';
import { bring, usersOf } from './asking.ts';

const on = '2026-06-30';
const USERS = 400;
const events = Array.from({ length: USERS }, (_, i) => ({
  id_user: `u${i}`,
  behavior: 'cart',
  event_time: `${on} 10:00:00`,
}));
const factsOf = (rows: typeof events) => ({
  events: rows,
  orders: [],
  items: [],
  members: [],
  reviews: [],
  consumers: [],
});
const home = freshHome();

const drawn = async (...given: readonly { percent: number; seed?: string }[]) =>
  usersOf(
    home,
    given.map((sample) => ({ rule: { sample }, on })),
  );

test('a sample is a part of everybody that stays', { timeout: 60_000 }, async () => {
  const first = await bring(home, factsOf(events));
  const [ten = [], thirty = [], other = []] = await drawn(
    { percent: 10, seed: 'a' },
    { percent: 30, seed: 'a' },
    { percent: 30, seed: 'b' },
  );
  // Note: 120 give or take four standard deviations of 9.2.
  expect(Math.abs(thirty.length - 120)).toBeLessThan(37);
  expect(thirty).toEqual(expect.arrayContaining(ten));
  expect(ten.length).toBeGreaterThan(0);
  const both = thirty.filter((user) => other.includes(user)).length;
  expect(both).toBeLessThan(thirty.length / 2);

  await home.undo(first);
  await bring(home, factsOf(events.slice(150, 300)));
  await bring(home, factsOf([...events.slice(0, 150), ...events.slice(300)].toReversed()));
  expect(await drawn({ percent: 10, seed: 'a' }, { percent: 30, seed: 'b' })).toEqual([ten, other]);
});
