import { expect, test } from 'vitest';
import { recent } from './recent.ts';

/** A look-up that counts its calls and answers with their number. */
function counted(answers: readonly (number | undefined)[] = [1, 2, 3]) {
  let calls = 0;
  return { look: () => Promise.resolve(answers[calls++]), calls: () => calls };
}

test('a hundred questions at once look once, and again after five seconds', async () => {
  let at = 0;
  const known = recent<number>(() => new Date(at));
  const { look, calls } = counted();
  await Promise.all(Array.from({ length: 100 }, () => known.find('mei', look)));
  at = 4_999;
  expect([await known.find('mei', look), calls()]).toEqual([1, 1]);
  at = 5_000;
  expect([await known.find('mei', look), calls()]).toEqual([2, 2]);
});

test('after a change nobody is remembered, not even who was being looked for', async () => {
  const known = recent<number>(() => new Date(0));
  const { look } = counted();
  const before = known.find('mei', look);
  known.forget();
  expect([await before, await known.find('mei', look)]).toEqual([1, 2]);
});

test('who was not found is looked for again, and so is one whose look-up failed', async () => {
  const known = recent<number>(() => new Date(0));
  const { look } = counted([undefined, 2]);
  expect([await known.find('mei', look), await known.find('mei', look)]).toEqual([undefined, 2]);
  await expect(known.find('li', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await known.find('li', counted([7]).look)).toBe(7);
});

test('each is found by what it sent', async () => {
  const known = recent<number>(() => new Date(0));
  const { look } = counted();
  expect([await known.find('mei', look), await known.find('li', look)]).toEqual([1, 2]);
});
