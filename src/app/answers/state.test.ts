import { expect, test } from 'vitest';
import type { Context } from '../../intake/context.ts';
import { rulesMeant, stateReader } from './state.ts';

const sets = [
  { name: 'default', version: 1, adopted: true },
  { name: 'house', version: 1, adopted: false },
  { name: 'house', version: 10, adopted: false },
];

/** A registry whose readings end when told to; each gives the number that stood when it began. */
function books() {
  const ends: Array<() => void> = [];
  const known = { commit: 1 };
  const registry = {
    rows: async () => {
      const commit = known.commit;
      await new Promise<void>((resolve) => ends.push(resolve));
      return sets.map((set) => ({ ...set, commit, as_of: `moment ${commit}` }));
    },
  };
  const context = { registry, brands: [], zone: 'Asia/Shanghai' } as unknown as Context;
  return { ends, known, read: stateReader(context) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a hundred who ask while the books are read share one reading, and it is one that began after they asked', async () => {
  const { ends, known, read } = books();
  const first = read();
  known.commit = 2;
  const others = Array.from({ length: 100 }, read);
  ends[0]?.();
  await settled();
  expect(ends.length).toBe(2);
  known.commit = 3;
  const last = read();
  ends[1]?.();
  await settled();
  ends[2]?.();
  const told = await Promise.all([first, ...others, last]);
  expect(told.map(({ as_of }) => as_of)).toEqual(['moment 1', ...Array(100).fill('moment 2'), 'moment 3']);
  expect(new Set(told.map(({ version }) => version)).size).toBe(3);
});

test.each([
  [undefined, 'default@1'],
  ['house', 'house@10'],
  ['house@1', 'house@1'],
])('rules asked for as %s are %s', (asked, key) => {
  expect(rulesMeant({ version: '', facts: '', as_of: '', sets }, asked)).toBe(key);
});

test('rules that are not there are asked for in vain', () => {
  expect(() => rulesMeant({ version: '', facts: '', as_of: '', sets }, 'house@2')).toThrow(
    'There is no rule set house@2',
  );
});
